"""Takes updates in, one chat's in order and different chats' at once, until each is committed.

Called by `bot.polling` and `bot.webhook`, which must not confirm an update before the future that
`take` gives is done.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog

from bot.lanes import Lanes
from bot.patience import Patience
from bot.reading import Came, read
from bot.replying import Replying
from bot.words import StopWords

log = structlog.get_logger()


class Answering:
    """From a raw update to a committed one, whatever goes wrong on the way."""

    def __init__(self, *, replying: Replying, patience: Patience) -> None:
        self._replying = replying
        self._patience = patience
        self._stop_words = StopWords()
        self._lanes = Lanes()
        self._open: set[asyncio.Future[None]] = set()

    def take(self, raw: Mapping[str, Any]) -> asyncio.Future[None]:
        """Done once the update is committed, or is known to be of no use.

        Cancelled when the bot closes before that: then the update must come again.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        came = self._read(raw)
        if came is None:
            done.set_result(None)
        else:
            self._open.add(done)
            done.add_done_callback(self._open.discard)
            self._lanes.put(came.chat, partial(self._take, came, done))
        return done

    async def drain(self) -> None:
        """Return when all that came in is committed."""
        await self._lanes.drain()

    async def close(self) -> None:
        """Take no more; what is being taken is broken off and will come again."""
        await self._lanes.close()
        for done in tuple(self._open):
            done.cancel()

    def _read(self, raw: Mapping[str, Any]) -> Came | None:
        try:
            return read(raw, self._stop_words)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            # It would be as malformed the next time: it is left, and its content not told.
            log.warning("bot.update_malformed", fault=type(fault).__name__)
            return None

    async def _take(self, came: Came, done: asyncio.Future[None]) -> None:
        try:
            await self._try(came)
        finally:
            self._replying.release(came)
        if not done.done():
            done.set_result(None)

    async def _try(self, came: Came) -> None:
        """Several times if need be; where it cannot be kept, the person is told so."""
        pauses = self._patience.pauses()
        for _ in range(self._patience.most_takes):
            try:
                await self._replying.answer(came)
            except Exception as fault:
                # Only the type: the words of a fault may quote what somebody wrote.
                log.warning("bot.update_not_taken", fault=type(fault).__name__)
                await asyncio.sleep(next(pauses))
            else:
                return
        self._replying.apologise(came)
