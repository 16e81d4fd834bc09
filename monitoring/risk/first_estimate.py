"""What a report weighs before anybody has judged it: a first estimate from its coded answers.

Used by `monitoring.signals`. A person judges afterwards (`monitoring.risk.findings`); the
estimate stays visible beside the judgement.

Theory. Four things are known of a case without opening its envelope: the theme, how many people,
whether anybody is in danger, and since when. Each table turns one of them into a grade; of what
two tables say about one scale, the higher counts. Estimates err upwards: too high costs somebody
an hour of judging, too low costs people their place in the queue. An answer that was skipped
raises nothing and lowers nothing.

Worked example. Health and safety, "many" people, nobody sure about danger, going on for months:
gravity is 3 from the theme and 4 from "unsure", so 4; scope 3 from "many"; irremediability 3
from the theme; likelihood 4 from "longer". HARM[4][3] is 4, SEVERITY[4][3] is 4: grave and
likely, so it is to be dealt with first.
"""

from collections.abc import Mapping
from types import MappingProxyType

from monitoring.risk.scales import LOWEST
from monitoring.risk.severity import Weight
from monitoring.standing import Standing
from register.particulars import Danger, Particulars, People, Retaliation, Since, Theme

STARTING_POINT: Mapping[Theme, tuple[int, int]] = MappingProxyType(
    {
        Theme.DISCRIMINATION_GENDER: (3, 3),
        Theme.CHILD_LABOUR: (4, 4),
        Theme.FORCED_LABOUR: (5, 4),
        Theme.LIVING_WAGE: (3, 2),
        Theme.FREEDOM_OF_ASSOCIATION: (3, 2),
        Theme.HEALTH_SAFETY: (3, 3),
        Theme.LAND_RIGHTS: (4, 4),
        Theme.LIVING_ENVIRONMENT: (3, 3),
        Theme.OTHER: (2, 2),
    }
)
"""Theme (R86) to (gravity, irremediability), by the words of the scales: forced labour is
"a person is held", child labour and lost land are lasting harm."""

DANGER_GRAVITY: Mapping[Danger | None, int] = MappingProxyType(
    {Danger.YES: 5, Danger.UNSURE: 4, Danger.NO: LOWEST, None: LOWEST}
)
RETALIATION_GRAVITY: Mapping[Retaliation | None, int] = MappingProxyType(
    {Retaliation.YES: 4, Retaliation.AFRAID: 3, Retaliation.NO: LOWEST, None: LOWEST}
)
PEOPLE_SCOPE: Mapping[People, int] = MappingProxyType(
    {
        People.ONE: 1,
        People.FEW: 2,
        People.MANY: 3,
        People.HUNDREDS: 4,
        # What is done to one is seldom done to one alone.
        People.UNKNOWN: 2,
    }
)
SINCE_LIKELIHOOD: Mapping[Since | None, int] = MappingProxyType(
    {Since.TODAY: 3, Since.WEEK: 3, Since.MONTH: 4, Since.LONGER: 4, None: 3}
)

CHILD_OR_TRAFFICKING = (5, 4)
"""(gravity, irremediability) where the answer is yes: a person may be held, sold or abused."""

LIKELIHOOD_LIMITS: Mapping[Standing, tuple[int, int]] = MappingProxyType(
    {
        Standing.HEARD: (1, 5),
        Standing.CONFIRMED: (5, 5),
        Standing.HISTORY: (1, 2),
        Standing.DISMISSED: (1, 1),
    }
)
"""Standing to (lowest, highest) likelihood. What was put right "has happened before"."""


def first_estimate(particulars: Particulars, standing: Standing) -> Weight:
    """The weight of one report by the tables above."""
    gravity, irremediability = STARTING_POINT[particulars.theme]
    if particulars.is_child_or_trafficking:
        gravity = max(gravity, CHILD_OR_TRAFFICKING[0])
        irremediability = max(irremediability, CHILD_OR_TRAFFICKING[1])
    return Weight(
        gravity=max(
            gravity,
            DANGER_GRAVITY[particulars.danger],
            RETALIATION_GRAVITY[particulars.retaliation],
        ),
        scope=PEOPLE_SCOPE[particulars.people],
        irremediability=irremediability,
        likelihood=limited(SINCE_LIKELIHOOD[particulars.since], standing),
    )


def limited(likelihood: int, standing: Standing) -> int:
    """A likelihood, brought within what the standing allows."""
    lowest, highest = LIKELIHOOD_LIMITS[standing]
    return min(max(likelihood, lowest), highest)
