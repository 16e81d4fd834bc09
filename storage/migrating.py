"""Bringing a database to the shape that this version needs; run at each start.

Migrations live in `storage/migrations/versions`, one file a change, and only ever move forward:
going back is restoring a backup.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from storage.engines import reading
from storage.errors import StorageError
from storage.locks import hold

PATIENCE_SECONDS = 60
"""How long a process waits for another one's migrations."""
_SCRIPTS = Path(__file__).parent / "migrations"


class NewerDatabase(StorageError):
    """The database was written by a later version of Gehoor; nothing was changed."""


def migrate(engine: Engine) -> tuple[str, ...]:
    """Run what is missing and return the revisions that were run, the first one first.

    One process at a time: another waits, and then finds nothing to do. Each database takes all of
    it or nothing, so that a crash half-way leaves what was there before.

    Raises `NewerDatabase` when the database knows a revision that this version does not.
    """
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    known = revisions()
    with reading(engine).connect() as connection:
        if not _missing(connection, known):
            return ()
    with engine.begin() as connection:
        _be_the_only_one(connection)
        missing = _missing(connection, known)
        if missing:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return missing


def revisions() -> tuple[str, ...]:
    """The revisions that this version knows, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


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
