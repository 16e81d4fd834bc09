"""What a flow is once it has been loaded: rows that are asked, calculated or grouped.

The vocabulary is XLSForm's. Two columns are ours: `keep` (particulars or account) and `code`
(which particular a row fills). Made by `flows.loading`, run by `flows.engine`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from flows.expressions import Expression


class Kind(StrEnum):
    """The question types of XLSForm that Gehoor asks. Stored in drafts: never reuse a value."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    NOTE = "note"
    IMAGE = "image"
    AUDIO = "audio"
    FILE = "file"
    GEOPOINT = "geopoint"
    RANGE = "range"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    HIDDEN = "hidden"


class Keep(StrEnum):
    """Where an answer goes: particulars are readable for routing and counting, the rest is sealed."""

    OPEN = "open"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a list of choices; `columns` are the extra ones that choice filters read."""

    name: str
    label: str
    icon: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeLimits:
    """The `parameters` of a range question."""

    start: float
    end: float
    step: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row that asks, shows, or calculates. Labels are msgids and may hold `${name}`."""

    kind: Kind
    name: str
    row: int
    label: str = ""
    hint: str = ""
    choices: str | None = None
    is_external: bool = False
    """The list comes from outside the flow (`select_one_external sites`) and is searched."""
    required: Expression | None = None
    required_message: str = ""
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: str = ""
    calculation: Expression | None = None
    choice_filter: Expression | None = None
    default: Expression | None = None
    read_only: Expression | None = None
    appearance: frozenset[str] = frozenset()
    limits: RangeLimits | None = None
    keep: Keep = Keep.SEALED
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that share a heading and a condition."""

    name: str
    row: int
    label: str = ""
    relevant: Expression | None = None
    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Rows asked several times: `count` times, or until the person says there are no more."""

    name: str
    row: int
    label: str = ""
    relevant: Expression | None = None
    count: Expression | None = None
    children: "tuple[Node, ...]"


Node: TypeAlias = Question | Group | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A conversation as data. `(name, version)` is what a session is pinned to."""

    name: str
    version: int
    title: str
    nodes: tuple[Node, ...]
    lists: Mapping[str, tuple[Choice, ...]]
    source: str
    """The file it was read from, for faults."""
