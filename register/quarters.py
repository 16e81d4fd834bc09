"""Quarters of a year, the only periods for which figures are released (K4)."""

from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = 3
_PER_YEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quarter:
    """A calendar quarter; `str` gives `2026-Q4`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Raises ValueError for a number that is not 1 to 4."""
        if not 1 <= self.number <= _PER_YEAR:
            raise ValueError("a quarter's number is 1 to 4")

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day is in."""
        return cls(year=day.year, number=(day.month - 1) // _MONTHS + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        if self.number == _PER_YEAR:
            return Quarter(year=self.year + 1, number=1)
        return Quarter(year=self.year, number=self.number + 1)

    def is_closed(self, today: date) -> bool:
        """True from the day after its last day."""
        return today > self.last_day
