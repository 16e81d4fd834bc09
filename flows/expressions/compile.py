"""Compiles an expression once, into closures over the scope that each step hands in.

Called by `flows.loading` for every expression of a flow; `looking` compiles the functions that
look at the conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from flows.expressions.atoms import Atom
from flows.expressions.faults import ExpressionError
from flows.expressions.functions import FUNCTIONS, GATHERINGS, Function, Gathering
from flows.expressions.looking import LOOKING, Looking
from flows.expressions.operators import OPERATORS
from flows.expressions.parser import parse
from flows.expressions.patterns import pattern
from flows.expressions.pieces import Flag, Nodes, Piece, Run, Sort, flag, nodes, number, words
from flows.expressions.scope import Scope, Vicinity
from flows.expressions.tree import (
    Call,
    Column,
    Literal,
    Negation,
    Operation,
    Own,
    Parent,
    Reference,
    Tree,
    everything,
    height,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A compiled expression: callable on a scope, as often as wanted.

    `references` are the names in `${}`. `reads_own` says whether it looks at the answer to its own
    row. `is_constant` says that it gives the same always. `compared` are the choices that it names:
    pairs of a question and a literal that the question is held against. `height` is its levels of
    nesting: running it takes up to two frames of the stack for each.
    """

    source: str
    references: frozenset[str]
    reads_own: bool = False
    is_constant: bool = False
    compared: frozenset[tuple[str, str]] = frozenset()
    columns: frozenset[str] = frozenset()
    height: int = 1
    run: Run = field(repr=False, compare=False)
    holds: Flag = field(repr=False, compare=False)
    """The outcome as a truth, ready for `relevant`, `required`, `constraint`, `choice_filter`."""

    def __call__(self, scope: Scope) -> Atom:
        return self.run(scope)


def compile_expression(source: str, vicinity: Vicinity) -> Expression:
    """The expression; raises `ExpressionError` with the reason why it cannot be used."""
    tree = parse(source)
    inside = everything(tree)
    piece = Compiler(vicinity).piece(tree)
    calls = frozenset(node.name for node in inside if isinstance(node, Call))
    references = frozenset(node.name for node in inside if isinstance(node, Reference))
    columns = frozenset(node.name for node in inside if isinstance(node, Column))
    reads_own = any(isinstance(node, Own) for node in inside)
    return Expression(
        source=source,
        references=references,
        reads_own=reads_own,
        is_constant=not (references or columns or reads_own or calls & LOOKING.keys() - _PURE),
        compared=frozenset(filter(None, map(_comparison, inside))),
        columns=columns,
        height=height(tree),
        run=piece.run,
        holds=flag(piece),
    )


_PURE = frozenset({"if", "coalesce"})


def literal_expression(value: str) -> Expression:
    """An expression that gives `value` as it stands: a default that is not computed."""
    return Expression(
        source=value,
        references=frozenset(),
        is_constant=True,
        run=lambda _scope: value,
        holds=lambda _scope: value != "",
    )


def _comparison(node: Tree) -> tuple[str, str] | None:
    """`${question} = 'name'` and `selected(${question}, 'name')`, whichever way round."""
    match node:
        case (
            Operation(
                operator="=" | "!=",
                operands=(
                    (Reference(name=question), Literal(value=str(name)))
                    | (Literal(value=str(name)), Reference(name=question))
                ),
            )
            | Call(name="selected", arguments=(Reference(name=question), Literal(value=str(name))))
        ):
            return (question, name) if name else None
        case _:
            return None


