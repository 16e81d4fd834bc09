"""The operators of expressions as one table. Called by `compile`.

XPath 1.0 §3.3–3.5: `and` and `or` stop as soon as the outcome is known.
"""

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from flows.expressions.atoms import Atom, equals, not_after, precedes
from flows.expressions.pieces import Piece, Sort, flag, number
from flows.expressions.scope import Scope

Operator: TypeAlias = Callable[[tuple[Piece, ...]], Piece]


def _all_of(pieces: tuple[Piece, ...]) -> Piece:
    flags = tuple(map(flag, pieces))
    if len(flags) == 2:
        one, two = flags
        return Piece(Sort.FLAG, lambda scope: one(scope) and two(scope))
    return Piece(Sort.FLAG, lambda scope: all(each(scope) for each in flags))


def _any_of(pieces: tuple[Piece, ...]) -> Piece:
    flags = tuple(map(flag, pieces))
    if len(flags) == 2:
        one, two = flags
        return Piece(Sort.FLAG, lambda scope: one(scope) or two(scope))
    return Piece(Sort.FLAG, lambda scope: any(each(scope) for each in flags))


def _equal(pieces: tuple[Piece, ...]) -> Piece:
    left, right = pieces
    if isinstance(left.literal, str):
        left, right = right, left
    one, two, fixed = left.run, right.run, right.literal
    if not isinstance(fixed, str):
        return Piece(Sort.FLAG, lambda scope: equals(one(scope), two(scope)))

    def run(scope: Scope) -> bool:
        value = one(scope)
        return value == fixed if type(value) is str else equals(value, fixed)

    return Piece(Sort.FLAG, run)


def _unequal(pieces: tuple[Piece, ...]) -> Piece:
    same = flag(_equal(pieces))
    return Piece(Sort.FLAG, lambda scope: not same(scope))


def _ordered(compare: Callable[[Atom, Atom], bool], *, turned: bool = False) -> Operator:
    def build(pieces: tuple[Piece, ...]) -> Piece:
        one, two = (piece.run for piece in (reversed(pieces) if turned else pieces))
        return Piece(Sort.FLAG, lambda scope: compare(one(scope), two(scope)))

    return build


def _arithmetic(compute: Callable[[float, float], float]) -> Operator:
    def build(pieces: tuple[Piece, ...]) -> Piece:
        one, two = map(number, pieces)
        return Piece(Sort.NUMBER, lambda scope: compute(one(scope), two(scope)))

    return build


def divided(left: float, right: float) -> float:
    """XPath's `div`: by zero gives an infinity, and zero by zero NaN."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """XPath's `mod`: the sign is that of the left side."""
    if math.isinf(left) or right == 0:
        return math.nan
    return math.fmod(left, right)


OPERATORS: Mapping[str, Operator] = {
    "or": _any_of,
    "and": _all_of,
    "=": _equal,
    "!=": _unequal,
    "<": _ordered(precedes),
    "<=": _ordered(not_after),
    ">": _ordered(precedes, turned=True),
    ">=": _ordered(not_after, turned=True),
    "+": _arithmetic(lambda left, right: left + right),
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "div": _arithmetic(divided),
    "mod": _arithmetic(remainder),
}
