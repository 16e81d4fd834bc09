"""People who answer whatever comes to mind, in any order, in every flow that ships.

A strike of the surface `answers` is one such person. `wander` is the same for a
given number of answers, and says how far they came: random moves that never get past the first
question would prove little.
"""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flows.definition import Flow
from flows.engine import Step, begin, resume
from flows.events import AnswerRefused, Asked, Prompt, Reviewed, Submitted
from flows.moves import (
    Attach,
    Back,
    Change,
    Choose,
    Finish,
    Locate,
    Move,
    Repeat,
    Skip,
    Stop,
    Submit,
    SwitchLanguage,
    Toggle,
    Write,
)
from flows.values import StoredFile, Value
from intake.consenting import presets_of
from intake.hall import CONSENT
from tests.flows.laws import check
from tests.flows.talking import surroundings
from tests.security.fuzzing.making import some, text
from tests.security.fuzzing.surface import BrokenSurfaceError, Strike, Surface
from tests.shipped import LIBRARY

FLOWS = tuple(LIBRARY)
FILES = tuple(
    StoredFile(blob="b" * 26, media_type=kind, size=1)
    for kind in ("image/jpeg", "audio/ogg", "application/pdf")
)
MOVES_A_PERSON = (10, 40, 200)
"""Some soon leave; some stay until everything was asked several times."""
_ENDS_SELDOM = 0.002


@dataclass(slots=True)
class Tally:
    """How far people came."""

    answers: int = 0
    people: int = 0
    refused: int = 0
    sent: int = 0
    asked: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    """By flow and version: the questions that were put."""
    by_flow: Counter[str] = field(default_factory=Counter)

    def never_asked(self) -> frozenset[str]:
        """Questions that people answer, and that nobody came to."""
        return frozenset(
            f"{flow.name} {flow.version}: {name}"
            for flow in FLOWS
            for name in _names_asked(flow) - self.asked.get((flow.name, flow.version), set())
        )

    def __str__(self) -> str:
        flows = ", ".join(f"{name} {count}" for name, count in sorted(self.by_flow.items()))
        asked = sum(len(names) for names in self.asked.values())
        return (
            f"{self.answers} answers of {self.people} people ({flows}); {self.refused} refused, "
            f"{self.sent} sent; {asked} different questions put"
        )


def _names_asked(flow: Flow) -> set[str]:
    """The questions of a flow that are put to people."""
    silent = {"note", "calculate", "hidden"}
    return {each.name for each in flow.questions() if each.kind.value not in silent}


def wander(answers: int, seed: int) -> Tally:
    """People answer until so many answers were given. Raises `BrokenSurfaceError` at a find."""
    tally = Tally()
    number = 0
    while tally.answers < answers:
        try:
            one_person(Random(f"answers {seed} {number}"), tally)
        except Exception as fault:
            raise BrokenSurfaceError("answers", seed, number) from fault
        number += 1
    return tally


def one_person(random: Random, tally: Tally) -> None:
    """Some moves in one flow, or fewer when it is over; every step keeps the laws."""
    flow, around = random.choice(FLOWS), surroundings()
    known = _known(random, flow)
    step = begin(flow, language="en", surroundings=around, presets=known)
    check(step.session, step)
    tally.people += 1
    for _ in range(random.choice(MOVES_A_PERSON)):
        before = step.session
        step = resume(flow, before, move(random, step), around)
        check(before, step)
        _stays_within(flow, step)
        _count(flow, step, tally)
        if step.session.is_over:
            # Whatever comes after the end changes nothing.
            after = resume(flow, step.session, move(random, step), around)
            assert after.session == step.session
            return


def _known(random: Random, flow: Flow) -> Mapping[str, Value]:
    """What is known before the first question."""
    if flow.name == CONSENT:
        return presets_of(1, "\n".join(f"Part {n}." for n in range(random.choice((1, 2, 5)))))
    return {"channel": random.choice(("telegram", "web"))} if "channel" in flow.placed else {}


