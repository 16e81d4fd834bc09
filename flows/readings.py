"""What a move means to the question it answers. Made by `answering`, carried out by the engine."""

from dataclasses import dataclass, field
from typing import TypeAlias

from flows.events import Reason
from flows.session import Pending
from flows.values import Text, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A whole answer; None leaves the question unanswered. The constraint is yet to be weighed."""

    value: Value | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Part of an answer: choices toggled, or files sent, until it is finished."""

    pending: Pending = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Words to search a list from outside with."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The move is no answer to this question."""

    reason: Reason
    message: Text | None = None


Reading: TypeAlias = Taken | Gathered | Searched | Refused
