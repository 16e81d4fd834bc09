"""Bringing a database to the shape that this version needs; run at each start.

Migrations live in `storage/migrations/versions`, one file a change, and only ever move forward:
going back is restoring a backup. Alembic is read only where something is to be done: it is a sixth
of a start, and at nearly every start nothing is.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, column, select, table

from storage.engines import reading
from storage.errors import StorageError
from storage.locks import hold

PATIENCE_SECONDS = 60
"""How long a process waits for another one's migrations."""
_SCRIPTS = Path(__file__).parent / "migrations"
_VERSION = table("alembic_version", column("version_num"))
"""Where Alembic notes what a database is at."""


class NewerDatabase(StorageError):
    """The database was written by a later version of Gehoor; nothing was changed."""


def migrate(engine: Engine) -> tuple[str, ...]:
    """Run what is missing and return the revisions that were run, the first one first.

    One process at a time: another waits, and then finds nothing to do. Each database takes all of
    it or nothing, so that a crash half-way leaves what was there before.

    Raises `NewerDatabase` when the database knows a revision that this version does not.
    """
    known = revisions()
    with reading(engine).connect() as connection:
        if not _missing(connection, known):
            return ()
    with engine.begin() as connection:
        _be_the_only_one(connection)
        missing = _missing(connection, known)
        if missing:
            upgrade(connection, "head")
    return missing


def upgrade(connection: Connection, revision: str) -> None:
    """Bring a database forward to this revision, within the transaction of this connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revisions() -> tuple[str, ...]:
    """The revisions that this version knows, the first one first: files begin with theirs."""
    return tuple(sorted(path.name[:4] for path in (_SCRIPTS / "versions").glob("[0-9]*.py")))


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one."""
    if not connection.dialect.has_table(connection, _VERSION.name):
        return None
    found: str | None = connection.execute(select(_VERSION.c.version_num)).scalar_one_or_none()
    return found


def _missing(connection: Connection, known: tuple[str, ...]) -> tuple[str, ...]:
    at = revision_of(connection)
    if at is not None and at not in known:
        raise NewerDatabase(
            "this database was written by a later version of Gehoor: install that version, or "
            "restore a backup made before it"
        )
    return known if at is None else known[known.index(at) + 1 :]


def _be_the_only_one(connection: Connection) -> None:
    """On SQLite the transaction holds the whole database already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
    hold(connection, "migrations")
