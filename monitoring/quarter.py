"""Quarters of a year: the grain in which signals are counted and figures are shown (K4)."""

from dataclasses import dataclass
from datetime import date, timedelta

_QUARTERS = 4
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a calendar year; `number` is 1 to 4. Earlier quarters compare as less."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= _QUARTERS:
            raise ValueError("a year has quarters 1 to 4")

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day is in."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        """The day it ends."""
        last_month = self.number * _MONTHS
        following = (
            date(self.year + 1, 1, 1) if last_month > 11 else date(self.year, last_month + 1, 1)
        )
        return following - timedelta(days=1)

    def years_before(self, today: date) -> int:
        """Complete years between its last day and `today`; 0 where it is not over."""
        last = self.last_day
        is_before_anniversary = (today.month, today.day) < (last.month, last.day)
        return max(0, today.year - last.year - is_before_anniversary)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"
