"""Counts what passes through the doors of the house: arrivals, commits, calls of the bot.

Put around those doors by `service.wiring`; read by `service.technical`. Nothing is counted by
person, place or organisation, and no label is made from anything that somebody sent.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from flows.events import AnswerRefused
from flows.values import Scan, StoredFile
from intake.arrivals import Arrival, Channel
from intake.files import FileRefused
from intake.reception import Reception, Undelivered
from intake.screens import Reply
from sealing.key_ring import KeyRing
from service.meters import OTHER, Counter, Histogram
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import SqlTransaction
from web.outbound import Poster, Upload

Result = TypeVar("Result")

_METHOD = re.compile("[A-Za-z]{1,40}")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_UNITS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_NOT_KEPT = "storage"


class Doors:
    """What was counted at all doors."""

    def __init__(self) -> None:
        self.arrivals = Counter("gehoor_arrivals_total", "What people did, by channel.", "channel")
        self.refusals = Counter(
            "gehoor_refusals_total", "What was not taken, and why.", "what", "reason"
        )
        self.calls = Counter(
            "gehoor_bot_calls_total", "Calls to the Bot API, and its status.", "method", "status"
        )
        self.commit_seconds = Histogram(
            "gehoor_commit_seconds", "From handing in a unit of work until it is durable.", _SECONDS
        )
        self.commit_units = Histogram(
            "gehoor_commit_units", "Units of work that became durable together.", _UNITS
        )

    def lines(self) -> Iterable[str]:
        """All of it as text."""
        for each in (
            self.arrivals,
            self.refusals,
            self.calls,
            self.commit_seconds,
            self.commit_units,
        ):
            yield from each.lines()


class CountedDatabase(Database):
    """A database whose commits are counted; `count_at` says where."""

    _doors: Doors | None = None
    _together = 0

    def count_at(self, doors: Doors) -> None:
        """From here on."""
        self._doors = doors

    async def transaction(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """As `Database.transaction`."""
        began = time.monotonic()
        result = await super().transaction(work)
        if self._doors is not None:
            self._doors.commit_seconds.add(time.monotonic() - began)
            self._note(self._doors)
        return result

    def _note(self, doors: Doors) -> None:
        """Those that were committed together are woken together, in one turn of the loop."""
        if not self._together:
            asyncio.get_running_loop().call_soon(self._close_batch, doors)
        self._together += 1

    def _close_batch(self, doors: Doors) -> None:
        doors.commit_units.add(self._together)
        self._together = 0


def open_counted(url: str, key_ring: KeyRing, doors: Doors) -> Database:
    """`Database.open`, counted."""
    database = CountedDatabase.open(url, key_ring)
    if isinstance(database, CountedDatabase):
        database.count_at(doors)
    return database


class CountedReception:
    """A reception whose arrivals and refusals are counted: what the channels speak to."""

    def __init__(self, reception: Reception, doors: Doors) -> None:
        self._reception = reception
        self._doors = doors

    async def receive(self, arrival: Arrival) -> Reply:
        """As `Reception.receive`."""
        self._doors.arrivals.add(arrival.channel.value)
        try:
            reply = await self._reception.receive(arrival)
        except StorageError:
            self._doors.refusals.add("arrival", _NOT_KEPT)
            raise
        for screen in reply.screens:
            if isinstance(screen, AnswerRefused):
                self._doors.refusals.add("answer", screen.reason.value)
        return reply

    async def keep_file(
        self, *, channel: Channel, correspondent: str, name: str, chunks: AsyncIterator[bytes]
    ) -> StoredFile | FileRefused:
        """As `Reception.keep_file`."""
        kept = await self._reception.keep_file(
            channel=channel, correspondent=correspondent, name=name, chunks=chunks
        )
        if isinstance(kept, FileRefused):
            self._doors.refusals.add("file", kept.reason.value)
        elif kept.scan is Scan.UNANSWERED:
            self._doors.refusals.add("scan", kept.scan.value)
        return kept

    async def delivered(self, dialogue: str) -> None:
        """As `Reception.delivered`."""
        await self._reception.delivered(dialogue)

    async def undelivered(self, channel: Channel) -> Sequence[Undelivered]:
        """As `Reception.undelivered`."""
        return await self._reception.undelivered(channel)


class CountedPoster(Poster):
    """A poster whose calls are counted by the Bot API's method; addresses hold the token."""

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors

    async def post(
        self,
        url: str,
        fields: Mapping[str, str],
        files: Mapping[str, Upload],
        timeout_seconds: float,
        /,
    ) -> tuple[int, bytes]:
        """As `Poster.post`."""
        with _Counting(self._doors.calls, url) as counting:
            return counting.answered(await super().post(url, fields, files, timeout_seconds))

    async def post_json(
        self, url: str, content: bytes, timeout_seconds: float, /
    ) -> tuple[int, bytes]:
        """As `Poster.post_json`."""
        with _Counting(self._doors.calls, url) as counting:
            return counting.answered(await super().post_json(url, content, timeout_seconds))


class _Counting:
    """One call: its status, or `late` and `cut` where there is none."""

    def __init__(self, calls: Counter, url: str) -> None:
        self._calls = calls
        last = url.rpartition("/")[2].partition("?")[0]
        self._method = last if _METHOD.fullmatch(last) else OTHER

    def answered(self, answer: tuple[int, bytes]) -> tuple[int, bytes]:
        """Count the answer, and pass it on."""
        self._calls.add(self._method, str(answer[0]))
        return answer

    def __enter__(self) -> "_Counting":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, TimeoutError):
            self._calls.add(self._method, "late")
        elif kind is not None and issubclass(kind, ConnectionError):
            self._calls.add(self._method, "cut")
