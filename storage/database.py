"""The database of an installation: units of work written by the one writer, and read beside it.

    database = Database.open(url, key_ring)        # migrates first
    await database.transaction(lambda tx: tx.cases.get(ref))
    database.close()

Implements `intake.ports.Storage`.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sealing.key_ring import KeyRing
from storage.engines import READS_ONLY, open_engine
from storage.errors import StorageUnavailable
from storage.migrating import migrate
from storage.transaction import SqlTransaction
from storage.writer import Writer

Result = TypeVar("Result")


class Database:
    """One open database."""

    def __init__(self, engine: Engine, key_ring: KeyRing) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READS_ONLY: True})
        self._key_ring = key_ring
        self._writer = Writer(engine)

    @classmethod
    def open(cls, url: str, key_ring: KeyRing) -> "Database":
        """Open it and bring it to the shape of this version.

        Raises `StorageUnavailable` when it cannot be reached, `NewerDatabase` when a later version
        wrote it.
        """
        engine = open_engine(url)
        try:
            migrate(engine)
        except DBAPIError as fault:
            raise StorageUnavailable(
                f"the database cannot be opened: {type(fault.orig).__name__}"
            ) from None
        return cls(engine, key_ring)

    async def transaction(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """Run `work`, commit it together with others, return its result once it is durable."""

        def on(connection: Connection) -> Result:
            return work(SqlTransaction(connection, self._key_ring))

        return await self._writer.run(on)

    async def read(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """Run `work` on a snapshot; it writes nothing."""
        return await asyncio.to_thread(self.read_now, work)

    def read_now(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """The same for code that is in a thread already, or starting up."""
        try:
            with self._reader.connect() as connection, connection.begin():
                return work(SqlTransaction(connection, self._key_ring))
        except DBAPIError as fault:
            raise StorageUnavailable(f"nothing was read: {type(fault.orig).__name__}") from None

    def close(self) -> None:
        """Finish what was handed in, then let go of the database."""
        self._writer.close()
        self._engine.dispose()
