"""What a failure means for the work that met it. Asked by the writer and by reads.

Theory. A driver's exception says little by its class: a deadlock and a full disk are both an
"operational error". What matters is who is to blame and whether waiting helps:

    own          the unit itself: it raised, or broke a rule of the tables. Its neighbours are fine
    passing      somebody else holds a lock, or a deadlock was broken: the same work fits later
    lost         the line to the database was cut: the same work fits on another connection
    unavailable  the disk is full, cannot be read, or the database refuses: nobody's work is kept

Worked example. SQLite reports a lock that it waited for in vain as code 5, a full disk as 13.
PostgreSQL reports a broken deadlock as 40P01 and a lock that was waited for in vain as 55P03.
"""

from enum import StrEnum

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import StorageConflict, StorageError, StorageUnavailable

SQLITE_PASSING = frozenset({5, 6})
"""SQLITE_BUSY and SQLITE_LOCKED, as primary result codes."""
POSTGRESQL_PASSING = frozenset({"40001", "40P01", "55P03"})
"""serialization_failure, deadlock_detected, lock_not_available."""
POSTGRESQL_LOST = frozenset({"57P01", "57P02", "57P03", "25P03"})
"""The server stops, crashed, starts, or cut a transaction that lay idle."""
POSTGRESQL_FAILED_BEFORE = "25P02"
"""in_failed_sql_transaction: a unit went on after a fault of its own."""
_PRIMARY_CODE = 0xFF


class Blame(StrEnum):
    """Whose failure it is; see the module."""

    OWN = "own"
    PASSING = "passing"
    LOST = "lost"
    UNAVAILABLE = "unavailable"


def blame_for(failure: BaseException, dialect: Dialect) -> Blame:
    """Who is to blame for a failure inside a transaction."""
    if isinstance(failure, PendingRollbackError | PoolTimeout):
        return Blame.UNAVAILABLE
    if not isinstance(failure, DBAPIError) or failure.orig is None:
        return Blame.OWN
    cause, driver = failure.orig, dialect.loaded_dbapi
    if _is_passing(cause):
        return Blame.PASSING
    if _is_lost(failure, dialect):
        return Blame.LOST
    own = (driver.IntegrityError, driver.DataError, driver.ProgrammingError)
    if isinstance(cause, own) or getattr(cause, "sqlstate", None) == POSTGRESQL_FAILED_BEFORE:
        return Blame.OWN
    return Blame.UNAVAILABLE


def translated(failure: BaseException, dialect: Dialect) -> BaseException:
    """A database's fault as ours, without the statement and its parameters; others as they are."""
    if not isinstance(failure, SQLAlchemyError):
        return failure
    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    return _kind(failure, dialect)(f"nothing was kept: {type(cause).__name__}")


def unreadable(fault: SQLAlchemyError, what: str) -> StorageUnavailable:
    """A fault outside the writer, with what did not happen."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    return StorageUnavailable(f"{what}: {type(cause).__name__}")


def _kind(failure: BaseException, dialect: Dialect) -> type[StorageError]:
    is_own = blame_for(failure, dialect) is Blame.OWN
    return StorageConflict if is_own else StorageUnavailable


def _is_passing(cause: BaseException) -> bool:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & _PRIMARY_CODE in SQLITE_PASSING
    return getattr(cause, "sqlstate", None) in POSTGRESQL_PASSING


def _is_lost(failure: DBAPIError, dialect: Dialect) -> bool:
    if failure.connection_invalidated:
        return True
    # PostgreSQL's driver gives no state when there is no server to give one.
    state = getattr(failure.orig, "sqlstate", "")
    return state in POSTGRESQL_LOST or (state is None and _is_operational(failure, dialect))


def _is_operational(failure: DBAPIError, dialect: Dialect) -> bool:
    return isinstance(failure.orig, dialect.loaded_dbapi.OperationalError)
