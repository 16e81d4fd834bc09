"""What a step gets from outside: time, randomness, lists, and words in other languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from flows.definition import Choice
from flows.values import Text

Labels: TypeAlias = Callable[[Text, str], str]
"""The words of a text in a language, e.g. by `locales`; so that a typed label is understood."""


class ExternalList(Protocol):
    """Choices that live outside the flow, such as the sites. They are searched, not shown whole."""

    def find(self, words: str, language: str) -> tuple[Choice, ...]:
        """At most ten choices that fit the words, best first; a first page for no words."""

    def get(self, name: str, language: str) -> Choice | None:
        """The choice of that name, if the list has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The world as it is at one step. The engine asks nothing else of anything outside."""

    now: datetime
    """Aware; `today()` is its day."""
    random: Callable[[], float]
    """A number from 0 up to 1, each time another."""
    lists: Mapping[str, ExternalList] = field(default_factory=dict)
    labels: Labels | None = None
    """Without it only English labels, numbers and names of choices can be typed."""

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("the time of a step must be aware")
