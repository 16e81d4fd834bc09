"""How severe a harm is: one grade from 1 to 5, made of gravity, scope and irremediability.

Used by `monitoring.risk.matrix` and everything that orders findings.

Theory (R91). One of the three parts is enough to make a harm severe, and gravity weighs most: a
harm that threatens a life is extreme for one person as for a hundred. So no average is taken
(an average lets a mild part hide a terrible one). Two tables are read one after the other:

1. HARM: how bad it is for one person, from gravity and irremediability;
2. SEVERITY: that, widened by how many people it happens to.

Two laws hold in both tables, and the tests walk every square: a higher grade in any part never
gives a lower severity, and severity is never lower than gravity.

Worked example. Stone dust in a cutting hall: lasting harm to the lungs (gravity 4) of a group
of thirty (scope 3) that never heals (irremediability 5). HARM[4][5] is 5; SEVERITY[5][3] is 5:
extreme. Wages paid ten days late: harder life for a while (gravity 2), sixty people (scope 4),
put right within days (irremediability 1). HARM[2][1] is 2; SEVERITY[2][4] is 3: serious.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from locales.marking import N_
from monitoring.risk.scales import LOWEST, Scale, is_grade

SEVERITY_WORDS: Mapping[int, str] = MappingProxyType(
    {
        # translators: how severe a harm is, as a label in a table.
        1: N_("slight"),
        # translators: how severe a harm is, as a label in a table.
        2: N_("limited"),
        # translators: how severe a harm is, as a label in a table.
        3: N_("serious"),
        # translators: how severe a harm is, as a label in a table.
        4: N_("grave"),
        # translators: how severe a harm is, as a label in a table.
        5: N_("extreme"),
    }
)

# fmt: off
# Rows: gravity 1..5. Columns: irremediability 1..5.
HARM: tuple[tuple[int, ...], ...] = (
    (1, 1, 2, 3, 3),
    (2, 2, 2, 3, 4),
    (3, 3, 3, 4, 4),
    (4, 4, 4, 4, 5),
    (5, 5, 5, 5, 5),
)

# Rows: harm 1..5. Columns: scope 1..5.
SEVERITY: tuple[tuple[int, ...], ...] = (
    (1, 1, 2, 2, 3),
    (2, 2, 2, 3, 3),
    (3, 3, 3, 4, 4),
    (4, 4, 4, 5, 5),
    (5, 5, 5, 5, 5),
)
# fmt: on


_SCALES = tuple(Scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a finding weighs: the three parts of severity, and likelihood beside them (1-5)."""

    gravity: int
    scope: int
    irremediability: int
    likelihood: int

    def __post_init__(self) -> None:
        # A score opens hundreds of these, and walking the enum took longer than opening them.
        for scale in _SCALES:
            if not is_grade(self.grade(scale)):
                raise ValueError(f"{scale} must be a whole number from 1 to 5")

    @property
    def severity(self) -> int:
        """1-5, by the two tables (R91)."""
        return severity_of(self.gravity, self.scope, self.irremediability)

    def grade(self, scale: Scale) -> int:
        """The grade on one scale."""
        match scale:
            case Scale.GRAVITY:
                return self.gravity
            case Scale.SCOPE:
                return self.scope
            case Scale.IRREMEDIABILITY:
                return self.irremediability
            case Scale.LIKELIHOOD:
                return self.likelihood

    def raised_by(self, other: "Weight") -> "Weight":
        """The higher grade of the two on every scale."""
        return highest((self, other))


LEAST = Weight(gravity=LOWEST, scope=LOWEST, irremediability=LOWEST, likelihood=LOWEST)


def weight_of(grades: Mapping[Scale, int]) -> Weight:
    """The weight with these grades; every scale must be among them."""
    return Weight(
        gravity=grades[Scale.GRAVITY],
        scope=grades[Scale.SCOPE],
        irremediability=grades[Scale.IRREMEDIABILITY],
        likelihood=grades[Scale.LIKELIHOOD],
    )


def severity_of(gravity: int, scope: int, irremediability: int) -> int:
    """Severity 1-5 from its parts, each 1-5."""
    harm = HARM[gravity - LOWEST][irremediability - LOWEST]
    return SEVERITY[harm - LOWEST][scope - LOWEST]


def highest(weights: Iterable[Weight]) -> Weight:
    """The highest grade on every scale apart; the least weight of all when there is none.

    The order of `weights` does not matter, nor does hearing the same one twice.
    """
    known = (LEAST, *weights)
    return weight_of({scale: max(each.grade(scale) for each in known) for scale in Scale})
