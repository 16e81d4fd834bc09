"""Severity from its parts: worked examples of the theory, and the laws on every square."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.risk.scales import GRADES, Scale
from monitoring.risk.severity import (
    HARM,
    LEAST,
    SEVERITY,
    SEVERITY_WORDS,
    Weight,
    highest,
    severity_of,
)

grades = st.integers(1, 5)
weights = st.builds(Weight, gravity=grades, scope=grades, irremediability=grades, likelihood=grades)


@pytest.mark.parametrize(
    ("case", "parts", "severity"),
    [
        ("stone dust that scars the lungs of thirty cutters", (4, 3, 5), 5),
        ("wages of sixty people paid ten days late", (2, 4, 1), 3),
        ("one person held in debt bondage", (5, 1, 4), 5),
        ("a child of twelve who misses school to carry stone", (4, 1, 4), 4),
        ("no clean drinking water for a whole village this summer", (3, 5, 2), 4),
        ("a rude foreman, one person, put right by a talk", (1, 1, 1), 1),
        ("noise that keeps a whole community awake", (1, 5, 1), 3),
        ("a sacred tree felled", (1, 1, 5), 3),
    ],
)
def test_worked_examples(case: str, parts: tuple[int, int, int], severity: int) -> None:
    assert severity_of(*parts) == severity, case


def test_no_part_ever_makes_a_harm_milder() -> None:
    for parts in product(GRADES, repeat=3):
        for position in range(3):
            if parts[position] < 5:
                worse = list(parts)
                worse[position] += 1
                assert severity_of(*worse) >= severity_of(*parts)


def test_severity_is_never_lower_than_gravity() -> None:
    assert all(severity_of(g, s, i) >= g for g, s, i in product(GRADES, repeat=3))


def test_one_part_alone_can_make_a_harm_serious() -> None:
    assert severity_of(5, 1, 1) == 5
    assert severity_of(1, 5, 1) >= 3
    assert severity_of(1, 1, 5) >= 3


def test_the_tables_are_square_and_every_severity_has_a_word() -> None:
    for table in (HARM, SEVERITY):
        assert [len(row) for row in table] == [5] * 5
        assert {grade for row in table for grade in row} == set(GRADES)
    assert set(SEVERITY_WORDS) == set(GRADES)


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("grade", [0, 6])
def test_a_weight_outside_the_scales_is_refused_at_birth(scale: Scale, grade: int) -> None:
    with pytest.raises(ValueError, match=scale.value):
        Weight(
            **{"gravity": 1, "scope": 1, "irremediability": 1, "likelihood": 1, scale.value: grade}
        )


@given(st.lists(weights, max_size=6), st.randoms())
def test_the_highest_of_weights_does_not_depend_on_their_order(listed, random) -> None:
    shuffled = list(listed)
    random.shuffle(shuffled)
    assert highest(listed) == highest(shuffled) == highest([*listed, *listed])


@given(weights, weights)
def test_raising_never_lowers(one: Weight, other: Weight) -> None:
    raised = one.raised_by(other)
    assert raised.severity >= max(one.severity, other.severity)
    assert all(raised.grade(scale) >= one.grade(scale) for scale in Scale)


def test_the_highest_of_nothing_is_the_least_weight() -> None:
    assert highest(()) == LEAST
