"""One look along a flow with the answers of one session. Called by the engine at each step.

A walk computes each value once and only when something asks for it, so that a toggled button costs
little in a flow of five hundred rows. `along` goes the whole way in the order of the file.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from math import isfinite
from typing import NamedTuple

from flows.another import ANOTHER_CHOICES, ANOTHER_QUESTION
from flows.definition import Flow, Group, Kind, Node, Placed, Question, Repeat
from flows.expressions import Atom
from flows.expressions.atoms import as_number
from flows.faults import FlowsError
from flows.paths import Spot, another_path, round_prefix, spot
from flows.row_scope import RowScope
from flows.surroundings import Surroundings
from flows.values import Value

MOST_ROUNDS = 100
"""Rounds of one repeat, whatever its count says."""
MOST_ROUNDS_NESTED = 500
"""Rounds of a repeat in all rounds of the repeats around it together. Both bound a step, since a
count may be typed by a person."""
_SILENT = frozenset({Kind.CALCULATE, Kind.HIDDEN})
_COMPUTED = _SILENT | {Kind.NOTE}


class Role(StrEnum):
    """What a point on the way does."""

    ASKS = "asks"
    SHOWS = "shows"
    COMPUTES = "computes"
    ASKS_ANOTHER = "asks another"


class Point(NamedTuple):
    """One row on the way, in one round of the repeats around it. A tuple, since a step makes one
    for every row."""

    path: str
    role: Role
    node: Node
    prefixes: tuple[str, ...]

    @property
    def is_asked(self) -> bool:
        """Whether a person answers here."""
        return self.role is Role.ASKS or self.role is Role.ASKS_ANOTHER

    @property
    def question(self) -> Question:
        """The question that is put here; the engine's own after a round of a repeat."""
        if self.role is Role.ASKS_ANOTHER:
            return ANOTHER_QUESTION
        if not isinstance(self.node, Question):
            raise FlowsError(f"{self.node.name!r} is no question")
        return self.node


