"""That a case is held back from erasure: codes and days, kept with the case.

A court, an authority, or a body outside that looks at an appeal may need what the usual days would
erase (L4: "unless proceedings follow"). What may be done with a hold is `register.holding`'s.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class HoldReason(StrEnum):
    """Why nothing may be erased yet. Stored: never reuse a value."""

    COURT = "court"
    """Proceedings at a court."""
    AUTHORITY = "authority"
    """An authority asked for it, and may."""
    APPEAL_OUTSIDE = "appeal_outside"
    """A body outside looks at how the case was handled."""


BINDING = frozenset({HoldReason.COURT, HoldReason.AUTHORITY})
"""Where the law forbids erasing: then it also keeps who told it of a report that was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Nothing of the case is erased up to and including a day."""

    reason: HoldReason
    until: date
    since: date
    asked_by: str | None = None
    """The handler who asked for it; None: the operator, or it is from before this was kept."""
    seconded_by: str | None = None
    """The handler who said the same; None where one decided alone."""
    is_operators: bool = False
    reminded_on: date | None = None
    """Since when those who placed it know that it ends (`register.hold_ending`)."""

    def holds(self, today: date) -> bool:
        """True up to and including its last day."""
        return today <= self.until

    @property
    def free_on(self) -> date:
        """The day after it: the usual days count again."""
        return self.until + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldProposal:
    """What one handler proposes, and another has not looked at yet."""

    reason: HoldReason
    until: date | None
    """None: the hold ends now."""
    by: str
    on: date
