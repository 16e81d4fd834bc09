"""What a step of the engine takes: in memory, and with its state sealed, stored and read back."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Final

from bench.installation import CONVERSATION
from bench.plan import Plan
from bench.rows import Row, row
from bench.timing import microseconds
from flows.definition import Flow
from flows.engine import Surroundings, begin, resume
from flows.loading import load_flow
from flows.moves import Choose, Finish, Move, Submit, Toggle, Write
from flows.session import Session, dump_session, load_session
from locales.catalogue import catalogue
from sealing.key_ring import new_key_ring

MOVES: Final[tuple[Move, ...]] = (
    Choose(names=("worker",)),
    Choose(names=("gh",)),
    Write(text="Mill 7"),
    Toggle(name="living_wage"),
    Toggle(name="health_safety"),
    Finish(),
    Write(text="The pump house leaks into the drain and the water smells. " * 8),
    Write(text="2026-03-14"),
    Choose(names=("4",)),
    Choose(names=("yes",)),
    Choose(names=("anonymous",)),
    Write(text="user7@example.org"),
    Submit(),
)
"""Every answer to the twelve questions that is the engine's to take."""

_SURROUNDINGS = Surroundings(
    now=datetime(2026, 11, 20, 12, tzinfo=UTC),
    random=lambda: 0.5,
    labels=lambda text, language: catalogue(language).render(text),
)
_MOST_IN_MEMORY = 200.0
_MOST_SEALED = 400.0


def measure(plan: Plan) -> Iterator[Row]:
    """Microseconds a step, over a whole conversation."""
    flow = load_flow(CONVERSATION / "grievance.yaml")
    steps = len(MOVES) + 1
    in_memory = [microseconds(lambda: _talk(flow, _as_it_is)) / steps for _ in range(plan.rounds)]
    yield row("engine step in memory", "µs", in_memory, at_most=_MOST_IN_MEMORY)
    sealed = [
        microseconds(lambda: _talk(flow, _sealed_and_back())) / steps for _ in range(plan.rounds)
    ]
    yield row("engine step, state sealed and read back", "µs", sealed, at_most=_MOST_SEALED)


def _talk(flow: Flow, between: Callable[[Session], Session]) -> None:
    session = begin(flow, language="en", surroundings=_SURROUNDINGS).session
    for move in MOVES:
        session = resume(flow, between(session), move, _SURROUNDINGS).session
    if not session.is_over:
        raise AssertionError("the conversation did not come to its end")


def _as_it_is(session: Session) -> Session:
    return session


def _sealed_and_back() -> Callable[[Session], Session]:
    key_ring = new_key_ring(date(2026, 11, 20))
    place = ("dialogues", "state", "a" * 26)

    def through(session: Session) -> Session:
        sealed = key_ring.seal_row(*place, dump_session(session))
        return load_session(key_ring.open_row(*place, sealed))

    return through
