"""Rules over the parts of an answer: which sets of parts make a verdict.

Called by the framework's verdict rules and by `lifting`, which asks what is still missing.
All rules are monotone: a part more never makes a rule fail (the law that S5 rests on).

Worked example: `And((AllOf(("1", "5")), AnyOf(("2", "3", "4"))))` holds for {1, 4, 5}; for {1, 4}
one thing is missing: {5}; for {1} there are three ways: {5, 2}, {5, 3}, {5, 4}.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias, assert_never


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part is there."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part is there."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """At least `count` of the parts are there."""

    count: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """Every rule holds."""

    rules: "tuple[Rule, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """At least one rule holds."""

    rules: "tuple[Rule, ...]"


Rule: TypeAlias = AllOf | AnyOf | AtLeast | And | Or


def holds(rule: Rule, held: Set[str]) -> bool:
    """Whether the parts in `held` satisfy the rule."""
    match rule:
        case AllOf(of=of):
            return all(part in held for part in of)
        case AnyOf(of=of):
            return any(part in held for part in of)
        case AtLeast(count=count, of=of):
            return sum(part in held for part in of) >= count
        case And(rules=rules):
            return all(holds(each, held) for each in rules)
        case Or(rules=rules):
            return any(holds(each, held) for each in rules)
        case _:
            assert_never(rule)


def parts_of(rule: Rule) -> frozenset[str]:
    """Every part that the rule names."""
    match rule:
        case AllOf(of=of) | AnyOf(of=of) | AtLeast(of=of):
            return frozenset(of)
        case And(rules=rules) | Or(rules=rules):
            return frozenset().union(*(parts_of(each) for each in rules))
        case _:
            assert_never(rule)


def ways(rule: Rule, held: Set[str]) -> tuple[frozenset[str], ...]:
    """The smallest sets of parts that are still missing, fewest first; `(frozenset(),)` if none.

    Each set is enough by itself, and none contains another.
    """
    return _smallest(_ways(rule, held))


def _ways(rule: Rule, held: Set[str]) -> Iterable[frozenset[str]]:
    match rule:
        case AllOf(of=of):
            return [frozenset(of) - held]
        case AnyOf(of=of):
            return _choices(1, of, held)
        case AtLeast(count=count, of=of):
            return _choices(count, of, held)
        case And(rules=rules):
            found: list[frozenset[str]] = [frozenset()]
            for each in rules:
                found = [one | other for one in found for other in _ways(each, held)]
            return found
        case Or(rules=rules):
            return [way for each in rules for way in _ways(each, held)]
        case _:
            assert_never(rule)


def _choices(count: int, of: tuple[str, ...], held: Set[str]) -> list[frozenset[str]]:
    missing = [part for part in of if part not in held]
    needed = max(0, count - (len(of) - len(missing)))
    return [frozenset(choice) for choice in combinations(missing, needed)]


def _smallest(found: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    kept: list[frozenset[str]] = []
    for way in sorted(set(found), key=lambda way: (len(way), sorted(way))):
        if not any(smaller <= way for smaller in kept):
            kept.append(way)
    return tuple(kept)
