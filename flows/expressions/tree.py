"""What an expression is made of once it has been parsed. Made by `parser`, read by `compile`."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A number or a string as it is written."""

    value: str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """`${name}`: the answer to another row."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """`.`: the answer to this row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """`..`: the repeat around this row; only `position(..)` reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A bare word: a column of the choice at hand. Only choice filters may use it."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operator between operands; `and` and `or` take any number, the others two."""

    operator: str
    operands: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """A minus sign before an operand."""

    operand: "Tree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: "tuple[Tree, ...]"


Tree: TypeAlias = Literal | Reference | Own | Parent | Column | Operation | Negation | Call


def parts(tree: Tree) -> "tuple[Tree, ...]":
    """The expressions directly inside this one."""
    match tree:
        case Operation(operands=inner) | Call(arguments=inner):
            return inner
        case Negation(operand=operand):
            return (operand,)
        case _:
            return ()


def everything(tree: Tree) -> "tuple[Tree, ...]":
    """The tree and all that is in it, outermost first."""
    found: list[Tree] = [tree]
    for node in found:  # grows as it is read
        found.extend(parts(node))
    return tuple(found)


def height(tree: Tree) -> int:
    """How many levels the tree has. The parser bounds it."""
    return 1 + max(map(height, parts(tree)), default=0)
