"""Complementary suppression: no hidden number can be worked out from the shown ones (K3).

A table of counts with its totals is a flow. People stream from the grand total through their place,
their theme there and their group, and back together through group and theme to the grand total; at
every point as many come out as went in, and these are all the equations that a reader of the table
has. A hidden number can be larger by one if one more can stream round a circle through it that
passes hidden numbers only; smaller, if one less can. So what a reader can know of a hidden number,
by whatever arithmetic, is the widest range of such streams, and it is found exactly.

The rule: a sensitive number is safe if, for all a reader can know, it could be zero and could be as
high as a given number of people, its threshold. (One that is hidden for another reason than being
small could be lower by the threshold, and higher by one.) The reader is assumed to know every zero
of the table, so safety never rests on a hidden zero; zeros themselves, behind which is nobody, are
not guarded.

For each sensitive number in turn the cheapest circles are found until the rule holds. Hiding the
grand total costs much more than hiding another number. Hiding more never makes another number less
safe, and with everything hidden every number is safe, so this always ends well.

A reader can also run this program over every table that might have been, and see for which of them
it hides just this. So costs depend on no number, and which of two equal ways is taken is decided by
a secret salt: the same salt always gives the same answer, and who does not have it cannot tell. Of
all tables of two places and two themes with numbers up to 8, this leaves 3 hidden numbers in 1,000
that such a reader gets, if they know every zero besides.

Worked example. Wage 9 and water 3 at one site, 12 together; nothing else. Water is sensitive, and
12 - 9 gives it away, so the wage or the totals must go; the wage costs less. Now water is one of
0 ... 12, because 12 can all be wage or all be water.

Used by `register.release` alone. `tests/register/attacker.py` is a reader who tries.
"""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = tuple[str, str, str]
"""Which number: place, theme, group; empty where it adds up all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One number of the table, as a stream between two points."""

    tail: Hashable
    head: Hashable
    number: int


def streams(counts: Mapping[Key, int]) -> dict[Key, Stream]:
    """The table as a flow, from the counts by place, theme and group. Zeros are left out."""
    numbers: dict[Key, int] = defaultdict(int)
    for (place, theme, group), count in counts.items():
        for key in (
            (place, theme, group),
            (place, theme, ""),
            (place, "", ""),
            ("", theme, group),
            ("", theme, ""),
            ("", "", ""),
        ):
            numbers[key] += count
    return {
        key: Stream(tail=_tail(key), head=_head(key), number=number)
        for key, number in sorted(numbers.items())
        if number
    }


def hidden(
    table: Mapping[Key, Stream], sensitive: Mapping[Key, int], salt: bytes
) -> frozenset[Key]:
    """The numbers to hide so that every sensitive one (by key, its threshold) is safe.

    The same table and salt always give the same answer.
    """
    search = _Search(table, set(sensitive), salt)
    for key in sorted(sensitive, key=search.cost):
        number, threshold = table[key].number, sensitive[key]
        search.vary(key, by=max(threshold - number, 1), upwards=True)
        search.vary(key, by=min(number, threshold), upwards=False)
    return frozenset(search.hidden)


def _tail(key: Key) -> Hashable:
    match key:
        case ("", "", ""):
            return "together"
        case ("", theme, ""):
            return ("theme", theme)
        case ("", theme, group):
            return ("group", theme, group)
        case (_, "", ""):
            return "apart"
        case (place, _, ""):
            return ("place", place)
        case (place, theme, _):
            return ("cell", place, theme)


def _head(key: Key) -> Hashable:
    match key:
        case ("", "", ""):
            return "apart"
        case ("", _, ""):
            return "together"
        case ("", theme, _):
            return ("theme", theme)
        case (place, "", ""):
            return ("place", place)
        case (place, theme, ""):
            return ("cell", place, theme)
        case (_, theme, group):
            return ("group", theme, group)


class _Search:
    """Finds the cheapest circles, and hides what they pass."""

    def __init__(self, table: Mapping[Key, Stream], hidden_keys: set[Key], salt: bytes) -> None:
        self.hidden = hidden_keys
        self._table = table
        self._costs = {key: _cost(key, salt) for key in table}
        self._ways: dict[Hashable, list[tuple[Hashable, Key, int]]] = defaultdict(list)
        for key, stream in table.items():
            self._ways[stream.tail].append((stream.head, key, 1))
            self._ways[stream.head].append((stream.tail, key, -1))

    def cost(self, key: Key) -> int:
        """What it costs to hide a number that is still shown."""
        return self._costs[key]

    def vary(self, key: Key, *, by: int, upwards: bool) -> None:
        """Hides what must be hidden for the number to be possibly `by` higher, or lower."""
        stream = self._table[key]
        start, goal = (stream.head, stream.tail) if upwards else (stream.tail, stream.head)
        change: dict[Key, int] = defaultdict(int)
        while by > 0:
            path = self._cheapest(start, goal, key, change)
            amount = min([by, *(self._room(*step, change) for step in path)])
            for used, direction in path:
                change[used] += direction * amount
                self.hidden.add(used)
            by -= amount

    def _cheapest(
        self, start: Hashable, goal: Hashable, without: Key, change: Mapping[Key, int]
    ) -> list[tuple[Key, int]]:
        """The steps from start to goal that hide the fewest people's numbers in addition."""
        came_by: dict[Hashable, tuple[Hashable, Key, int]] = {}
        done: set[Hashable] = set()
        costs: dict[Hashable, int] = {start: 0}
        queue: list[tuple[int, int, Hashable]] = [(0, 0, start)]
        pushed = 0
        while queue:
            cost, _, here = heapq.heappop(queue)
            if here == goal:
                return _path(came_by, start, goal)
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
                    pushed += 1
                    heapq.heappush(queue, (further, pushed, there))
        raise AssertionError("with everything hidden every number can vary")

    def _room(self, key: Key, direction: int, change: Mapping[Key, int]) -> int:
        """How far a number can still go: up without end, down to zero."""
        if direction > 0:
            return _WITHOUT_END
        return self._table[key].number + change.get(key, 0)


_WITHOUT_END = 1 << 62
_GRAND_TOTAL = ("", "", "")
_COST = 1 << 32
_COST_OF_GRAND_TOTAL = _COST * 1000


def _cost(key: Key, salt: bytes) -> int:
    """About the same for every number but the grand total; the salt makes the difference."""
    drawn = hashlib.blake2b(repr(key).encode(), key=salt, digest_size=4).digest()
    least = _COST_OF_GRAND_TOTAL if key == _GRAND_TOTAL else _COST
    return least + int.from_bytes(drawn)


def _path(
    came_by: Mapping[Hashable, tuple[Hashable, Key, int]], start: Hashable, goal: Hashable
) -> list[tuple[Key, int]]:
    path, here = [], goal
    while here != start:
        here, key, direction = came_by[here]
        path.append((key, direction))
    return path
