"""Lengths of time in days and calendar months. Used by `register.clocks`."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time in days and calendar months."""

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """The day this long after `day`; the last of the month where it has no such day."""
        return add_months(day, self.months) + timedelta(days=self.days)


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where it has no such day.

    Remembered: a page asks for the same few days hundreds of times.
    """
    month = day.month - 1 + months
    year, month = day.year + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
