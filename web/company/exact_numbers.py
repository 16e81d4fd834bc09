"""Exact points and shares as people read them. Used by the score's pages."""

from decimal import Decimal
from fractions import Fraction

from locales.catalogue import Catalogue


def points_words(value: Fraction, words: Catalogue) -> str:
    """Points: whole ones without decimals, halves as halves."""
    return words.number(_decimal(value))


def percent_words(value: Fraction, words: Catalogue) -> str:
    """A share with at most one decimal, rounded down: 74.96 has not reached 75."""
    return words.number(_decimal(Fraction(value * 10 // 1, 10)))


def _decimal(value: Fraction) -> int | Decimal:
    if value.denominator == 1:
        return value.numerator
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01")).normalize()
