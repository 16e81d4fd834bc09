"""What the pages ask of the rest of the house, as protocols that `service` fills in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from aiohttp import web

from flows.values import StoredFile
from intake.arrivals import Arrival, Channel
from intake.files import FileRefused
from intake.screens import Reply


class Reception(Protocol):
    """The one door into conversations; `intake.reception.Reception` in the running house."""

    async def receive(self, arrival: Arrival) -> Reply:
        """Take one wish or move, and say what to show once it is durable."""

    async def keep_file(
        self, *, channel: Channel, correspondent: str, name: str, chunks: AsyncIterator[bytes]
    ) -> StoredFile | FileRefused:
        """Seal a file as it streams in; the answer is attached by a move afterwards."""

    async def delivered(self, dialogue: str) -> None:
        """The receipt really reached the person: forget it."""


TelegramWebhook: TypeAlias = Callable[[str | None, bytes], Awaitable[int]]
"""Takes the secret header and the body of an update; gives the HTTP status to answer with."""

ChatLink: TypeAlias = Callable[[str], str]
"""The link with which a chat takes over what was begun here, for the code; empty where the chat's
own name is not known yet."""

Readiness: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether what the pages stand on (the database) answers."""

Part: TypeAlias = Callable[[web.Application], None]
"""Puts further pages (the desk, the officer's pages) on the same application."""

Cell: TypeAlias = str | int | float | None
"""Words, a number, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table to be taken away: its heading first."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


class PrintingFault(StrEnum):
    """Why there is no PDF."""

    NOT_INSTALLED = "not_installed"
    """Pango or the fonts are not on this machine."""
    BUSY = "busy"
    """One is being made for this company already."""
    FAILED = "failed"


Printer: TypeAlias = Callable[[str, str], Awaitable[bytes | PrintingFault]]
"""Makes a PDF of a page (HTML that loads nothing) in a language; `service.paper.press` does."""


async def no_printer(_html: str, _language: str) -> PrintingFault:
    """Stands where nothing can be printed."""
    return PrintingFault.NOT_INSTALLED


WorkbookWriter: TypeAlias = Callable[[tuple[Sheet, ...]], bytes]
"""Writes sheets as a workbook (XLSX) in which nothing runs; `service.tables.writing` does."""
