"""The one writer: many units of work share one transaction and one wait for the disk.

Theory. Making a commit durable costs about the same whether it holds one change or two hundred, so
work that arrives while a commit is under way waits and goes into the next one together (group
commit). A caller gets its result only after the commit: commit, then speak (design §9).

Units are independent. When one of a batch fails, the batch is rolled back and each unit is run
again in a transaction of its own, so that only the one that is to blame fails.

Worked example. Units A, B, C wait. A and C are fine, B raises. The batch is rolled back; A is
committed, B is rolled back and its caller gets the exception, C is committed.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.errors import StorageClosed, StorageUnavailable

Result = TypeVar("Result")

LARGEST_BATCH = 256
"""Units in one transaction: enough to share a disk flush, few enough to bound the wait."""


@dataclass(slots=True)
class _Unit(Generic[Result]):
    """Work on its way to the writer, and whom to tell."""

    work: Callable[[Connection], Result]
    done: "asyncio.Future[Result]"
    loop: asyncio.AbstractEventLoop
    result: Result | None = None
    failure: BaseException | None = None

    def settle(self) -> None:
        """On the caller's loop: hand over what came of it, unless the caller has gone."""
        if self.done.cancelled():
            return
        if self.failure is not None:
            self.done.set_exception(self.failure)
        else:
            self.done.set_result(self.result)  # type: ignore[arg-type]  # set together with failure


class Writer:
    """A thread with one connection, fed by a queue."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[_Unit[Any] | None] = queue.SimpleQueue()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """The result of `work` once it is durable.

        Raises what `work` raised, or `StorageUnavailable`; then nothing of it was kept.
        """
        if self._is_closing:
            raise StorageClosed("the database is being closed")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        self._waiting.put(_Unit(work, done, loop))
        return await done

    def close(self) -> None:
        """Finish what was handed in, then stop."""
        self._is_closing = True
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        connection: Connection | None = None
        while (batch := self._next_batch()) is not None:
            connection = self._write(batch, connection)
            _tell(batch)
        if connection is not None:
            connection.close()

    def _next_batch(self) -> list[_Unit[Any]] | None:
        """What is waiting, at least one unit; None when closing and nothing is left."""
        first = self._waiting.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < LARGEST_BATCH:
            try:
                unit = self._waiting.get_nowait()
            except queue.Empty:
                break
            if unit is None:
                self._waiting.put(None)
                break
            batch.append(unit)
        return batch

    def _write(self, batch: list[_Unit[Any]], connection: Connection | None) -> Connection | None:
        """Commit the batch, or its units one by one. Gives the connection to go on with."""
        try:
            connection = connection or self._engine.connect()
            with connection.begin():
                for unit in batch:
                    unit.result = unit.work(connection)
        except BaseException as failure:  # told to the callers, who are waiting
            if len(batch) > 1:
                for unit in batch:
                    connection = self._write([unit], connection)
            else:
                batch[0].failure = _translated(failure)
            return self._revived(connection)
        return connection

    @staticmethod
    def _revived(connection: Connection | None) -> Connection | None:
        """The same connection, or None when it broke, so that the next batch opens another."""
        if connection is None or connection.closed:
            return None
        if connection.invalidated:
            connection.close()
            return None
        return connection


def _translated(failure: BaseException) -> BaseException:
    """Database faults as ours, without the statement and its parameters."""
    if isinstance(failure, DBAPIError):
        return StorageUnavailable(f"nothing was kept: {type(failure.orig).__name__}")
    return failure


def _tell(batch: list[_Unit[Any]]) -> None:
    """Wake the callers, one wake-up for each loop."""
    loops: dict[asyncio.AbstractEventLoop, list[_Unit[Any]]] = {}
    for unit in batch:
        loops.setdefault(unit.loop, []).append(unit)
    for loop, units in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, units)


def _settle_all(units: list[_Unit[Any]]) -> None:
    for unit in units:
        unit.settle()
