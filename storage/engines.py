"""Opening a database: SQLite in WAL mode with full durability, or PostgreSQL.

There are two engines on a database: one for the writer, and one whose connections cannot write.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool, QueuePool

READS_ONLY = "gehoor_reads_only"
"""The execution option of connections that only read: they lock nothing and wait for nobody."""
READERS = 4
"""Reads at a time. More would wait for the disk and the processor anyway."""
BUSY_MILLISECONDS = 5_000
"""How long SQLite waits for another process (a migration, a command) before it says so."""
LOCK_MILLISECONDS = 100
"""How long PostgreSQL's writer waits for a row of another process. Short, because a batch holds
the rows of many people meanwhile: what has to wait longer is set aside (`storage.writer`)."""
_WAL_BYTES = 64 * 1024 * 1024
_STATEMENTS = 256


def open_engine(url: str, *, reads_only: bool = False) -> Engine:
    """An engine for this URL. Its connections get their settings here."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, reads_only)
    return _open_postgresql(parsed, reads_only)


@contextmanager
def looking_into(path: Path) -> Iterator[Connection]:
    """An SQLite file that nobody writes, such as a backup's; looking leaves no trace."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True),
        poolclass=NullPool,
        execution_options={READS_ONLY: True},
    )
    with engine.connect() as connection:
        yield connection


def reading(engine: Engine) -> Engine:
    """The same engine for a look before anything is written: on SQLite it takes no lock."""
    return engine.execution_options(**{READS_ONLY: True})


def _open_sqlite(url: URL, reads_only: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=READERS,
        connect_args={"check_same_thread": False, "cached_statements": _STATEMENTS},
        execution_options={READS_ONLY: reads_only},
    )
    event.listen(engine, "connect", _prepare_sqlite_reader if reads_only else _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: the engine does, see below.
    connection.isolation_level = None
    cursor = connection.cursor()
    # First, because two processes may open a new database at once.
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten with zeros (design §5: a finished draft is overwritten).
    cursor.execute("PRAGMA secure_delete = ON")
    # After a busy hour the log gives its space back.
    cursor.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
    cursor.close()


def _prepare_sqlite_reader(connection: Any, record: Any) -> None:
    _prepare_sqlite(connection, record)
    connection.execute("PRAGMA query_only = ON").close()


def _begin_sqlite(connection: Any) -> None:
    # A writer takes the lock at once: it could not wait for it half-way without failing.
    reads_only = connection.get_execution_options().get(READS_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _open_postgresql(url: URL, reads_only: bool) -> Engine:
    options: dict[str, Any] = {READS_ONLY: reads_only}
    if reads_only:
        # One snapshot for all that a read looks at, as SQLite gives it.
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    engine = create_engine(
        url,
        pool_size=READERS,
        max_overflow=READERS,
        pool_pre_ping=True,
        execution_options=options,
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        # A server may be set to answer before it is durable; we may not (commit, then speak).
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = {LOCK_MILLISECONDS}")
        # A process that hangs must not keep the others from somebody's dialogue for ever.
        cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()
