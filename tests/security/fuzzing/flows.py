"""What authors write, and conversations as they are stored."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from random import Random

from flows.engine import begin
from flows.expressions import ExpressionError, Vicinity, compile_expression
from flows.faults import FlowFaults, UnreadableSessionError
from flows.library import DEFINITIONS
from flows.loading import parse_flow
from flows.session import dump_session, load_session
from intake.dialogue import Dialogue, DialogueError, dump_dialogue, load_dialogue
from tests.flows.talking import surroundings
from tests.security.fuzzing.making import bent_bytes, some, text
from tests.security.fuzzing.surface import Strike, Surface
from tests.shipped import LIBRARY

LONGEST_SECONDS = 5.0
"""Nothing that an author writes takes longer to refuse or to load."""

_PIECES = (
    "${a}", "${b}", "${zz}", ".", "..", "1", "2.5", "'x'", '"y"', "(", ")", ",", "+", "-", "*",
    "div", "mod", "and", "or", "not(", "=", "!=", "<", ">=", "if(", "selected(", "regex(",
    "concat(",
    "count(", "sum(", "today()", "now()", "date(", "substr(", "translate(", "'(a+)+$'", "'[[('",
    "join(", "pulldata(", "jr:choice-name(", "coalesce(", "int(", "round(", "random()", "once(",
    "indexed-repeat(", "position(..)", "string-length(", "decimal-date-time(", "'((((a*)*)*)*)*b'",
)  # fmt: skip


def expression(random: Random) -> str:
    """Something that looks like one, or not."""
    if random.random() < 0.3:
        return text(random) * random.choice((1, 1, 20))
    source = " ".join(some(random, _PIECES, 30))
    return source + ")" * (source.count("(") - source.count(")"))


@asynccontextmanager
async def expressions(_folder: Path) -> AsyncIterator[Strike]:
    vicinity = Vicinity(repeats_around={"a": (), "b": ()})

    async def strike(random: Random) -> None:
        source = expression(random)
        began = time.process_time()
        with suppress(ExpressionError):
            compile_expression(source, vicinity)
        assert time.process_time() - began < LONGEST_SECONDS, repr(source)

    yield strike


@asynccontextmanager
async def flow_files(_folder: Path) -> AsyncIterator[Strike]:
    """Files of flows with bent lines, some of them with expressions of above."""
    texts = [path.read_text("utf-8") for path in sorted(DEFINITIONS.glob("*.yaml"))]

    async def strike(random: Random) -> None:
        lines = random.choice(texts).splitlines()
        lines = lines[: random.randrange(5, len(lines) + 1)]
        for _ in range(random.choice((1, 2, 6))):
            at = random.randrange(len(lines))
            match random.randrange(4):
                case 0:
                    lines[at] = text(random)
                case 1:
                    lines[at : at + 1] = []
                case 2:
                    lines[at] += " " + text(random)
                case _:
                    lines[at] = f'    relevant: "{expression(random)}"'
        began = time.process_time()
        try:
            parse_flow("\n".join(lines), file="bent.yaml")
        except FlowFaults as faults:
            assert faults.faults
        assert time.process_time() - began < LONGEST_SECONDS

    yield strike


@asynccontextmanager
async def stored(_folder: Path) -> AsyncIterator[Strike]:
    """Conversations as they are stored, with bytes that are not as they were."""
    samples = []
    for flow in LIBRARY:
        step = begin(flow, language="hi", surroundings=surroundings(), presets={})
        samples.append(dump_session(step.session))
        dialogue = Dialogue(language="hi", session=step.session, begun_on=date(2026, 8, 3))
        samples.append(dump_dialogue(dialogue))

    async def strike(random: Random) -> None:
        data = bent_bytes(random, random.choice(samples))
        for load, refusal in (
            (load_session, UnreadableSessionError),
            (load_dialogue, DialogueError),
        ):
            try:
                load(data)
            except refusal as fault:
                assert len(str(fault)) < 200

    yield strike


SURFACES = (
    Surface(
        name="expressions",
        claim="an expression is compiled or refused with a reason, and soon",
        open=expressions,
        strikes=3_000,
    ),
    Surface(
        name="flow_files",
        claim="a flow's file is loaded or all of its faults are told",
        open=flow_files,
        strikes=25,
    ),
    Surface(
        name="stored",
        claim="a stored conversation opens whole or is refused",
        open=stored,
        strikes=2_000,
    ),
)
