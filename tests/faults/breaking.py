"""A disk without room and a database that somebody else holds: both real, without waiting."""

import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import structlog

from tests.house import House

ROOM_BYTES = 4096
"""No file gets longer than this: its first bytes are there on every disk that was ever used."""


@contextmanager
def full_disk(_house: House) -> Iterator[None]:
    """Nothing more fits into any file of this process."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python would leave half of a compiled module behind.
    sys.dont_write_bytecode, wrote_none = True, sys.dont_write_bytecode
    # The test's own output goes into a file as well: what is logged is kept in memory meanwhile.
    with structlog.testing.capture_logs():
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, limits[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            sys.dont_write_bytecode = wrote_none


@contextmanager
def locked_database(house: House) -> Iterator[None]:
    """Somebody else writes and does not come to an end; the house gives up sooner than usual."""
    house.database._writer._patience_seconds = 0.1
    with closing(sqlite3.connect(house.home / "gehoor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


Breaking = Callable[[House], AbstractContextManager[None]]
BREAKING: tuple[Breaking, ...] = (full_disk, locked_database)
