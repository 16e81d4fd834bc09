"""A person at a flow, for the tests: says moves, sees prompts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows.definition import Choice, Flow
from flows.engine import ExternalList, Step, Surroundings, begin, resume
from flows.events import AnswerRefused, Asked, Prompt, Reason, Reviewed, Submitted
from flows.loading import load_flow, parse_flow
from flows.moves import Move, Submit, Write
from flows.session import dump_session, load_session
from flows.submission import Submission
from flows.values import Text, Value

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Sites:
    """A list from outside, in memory."""

    all: tuple[Choice, ...] = tuple(
        Choice(name=f"site{number}", label=label)
        for number, label in enumerate(("Blue Quarry", "Blue Mill", "Red Farm"))
    )

    def find(self, words: str, language: str) -> tuple[Choice, ...]:
        return tuple(site for site in self.all if words.lower() in site.label.lower())[:10]

    def get(self, name: str, language: str) -> Choice | None:
        return next((site for site in self.all if site.name == name), None)


def counting() -> Callable[[], float]:
    """Random numbers that are none: 0.1, 0.2 … 0.9, and again."""
    numbers = iter(range(10**6))
    return lambda: (next(numbers) % 9 + 1) / 10


def surroundings(
    now: datetime = NOW, labels: Callable[[Text, str], str] | None = None
) -> Surroundings:
    lists: Mapping[str, ExternalList] = {"sites": Sites()}
    return Surroundings(now=now, random=counting(), lists=lists, labels=labels)


def flow_of(survey: str, choices: str = "") -> Flow:
    """A flow from the rows of its survey (and choices), written as YAML."""
    top = "flow: test\nversion: 1\ntitle: Test\n"
    lists = f"choices:\n{choices}\n" if choices else ""
    return parse_flow(f"{top}{lists}survey:\n{survey}", file="test.yaml")


def flow_from(name: str) -> Flow:
    return load_flow(HERE / f"{name}.yaml")


@dataclass
class Conversation:
    """One person at one flow; each session goes through its stored form on the way."""

    flow: Flow
    language: str = "en"
    presets: Mapping[str, Value] = field(default_factory=dict)
    around: Surroundings = field(default_factory=surroundings)

    def __post_init__(self) -> None:
        self.step: Step = begin(
            self.flow, language=self.language, surroundings=self.around, presets=self.presets
        )

    def say(self, *moves: Move | str) -> "Conversation":
        for move in moves:
            session = load_session(dump_session(self.step.session))
            assert session == self.step.session
            meant = Write(text=move) if isinstance(move, str) else move
            self.step = resume(self.flow, session, meant, self.around)
        return self

    @property
    def prompt(self) -> Prompt:
        last = self.step.events[-1]
        assert isinstance(last, Asked), last
        return last.prompt

    @property
    def path(self) -> str:
        return self.prompt.path

    @property
    def review(self) -> Reviewed:
        last = self.step.events[-1]
        assert isinstance(last, Reviewed), last
        return last

    @property
    def refusal(self) -> Reason | None:
        first = self.step.events[0]
        return first.reason if isinstance(first, AnswerRefused) else None

    @property
    def answers(self) -> Mapping[str, Value]:
        return self.step.session.answers

    def submit(self) -> Submission:
        self.say(Submit())
        last = self.step.events[-1]
        assert isinstance(last, Submitted), last
        return last.submission
