"""One call to the Bot API: tried again where that helps, and an outcome where it does not.

Every call of the bot goes through `Calls.make`, so that telegram's exceptions end here. Nothing of
a chat is in what is logged.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final, TypeVar

import structlog
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.patience import Patience
from bot.request import FloodError, NotTakenError

Answer = TypeVar("Answer")

log = structlog.get_logger()


class Failure(StrEnum):
    """Why a call did nothing that we know of."""

    BLOCKED = "blocked"
    """The person does not want to hear from the bot, or is no longer there."""
    NOT_MODIFIED = "not_modified"
    """The message is already as it should be."""
    NOT_FOUND = "not_found"
    """The message is gone, or too old to change."""
    REFUSED = "refused"
    """Telegram does not take it, and will not at another time."""
    UNKNOWN_BOT = "unknown_bot"
    """Telegram does not know the token."""
    UNREACHABLE = "unreachable"
    """It was tried often enough."""


class Calls:
    """The way to the Bot API, for so many calls at once."""

    def __init__(self, *, at_once: int, patience: Patience) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._patience = patience

    async def make(
        self, call: Callable[[], Awaitable[Answer]], *, is_reply: bool = False
    ) -> Answer | Failure:
        """The answer, or why there is none. Waits as long as Telegram asks to, exactly.

        A reply outlasts an hour in which Telegram takes nothing: somebody waits for it. What may
        have been said already is not repeated for that long.
        """
        pauses = self._patience.pauses()
        faults = timeouts = 0
        while True:
            try:
                async with self._room:
                    return await call()
            except FloodError as flood:
                log.info("bot.told_to_wait", seconds=flood.seconds)
                await asyncio.sleep(flood.seconds)
                continue
            except TimedOut:
                timeouts += 1
                if timeouts > self._patience.most_timeouts:
                    return _given_up("no answer in time")
            except BadRequest as refusal:
                return _refused(refusal)
            except NetworkError as fault:
                faults += 1
                if faults >= self._most_faults(fault, is_reply):
                    return _given_up(type(fault).__name__)
            except Forbidden:
                return Failure.BLOCKED
            except InvalidToken:
                return Failure.UNKNOWN_BOT
            except TelegramError as fault:
                log.warning("bot.call_refused", fault=type(fault).__name__)
                return Failure.REFUSED
            await asyncio.sleep(next(pauses))

    def _most_faults(self, fault: NetworkError, is_reply: bool) -> int:
        is_patient = is_reply and isinstance(fault, NotTakenError)
        return self._patience.most_reply_faults if is_patient else self._patience.most_faults


def _given_up(why: str) -> Failure:
    log.warning("bot.call_given_up", why=why)
    return Failure.UNREACHABLE


# What Telegram's descriptions of a 400 contain, and what that means for us.
_REFUSALS: Final = (
    ("message is not modified", Failure.NOT_MODIFIED),
    ("message to edit not found", Failure.NOT_FOUND),
    ("message can't be edited", Failure.NOT_FOUND),
    ("message_id_invalid", Failure.NOT_FOUND),
    ("message to delete not found", Failure.NOT_FOUND),
    ("chat not found", Failure.BLOCKED),
    ("user is deactivated", Failure.BLOCKED),
)


def _refused(refusal: BadRequest) -> Failure:
    description = refusal.message.lower()
    for words, failure in _REFUSALS:
        if words in description:
            return failure
    log.warning("bot.call_refused", fault="BadRequest")
    return Failure.REFUSED
