"""Exact points and shares as people read them, and as numbers of tables and programs."""

from decimal import Decimal
from fractions import Fraction

from locales.catalogue import Catalogue


def points_words(value: Fraction, words: Catalogue) -> str:
    """Points: whole ones without decimals, halves as halves."""
    return words.number(_decimal(value))


def points_number(value: Fraction) -> int | float:
    """The same as a number, for tables and programs."""
    return _plain(_decimal(value))


def percent_words(value: Fraction, words: Catalogue) -> str:
    """A share with at most one decimal, rounded down: 74.96 has not reached 75."""
    return words.number(_decimal(_tenths(value)))


def percent_number(value: Fraction) -> int | float:
    """The same as a number, for tables and programs."""
    return _plain(_decimal(_tenths(value)))


def _tenths(value: Fraction) -> Fraction:
    return Fraction(value * 10 // 1, 10)


def _plain(value: int | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _decimal(value: Fraction) -> int | Decimal:
    if value.denominator == 1:
        return value.numerator
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01")).normalize()