def _stays_within(flow: Flow, step: Step) -> None:
    """Nothing is asked, kept or sent that is not of this flow."""
    for path in step.session.answers:
        assert _name(path) in flow.placed, "an answer to no question"
    for event in step.events:
        match event:
            case Asked(prompt=prompt):
                assert _name(prompt.path) in flow.placed, "a question of no flow"
            case Reviewed(items=items):
                assert all(_name(item.path) in flow.placed for item in items)
            case Submitted(submission=sent):
                assert (sent.flow, sent.version) == (flow.name, flow.version)
                codes = {question.code for question in flow.questions()}
                assert sent.particulars.keys() <= codes, "a particular that the flow has not"


def _name(path: str) -> str:
    """`people[2].age` is the question `age`; `people[2]+` asks whether there is another."""
    return path.rpartition(".")[2].partition("[")[0]


def _count(flow: Flow, step: Step, tally: Tally) -> None:
    tally.answers += 1
    tally.by_flow[flow.name] += 1
    for event in step.events:
        match event:
            case AnswerRefused():
                tally.refused += 1
            case Submitted():
                tally.sent += 1
            case Asked(prompt=prompt):
                tally.asked.setdefault((flow.name, flow.version), set()).add(_name(prompt.path))


def move(random: Random, step: Step) -> Move:
    """What somebody might do now: half of the time something that fits, so that they get on."""
    prompt = next((each.prompt for each in step.events if isinstance(each, Asked)), None)
    if random.random() < _ENDS_SELDOM:
        return Stop()
    if random.random() < 0.5:
        return _fitting(random, prompt)
    choices = () if prompt is None else tuple(each.name for each in prompt.choices)
    names = (*choices, *step.session.answers, "yes", "no", "ok", "a")
    return _whatever(random, names, None if prompt is None else prompt.turn)


def _fitting(random: Random, prompt: Prompt | None) -> Move:
    if prompt is None:
        return Submit()
    if prompt.choices:
        return Choose(names=(random.choice(prompt.choices).name,), turn=prompt.turn)
    words = Write(text=random.choice(("Dust", "3", "2026-03-01", "10:30", "26.9 75.8")))
    sent = Attach(files=(random.choice(FILES),), turn=prompt.turn)
    return random.choice((words, words, sent, Skip(turn=prompt.turn), Finish(turn=prompt.turn)))


def _whatever(random: Random, names: tuple[str, ...], turn: int | None) -> Move:
    turn = random.choice((turn, turn, None, 0, random.randrange(50)))
    picked = tuple(some(random, names, 3))
    return random.choice(
        (
            lambda: Write(text=random.choice((*names, text(random))), turn=turn),
            lambda: Write(text=text(random), turn=turn),
            lambda: Choose(names=picked, turn=turn),
            lambda: Choose(names=picked[:1], turn=turn),
            lambda: Choose(names=(text(random),), turn=turn),
            lambda: Toggle(name=random.choice(names), turn=turn),
            lambda: Finish(turn=turn),
            lambda: Skip(turn=turn),
            lambda: Back(turn=turn),
            lambda: Change(path=random.choice((*names, text(random))), turn=turn),
            lambda: Attach(files=(random.choice(FILES),) * random.randrange(4), turn=turn),
            lambda: Locate(
                latitude=random.choice((0.0, 91.0, float("nan"))), longitude=180.0, turn=turn
            ),
            lambda: SwitchLanguage(language=random.choice(("ar", "zh_Hans", text(random)))),
            Repeat,
            lambda: Submit(turn=turn),
        )
    )()


@asynccontextmanager
async def answers(_folder: Path) -> AsyncIterator[Strike]:
    async def strike(random: Random) -> None:
        one_person(random, Tally())

    yield strike


SURFACES = (
    Surface(
        name="answers",
        claim="no answers, in whatever order, break a flow or escape it",
        open=answers,
        strikes=70,
    ),
)
