"""Fetches updates, and confirms them to Telegram only when they are committed.

Run by `bot.channel` where no web address of ours can be reached. Telegram hands out the oldest
unconfirmed updates, at most 100, until a request names a higher number: so the number named is
always that of the oldest update that is not committed yet. A slow one (a large file) holds up
nobody, because the others of the window are known and passed over. A crash loses nothing: what
was not confirmed comes again, and the reception knows what it has taken before.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.answering import Answering
from bot.faults import TokenRefusedError
from bot.patience import Patience
from bot.reading import ALLOWED_UPDATES
from bot.request import FloodError, PosterRequest

MOST_UPDATES: Final = 100
"""The most that Telegram hands out at once."""

log = structlog.get_logger()


class Polling:
    """One loop; two of them for one bot would take each other's updates (409)."""

    def __init__(
        self,
        *,
        bot: Bot,
        request: PosterRequest,
        answering: Answering,
        patience: Patience,
        wait_seconds: int,
        together_seconds: float,
    ) -> None:
        """`wait_seconds` is how long Telegram holds a request when there is nothing new;
        `together_seconds` how long a batch is waited for before more are fetched beside it."""
        self._bot = bot
        self._request = request
        self._answering = answering
        self._patience = patience
        self._wait_seconds = wait_seconds
        self._together_seconds = together_seconds
        self._taking: dict[int, asyncio.Future[None]] = {}
        self._next = 0
        self._stopping = asyncio.Event()
        self._is_conflict_told = False

    async def run(self) -> None:
        """Until `stop`. Raises `TokenRefusedError`; every other fault is waited out."""
        pauses = self._patience.pauses()
        while not self._stopping.is_set():
            try:
                await self._round()
            except InvalidToken:
                raise TokenRefusedError("Telegram does not know this bot's token") from None
            except FloodError as flood:
                await self._pause(flood.seconds)
            except TelegramError as fault:
                self._tell(fault)
                await self._pause(next(pauses))
            else:
                self._is_conflict_told = False
                pauses = self._patience.pauses()
        await self._finish()

    def stop(self) -> None:
        """Fetch no more. `run` returns once what was fetched is committed and confirmed."""
        self._stopping.set()

    async def _round(self) -> None:
        found = await self._found()
        fresh = [raw for raw in found if self._is_fresh(raw)]
        for raw in fresh:
            self._taking[raw["update_id"]] = self._answering.take(raw)
        await self._settle(asyncio.ALL_COMPLETED if fresh else asyncio.FIRST_COMPLETED)
        self._advance()

    async def _found(self) -> list[dict[str, Any]]:
        """The window as it is now; waits for something new only when nothing is under way."""
        wait_seconds = 0 if self._taking else self._wait_seconds
        fetching = asyncio.create_task(self._fetch(self._next, wait_seconds))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            found = fetching.result() if fetching.done() else []
        finally:
            fetching.cancel()
            stopping.cancel()
        if not found and not self._taking:
            # All is confirmed. After a quiet week Telegram counts on from anywhere, lower perhaps.
            self._next = 0
        return found

    async def _fetch(self, offset: int, wait_seconds: int) -> list[dict[str, Any]]:
        query = urlencode(
            {
                "offset": offset,
                "limit": MOST_UPDATES,
                "timeout": wait_seconds,
                "allowed_updates": orjson.dumps(ALLOWED_UPDATES).decode(),
            }
        )
        found = await self._request.post(
            f"{self._bot.base_url}/getUpdates?{query}",
            read_timeout=wait_seconds + self._request.read_timeout,
        )
        rows = found if isinstance(found, list) else []
        return [row for row in rows if isinstance(row, dict) and "update_id" in row]

    def _is_fresh(self, raw: Mapping[str, Any]) -> bool:
        return raw["update_id"] >= self._next and raw["update_id"] not in self._taking

    async def _settle(self, until: str) -> None:
        """Give what is under way a moment to be committed."""
        waiting = [done for done in self._taking.values() if not done.done()]
        if waiting:
            await asyncio.wait(waiting, timeout=self._together_seconds, return_when=until)

    def _advance(self) -> None:
        """Move on to the oldest update that is not committed, or past the newest that is."""
        if not self._taking:
            return
        waiting = [n for n, done in self._taking.items() if not done.done() or done.cancelled()]
        self._next = min(waiting, default=max(self._taking) + 1)
        for update in [n for n in self._taking if n < self._next]:
            del self._taking[update]

    async def _finish(self) -> None:
        """Confirm what was committed, so that it does not come again to the next start."""
        waiting = [done for done in self._taking.values() if not done.done()]
        if waiting:
            await asyncio.wait(waiting)
        self._advance()
        if self._next:
            with suppress(TelegramError):
                await self._fetch(self._next, 0)

    def _tell(self, fault: TelegramError) -> None:
        if not isinstance(fault, Conflict):
            log.info("bot.not_reached", fault=type(fault).__name__)
        elif not self._is_conflict_told:
            self._is_conflict_told = True
            log.error("bot.conflict", hint="another process polls with the same token")

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
