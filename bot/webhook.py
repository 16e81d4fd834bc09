"""Takes the updates that Telegram posts to us, and answers only when they are committed.

`web` has the route and hands over the secret header and the body; `bot.channel` makes this.
"""

import asyncio
import hmac
from typing import Final

import orjson
import structlog

from bot.answering import Answering

TAKEN: Final = 200
MALFORMED: Final = 400
FORBIDDEN: Final = 403
NOT_NOW: Final = 503

log = structlog.get_logger()


class Webhook:
    """Telegram's way in."""

    def __init__(self, *, secret: str, answering: Answering) -> None:
        """`secret` is what `setWebhook` was told; without one, anybody could post updates."""
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._secret = secret.encode()
        self._answering = answering

    async def handle(self, secret: str | None, body: bytes) -> int:
        """The HTTP status to answer with.

        200 once it is committed, and also for what no version of ours could ever read: Telegram
        sends everything else again for a day, and an update that cannot be read would come
        again for nothing. 400 for what is not JSON, because a body that was cut off on its way
        comes whole the next time. 503 when the bot closes.
        """
        if not hmac.compare_digest((secret or "").encode(), self._secret):
            return FORBIDDEN
        try:
            raw = orjson.loads(body)
        except orjson.JSONDecodeError:
            log.warning("bot.webhook_malformed")
            return MALFORMED
        if not isinstance(raw, dict):
            log.warning("bot.update_malformed", fault="not an object")
            return TAKEN
        try:
            await self._answering.take(raw)
        except asyncio.CancelledError:
            if _is_cancelled():
                raise
            return NOT_NOW
        return TAKEN


def _is_cancelled() -> bool:
    """Whether the request itself is broken off, rather than the taking of its update."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
