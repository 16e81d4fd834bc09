"""Points and shares are exact, and never rounded up over an edge."""

from fractions import Fraction

import pytest

from locales.catalogue import catalogue
from web.company.exact_numbers import percent_words, points_words


@pytest.mark.parametrize(
    ("value", "english", "dutch"),
    [
        (Fraction(7496, 100), "74.9", "74,9"),
        (Fraction(7599, 100), "75.9", "75,9"),
        (Fraction(75), "75", "75"),
        (Fraction(200, 3), "66.6", "66,6"),
        (Fraction(0), "0", "0"),
    ],
)
def test_a_share_is_rounded_down(value: Fraction, english: str, dutch: str) -> None:
    assert percent_words(value, catalogue("en", "desk")) == english
    assert percent_words(value, catalogue("nl", "desk")) == dutch


def test_half_a_point_is_a_half() -> None:
    assert points_words(Fraction(13, 2), catalogue("en", "desk")) == "6.5"
    assert points_words(Fraction(83), catalogue("en", "desk")) == "83"
