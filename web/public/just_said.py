"""What a form was just answered with, for the page that the browser then asks for.

Used by `web.public.conversation`. A form that was taken leads to a page of its own (so that neither
a reload nor the back button posts anything twice), and the browser asks for it a moment later.
What stands on it was known when the form was taken: without this, every answer would cost two
units of work in the database and not one.

Nothing depends on it. Another process, a later moment or a full memory finds nothing here, and the
place where the person is is read as ever.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from intake.screens import ReceiptGiven, Reply

SECONDS_KEPT: Final = 5.0
"""A browser follows within moments; on a line that is slower than this it is read anew."""
MOST_KEPT: Final = 1_000
"""Replies, a few kilobytes each."""


@dataclass(frozen=True, slots=True)
class _Said:
    reply: Reply = field(repr=False)
    lapse: asyncio.TimerHandle


class JustSaid:
    """Replies by visitor, each given once and for some seconds."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}

    def keep(self, visitor: str, reply: Reply) -> None:
        """For the page that this visitor is led to. A receipt is not kept here."""
        self.take(visitor)
        if len(self._said) >= MOST_KEPT or any(isinstance(s, ReceiptGiven) for s in reply.screens):
            return
        loop = asyncio.get_running_loop()
        lapse = loop.call_later(SECONDS_KEPT, self._said.pop, visitor, None)
        self._said[visitor] = _Said(reply, lapse)

    def take(self, visitor: str) -> Reply | None:
        """What was kept for this visitor a moment ago; a second time there is nothing."""
        said = self._said.pop(visitor, None)
        if said is None:
            return None
        said.lapse.cancel()
        return said.reply


JUST_SAID = web.AppKey("just_said", JustSaid)
