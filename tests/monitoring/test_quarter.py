"""Quarters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.quarter import Quarter


@given(st.dates())
def test_a_day_lies_within_its_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    if quarter.year < 9999:
        assert quarter.first_day <= day <= quarter.last_day


@given(st.dates(), st.dates())
def test_quarters_follow_the_order_of_their_days(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert Quarter.of(earlier) <= Quarter.of(later)


def test_quarters_end_where_months_end() -> None:
    ends = [Quarter(2028, number).last_day for number in (1, 2, 3, 4)]
    assert ends == [date(2028, 3, 31), date(2028, 6, 30), date(2028, 9, 30), date(2028, 12, 31)]
    assert str(Quarter(2028, 2)) == "2028-Q2"


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 1, 1), 0),
        (date(2027, 3, 30), 0),
        (date(2027, 3, 31), 1),
        (date(2028, 3, 30), 1),
        (date(2028, 3, 31), 2),
    ],
)
def test_years_are_complete_years_since_its_last_day(today: date, years: int) -> None:
    assert Quarter(2026, 1).years_before(today) == years


def test_a_year_has_four_quarters() -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        Quarter(2026, 5)
