"""The risk matrix: severity and likelihood to one of four priorities (R91, R92).

Used by `monitoring.risk.priorities` and the heat map.

Theory. Severity dominates. What is extreme comes first even when it is hardly likely, because
"unlikely" is what was thought before most disasters. Likelihood orders what is equally severe,
and may lift a finding to the priority of the severity above it, never past it. Read from the
bottom left to the top right, row after row, the priority never falls: the tests walk that path.

Worked example. A cracked dam above a village: severity 5, likelihood 1, so FIRST. Wages paid late
every month: severity 3, likelihood 5, so SOON. The dam comes before the wages.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from locales.marking import N_
from monitoring.risk.scales import GRADES


class Priority(StrEnum):
    """What is due. Stored with assessments: never reuse a value."""

    FIRST = "first"
    SOON = "soon"
    NEXT = "next"
    LATER = "later"


URGENCY: Mapping[Priority, int] = MappingProxyType(
    {Priority.FIRST: 3, Priority.SOON: 2, Priority.NEXT: 1, Priority.LATER: 0}
)

PRIORITY_WORDS: Mapping[Priority, str] = MappingProxyType(
    {
        # translators: when to deal with a risk, as a label in a table.
        Priority.FIRST: N_("Act first"),
        # translators: when to deal with a risk, as a label in a table.
        Priority.SOON: N_("Act soon"),
        # translators: when to deal with a risk, as a label in a table.
        Priority.NEXT: N_("Plan for next"),
        # translators: when to deal with a risk, as a label in a table.
        Priority.LATER: N_("Later, not dropped"),
    }
)

_FIRST, _SOON, _NEXT, _LATER = Priority.FIRST, Priority.SOON, Priority.NEXT, Priority.LATER

# fmt: off
_ROWS: tuple[tuple[Priority, ...], ...] = (
    # likelihood 1    2       3       4       5
    (_LATER, _LATER, _LATER, _LATER, _LATER),   # severity 1
    (_LATER, _LATER, _LATER, _NEXT,  _NEXT),    # severity 2
    (_NEXT,  _NEXT,  _NEXT,  _SOON,  _SOON),    # severity 3
    (_SOON,  _SOON,  _SOON,  _FIRST, _FIRST),   # severity 4
    (_FIRST, _FIRST, _FIRST, _FIRST, _FIRST),   # severity 5
)
# fmt: on

RISK_MATRIX: Mapping[tuple[int, int], Priority] = MappingProxyType(
    {
        (severity, likelihood): priority
        for severity, row in zip(GRADES, _ROWS, strict=True)
        for likelihood, priority in zip(GRADES, row, strict=True)
    }
)
"""By `(severity, likelihood)`, each 1-5."""
