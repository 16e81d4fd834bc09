"""Work that nobody asks for and that has to be done every hour or every day.

Each chore runs once a period whatever the number of processes: whoever takes its lease does it
(`storage.leases`). A chore that fails is logged and tried again after a while; it stops neither
the others nor the loop. Which chores there are stands in `service.chore_list`. None is done while
the clock cannot be trusted (`service.steadiness`).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import structlog

from sealing.identifiers import new_id
from service.steadiness import Steadiness
from service.wiring import House
from storage.errors import StorageError
from storage.transaction import SqlTransaction

SECONDS_BETWEEN_LOOKS = 60.0
"""How often it is looked whether a chore is due."""
LEASE = timedelta(minutes=10)
"""After how long another process may take over. Chores may be done twice, so too short is safe."""
PAUSE_AFTER_FAULT = timedelta(minutes=5)
"""How long a chore that failed is left alone."""
GRACE = timedelta(minutes=15)
"""How long after midnight a day counts as over: what began before it has ended by then."""

log = structlog.get_logger("service")


class Every(StrEnum):
    """How often. Periods are named in UTC."""

    HOUR = "hour"
    DAY = "day"

    def period(self, now: datetime) -> str:
        """The name of the period that is due now; later ones sort after it."""
        past = now - GRACE
        return past.strftime(self._format)

    def begins(self, period: str) -> datetime:
        """When the period of this name began."""
        return datetime.strptime(period, self._format).replace(tzinfo=UTC)

    @property
    def _format(self) -> str:
        return "%Y-%m-%dT%H" if self is Every.HOUR else "%Y-%m-%d"


Work = Callable[[House, date], Awaitable[int]]
"""Does the chore on a day, and returns how many things it did. May be done twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """One piece of scheduled work."""

    name: str
    """Names its lease: never reuse one."""
    every: Every
    work: Work


class ChoreKeeper:
    """Does what is due, one chore after the other."""

    def __init__(
        self,
        house: House,
        chores: Sequence[Chore],
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """`steady` gives seconds that nobody sets."""
        self._house = house
        self._chores = chores
        self._holder = new_id()
        self._steadiness = Steadiness(calendar=house.clock, steady=steady)
        self._has_begun = False

    async def keep_doing(self) -> None:
        """Do what is due, look again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    async def look(self) -> tuple[str, ...]:
        """Do what is due, if the clock can be trusted; the names of what was done."""
        try:
            has_jumped = self._steadiness.look() if self._has_begun else await self._begin()
        except StorageError:
            log.warning("chores_not_looked_at", exc_info=True)
            return ()
        if has_jumped:
            log.warning("clock_jumped", hint="is it right? nothing is wiped or released for a day")
        return await self.do_due() if self._steadiness.is_steady else ()

    async def do_due(self) -> tuple[str, ...]:
        """Do every chore that is due and that nobody else is at; the names of those done."""
        done = []
        for chore in self._chores:
            try:
                period = chore.every.period(self._house.clock())
                if await self._take(chore, period) and await self._do(chore, period):
                    done.append(chore.name)
            except StorageError:
                log.warning("chore_not_taken", chore=chore.name, exc_info=True)
        return tuple(done)

    async def _begin(self) -> bool:
        def last_done(tx: SqlTransaction) -> datetime | None:
            done = ((chore.every, tx.leases.last_done(chore.name)) for chore in self._chores)
            return max((every.begins(period) for every, period in done if period), default=None)

        has_jumped = self._steadiness.begin(await self._house.database.read(last_done))
        self._has_begun = True
        return has_jumped

    async def _take(self, chore: Chore, period: str) -> bool:
        now, database = self._house.clock(), self._house.database
        if not await database.read(lambda tx: tx.leases.is_due(chore.name, period, now)):
            return False
        return await database.transaction(
            lambda tx: tx.leases.take(
                chore.name, period=period, holder=self._holder, now=now, lasts=LEASE
            )
        )

    async def _do(self, chore: Chore, period: str) -> bool:
        now = self._house.clock()
        try:
            number = await chore.work(self._house, now.date())
        except Exception:
            log.exception("chore_failed", chore=chore.name)
            await self._put_off(chore, now + PAUSE_AFTER_FAULT)
            return False
        await self._house.database.transaction(
            lambda tx: tx.leases.finish(chore.name, period=period, holder=self._holder)
        )
        if number:
            log.info("chore_done", chore=chore.name, number=number)
        return True

    async def _put_off(self, chore: Chore, until: datetime) -> None:
        await self._house.database.transaction(
            lambda tx: tx.leases.put_off(chore.name, holder=self._holder, until=until)
        )
