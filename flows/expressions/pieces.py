"""Compiled pieces of an expression and how a piece of one sort becomes another.

A piece knows its sort when the flow is loaded, so that no step converts what already fits.
Used by `compile` and `functions`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from flows.expressions.atoms import Atom, as_flag, as_number, as_text
from flows.expressions.scope import Scope

Run: TypeAlias = Callable[[Scope], Atom]
Number: TypeAlias = Callable[[Scope], float]
Words: TypeAlias = Callable[[Scope], str]
Flag: TypeAlias = Callable[[Scope], bool]
Nodes: TypeAlias = Callable[[Scope], tuple[Atom, ...]]


class Sort(StrEnum):
    """What a piece gives, as far as it is known beforehand."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Piece:
    """One compiled piece; `nodes` where it can stand for many answers at once."""

    sort: Sort
    run: Run
    nodes: Nodes | None = None
    reference: str | None = None
    """The name, where the piece is nothing but `${name}`."""
    literal: str | float | None = None


def number(piece: Piece) -> Number:
    """The piece as a number."""
    run = piece.run
    if piece.sort is Sort.NUMBER:
        return run  # type: ignore[return-value]  # its sort says so
    return lambda scope: as_number(run(scope))


def words(piece: Piece) -> Words:
    """The piece as text."""
    run = piece.run
    if piece.sort is Sort.TEXT:
        return run  # type: ignore[return-value]  # its sort says so
    return lambda scope: as_text(run(scope))


def flag(piece: Piece) -> Flag:
    """The piece as a truth."""
    run = piece.run
    if piece.sort is Sort.FLAG:
        return run  # type: ignore[return-value]  # its sort says so
    return lambda scope: as_flag(run(scope))


def nodes(piece: Piece) -> Nodes:
    """The piece as a set of answers; a single value is a set of one."""
    if piece.nodes is not None:
        return piece.nodes
    run = piece.run
    return lambda scope: (run(scope),)
