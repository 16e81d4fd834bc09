"""What stakeholders say, and that nobody's dissent is lost (R94)."""

from datetime import date
from statistics import median_high

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ratings import StakeholderRating
from monitoring.risk.scales import Scale
from monitoring.risk.severity import LEAST, Weight
from monitoring.risk.stakeholders import NOBODY_RATED, spread, stakeholder_view
from register.particulars import Theme


def a_rating(participant: str, *grades: int | None) -> StakeholderRating:
    gravity, scope, irremediability, likelihood = grades
    return StakeholderRating(
        round_id="r",
        participant=participant,
        site_id="s",
        theme=Theme.LAND_RIGHTS,
        day=date(2026, 6, 1),
        gravity=gravity,
        scope=scope,
        irremediability=irremediability,
        likelihood=likelihood,
    )


@given(st.lists(st.integers(1, 5), min_size=1))
def test_the_middle_is_the_upper_median(grades) -> None:
    assert spread(grades).middle == median_high(grades)


def test_the_worked_example_holds() -> None:
    five = spread([2, 2, 4, 5, 5])
    assert (five.middle, five.given, five.is_disputed) == (4, (2, 4, 5), True)
    assert spread([2, 2, 4, 5]).middle == 4


def test_skipped_answers_are_not_counted() -> None:
    assert spread([None, 3, None]).answers == 1
    assert spread([None]).middle is None
    assert not spread([]).is_disputed
    assert not spread([]).is_close


@pytest.mark.parametrize(
    ("grades", "is_close"),
    [([4, 4, 4, 5], True), ([4, 4, 4, 1], True), ([5, 5, 1, 1], False), ([3], True)],
)
def test_views_are_close_when_three_in_four_are_near_the_middle(grades, is_close) -> None:
    assert spread(grades).is_close is is_close


def test_the_weight_is_the_middle_of_each_scale() -> None:
    view = stakeholder_view(
        [a_rating("a", 5, 2, None, 3), a_rating("b", 3, 4, None, 4), a_rating("c", 3, 2, None, 5)]
    )
    assert view.weight == Weight(gravity=3, scope=2, irremediability=1, likelihood=4)
    assert view.participants == 3
    assert view.spreads[Scale.GRAVITY].counts == (0, 0, 2, 0, 1)


def test_everybody_who_sees_it_differently_stays_in_sight() -> None:
    worse, same, partial = (
        a_rating("a", 5, 5, 5, 4),
        a_rating("b", 3, 2, 2, 3),
        a_rating("c", 5, None, None, 3),
    )
    unlikely = a_rating("d", None, None, None, 1)
    view = stakeholder_view([worse, same, partial, unlikely])
    weight = Weight(gravity=3, scope=2, irremediability=2, likelihood=3)
    assert view.dissent_from(weight) == (worse, unlikely)
    assert view.ratings == (worse, same, partial, unlikely)


def test_nobody_rated_weighs_the_least() -> None:
    assert NOBODY_RATED.weight == LEAST
    assert NOBODY_RATED.participants == 0
