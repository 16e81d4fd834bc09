"""The one writer: many units of work share one transaction and one wait for the disk.

Theory. Making a commit durable costs about the same whether it holds one change or two hundred, so
work that arrives while a commit is under way waits and goes into the next one together (group
commit). A caller gets its result only after the commit: commit, then speak (design §9).

Units are independent. When one of a batch fails, the batch is rolled back and run once more with
a savepoint around each unit, so that the one to blame fails alone and the others still share one
commit. A unit that met somebody else's lock is set aside and goes into a later batch, until it has
waited as long as a person would (`storage.faults` says which failures pass).

Worked example. Units A, B, C wait. B raises; C's row is locked by another process. The batch is
rolled back and run again: A is committed, B's caller gets its exception, C goes into the batch
after this one.

Nothing grows without bounds: a batch ends after `BATCH_SECONDS`, so that work behind a slow unit
is told soon; and when too much waits, more is refused at once, because an honest "not now" serves
a person better than an answer that comes after they left.
"""

import asyncio
import queue
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import OutcomeUnknown, StorageClosed, StorageUnavailable
from storage.faults import Blame, blame_for, translated
from storage.units import Unit, tell

Result = TypeVar("Result")

LARGEST_BATCH = 256
"""Units in one transaction: enough to share a disk flush, few enough to bound the wait."""
BATCH_SECONDS = 0.05
"""After so long a batch is committed as it is, and the rest goes into the next one."""
MOST_WAITING = 5_000
"""Units that wait to be written; some seconds of work, and at most some tens of megabytes."""
PATIENCE_SECONDS = 10.0
"""How long a unit is tried anew while somebody else is in its way."""
FIRST_PAUSE_SECONDS = 0.01
LONGEST_PAUSE_SECONDS = 0.5

_DICE = random.SystemRandom()
_OF_ONE_UNIT = frozenset({Blame.OWN, Blame.PASSING})
_FITS_LATER = frozenset({Blame.PASSING, Blame.LOST})