class Walk:
    """A look along `flow` with `answers`; `fresh` is what `once` and its like came to keep."""

    def __init__(
        self,
        flow: Flow,
        answers: Mapping[str, Value],
        kept: Mapping[str, Atom],
        language: str,
        surroundings: Surroundings,
    ) -> None:
        self.flow = flow
        self.answers = answers
        self.language = language
        self.surroundings = surroundings
        self.fresh: dict[str, Atom] = {}
        self._kept = kept
        self._values: dict[str, Atom] = {}
        self._open: dict[str, bool] = {}
        self._rounds: dict[str, int] = {}
        self._points: dict[str, Point | None] = {}
        self._along: tuple[Point, ...] | None = None

    # -- the way ------------------------------------------------------------------------------

    def along(self) -> tuple[Point, ...]:
        """Every row that the answers lead along, in order."""
        if self._along is None:
            found: list[Point] = []
            self._go(self.flow.nodes, ("",), found)
            self._along = tuple(found)
        return self._along

    def point(self, path: str) -> Point | None:
        """The row at a path, if the answers lead along it; without walking the whole way."""
        if path not in self._points:
            self._points[path] = self._find(path)
        return self._points[path]

    def _find(self, path: str) -> Point | None:
        place = spot(path)
        placed = None if place is None else self.flow.placed.get(place.name)
        if place is None or placed is None or not self._exists(place, placed):
            return None
        node, prefixes = placed.node, place.prefixes
        if isinstance(node, Repeat):
            asks = place.after_round is not None and self._asks_another(
                node, place.name, prefixes, place.after_round
            )
            return Point(path, Role.ASKS_ANOTHER, node, prefixes) if asks else None
        if not isinstance(node, Question) or place.after_round is not None:
            return None
        return Point(path, self._role(node, path, prefixes), node, prefixes)

    def _go(self, nodes: tuple[Node, ...], prefixes: tuple[str, ...], found: list[Point]) -> None:
        prefix = prefixes[-1]
        for node in nodes:
            path = prefix + node.name
            if node.relevant is not None and not self._is_open(node, path, prefixes):
                self._values[path] = ""
                continue
            if isinstance(node, Question):
                role = self._role(node, path, prefixes)
                found.append(Point(path, role, node, prefixes))
                if role is Role.ASKS:
                    self._values[path] = self.answers.get(path, "")
                elif self.flow.is_deep:  # computed here, as looking it up later costs stack
                    self.value(path)
            elif isinstance(node, Group):
                self._go_headed(node, path, prefixes, found)
            else:
                self._go_rounds(node, path, prefixes, found)

    def _go_rounds(
        self, repeat: Repeat, path: str, prefixes: tuple[str, ...], found: list[Point]
    ) -> None:
        for number in range(1, self._count(repeat, path, prefixes) + 1):
            inside = (*prefixes, round_prefix(path, number))
            self._go_headed(repeat, path, inside, found)
            if repeat.count is None and number < self._most_rounds(repeat.name, prefixes):
                found.append(Point(another_path(path, number), Role.ASKS_ANOTHER, repeat, prefixes))

    def _go_headed(
        self,
        node: Group | Repeat,
        path: str,
        inside: tuple[str, ...],
        found: list[Point],
    ) -> None:
        """Goes along what is inside; the heading stays only if something below it is shown."""
        if not node.label:
            self._go(node.children, inside, found)
            return
        at = len(found)
        found.append(Point(path, Role.SHOWS, node, inside))
        self._go(node.children, inside, found)
        if all(point.role is Role.COMPUTES for point in found[at + 1 :]):
            del found[at]

    def _role(self, question: Question, path: str, prefixes: tuple[str, ...]) -> Role:
        if question.kind in _SILENT:
            return Role.COMPUTES
        if question.kind is Kind.NOTE:
            return Role.SHOWS
        if question.read_only is None:
            return Role.ASKS
        is_still = question.read_only.holds(RowScope(self, prefixes, path))
        return Role.SHOWS if is_still else Role.ASKS

    def scope(
        self,
        point: Point,
        *,
        weighed: Atom | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> RowScope:
        """What expressions of that row read; `weighed` is an answer that is not yet taken."""
        return RowScope(self, point.prefixes, point.path, weighed=weighed, columns=columns or {})

    # -- what is relevant ---------------------------------------------------------------------

    def _is_open(self, node: Node, path: str, prefixes: tuple[str, ...]) -> bool:
        known = self._open.get(path)
        if known is None:
            self._open[path] = False  # what asks for itself on the way finds itself closed
            relevant = node.relevant
            known = relevant is None or relevant.holds(RowScope(self, prefixes, path))
            self._open[path] = known
        return known

    def _exists(self, place: Spot, placed: Placed) -> bool:
        """Whether the rounds of the path exist and every condition on the way to it holds."""
        if place.repeats != placed.repeats:
            return False
        for around, depth in placed.conditions:
            prefixes = place.prefixes[: depth + 1]
            if not self._is_open(around, prefixes[-1] + around.name, prefixes):
                return False
        for depth, (name, number) in enumerate(place.rounds):
            if number > self._rounds_of(name, place.prefixes[: depth + 1]):
                return False
        node = placed.node
        return self._is_open(node, place.prefixes[-1] + node.name, place.prefixes)

    # -- rounds -------------------------------------------------------------------------------

    def _rounds_of(self, name: str, prefixes: tuple[str, ...]) -> int:
        node = self.flow.placed[name].node
        return self._count(node, prefixes[-1] + name, prefixes) if isinstance(node, Repeat) else 0

    def _count(self, repeat: Repeat, path: str, prefixes: tuple[str, ...]) -> int:
        known = self._rounds.get(path)
        if known is None:
            self._rounds[path] = 0
            if not self._is_open(repeat, path, prefixes):
                return 0
            wanted = self._wanted(repeat, path, prefixes)
            known = max(0, min(wanted, self._most_rounds(repeat.name, prefixes)))
            self._rounds[path] = known
        return known

    def _wanted(self, repeat: Repeat, path: str, prefixes: tuple[str, ...]) -> int:
        if repeat.count is not None:
            count = as_number(repeat.count(RowScope(self, prefixes, path)))
            return int(count) if isfinite(count) else 0
        rounds = 1
        while (
            rounds < MOST_ROUNDS
            and self.answers.get(another_path(path, rounds)) == ANOTHER_CHOICES[0].name
        ):
            rounds += 1
        return rounds

    def _asks_another(
        self, repeat: Repeat, name: str, prefixes: tuple[str, ...], number: int
    ) -> bool:
        is_asked = repeat.count is None and number <= self._rounds_of(name, prefixes)
        return is_asked and number < self._most_rounds(name, prefixes)

    def _most_rounds(self, name: str, prefixes: tuple[str, ...]) -> int:
        nested = MOST_ROUNDS_NESTED
        for depth, outer in enumerate(self.flow.placed[name].repeats):
            nested //= max(1, self._rounds_of(outer, prefixes[: depth + 1]))
        return max(1, min(MOST_ROUNDS, nested))

    # -- values -------------------------------------------------------------------------------

    def value(self, path: str) -> Atom:
        """The value at a path; empty where nothing is answered or the row is not relevant."""
        known = self._values.get(path)
        if known is None:
            self._values[path] = ""
            known = self._values[path] = self._look_up(path)
        return known

    def _look_up(self, path: str) -> Atom:
        place = spot(path)
        placed = None if place is None else self.flow.placed.get(place.name)
        if place is None or placed is None or not self._exists(place, placed):
            return ""
        if not isinstance(placed.node, Question):
            return ""
        return self._compute(placed.node, path, place.prefixes)

    def _compute(self, question: Question, path: str, prefixes: tuple[str, ...]) -> Atom:
        role = Role.ASKS
        if question.read_only is not None or question.kind in _COMPUTED:
            role = self._role(question, path, prefixes)
        stored = self.answers.get(path)
        if role is Role.ASKS:
            return "" if stored is None else stored
        if question.calculation is not None:
            return question.calculation(RowScope(self, prefixes, path))
        if stored is None and question.default is not None:
            return question.default(RowScope(self, prefixes, path))
        return "" if stored is None else stored

    def values(
        self, prefix: tuple[str, ...], repeats: tuple[str, ...], name: str
    ) -> Iterator[Atom]:
        """The values of `name` in every round of `repeats`, where it is relevant."""
        if not repeats:
            path = prefix[-1] + name
            value = self.value(path)
            if value != "" or self.point(path) is not None:
                yield value
            return
        path = prefix[-1] + repeats[0]
        for number in range(1, self._rounds_of(repeats[0], prefix) + 1):
            yield from self.values((*prefix, round_prefix(path, number)), repeats[1:], name)

    def rounds(self, prefix: tuple[str, ...], repeats: tuple[str, ...], name: str) -> int:
        """How many rounds the repeat `name` has, in all rounds of `repeats` around it."""
        if not repeats:
            return self._rounds_of(name, prefix)
        path = prefix[-1] + repeats[0]
        return sum(
            self.rounds((*prefix, round_prefix(path, number)), repeats[1:], name)
            for number in range(1, self._rounds_of(repeats[0], prefix) + 1)
        )

    def keep(self, key: str, compute: Callable[[], Atom]) -> Atom:
        """What is kept under `key`, or else what `compute` gives, kept from now on."""
        for kept in (self._kept, self.fresh):
            if key in kept:
                return kept[key]
        value = compute()
        is_something = value not in ("", ()) and not (isinstance(value, float) and value != value)
        if is_something:
            self.fresh[key] = value
        return value
