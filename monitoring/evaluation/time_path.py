"""How far a company is on its way up, against the path that the framework lays out.

Called for the yearly report and the public listing. A company gets so many years at each level,
counted from the day and level at which it joined; who joins higher starts there. Days are worked
out from the start, so that being quick at one level gives room at the next.

Worked example. Joined on 1 May 2024 at level 1: level 2 is due by 1 May 2025, level 3 by 1 May
2026, level 4 by 1 May 2028. Still at level 2 on 2 May 2026 it is late, and knowledge modules are
offered; from 2 May 2027 it is more than a year late, and the steering group decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitoring.evaluation.framework import TimePath
from register.spans import MONTHS_PER_YEAR, Span


class Consequence(StrEnum):
    """What being late brings."""

    MODULES_OFFERED = "modules_offered"
    """At the lower levels the company is offered lessons."""
    EXPLAINED_IN_LISTING = "explained_in_listing"
    """Higher up the public listing says that it is late, and why."""
    STEERING_GROUP_DECIDES = "steering_group_decides"
    """Later than allowed: special circumstances, a plan to recover, or removal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStanding:
    """Where a company is on the path, on one day."""

    level: int
    next_level_due: date | None
    """The last day for the next level; None where the path asks for nothing higher."""
    days_late: int
    consequences: tuple[Consequence, ...]
    recovery_until: date | None
    """With a plan to recover, until when; only if the steering group decides."""

    @property
    def is_late(self) -> bool:
        """Whether the next level should have been reached by now."""
        return self.days_late > 0


def due_days(path: TimePath, joined: date, entry_level: int) -> Mapping[int, date]:
    """By when each level is due, for a company that joined on that day at that level.

    The years of a level are over when the next one is due. Nobody joins below level 1.
    """
    days: dict[int, date] = {}
    years = 0
    for level in sorted(path.years_at_level):
        if level >= max(entry_level, 1):
            years += path.years_at_level[level]
            days[level + 1] = _years(years).after(joined)
    return days


def standing(
    path: TimePath, *, joined: date, entry_level: int, level: int, today: date
) -> PathStanding:
    """How late the company is, and what follows.

    `level` is the level of the last assessment, 0 if none was reached. Late is who has not
    reached a level whose day has passed; the oldest such day counts.
    """
    due = due_days(path, joined, entry_level)
    open_days = {number: day for number, day in due.items() if number > level}
    if not open_days:
        return PathStanding(
            level=level, next_level_due=None, days_late=0, consequences=(), recovery_until=None
        )
    first = min(open_days.values())
    days_late = max(0, (today - first).days)
    too_late = today > _years(path.delay_years_at_most).after(first)
    return PathStanding(
        level=level,
        next_level_due=first,
        days_late=days_late,
        consequences=_consequences(path, level, is_late=days_late > 0, too_late=too_late),
        recovery_until=_recovery(path, first) if too_late else None,
    )


def _consequences(
    path: TimePath, level: int, *, is_late: bool, too_late: bool
) -> tuple[Consequence, ...]:
    if not is_late:
        return ()
    lower = level <= path.modules_up_to_level
    first = Consequence.MODULES_OFFERED if lower else Consequence.EXPLAINED_IN_LISTING
    return (first, Consequence.STEERING_GROUP_DECIDES) if too_late else (first,)


def _recovery(path: TimePath, due: date) -> date:
    """A year to recover, from the day on which the delay became too long."""
    return _years(path.delay_years_at_most + path.recovery_years).after(due)


def _years(count: int) -> Span:
    return Span(months=count * MONTHS_PER_YEAR)
