"""Which rules a company is measured by: where it imports from, and how large it is.

Used by scoring (which questions and rules count) and by the assessment calendar.
"""

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """Where the stone comes from (S1). Stored; a value is never reused."""

    B = "B"
    """Only from countries without raised risk."""
    C = "C"
    """Also from risk countries."""


class SizeClass(StrEnum):
    """How large the company is (S1). Stored; a value is never reused."""

    SMALL = "small"
    MEDIUM_LARGE = "medium_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCompany:
    """The limits under which a company is small: both must hold (R100)."""

    employees_below: int
    turnover_eur_at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyProfile:
    """What scoring must know of a company, for one year."""

    category: Category
    employees: int
    turnover_eur: int
    """Of a year, in whole euros."""
    supplies_public_clients: bool = False
    """Small ones that do may ask for an assessment in between."""

    def __post_init__(self) -> None:
        if self.employees < 0 or self.turnover_eur < 0:
            raise ValueError("employees and turnover cannot be negative")

    def size(self, small: SmallCompany) -> SizeClass:
        """Small only if both figures stay within the limits, medium or large otherwise."""
        is_small = (
            self.employees < small.employees_below
            and self.turnover_eur <= small.turnover_eur_at_most
        )
        return SizeClass.SMALL if is_small else SizeClass.MEDIUM_LARGE
