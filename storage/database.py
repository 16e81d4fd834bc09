"""The database of an installation: units of work written by the one writer, and read beside it.

    database = Database.open(url, key_ring)        # migrates first
    await database.transaction(lambda tx: tx.cases.get(ref))
    database.close()

Implements `intake.ports.Storage`. Any number of processes may have the same database open.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from sealing.key_ring import KeyRing
from storage.engines import READERS, open_engine
from storage.errors import StorageClosed, StorageUnavailable
from storage.faults import unreadable
from storage.key_check import hold_key_ring_to
from storage.migrating import migrate
from storage.transaction import SqlTransaction
from storage.writer import Writer

Result = TypeVar("Result")

MOST_READS_WAITING = 1_000
"""Reads that wait for one of the reading threads; more are refused at once."""


class Database:
    """One open database."""

    def __init__(self, engine: Engine, reader: Engine, key_ring: KeyRing) -> None:
        self._engine = engine
        self._reader = reader
        self._key_ring = key_ring
        self._writer = Writer(engine)
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._reads_waiting = 0
        self._is_closed = False

    @classmethod
    def open(cls, url: str, key_ring: KeyRing) -> "Database":
        """Open it and bring it to the shape of this version.

        Raises `StorageUnavailable` when it cannot be reached, `NewerDatabase` when a later version
        wrote it, `WrongKeyRing` when it was sealed under another key ring.
        """
        engine = open_engine(url)
        try:
            migrate(engine)
            hold_key_ring_to(engine, key_ring)
        except SQLAlchemyError as fault:
            engine.dispose()
            raise unreadable(fault, "the database cannot be opened") from None
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, open_engine(url, reads_only=True), key_ring)

    async def transaction(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """Run `work`, commit it together with others, return its result once it is durable.

        Raises what `work` raises, `StorageConflict`, or `StorageUnavailable`.
        """

        def on(connection: Connection) -> Result:
            return work(SqlTransaction(connection, self._key_ring))

        return await self._writer.run(on)

    async def read(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """Run `work` on a snapshot, beside the writer; it can write nothing.

        Raises `StorageUnavailable`, also when too many reads wait already.
        """
        if self._is_closed:
            raise StorageClosed("the database is closed")
        if self._reads_waiting >= MOST_READS_WAITING:
            raise StorageUnavailable("nothing was read: too much waits to be read")
        self._reads_waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._reading, self.read_now, work)
        finally:
            self._reads_waiting -= 1

    def read_now(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """The same for code that is in a thread already, or starting up."""
        try:
            with self._reader.connect() as connection, connection.begin():
                return work(SqlTransaction(connection, self._key_ring))
        except SQLAlchemyError as fault:
            raise unreadable(fault, "nothing was read") from None

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One moment of the database to look at for as long as it takes; for backups."""
        with self._reader.connect() as connection, connection.begin():
            yield connection

    def let_go_of_what_was(self) -> None:
        """Bring what was overwritten out of SQLite's write-ahead log too; call it in a thread.

        The log holds what rows were before until it is written over. On PostgreSQL dead rows are
        the server's own to clear away (autovacuum).
        """
        if self._engine.dialect.name == "sqlite":
            # Outside any transaction: within one, the log is still being read from.
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            finally:
                connection.close()

    @property
    def waiting(self) -> int:
        """About how many units of work wait to be written: how busy it is."""
        return self._writer.waiting

    def close(self) -> None:
        """Finish what was handed in, then let go of the database."""
        self._is_closed = True
        self._writer.close()
        self._reading.shutdown()
        self._reader.dispose()
        self._engine.dispose()
