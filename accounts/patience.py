"""How long somebody waits after wrong tries: per account name, and for all names together.

Nothing is counted by address (W4, W9). Pauses grow and end; nobody is locked out for ever. A
browser in which the account was signed in before has a count of its own (`known_browser`) and is
not held up by what all names together count, so that a stranger who tries the name again and again,
or many names, does not keep its owner out.

Worked example. Five wrong tries pass at once. After the fifth the pause is 2 seconds, then 4, 8 …
and 15 minutes at most. A day without a wrong try ends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
LONGEST_PAUSE = timedelta(minutes=15)
FORGET_AFTER = timedelta(days=1)
EVERYBODY = "everybody"
"""The key under which wrong tries of all names are counted."""
MOST_FOR_EVERYBODY = 100
"""Wrong tries of all names together that pass at once."""
EASING_PER_SECOND = 1.0
"""So many of them are forgotten each second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Wrong tries under one key, and when the last one was (aware, in UTC)."""

    count: float
    last_at: datetime


def failed(earlier: Failures | None, now: datetime) -> Failures:
    """One more wrong try of a name."""
    counted = 0.0 if earlier is None or _is_over(earlier, now) else earlier.count
    return Failures(count=counted + 1, last_at=now)


def failed_by_anybody(earlier: Failures | None, now: datetime) -> Failures:
    """One more wrong try of whatever name."""
    return Failures(count=_eased(earlier, now) + 1, last_at=now)


def pause(of_name: Failures | None, of_everybody: Failures | None, now: datetime) -> timedelta:
    """How long to wait before the next try is looked at; nothing if it is now."""
    wait = timedelta()
    if of_name is not None and not _is_over(of_name, now):
        wait = of_name.last_at + _length(of_name) - now
    too_many = _eased(of_everybody, now) - MOST_FOR_EVERYBODY
    if too_many > 0:
        wait = max(wait, timedelta(seconds=too_many / EASING_PER_SECOND))
    return max(wait, timedelta())


def _length(of_name: Failures) -> timedelta:
    beyond = int(of_name.count) - FREE_TRIES
    if beyond < 0:
        return timedelta()
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(beyond + 1, 20)))


def _eased(of_everybody: Failures | None, now: datetime) -> float:
    if of_everybody is None:
        return 0.0
    if _is_from_a_wrong_clock(of_everybody, now):
        return 0.0
    seconds = max(0.0, (now - of_everybody.last_at).total_seconds())
    return max(0.0, of_everybody.count - seconds * EASING_PER_SECOND)


def _is_over(failures: Failures, now: datetime) -> bool:
    return now - failures.last_at >= FORGET_AFTER or _is_from_a_wrong_clock(failures, now)


def _is_from_a_wrong_clock(failures: Failures, now: datetime) -> bool:
    """Counted while the clock was ahead: the pause would last until it is there again."""
    return failures.last_at - now > LONGEST_PAUSE
