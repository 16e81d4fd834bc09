"""What the machine's watchers ask: how it goes (`/metrics`) and whether it can work (`/readyz`).

Served by `service.running` on this machine alone, at the port that `GEHOOR_METRICS_PORT` names:
the answer to `/readyz` costs a commit, and the figures are nobody's business outside.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from register.deliveries import DeliveryState
from sealing.identifiers import new_id
from service.chores import Chore, Every
from service.meters import gauge
from service.wiring import House
from storage.errors import StorageError
from storage.tables import METADATA
from storage.transaction import SqlTransaction

SECONDS_TO_WRITE = 2.0
"""A database that takes longer than this for one row does not serve people either."""
SECONDS_REMEMBERED = 1.0
"""How long one answer about readiness stands, whoever asks how often."""
MOST_COUNTED = 10_000
"""Waiting rows are counted up to here: the answer stays quick however much there is."""
DAYS_LOOKED_BACK = 40
_LEASE = "readiness"
_FAR = datetime(9999, 1, 1, tzinfo=UTC)
_STATM = Path("/proc/self/statm")


class Readiness:
    """Whether this house can take what people bring: keep it, seal it, and converse."""

    def __init__(
        self,
        house: House,
        *,
        seconds: float = SECONDS_TO_WRITE,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._house = house
        self._seconds = seconds
        self._is_stopping = is_stopping
        self._holder = new_id()
        self._known: tuple[str, ...] = ()
        self._until = 0.0
        self._asking = asyncio.Lock()

    async def __call__(self) -> tuple[str, ...]:
        """Why it cannot, in words without content; nothing when it can."""
        if self._is_stopping():
            return ("it is stopping: what was taken in is being finished",)
        async with self._asking:
            if time.monotonic() >= self._until:
                self._known = await self._look()
                self._until = time.monotonic() + SECONDS_REMEMBERED
            return self._known

    async def _look(self) -> tuple[str, ...]:
        reasons = []
        if not self._has_keys():
            reasons.append("the key ring does not open what it sealed")
        if not self._house.library.names():
            reasons.append("no flows are loaded")
        try:
            async with asyncio.timeout(self._seconds):
                await self._house.database.transaction(self._write)
        except (StorageError, TimeoutError):
            reasons.append("the database cannot be written: is the disk full, or is it locked?")
        return tuple(reasons)

    def _write(self, tx: SqlTransaction) -> bool:
        """One small row, really written: a full disk still lets itself be read."""
        now = self._house.clock()
        return tx.leases.take(
            _LEASE, period=now.isoformat(), holder=self._holder, now=now, lasts=timedelta()
        )

    def _has_keys(self) -> bool:
        ring, place = self._house.key_ring, ("installation", "value", _LEASE)
        return ring.open_row(*place, ring.seal_row(*place, b"?")) == b"?"


class Figures:
    """Everything that is counted and measured, as Prometheus reads it."""

    def __init__(self, house: House, chores: Sequence[Chore]) -> None:
        self._house = house
        self._chores = chores

    async def __call__(self) -> str:
        """The page. What the database does not tell now is left out."""
        lines = [*self._house.doors.lines(), *_memory(), *self._waiting()]
        try:
            lines += await self._house.database.read(self._stored)
            lines += await asyncio.to_thread(self._outbox)
        except StorageError:
            lines += gauge("gehoor_database_up", "1 while it can be read.", [({}, 0)])
        else:
            lines += gauge("gehoor_database_up", "1 while it can be read.", [({}, 1)])
        return "\n".join(lines) + "\n"

    def _waiting(self) -> Iterable[str]:
        waiting, server = self._house.database.waiting, self._house.server
        yield from gauge(
            "gehoor_writer_queue", "Units of work that wait to be written.", [({}, waiting)]
        )
        yield from gauge(
            "gehoor_connections", "Connections that are open now.", [({}, server.connections)]
        )

    def _outbox(self) -> list[str]:
        return [*self._alerts(), *self._deliveries()]

    def _deliveries(self) -> Iterable[str]:
        counts = self._house.database.read_now(lambda tx: tx.deliveries.counts())
        yield from gauge(
            "gehoor_deliveries",
            "E-mail and webhooks: waiting, dead, delivered in the last days.",
            [({"state": state.value}, counts.get(state, 0)) for state in DeliveryState],
        )

    def _alerts(self) -> Iterable[str]:
        table = METADATA.tables["outbox"]
        chosen = table.select().with_only_columns(table.c.id).limit(MOST_COUNTED)
        with self._house.database.snapshot() as snapshot:
            waiting = len(snapshot.execute(chosen).all())
        return gauge(
            "gehoor_outbox", f"Alerts not sent yet, at most {MOST_COUNTED}.", [({}, waiting)]
        )

    def _stored(self, tx: SqlTransaction) -> list[str]:
        now = self._house.clock()
        before = now.date() - timedelta(days=self._house.settings.draft_days)
        lapsed = len(tx.dialogues.untouched_since(before, MOST_COUNTED))
        done = [
            ({"chore": chore.name}, _seconds(day))
            for chore in self._chores
            if (day := _last_done(tx, chore, now)) is not None
        ]
        return [
            *gauge(
                "gehoor_drafts_lapsed",
                f"Unfinished reports that are due to be wiped, at most {MOST_COUNTED}.",
                [({}, lapsed)],
            ),
            *gauge(
                "gehoor_chore_last_day_seconds",
                "The last day on which a chore was done, in seconds since 1970.",
                done,
            ),
        ]


def _last_done(tx: SqlTransaction, chore: Chore, now: datetime) -> datetime | None:
    """The last day of which a period was done; None where it is longer ago, or never."""
    for days in range(DAYS_LOOKED_BACK):
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
        name = day.strftime("%Y-%m-%dT00" if chore.every is Every.HOUR else "%Y-%m-%d")
        if not tx.leases.is_due(chore.name, name, _FAR):
            return day
    return None


def _seconds(day: datetime) -> float:
    return int(day.timestamp())


def _memory() -> Iterable[str]:
    try:
        pages = int(_STATM.read_text().split()[1])
    except (OSError, ValueError, IndexError):  # not Linux
        return ()
    resident = pages * os.sysconf("SC_PAGE_SIZE")
    return gauge("process_resident_memory_bytes", "Memory in use.", [({}, resident)])
