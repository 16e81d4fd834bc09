import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.calls import Calls, Failure
from bot.patience import Patience
from bot.request import FloodError, NotTakenError

PATIENCE = Patience(first_pause=0.0, longest_pause=0.0, most_faults=3, most_timeouts=2)


def scripted(*outcomes: object) -> tuple[Callable[[], Awaitable[object]], list[object]]:
    """A call with these outcomes in turn, and what is left of them."""
    left = list(outcomes)

    async def call() -> object:
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return call, left


def calls() -> Calls:
    return Calls(at_once=2, patience=PATIENCE)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (Forbidden("bot was blocked by the user"), Failure.BLOCKED),
        (BadRequest("Chat not found"), Failure.BLOCKED),
        (BadRequest("Message is not modified: …"), Failure.NOT_MODIFIED),
        (BadRequest("Message to edit not found"), Failure.NOT_FOUND),
        (BadRequest("Message can't be edited"), Failure.NOT_FOUND),
        (BadRequest("something else"), Failure.REFUSED),
        (InvalidToken(), Failure.UNKNOWN_BOT),
        (TelegramError("what?"), Failure.REFUSED),
    ],
)
async def test_what_would_fail_again_is_not_tried_again(fault: Exception, failure: Failure) -> None:
    call, left = scripted(fault, "never")
    assert await calls().make(call) is failure
    assert left == ["never"]


async def test_a_fault_of_the_network_is_tried_again() -> None:
    call, _ = scripted(NetworkError("x"), NetworkError("x"), "said")
    assert await calls().make(call) == "said"


async def test_a_dead_network_is_given_up() -> None:
    call, left = scripted(*[NetworkError("x")] * 5)
    assert await calls().make(call) is Failure.UNREACHABLE
    assert len(left) == 2


async def test_a_reply_outlasts_a_telegram_that_takes_nothing_and_other_calls_do_not() -> None:
    patience = Patience(first_pause=0.0, longest_pause=0.0, most_faults=3, most_reply_faults=10)
    patient = Calls(at_once=2, patience=patience)
    for fault, is_reply, tries in (
        (NotTakenError("x"), True, 10),
        (NotTakenError("x"), False, 3),
        (NetworkError("x"), True, 3),
    ):
        call, left = scripted(*[fault] * 20)
        assert await patient.make(call, is_reply=is_reply) is Failure.UNREACHABLE
        assert len(left) == 20 - tries


async def test_what_may_have_been_said_is_repeated_no_more_than_twice() -> None:
    call, left = scripted(*[TimedOut()] * 5)
    assert await calls().make(call) is Failure.UNREACHABLE
    assert len(left) == 2


async def test_a_flood_is_waited_out_exactly_and_does_not_count() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    call, _ = scripted(*[FloodError(0.01)] * 6, "said")
    assert await calls().make(call) == "said"
    assert loop.time() - began >= 0.06


async def test_no_more_calls_run_at_once_than_allowed() -> None:
    running, most, gate = 0, 0, asyncio.Event()

    async def call() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await gate.wait()
        running -= 1

    shared = calls()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(5):
            tasks.create_task(shared.make(call))
        await asyncio.sleep(0)
        gate.set()
    assert most == 2


async def test_nothing_of_a_fault_but_its_kind_is_logged() -> None:
    with capture_logs() as logs:
        for fault in (BadRequest("CANARY"), TelegramError("CANARY"), NetworkError("CANARY")):
            call, _ = scripted(fault, fault, fault)
            await calls().make(call)
    assert len(logs) == 3
    assert "CANARY" not in str(logs)
