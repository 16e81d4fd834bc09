"""What an expression may ask of the conversation around it. `flows.walking` implements it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flows.expressions.atoms import Atom


class Scope(Protocol):
    """The place of one row in one conversation: which round of which repeats it stands in."""

    @property
    def now(self) -> datetime:
        """The time of this step, aware."""

    @property
    def own(self) -> Atom:
        """The answer to this row; in a constraint the answer that is being weighed."""

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns of the choice at hand; empty outside choice filters."""

    def read(self, depth: int, rest: str) -> Atom:
        """The answer at path `rest`, seen from the round of the `depth`-th repeat around."""

    def read_all(self, depth: int, repeats: tuple[str, ...], name: str) -> tuple[Atom, ...]:
        """The answers to `name` in every round of `repeats`, seen from the `depth`-th repeat."""

    def read_round(self, rounds: tuple[tuple[str, int], ...], name: str) -> Atom:
        """The answer to `name` in these rounds, given from the outermost repeat inwards."""

    def rounds(self, depth: int, repeats: tuple[str, ...], name: str) -> int:
        """How many rounds the repeat `name` has."""

    def round(self, depth: int) -> int:
        """Which round of the `depth`-th repeat around this is, from 1."""

    def keep(self, key: str, compute: Callable[[], Atom]) -> Atom:
        """What was kept under `key` at this row; computed once, then the same for good."""

    def random(self) -> float:
        """A number from 0 up to 1."""

    def choice_label(self, question: str, name: str) -> str:
        """The label of a choice of a question; its name where the question has no such choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vicinity:
    """What is known of a flow when an expression of it is compiled."""

    repeats_around: Mapping[str, tuple[str, ...]]
    """For every name in the flow the repeats it stands in, outermost first."""
    repeats: frozenset[str] = frozenset()
    """Which names are repeats."""
    here: tuple[str, ...] = ()
    """The repeats around this row."""
    column: str = "calculation"
    """Which column the expression stands in; keeps apart what `once` and `random` keep."""
    choice_columns: frozenset[str] | None = field(default=None)
    """The columns a choice filter may read; None outside choice filters."""

    def shared(self, name: str) -> int:
        """How many repeats around this row are also around `name`."""
        depth = 0
        for ours, theirs in zip(self.here, self.repeats_around[name], strict=False):
            if ours != theirs:
                break
            depth += 1
        return depth
