"""The search behind `register.suppression`: the cheapest circles through a table's hidden numbers.

A step along a stream makes its number larger, a step against it smaller, down to zero. A circle of
steps keeps every sum of the table as it is.

No circle takes the last one from another number by place, theme and group than those that the
varied one is made of: somebody who is in it would know that this cannot be.
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

Key: TypeAlias = tuple[str, str, str]
"""Which number: place, theme, group; empty where it adds up all of them."""
Step: TypeAlias = tuple[Key, int]
"""One number, and 1 for larger or -1 for smaller."""
_CameBy: TypeAlias = dict[Hashable, tuple[Hashable, Key, int]]

_WITHOUT_END = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One number of the table, as a stream between two points."""

    tail: Hashable
    head: Hashable
    number: int


class Circles:
    """Makes numbers able to vary, by hiding as little as it finds."""

    def __init__(
        self, table: Mapping[Key, Stream], costs: Mapping[Key, int], hidden: Iterable[Key]
    ) -> None:
        self.hidden: set[Key] = set()
        self._varied: Key = ("", "", "")
        self._table = table
        self._costs = costs
        self._ways: dict[Hashable, list[tuple[Hashable, Key, int]]] = defaultdict(list)
        self._hidden_ways: dict[Hashable, list[tuple[Hashable, Key, int]]] = defaultdict(list)
        for key in table:
            self._add(self._ways, key)
        for key in hidden:
            self._hide(key)

    def vary(self, key: Key, *, by: int, upwards: bool) -> None:
        """Hides what must be hidden for the number to be possibly `by` larger, or smaller."""
        stream = self._table[key]
        self._varied = key
        start, goal = (stream.head, stream.tail) if upwards else (stream.tail, stream.head)
        change: dict[Key, int] = defaultdict(int)
        while by > 0:
            path = self._through_hidden(start, goal, key, change)
            if path is None:
                path = self._cheapest(start, goal, key, change)
            amount = min([by, *(self._room(*step, change) for step in path)])
            for used, direction in path:
                change[used] += direction * amount
                self._hide(used)
            by -= amount

    def _hide(self, key: Key) -> None:
        if key not in self.hidden:
            self.hidden.add(key)
            self._add(self._hidden_ways, key)

    def _add(self, ways: dict[Hashable, list[tuple[Hashable, Key, int]]], key: Key) -> None:
        stream = self._table[key]
        ways[stream.tail].append((stream.head, key, 1))
        ways[stream.head].append((stream.tail, key, -1))

    def _through_hidden(
        self, start: Hashable, goal: Hashable, without: Key, change: Mapping[Key, int]
    ) -> list[Step] | None:
        """Steps that hide nothing more, if there are any: a search from both ends, step by step."""
        reached: tuple[_CameBy, _CameBy] = ({}, {})
        edges: list[list[Hashable]] = [[start], [goal]]
        ends = (start, goal)
        while all(edges):
            side = 0 if self._width(edges[0]) <= self._width(edges[1]) else 1
            mine, other = reached[side], reached[1 - side]
            further = []
            for here in edges[side]:
                for there, key, along in self._hidden_ways[here]:
                    direction = along if side == 0 else -along
                    if there in mine or there == ends[side] or key == without:
                        continue
                    if not self._room(key, direction, change):
                        continue
                    mine[there] = (here, key, direction)
                    if there in other or there == ends[1 - side]:
                        return _walk(reached[0], there, start) + _walk(reached[1], there, goal)
                    further.append(there)
            edges[side] = further
        return None

    def _width(self, edge: Iterable[Hashable]) -> int:
        return sum(len(self._hidden_ways[point]) for point in edge)

    def _cheapest(
        self, start: Hashable, goal: Hashable, without: Key, change: Mapping[Key, int]
    ) -> list[Step]:
        """The steps that cost least to hide in addition (Dijkstra)."""
        came_by: _CameBy = {}
        done: set[Hashable] = set()
        costs: dict[Hashable, int] = {start: 0}
        numbers = count()  # points do not compare
        queue = [(0, next(numbers), start)]
        while queue:
            cost, _, here = heapq.heappop(queue)
            if here == goal:
                return _walk(came_by, goal, start)
            if here in done:
                continue
            done.add(here)
            for there, key, direction in self._ways[here]:
                if key == without or there in done or not self._room(key, direction, change):
                    continue
                further = cost + (0 if key in self.hidden else self._costs[key])
                if further < costs.get(there, further + 1):
                    costs[there] = further
                    came_by[there] = (here, key, direction)
                    heapq.heappush(queue, (further, next(numbers), there))
        raise AssertionError("with everything hidden every number can vary")

    def _room(self, key: Key, direction: int, change: Mapping[Key, int]) -> int:
        """How far a number can still go: up without end, down to zero or to the one who knows."""
        if direction > 0:
            return _WITHOUT_END
        return self._table[key].number + change.get(key, 0) - self._is_known_to_one(key)

    def _is_known_to_one(self, key: Key) -> bool:
        """Whether somebody may be in this number who is not in the varied one.

        Sums follow from what they are made of.
        """
        place, theme, group = key
        if not place or not group:
            return False
        in_place, in_theme, in_group = self._varied
        return not (in_place in ("", place) and in_theme in ("", theme) and in_group in ("", group))


def _walk(
    came_by: Mapping[Hashable, tuple[Hashable, Key, int]], here: Hashable, end: Hashable
) -> list[Step]:
    """The steps between a point that was reached and where the search began."""
    path = []
    while here != end:
        here, key, direction = came_by[here]
        path.append((key, direction))
    return path
