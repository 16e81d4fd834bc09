"""Fetches a file from Telegram and gives it to the reception while it streams in.

Called by `bot.answering`. The file is never whole in the bot, and never on its disk.
"""

from typing import Final

import structlog
from telegram import Bot

from bot import texts
from bot.calls import Calls, Failure
from bot.ports import Poster, Reception
from bot.reading import SentFile
from flows.values import StoredFile, Text
from intake.arrivals import Channel

MOST_MEGABYTES: Final = 20
MOST_BYTES: Final = MOST_MEGABYTES * 1024 * 1024
"""What Telegram lets bots fetch."""

MOST_TRIES: Final = 3

log = structlog.get_logger()


class Fetcher:
    """The way of files from Telegram to the reception."""

    def __init__(
        self,
        bot: Bot,
        calls: Calls,
        poster: Poster,
        reception: Reception,
        *,
        timeout_seconds: float,
    ) -> None:
        self._bot = bot
        self._calls = calls
        self._poster = poster
        self._reception = reception
        self._timeout_seconds = timeout_seconds

    async def fetch(self, file: SentFile, correspondent: str) -> StoredFile | Text:
        """The file, sealed and put away; or why not, in words for the person."""
        if file.size > MOST_BYTES:
            return _too_large()
        for _ in range(MOST_TRIES):
            found = await self._calls.make(lambda: self._bot.get_file(file.file_id))
            if found is Failure.REFUSED:
                break
            if isinstance(found, Failure) or not found.file_path:
                continue
            try:
                return await self._keep(file, found.file_path, correspondent)
            except (ConnectionError, TimeoutError) as fault:
                log.info("bot.file_not_fetched", fault=type(fault).__name__)
        return Text(msgid=texts.FILE_NOT_FETCHED)

    async def _keep(self, file: SentFile, address: str, correspondent: str) -> StoredFile | Text:
        kept = await self._reception.keep_file(
            channel=Channel.TELEGRAM,
            correspondent=correspondent,
            name=file.name,
            chunks=self._poster.get(address, self._timeout_seconds),
        )
        return kept if isinstance(kept, StoredFile) else kept.text


def _too_large() -> Text:
    return Text(msgid=texts.FILE_TOO_LARGE, values={"megabytes": MOST_MEGABYTES})
