"""Somebody who reported knows one in each number they are in, and gets no further with it (K3)."""

from collections.abc import Mapping

from hypothesis import example, given, settings
from hypothesis import strategies as st

from register.circles import Key
from register.suppression import hidden, streams
from tests.attackers.solving import Sum, range_of
from tests.register.attacker import numbers_of

SALT = b"a salt for the tests"
PLACES, THEMES, GROUPS = ("p", "q", "r"), ("wage", "water"), ("men", "women")
KEYS = [(place, theme, group) for place in PLACES for theme in THEMES for group in GROUPS]
COUNTS = st.dictionaries(st.sampled_from(KEYS), st.integers(min_value=1, max_value=14), min_size=1)
ACROSS = {
    ("p", "wage", "men"): 1,
    ("p", "water", "men"): 4,
    ("q", "wage", "men"): 4,
    ("q", "water", "men"): 1,
}
"""With all totals shown: nobody told of wages at p only if nobody told of water at q."""


def under(total: Key, counts: Mapping[Key, int]) -> frozenset[Key]:
    """What a number is the sum of."""
    return frozenset(
        key for key in counts if all(t in ("", k) for t, k in zip(total, key, strict=True))
    )


@settings(max_examples=60, deadline=None)
@given(COUNTS)
@example(ACROSS)
def test_one_person_in_every_other_number_together_get_behind_none(counts: dict[Key, int]) -> None:
    numbers = numbers_of(counts)
    limits = {key: 10 if key[2] == "women" else 5 for key in numbers}
    sensitive = {key: limits[key] for key, number in numbers.items() if number < limits[key]}
    gone = hidden(streams(counts), sensitive, SALT)
    sums = [
        Sum(atoms=under(key, counts), number=number)
        for key, number in numbers.items()
        if key not in gone
    ]
    for key, threshold in sensitive.items():
        own = under(key, counts)
        least, most = range_of(own, sums, {atom: int(atom not in own) for atom in counts})
        assert least == 0, key
        assert most is None or most >= threshold, key
