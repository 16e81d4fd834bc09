"""The functions that look at the conversation, or at only some of their arguments.

Called by `compile`, which hands each the arguments as trees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flows.expressions.atoms import Atom
from flows.expressions.faults import ExpressionError
from flows.expressions.pieces import Number, Piece, Sort, flag, nodes, number, words
from flows.expressions.scope import Scope
from flows.expressions.tree import Parent, Reference, Tree

if TYPE_CHECKING:
    from flows.expressions.compile import Compiler

_Trees = tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Looking:
    """A function that is built from the trees of its arguments."""

    least: int
    most: int | None
    build: "Callable[[Compiler, _Trees], Piece]"


def _if(compiler: "Compiler", trees: _Trees) -> Piece:
    condition, then, otherwise = map(compiler.piece, trees)
    sort = then.sort if then.sort is otherwise.sort else Sort.ANY
    holds, yes, no = flag(condition), then.run, otherwise.run
    return Piece(sort, lambda scope: yes(scope) if holds(scope) else no(scope))


def _coalesce(compiler: "Compiler", trees: _Trees) -> Piece:
    runs = tuple(compiler.piece(tree).run for tree in trees)

    def run(scope: Scope) -> Atom:
        return next((atom for one in runs if (atom := one(scope)) not in ("", ())), "")

    return Piece(Sort.ANY, run)


def _today(_compiler: "Compiler", _trees: _Trees) -> Piece:
    return Piece(Sort.ANY, lambda scope: scope.now.date())


def _now(_compiler: "Compiler", _trees: _Trees) -> Piece:
    return Piece(Sort.ANY, lambda scope: scope.now)


def _once(compiler: "Compiler", trees: _Trees) -> Piece:
    """Computed until it gives something, then the same for good."""
    piece, key = compiler.piece(trees[0]), compiler.next_key()
    run = piece.run
    return Piece(piece.sort, lambda scope: scope.keep(key, lambda: run(scope)))


def _random(compiler: "Compiler", _trees: _Trees) -> Piece:
    """Drawn once for each row: a step that is asked again must give the same."""
    key = compiler.next_key()
    return Piece(Sort.NUMBER, lambda scope: scope.keep(key, scope.random))


def _uuid(compiler: "Compiler", _trees: _Trees) -> Piece:
    key = compiler.next_key()
    return Piece(Sort.TEXT, lambda scope: scope.keep(key, lambda: _draw_uuid(scope)))


def _draw_uuid(scope: Scope) -> str:
    """A version 4 UUID (RFC 9562 §5.4) from the randomness of this step."""
    bits = 0
    for _ in range(4):
        bits = bits << 32 | int(scope.random() * 2**32)
    return str(UUID(int=bits, version=4))


def _count(compiler: "Compiler", trees: _Trees) -> Piece:
    if not isinstance(trees[0], Reference):
        raise ExpressionError("count() takes one ${name}")
    gather = nodes(compiler.piece(trees[0]))
    return Piece(Sort.NUMBER, lambda scope: float(len(gather(scope))))


def _position(compiler: "Compiler", trees: _Trees) -> Piece:
    here = compiler.vicinity.here
    match trees[0]:
        case Parent() if here:
            depth = len(here)
        case Reference(name=name) if name in here:
            depth = here.index(name) + 1
        case _:
            raise ExpressionError("position(..) stands only inside the repeat that it counts")
    return Piece(Sort.NUMBER, lambda scope: float(scope.round(depth)))


def _indexed_repeat(compiler: "Compiler", trees: _Trees) -> Piece:
    """`indexed-repeat(${name}, ${repeat}, index, …)`: the answer in that round."""
    if len(trees) % 2 == 0 or not all(isinstance(tree, Reference) for tree in trees[::2][:1]):
        raise ExpressionError("indexed-repeat() takes ${name}, then ${repeat} and index in pairs")
    name = _named(trees[0])
    wanted = dict(zip(map(_named, trees[1::2]), trees[2::2], strict=True))
    repeats = compiler.known(name)
    if strange := wanted.keys() - set(repeats):
        raise ExpressionError(f"${{{name}}} is not inside ${{{min(strange)}}}")
    indexes = tuple((repeat, _index(compiler, repeat, wanted)) for repeat in repeats)

    def run(scope: Scope) -> Atom:
        rounds = tuple((repeat, _whole(index(scope))) for repeat, index in indexes)
        return scope.read_round(rounds, name)

    return Piece(Sort.ANY, run, reference=name)


def _index(compiler: "Compiler", repeat: str, wanted: Mapping[str, Tree]) -> Number:
    if repeat in wanted:
        return number(compiler.piece(wanted[repeat]))
    here = compiler.vicinity.here
    if repeat not in here:
        raise ExpressionError(f"indexed-repeat() needs an index for ${{{repeat}}}")
    depth = here.index(repeat) + 1
    return lambda scope: float(scope.round(depth))


def _whole(index: float) -> int:
    return int(index) if 1 <= index < 1e6 else 0


def _named(tree: Tree) -> str:
    if not isinstance(tree, Reference):
        raise ExpressionError("a ${name} is expected here")
    return tree.name


def _choice_name(compiler: "Compiler", trees: _Trees) -> Piece:
    """`jr:choice-name(name, '${question}')`: the label of a choice."""
    question = _question(compiler.piece(trees[1]))
    compiler.known(question)
    name = words(compiler.piece(trees[0]))
    return Piece(Sort.TEXT, lambda scope: scope.choice_label(question, name(scope)))


def _question(piece: Piece) -> str:
    written = piece.reference or str(piece.literal or "").strip()
    return written.removeprefix("${").removesuffix("}").strip()


LOOKING: Mapping[str, Looking] = {
    # name: least, most arguments, builder
    "if": Looking(3, 3, _if),
    "coalesce": Looking(2, None, _coalesce),
    "today": Looking(0, 0, _today),
    "now": Looking(0, 0, _now),
    "once": Looking(1, 1, _once),
    "random": Looking(0, 0, _random),
    "uuid": Looking(0, 0, _uuid),
    "count": Looking(1, 1, _count),
    "position": Looking(1, 1, _position),
    "indexed-repeat": Looking(3, None, _indexed_repeat),
    "jr:choice-name": Looking(2, 2, _choice_name),
}
