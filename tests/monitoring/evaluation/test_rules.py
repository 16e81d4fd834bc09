"""Rules over parts: what holds, what is missing, and that a part more never harms."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.evaluation.rules import AllOf, And, AnyOf, AtLeast, Or, holds, parts_of, ways

PARTS = ("1", "2", "3", "4", "5")
some = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4, unique=True).map(tuple)
leaf = st.one_of(
    some.map(lambda of: AllOf(of=of)),
    some.map(lambda of: AnyOf(of=of)),
    some.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: AtLeast(count=count, of=of))),
)
rules = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda each: And(rules=tuple(each))),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: Or(rules=tuple(each))),
    ),
    max_leaves=5,
)
held = st.frozensets(st.sampled_from(PARTS))

LARGER_COMPANY_ON_COMPLAINTS = And(rules=(AllOf(of=("1", "5")), AnyOf(of=("2", "3", "4"))))


def test_the_worked_example():
    rule = LARGER_COMPANY_ON_COMPLAINTS
    assert holds(rule, {"1", "4", "5"})
    assert ways(rule, {"1", "4"}) == (frozenset("5"),)
    assert ways(rule, {"1"}) == (frozenset("25"), frozenset("35"), frozenset("45"))
    assert parts_of(rule) == frozenset("12345")


@settings(max_examples=150, deadline=None)
@given(rules, held, held)
def test_a_part_more_never_makes_a_rule_fail(rule, few, more):
    assert not holds(rule, few) or holds(rule, few | more)


@settings(max_examples=150, deadline=None)
@given(rules, held)
def test_each_way_is_enough_and_none_can_be_spared(rule, parts):
    """Checked against trying every set of missing parts."""
    missing = [part for part in PARTS if part not in parts]
    enough = [
        frozenset(choice)
        for count in range(len(missing) + 1)
        for choice in combinations(missing, count)
        if holds(rule, parts | set(choice))
    ]
    smallest = {each for each in enough if not any(other < each for other in enough)}
    assert set(ways(rule, parts)) == smallest
