"""What a handler makes of a case in codes: what it is about, how grave, whose doing, and why.

Made by `register.classifying`, kept with the case, read by `monitoring.signals` in place of the
first estimate. The reasons in words are a paper of their own (`register.papers`). What the reporter
answered stays beside it, so that what was told and what was made of it can be told apart.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.particulars import Group, Particulars, People, Theme

LOWEST_GRADE, HIGHEST_GRADE = 1, 5


class Involvement(StrEnum):
    """How the company is tied to the harm, as the handler sees it (R95). Never reuse a value."""

    CAUSE = "cause"
    CONTRIBUTE = "contribute"
    LINKED = "linked"


class RootCause(StrEnum):
    """What lies behind it; the first four are practices of buyers (R88). Never reuse a value."""

    PRICE_PRESSURE = "price_pressure"
    LATE_CHANGES = "late_changes"
    LATE_PAYMENT = "late_payment"
    SUPPLIER_HOPPING = "supplier_hopping"
    SITE_MANAGEMENT = "site_management"
    MISSING_MEANS = "missing_means"
    """No money, tools or training to do it well."""
    LAW_NOT_ENFORCED = "law_not_enforced"
    CUSTOM = "custom"
    """It was always done so."""


PURCHASING = frozenset(
    {
        RootCause.PRICE_PRESSURE,
        RootCause.LATE_CHANGES,
        RootCause.LATE_PAYMENT,
        RootCause.SUPPLIER_HOPPING,
    }
)
"""What buyers themselves can change (R88)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """One handler's reading of a case; a later one takes its place."""

    themes: tuple[Theme, ...]
    """The first is what the case is counted under; each once."""
    gravity: int
    scope: int
    irremediability: int
    likelihood: int
    """The four scales of R91, from 1 to 5."""
    involvement: Involvement | None = None
    """None: not looked at yet."""
    root_causes: frozenset[RootCause] = frozenset()
    people: People = People.UNKNOWN
    group: Group = Group.UNSAID
    """Who is most affected (R99)."""
    by: str
    on: date
    as_told: Particulars
    """The coded answers as the reporter gave them."""

    def __post_init__(self) -> None:
        """Raises ValueError for no theme, a theme twice, or a grade off its scale."""
        if not self.themes or len(set(self.themes)) != len(self.themes):
            raise ValueError("a case is about one theme or more, each once")
        grades = (self.gravity, self.scope, self.irremediability, self.likelihood)
        if not all(LOWEST_GRADE <= grade <= HIGHEST_GRADE for grade in grades):
            raise ValueError("grades go from 1 to 5")
