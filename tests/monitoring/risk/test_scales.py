"""The four scales and what falls in which step."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitoring.risk.scales import (
    GRADES,
    PEOPLE_AT_LEAST,
    QUESTIONS,
    SCALES,
    Scale,
    is_grade,
    scope_of,
    step,
)


@pytest.mark.parametrize("scale", Scale)
def test_every_scale_has_five_steps_in_order_with_words_of_their_own(scale: Scale) -> None:
    steps = SCALES[scale]
    assert [each.grade for each in steps] == list(GRADES)
    assert len({each.word for each in steps}) == 5
    assert len({each.sentence for each in steps}) == 5
    assert QUESTIONS[scale].endswith("?")


@pytest.mark.parametrize(
    ("people", "grade"),
    [(0, 1), (1, 1), (2, 2), (10, 2), (11, 3), (50, 3), (51, 4), (500, 4), (501, 5), (90_000, 5)],
)
def test_a_number_of_people_falls_in_exactly_one_step(people: int, grade: int) -> None:
    assert scope_of(people) == grade


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_people_are_never_a_smaller_scope(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert scope_of(fewer) <= scope_of(more)


def test_the_bands_begin_where_the_reported_bands_begin() -> None:
    assert PEOPLE_AT_LEAST == (1, 2, 11, 51, 501)


@pytest.mark.parametrize("value", [0, 6, -1, "3", 3.0, True, None])
def test_what_is_no_whole_number_from_one_to_five_is_no_grade(value: object) -> None:
    assert not is_grade(value)


def test_asking_for_the_words_of_no_grade_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="runs from 1 to 5"):
        step(Scale.GRAVITY, 6)


def test_the_words_of_a_grade_are_found() -> None:
    assert step(Scale.GRAVITY, 5).word == "Extreme"


FLOW = Path(__file__).parents[3] / "flows" / "definitions" / "risk_rating.yaml"


@pytest.mark.parametrize("scale", Scale)
def test_participants_choose_from_the_words_that_analysts_choose_from(scale: Scale) -> None:
    offered = YAML(typ="safe").load(FLOW)["choices"][scale.value]
    assert {choice["name"]: choice["label"] for choice in offered} == {
        str(each.grade): each.sentence for each in SCALES[scale]
    }
