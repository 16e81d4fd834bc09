"""Whether the clock can be trusted with work that cannot be taken back.

Drafts are wiped and figures released by the calendar. A clock that is set a year ahead by mistake
would wipe every draft and release quarters that are not over; so after a jump the chores wait for
a day, in which somebody can set it right. People are served meanwhile: a session does not depend
on the time.

What counts as a jump: while the process runs, that the calendar and the machine's steady clock
disagree by more than an hour; at its start, that no chore was done for longer than a week, or that
one was done in a time that is still to come. A house that was really off for a month waits a day
too, which harms nobody.

Used by `service.chores` before each look.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_DRIFT = timedelta(hours=1)
LONGEST_STANDSTILL = timedelta(days=7)
_AHEAD = timedelta(days=1)
"""So far ahead another process's clock may have been."""
HOLD = timedelta(days=1)
"""Of running, by the steady clock."""


@dataclass(slots=True)
class Steadiness:
    """Looks at two clocks: `steady` gives seconds of which only differences matter."""

    calendar: Callable[[], datetime]
    steady: Callable[[], float]
    _seen: tuple[datetime, float] | None = None
    _held_until: float | None = None

    def begin(self, last_done: datetime | None) -> bool:
        """What chores were done last, if ever. True if that does not fit the calendar of now."""
        now = self.calendar()
        self._seen = (now, self.steady())
        if last_done is None or -_AHEAD <= now - last_done <= LONGEST_STANDSTILL:
            return False
        self._hold()
        return True

    def look(self) -> bool:
        """True if the calendar has jumped since the last look."""
        now, steady = self.calendar(), self.steady()
        before, self._seen = self._seen, (now, steady)
        if before is None:
            return False
        passed = timedelta(seconds=steady - before[1])
        if abs((now - before[0]) - passed) <= MOST_DRIFT:
            return False
        self._hold()
        return True

    @property
    def is_steady(self) -> bool:
        """Whether chores may be done."""
        return self._held_until is None or self.steady() >= self._held_until

    def _hold(self) -> None:
        self._held_until = self.steady() + HOLD.total_seconds()
