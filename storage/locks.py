"""Locks that make several processes on one PostgreSQL take turns.

Theory. On SQLite a writing transaction has the whole database, so whatever it reads stays true
until it ends. On PostgreSQL two processes write at once, and each reads what was committed when it
asked. So a unit of work locks what it read before it writes what follows from it: the row, where
there is one, and else a name that stands for the row to be.

Worked example. Two first messages of one chat reach two processes. Neither finds a row to lock.
Both ask for the lock on the chat's name; one gets it, writes the row and commits; then the other
gets it, looks again, finds the row, and goes on from there. Without the name the second would
overwrite the first.

Locks are held until the transaction ends. Reads (`Database.read`) take none and wait for nobody.
"""

import hashlib
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Connection, Select, bindparam, func, select

from storage.engines import READS_ONLY
from storage.prepared import Prepared

Chosen = TypeVar("Chosen", bound=Select[Any])

_HOLD = Prepared(select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger))))


def takes_turns(connection: Connection) -> bool:
    """Whether this transaction may meet another writer: on PostgreSQL, when it writes itself."""
    if connection.dialect.name != "postgresql":
        return False
    return not connection.get_execution_options().get(READS_ONLY, False)


def hold(connection: Connection, *name: str) -> None:
    """Be the only one at what has this name until the transaction ends.

    Where there is no other writer nothing happens.
    """
    if takes_turns(connection):
        _HOLD.first(connection, {"number": _number(name)})


def locking(connection: Connection, statement: Chosen, *, shared: bool = False) -> Chosen:
    """The statement, taking the rows that it reads for this transaction if it writes.

    Shared, others may read them too and nobody may change them: for what many look at in each
    step and few change. Two who both go on to change it meet a deadlock, and one does it again.
    """
    return statement.with_for_update(read=shared) if takes_turns(connection) else statement


def _number(name: tuple[str, ...]) -> int:
    """PostgreSQL's locks have numbers of 64 bits; two names sharing one only wait needlessly."""
    digest = hashlib.blake2b("\0".join(name).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
