"""What an expression of one row reads, in one round of the repeats around it. Made by `walking`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from flows.definition import Question
from flows.expressions import Atom
from flows.offering import choice_of, label_words
from flows.paths import round_prefix

if TYPE_CHECKING:
    from flows.walking import Walk

_NO_COLUMNS: Mapping[str, str] = {}


class RowScope:
    """Implements `flows.expressions.Scope` over a walk."""

    __slots__ = ("_path", "_prefixes", "_walk", "_weighed", "columns")

    def __init__(
        self,
        walk: "Walk",
        prefixes: tuple[str, ...],
        path: str,
        *,
        weighed: Atom | None = None,
        columns: Mapping[str, str] = _NO_COLUMNS,
    ) -> None:
        self._walk = walk
        self._prefixes = prefixes
        self._path = path
        self._weighed = weighed
        self.columns = columns

    @property
    def now(self) -> datetime:
        """The time of this step."""
        return self._walk.surroundings.now

    @property
    def own(self) -> Atom:
        """The answer that is being weighed, or else the one that was given."""
        if self._weighed is not None:
            return self._weighed
        return self._walk.answers.get(self._path, "")

    def read(self, depth: int, rest: str) -> Atom:
        """The answer at `rest`, seen from the `depth`-th repeat around this row."""
        return self._walk.value(self._prefixes[depth] + rest)

    def read_all(self, depth: int, repeats: tuple[str, ...], name: str) -> tuple[Atom, ...]:
        """The answers to `name` in every round of `repeats`."""
        return tuple(self._walk.values(self._prefixes[: depth + 1], repeats, name))

    def read_round(self, rounds: tuple[tuple[str, int], ...], name: str) -> Atom:
        """The answer to `name` in these rounds; empty where there is no such round."""
        prefix = ""
        for repeat, number in rounds:
            prefix = round_prefix(prefix + repeat, number)
        return self._walk.value(prefix + name)

    def rounds(self, depth: int, repeats: tuple[str, ...], name: str) -> int:
        """How many rounds a repeat has."""
        return self._walk.rounds(self._prefixes[: depth + 1], repeats, name)

    def round(self, depth: int) -> int:
        """Which round this is, read off the path: `people[2].` is the second."""
        prefix = self._prefixes[depth]
        return int(prefix[prefix.rindex("[") + 1 : -2])

    def keep(self, key: str, compute: Callable[[], Atom]) -> Atom:
        """What is kept at this row under `key`."""
        return self._walk.keep(f"{self._path}#{key}", compute)

    def random(self) -> float:
        """A number from 0 up to 1."""
        return self._walk.surroundings.random()

    def choice_label(self, question: str, name: str) -> str:
        """The label of a choice, in the language of the session where words can be had."""
        placed = self._walk.flow.placed.get(question)
        if placed is None or not isinstance(placed.node, Question):
            return name
        choice = choice_of(self._walk, placed.node, name)
        return name if choice is None else label_words(self._walk, placed.node, choice)
