"""Complementary suppression against a reader who solves every equation (K3)."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.circles import Key
from register.suppression import hidden, streams
from tests.register.attacker import numbers_of, range_of

SALT = b"a salt for the tests"
PLACES, THEMES, GROUPS = ("p", "q", "r"), ("wage", "water"), ("men", "women")
KEYS = [(place, theme, group) for place in PLACES for theme in THEMES for group in GROUPS]
COUNTS = st.dictionaries(st.sampled_from(KEYS), st.integers(min_value=1, max_value=14), min_size=1)


def sensitive_in(counts: dict[Key, int], threshold: int = 5) -> dict[Key, int]:
    """Small numbers, with a doubled threshold by group."""
    limits = {key: threshold * (2 if key[2] else 1) for key in numbers_of(counts)}
    return {key: limits[key] for key, number in numbers_of(counts).items() if number < limits[key]}


def assert_safe(counts: dict[Key, int], sensitive: dict[Key, int]) -> None:
    numbers = numbers_of(counts)
    shown = set(numbers) - hidden(streams(counts), sensitive, SALT)
    assert not shown & set(sensitive)
    for key, threshold in sensitive.items():
        least, most = range_of(key, numbers, shown)
        assert least <= max(0, numbers[key] - threshold), (key, least)
        assert most is None or most >= max(threshold, numbers[key] + 1), (key, most)


@settings(max_examples=40, deadline=None)
@given(COUNTS)
def test_no_small_number_can_be_worked_out(counts: dict[Key, int]) -> None:
    assert_safe(counts, sensitive_in(counts))


@settings(max_examples=20, deadline=None)
@given(COUNTS, st.data())
def test_no_number_that_is_hidden_for_another_reason_can(
    counts: dict[Key, int], data: st.DataObject
) -> None:
    others = data.draw(st.lists(st.sampled_from(sorted(numbers_of(counts))), max_size=3))
    assert_safe(counts, {**sensitive_in(counts), **dict.fromkeys(others, 5)})


def test_the_streams_are_the_numbers() -> None:
    counts = {("p", "wage", "men"): 3, ("q", "wage", "men"): 2, ("q", "water", "women"): 7}
    found = {key: stream.number for key, stream in streams(counts).items()}
    assert found == numbers_of(counts)


def test_the_worked_example() -> None:
    counts = {("p", "wage", "mixed"): 9, ("p", "water", "mixed"): 3}
    gone = hidden(streams(counts), {("p", "water", ""): 5, ("p", "water", "mixed"): 5}, SALT)
    assert ("p", "wage", "") in gone
    assert not {("", "", ""), ("p", "", "")} & gone


def test_what_needs_no_hiding_is_shown() -> None:
    counts = dict.fromkeys(KEYS, 20)
    assert hidden(streams(counts), {}, SALT) == frozenset()


def test_the_attacker_finds_what_naive_hiding_gives_away() -> None:
    counts = {("p", "wage", "men"): 9, ("p", "water", "men"): 3}
    numbers = numbers_of(counts)
    naive = {("p", "water", ""), ("p", "water", "men"), ("", "water", ""), ("", "water", "men")}
    assert range_of(("p", "water", ""), numbers, set(numbers) - naive) == (3, 3)


def test_the_attacker_bounds_what_equations_alone_leave_open() -> None:
    counts = {("p", "wage", "men"): 2, ("p", "water", "men"): 3, ("p", "dust", "men"): 9}
    numbers = numbers_of(counts)
    naive = {key for key in numbers if key[1] in ("wage", "water")}
    assert range_of(("p", "wage", ""), numbers, set(numbers) - naive) == (0, 5)


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_table_always_hides_the_same(order: int) -> None:
    counts = {key: 1 + at % 13 for at, key in enumerate(KEYS)}
    turned = dict(list(counts.items())[::order])
    assert hidden(streams(turned), sensitive_in(turned), SALT) == hidden(
        streams(counts), sensitive_in(counts), SALT
    )


def test_a_large_organisation_takes_seconds() -> None:
    counts = {
        (f"p{place}", f"t{theme}", f"g{group}"): 1 + (7 * place + 5 * theme + 3 * group) % 23
        for place in range(60)
        for theme in range(6)
        for group in range(3)
        if (place + theme + group) % 3
    }
    started = time.thread_time()
    hidden(streams(counts), sensitive_in(counts), SALT)
    assert time.thread_time() - started < 60
