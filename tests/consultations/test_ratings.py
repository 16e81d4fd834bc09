"""Ratings out of the coded answers of the flow."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ratings import (
    PARTS,
    RatingFault,
    RatingsRefused,
    StakeholderRating,
    latest,
    ratings_from,
)
from register.particulars import AnonymityLevel, Theme

ABOUT = {
    "round_id": "r" * 26,
    "participant": "p" * 26,
    "site_id": "s" * 26,
    "day": date(2026, 6, 1),
}


def read(particulars) -> tuple[StakeholderRating, ...]:
    ratings = ratings_from(particulars, **ABOUT)
    assert isinstance(ratings, tuple)
    return ratings


def faults(particulars) -> tuple[tuple[str, RatingFault], ...]:
    refused = ratings_from(particulars, **ABOUT)
    assert isinstance(refused, RatingsRefused)
    return refused.faults


def test_each_chosen_theme_gives_a_rating() -> None:
    ratings = read(
        {
            "themes": ("health_safety", "living_wage"),
            "gravity_health_safety": "4",
            "scope_health_safety": "3",
            "irremediability_health_safety": "5",
            "likelihood_health_safety": "5",
            "gravity_living_wage": 2,
            "likelihood_living_wage": Decimal(4),
        }
    )
    assert [rating.theme for rating in ratings] == [Theme.HEALTH_SAFETY, Theme.LIVING_WAGE]
    assert [ratings[0].grade(part) for part in PARTS] == [4, 3, 5, 5]
    assert [ratings[1].grade(part) for part in PARTS] == [2, None, None, 4]


def test_one_theme_may_come_as_a_single_choice() -> None:
    assert read({"themes": "land_rights"})[0].theme is Theme.LAND_RIGHTS


def test_grades_of_a_theme_that_was_taken_back_are_passed_over() -> None:
    ratings = read({"themes": ("land_rights",), "gravity_living_wage": "5"})
    assert [rating.theme for rating in ratings] == [Theme.LAND_RIGHTS]


@pytest.mark.parametrize(
    ("particulars", "expected"),
    [
        ({}, (("themes", RatingFault.NO_THEMES),)),
        ({"themes": ()}, (("themes", RatingFault.NO_THEMES),)),
        ({"themes": 7}, (("themes", RatingFault.NO_THEMES),)),
        ({"themes": ("football",)}, (("themes", RatingFault.UNKNOWN_THEME),)),
        ({"themes": (3,)}, (("themes", RatingFault.UNKNOWN_THEME),)),
        (
            {"themes": ("child_labour", "forced_labour", "living_wage", "land_rights")},
            (("themes", RatingFault.TOO_MANY_THEMES),),
        ),
        (
            {"themes": ("other",), "gravity_other": "6", "scope_other": "many"},
            (
                ("gravity_other", RatingFault.NOT_A_GRADE),
                ("scope_other", RatingFault.NOT_A_GRADE),
            ),
        ),
        (
            {"themes": ("other",), "gravity_other": True, "scope_other": Decimal("2.5")},
            (
                ("gravity_other", RatingFault.NOT_A_GRADE),
                ("scope_other", RatingFault.NOT_A_GRADE),
            ),
        ),
        (
            {"themes": ("other",), "anonymity": "famous"},
            (("anonymity", RatingFault.UNKNOWN_ANONYMITY),),
        ),
    ],
)
def test_what_the_flow_cannot_have_given_is_refused_with_its_code(particulars, expected) -> None:
    assert faults(particulars) == expected


def test_the_answer_on_anonymity_goes_before_the_invitation() -> None:
    codes = {"themes": ("other",), "anonymity": "anonymous"}
    (rating,) = ratings_from(codes, **ABOUT, anonymity=AnonymityLevel.OPEN)
    assert rating.anonymity is AnonymityLevel.ANONYMOUS
    (rating,) = ratings_from({"themes": ("other",)}, **ABOUT, anonymity=AnonymityLevel.OPEN)
    assert rating.anonymity is AnonymityLevel.OPEN


def test_a_grade_outside_the_scale_is_refused_at_birth() -> None:
    with pytest.raises(ValueError, match="gravity"):
        StakeholderRating(**ABOUT, theme=Theme.OTHER, gravity=0)


def test_a_changed_rating_replaces_the_earlier_one() -> None:
    earlier = StakeholderRating(**ABOUT, theme=Theme.OTHER, gravity=5)
    later = StakeholderRating(**(ABOUT | {"day": date(2026, 6, 9)}), theme=Theme.OTHER, gravity=2)
    assert latest([later, earlier]) == latest([earlier, later]) == (later,)


ratings = st.builds(
    StakeholderRating,
    round_id=st.sampled_from("ab"),
    participant=st.sampled_from("xyz"),
    site_id=st.just("s"),
    theme=st.sampled_from([Theme.OTHER, Theme.LAND_RIGHTS]),
    day=st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    gravity=st.none() | st.integers(1, 5),
)


@given(st.lists(ratings, max_size=4))
def test_the_latest_ratings_do_not_depend_on_the_order_heard(listed) -> None:
    results = {latest(order) for order in permutations(listed)}
    assert len(results) == 1


answers = st.sampled_from(["", "5", "9", "other", "Ⅳ", "४"]) | st.integers(-1, 9) | st.none()


@given(st.dictionaries(st.sampled_from(["themes", "gravity_other"]), answers))
def test_whatever_comes_in_is_read_or_refused(particulars) -> None:
    assert isinstance(ratings_from(particulars, **ABOUT), tuple | RatingsRefused)