class Writer:
    """A thread with one connection, fed by a queue."""

    def __init__(
        self,
        engine: Engine,
        *,
        most_waiting: int = MOST_WAITING,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._engine = engine
        self._most_waiting = most_waiting
        self._patience_seconds = patience_seconds
        self._waiting: queue.SimpleQueue[Unit[Any] | None] = queue.SimpleQueue()
        self._drawn: deque[Unit[Any]] = deque()
        self._set_aside: list[Unit[Any]] = []
        self._connection: Connection | None = None
        self._is_closing = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """The result of `work` once it is durable.

        Raises what `work` raised, `StorageConflict`, or `StorageUnavailable`; then nothing of it
        was kept (but see `OutcomeUnknown`).
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        with self._gate:
            if self._is_closing:
                raise StorageClosed("the database is being closed")
            if self.waiting >= self._most_waiting:
                raise StorageUnavailable("nothing was kept: too much waits to be written")
            self._waiting.put(Unit(work, done, loop))
        return await done

    @property
    def waiting(self) -> int:
        """About how many units wait to be written."""
        return self._waiting.qsize() + len(self._set_aside)

    def close(self) -> None:
        """Finish what was handed in, then stop."""
        with self._gate:
            self._is_closing = True
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while batch := self._next_batch():
            try:
                self._write(batch)
            except BaseException as fault:  # a mistake of ours must not leave all others waiting
                self._let_go()
                for unit in batch:
                    unit.failure = fault
                tell(batch)
        if self._connection is not None:
            self._connection.close()

    def _next_batch(self) -> list[Unit[Any]]:
        """What can be run now, at least one unit; nothing once closed and nothing is left."""
        self._draw_due()
        while not self._drawn:
            pause = self._pause_for_those_set_aside()
            if pause is None and self._is_closing and self._waiting.empty():
                return []
            self._draw_one(pause)
            self._draw_due()
        while len(self._drawn) < LARGEST_BATCH and not self._waiting.empty():
            self._draw_one(0)
        return [self._drawn.popleft() for _ in range(min(len(self._drawn), LARGEST_BATCH))]

    def _draw_one(self, seconds: float | None) -> None:
        try:
            unit = self._waiting.get(timeout=seconds)
        except queue.Empty:
            return
        if unit is not None:
            self._drawn.append(unit)

    def _draw_due(self) -> None:
        if self._set_aside:
            now = time.monotonic()
            self._drawn.extend(unit for unit in self._set_aside if unit.again_at <= now)
            self._set_aside = [unit for unit in self._set_aside if unit.again_at > now]

    def _pause_for_those_set_aside(self) -> float | None:
        if not self._set_aside:
            return None
        return max(0.0, min(unit.again_at for unit in self._set_aside) - time.monotonic())

    def _write(self, batch: list[Unit[Any]]) -> None:
        """Commit what can be committed of the batch, and tell whoever need not wait any more."""
        failure = self._attempt(self._together, batch)
        if failure is not None and len(batch) > 1 and self._blame(failure) in _OF_ONE_UNIT:
            failure = self._attempt(self._apart, batch)
        if failure is not None:
            for unit in batch:
                unit.failure = failure
        again = [unit for unit in batch if self._fits_later(unit)]
        for unit in again:
            self._put_aside(unit)
        settled = [unit for unit in batch if unit not in again] if again else batch
        for unit in settled:
            if unit.failure is not None:
                unit.failure = translated(unit.failure, self._engine.dialect)
        tell(settled)

    def _attempt(
        self, way: Callable[[list[Unit[Any]]], None], batch: list[Unit[Any]]
    ) -> BaseException | None:
        """Run the batch in this way; the failure that stopped it as a whole, if one did."""
        for unit in batch:
            unit.failure = None
        try:
            way(batch)
        except BaseException as failure:  # told to the callers, who are waiting
            if self._blame(failure) not in _OF_ONE_UNIT:
                self._let_go()
            return failure
        return None

    def _together(self, batch: list[Unit[Any]]) -> None:
        """All in one transaction."""
        with self._transaction() as connection:
            for unit in self._in_time(batch):
                unit.result = unit.work(connection)

    def _apart(self, batch: list[Unit[Any]]) -> None:
        """All in one transaction, a savepoint around each: a failure stays with its unit."""
        with self._transaction() as connection:
            for unit in self._in_time(batch):
                try:
                    with connection.begin_nested():
                        unit.result = unit.work(connection)
                except BaseException as failure:
                    if self._blame(failure) not in _OF_ONE_UNIT:
                        raise
                    unit.failure = failure

    def _in_time(self, batch: list[Unit[Any]]) -> Iterator[Unit[Any]]:
        """The units one by one; those that do not fit into the batch's time leave it again."""
        ends = time.monotonic() + BATCH_SECONDS
        for number, unit in enumerate(tuple(batch), start=1):
            yield unit
            if time.monotonic() > ends:
                self._drawn.extendleft(reversed(batch[number:]))
                del batch[number:]
                return

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction that commits at the end."""
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin() as transaction:
            yield self._connection
            try:
                transaction.commit()
            except SQLAlchemyError as fault:
                self._let_go()
                if self._blame(fault) is Blame.LOST:
                    raise OutcomeUnknown("the line was cut during a commit") from None
                raise

    def _let_go(self) -> None:
        """After a fault of the database: the next batch gets a connection of its own."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _blame(self, failure: BaseException) -> Blame:
        if isinstance(failure, OutcomeUnknown):
            return Blame.UNAVAILABLE
        return blame_for(failure, self._engine.dialect)

    def _fits_later(self, unit: Unit[Any]) -> bool:
        if unit.failure is None or self._blame(unit.failure) not in _FITS_LATER:
            return False
        return time.monotonic() - unit.handed_in < self._patience_seconds

    def _put_aside(self, unit: Unit[Any]) -> None:
        """Into a later batch, after a pause that grows; dice keep two processes from dancing."""
        pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**unit.tries)
        unit.tries += 1
        unit.again_at = time.monotonic() + pause * _DICE.uniform(0.5, 1.0)
        self._set_aside.append(unit)