class Compiler:
    """Compiles trees for one row and column of one flow."""

    def __init__(self, vicinity: Vicinity) -> None:
        self.vicinity = vicinity
        self._kept = 0

    def next_key(self) -> str:
        """A key of its own for each call whose outcome is kept."""
        self._kept += 1
        return f"{self.vicinity.column}.{self._kept}"

    def piece(self, tree: Tree) -> Piece:
        """The compiled piece for a tree."""
        match tree:
            case Literal(value=value):
                sort = Sort.TEXT if isinstance(value, str) else Sort.NUMBER
                return Piece(sort, lambda _scope: value, literal=value)
            case Reference(name=name):
                return self._reference(name)
            case Own():
                return Piece(Sort.ANY, lambda scope: scope.own)
            case Column(name=name):
                return self._column(name)
            case Operation(operator=operator, operands=operands):
                return OPERATORS[operator](tuple(map(self.piece, operands)))
            case Negation(operand=operand):
                value_of = number(self.piece(operand))
                return Piece(Sort.NUMBER, lambda scope: -value_of(scope))
            case Call():
                return self._call(tree)
            case Parent():
                raise ExpressionError("'..' stands only in position(..)")
            case _:
                assert_never(tree)

    def known(self, name: str) -> tuple[str, ...]:
        """The repeats around `name`; refuses names that the flow does not have."""
        try:
            return self.vicinity.repeats_around[name]
        except KeyError:
            raise ExpressionError(f"${{{name}}} is not in this flow") from None

    def _reference(self, name: str) -> Piece:
        repeats = self.known(name)
        depth = self.vicinity.shared(name)
        inner = repeats[depth:]
        # XPath takes the first node of a set, so the first round stands for all of them.
        rest = "".join(f"{repeat}[1]." for repeat in inner) + name
        if name in self.vicinity.repeats:
            return Piece(Sort.ANY, lambda _scope: "", _rounds(depth, inner, name), name)
        many: Nodes | None = None
        if inner:
            many = lambda scope: scope.read_all(depth, inner, name)  # noqa: E731 - one of two
        return Piece(Sort.ANY, lambda scope: scope.read(depth, rest), many, name)

    def _column(self, name: str) -> Piece:
        columns = self.vicinity.choice_columns
        if columns is None:
            raise ExpressionError(f"{name!r} is no function and no ${{name}}")
        if name not in columns:
            raise ExpressionError(f"{name!r} is no column of the list of choices")
        return Piece(Sort.TEXT, lambda scope: scope.columns.get(name, ""))

    def _call(self, call: Call) -> Piece:
        if (function := FUNCTIONS.get(call.name)) is not None:
            return self._function(call, function)
        if (gathering := GATHERINGS.get(call.name)) is not None:
            return self._gathering(call, gathering)
        if (looking := LOOKING.get(call.name)) is not None:
            return self._looking(call, looking)
        raise ExpressionError(f"{call.name}() is not a function that flows know")

    def _function(self, call: Call, function: Function) -> Piece:
        check_count(call, function.least, len(function.takes))
        inner = tuple(map(self.piece, call.arguments))
        if call.name == "regex":
            _check_pattern(inner[1].literal)
        runs = tuple(map(_as_taken, inner, function.takes))
        return Piece(function.gives, _applied(function.compute, runs))

    def _gathering(self, call: Call, gathering: Gathering) -> Piece:
        check_count(call, gathering.leading + 1, None)
        inner = tuple(map(self.piece, call.arguments))
        leading = tuple(piece.run for piece in inner[: gathering.leading])
        sets = tuple(map(nodes, inner[gathering.leading :]))
        compute = gathering.compute

        def run(scope: Scope) -> Atom:
            gathered = tuple(atom for one in sets for atom in one(scope))
            return compute(*(lead(scope) for lead in leading), gathered)

        return Piece(gathering.gives, run)

    def _looking(self, call: Call, looking: Looking) -> Piece:
        check_count(call, looking.least, looking.most)
        return looking.build(self, call.arguments)


def check_count(call: Call, least: int, most: int | None) -> None:
    """Refuses a call with too few or too many arguments."""
    given = len(call.arguments)
    if given < least or (most is not None and given > most):
        wanted = (
            str(least) if least == most else f"{least} to {most}" if most else f"{least} or more"
        )
        raise ExpressionError(f"{call.name}() takes {wanted} arguments, not {given}")


def _check_pattern(form: str | float | None) -> None:
    """Patterns are refused when the flow is loaded, not when a person answers."""
    if not isinstance(form, str):
        raise ExpressionError("regex() needs its pattern written out as a string")
    pattern(form)


def _rounds(depth: int, inner: tuple[str, ...], name: str) -> Nodes:
    return lambda scope: ("",) * scope.rounds(depth, inner, name)


def _as_taken(piece: Piece, sort: Sort) -> Run:
    match sort:
        case Sort.NUMBER:
            return number(piece)
        case Sort.TEXT:
            return words(piece)
        case Sort.FLAG:
            return flag(piece)
        case Sort.ANY:
            return piece.run


def _applied(compute: Callable[..., Atom], runs: tuple[Run, ...]) -> Run:
    """The function on its arguments; one and two are the common cases and go without a loop."""
    match runs:
        case (one,):
            return lambda scope: compute(one(scope))
        case (one, two):
            return lambda scope: compute(one(scope), two(scope))
        case _:
            return lambda scope: compute(*(run(scope) for run in runs))
