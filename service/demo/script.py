"""What the files of the sample installation say, read and checked. Called by `making`.

The files are data of ours: a fault in one is a broken promise and raises `ScriptError`, which names
the file and the row.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from ruamel.yaml import YAML

from consultations.feedback import Outcome
from consultations.influence import Influence
from consultations.invitation import Represents
from consultations.topic import Topic
from register.particulars import AnonymityLevel
from register.sites import Category, SiteKind

FOLDER = Path(__file__).parent

Answers = Mapping[str, str | tuple[str, ...]]
"""Names of choices or words, by the name of the question."""
Row = TypeVar("Row")


class ScriptError(Exception):
    """A file of the sample installation does not fit the product any more; says where."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Company(_Row):
    """One invented company."""

    key: str
    name: str
    category: Category
    employees: int
    turnover_eur: int


class Place(_Row):
    """One invented site; `links` are [product, tier] by company."""

    code: str
    name: str
    local: Mapping[str, str] = {}
    country: str
    region: str
    kind: SiteKind
    workers: int | None = None
    links: Mapping[str, tuple[str | None, int | None]]


class Chain(_Row):
    """`supply_chain.yaml`."""

    companies: tuple[Company, ...]
    sites: tuple[Place, ...]
    asked_on_visits: Mapping[str, tuple[int, int]]
    opened: Mapping[str, int]


class HandlerRow(_Row):
    """One invented handler; `desk` is the language of their pages."""

    key: str
    name: str
    other_names: tuple[str, ...] = ()
    team: str
    languages: frozenset[str] = frozenset()
    desk: str


class TieRow(_Row):
    """A declared tie of a handler to a site."""

    handler: str
    site: str
    days_ago: int


class OfficerRow(_Row):
    """One invented officer."""

    key: str
    name: str
    company: str
    desk: str


class Cast(_Row):
    """`people.yaml`."""

    handlers: tuple[HandlerRow, ...]
    ties: tuple[TieRow, ...]
    officers: tuple[OfficerRow, ...]


class Story(_Row):
    """What somebody tells, what others add, and what becomes of it."""

    key: str
    site: str | None = None
    language: str
    when: str
    """`closed` or `running`."""
    courses: tuple[str, ...]
    shown: str = ""
    """How its receipt is called on the card; empty for receipts that nobody gets to see."""
    ago: int | None = None
    """Told so many days before the making, where it must be just then."""
    answers: Answers
    writes_back: str = ""
    summary: str = ""
    summary_said: tuple[str, ...] = ()
    also: tuple[Answers, ...] = ()
    """Answers of others that differ; `site` may be among them."""


class Stories(_Row):
    """`stories.yaml`."""

    usual: Answers
    """What is answered where a story says nothing else and the question is asked."""
    stories: tuple[Story, ...]


class Says(_Row):
    """How a participant rates: grades in the order gravity, scope, irremediability, likelihood."""

    themes: tuple[str, ...]
    grades: Mapping[str, tuple[int, int, int, int]]
    comments: Mapping[str, str] = {}


class Invited(_Row):
    """Who is invited, and what they say; nothing while they have not answered."""

    label: str
    language: str
    represents: Represents
    anonymity: AnonymityLevel = AnonymityLevel.ANONYMOUS
    days_after: int = 5
    says: Says | None = None
    shown: bool = False
    """Their personal link stands on the card."""


class StepRow(_Row):
    """What comes next in a round."""

    owner: str
    by: int
    words: Mapping[str, str]


class Answered(_Row):
    """What participants were told afterwards."""

    day: int
    outcome: Outcome
    words: Mapping[str, str]
    reason: Mapping[str, str]
    says_how_used: bool


class RoundRow(_Row):
    """One round; days count from the day of the making."""

    key: str
    company: str
    sites: tuple[str, ...]
    topics: frozenset[Topic]
    languages: tuple[str, ...]
    organiser: str
    influence: Influence
    opens: int
    closes: int
    feedback_by: int
    purpose: Mapping[str, str]
    outcome_use: Mapping[str, str]
    decisions: Mapping[str, str]
    expected: Mapping[str, str]
    feedback_how: Mapping[str, str]
    next_steps: tuple[StepRow, ...]
    answered: Answered | None = None
    invited: tuple[Invited, ...]


class Statements(_Row):
    """What a company states itself: parts by question."""

    stated_by: str
    days_ago: int
    document: str
    parts: Mapping[str, tuple[str, ...]]


class Papers(_Row):
    """`papers.yaml`: what is written at the desks, in the desk's language."""

    classification: str
    involvement: str
    plan: Mapping[str, str]
    request: Mapping[str, str]
    answer: Mapping[str, str]


Course = tuple[tuple[int, str], ...]
"""Days after the step before, and the step."""


class Script(_Row):
    """All of it."""

    chain: Chain
    cast: Cast
    stories: Stories
    courses: Mapping[str, Course]
    letters: Mapping[str, Mapping[str, str]]
    papers: Papers
    rounds: tuple[RoundRow, ...]
    statements: Mapping[str, Statements]


def read_script(folder: Path = FOLDER) -> Script:
    """Everything that the files say."""
    return Script(
        chain=_read(folder / "supply_chain.yaml", Chain),
        cast=_read(folder / "people.yaml", Cast),
        stories=_read(folder / "stories.yaml", Stories),
        courses=_read(folder / "courses.yaml", dict[str, Course], "courses"),
        letters=_read(folder / "letters.yaml", dict[str, dict[str, str]], "letters"),
        papers=_read(folder / "papers.yaml", Papers),
        rounds=_read(folder / "consultations.yaml", tuple[RoundRow, ...], "rounds"),
        statements=_read(folder / "statements.yaml", dict[str, Statements], "statements"),
    )


def _read(path: Path, kind: type[Row], within: str | None = None) -> Row:
    data: Any = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    try:
        return TypeAdapter(kind).validate_python(data if within is None else data[within])
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ScriptError(f"{path.name}: {where}: {first['msg']}") from None
