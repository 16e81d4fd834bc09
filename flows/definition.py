"""What a flow is once it has been loaded: rows that are asked, calculated or grouped.

The vocabulary is XLSForm's. Two columns are ours: `keep` (particulars or account) and `code`
(which particular a row fills). Made by `flows.loading`, run by `flows.engine`.
"""

from collections.abc import Iterator, Mapping
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
    """Where an answer goes: what is open is readable for routing and counting."""

    OPEN = "open"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a list of choices; `columns` are the extra ones that choice filters read."""

    name: str
    label: str
    icon: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    row: int = 0


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
class Placed:
    """A row and where it stands; made for every name when a flow is made."""

    node: Node
    repeats: tuple[str, ...]
    """The repeats around it, outermost first."""
    conditions: tuple[tuple[Group | Repeat, int], ...]
    """The groups and repeats around it that have a condition, each with the number of repeats
    around that one."""


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
    is_deep: bool = True
    """Whether values must be computed in the order of the file, as chains of them are long."""
    placed: Mapping[str, Placed] = field(init=False, repr=False, compare=False)
    """Every row by its name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "placed", dict(place(self.nodes)))

    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the file, whatever group or repeat it stands in."""
        nodes = (placed.node for placed in self.placed.values())
        return tuple(node for node in nodes if isinstance(node, Question))


def place(
    nodes: tuple[Node, ...],
    repeats: tuple[str, ...] = (),
    conditions: tuple[tuple[Group | Repeat, int], ...] = (),
) -> Iterator[tuple[str, Placed]]:
    """Every node with its name and place, in the order of the file."""
    for node in nodes:
        yield node.name, Placed(node=node, repeats=repeats, conditions=conditions)
        if isinstance(node, Question):
            continue
        inner = repeats if isinstance(node, Group) else (*repeats, node.name)
        holding = conditions if node.relevant is None else (*conditions, (node, len(repeats)))
        yield from place(node.children, inner, holding)
