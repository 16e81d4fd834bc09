"""Bringing a database to the shape that this version needs; run at each start.

Migrations live in `storage/migrations/versions`, one file a change, and only ever move forward:
going back is restoring a backup.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage.errors import StorageError

_SCRIPTS = Path(__file__).parent / "migrations"


class NewerDatabase(StorageError):
    """The database was written by a later version of Gehoor; nothing was changed."""


def migrate(engine: Engine) -> tuple[str, ...]:
    """Run what is missing and return the revisions that were run, the first one first.

    Raises `NewerDatabase` when the database knows a revision that this version does not.
    """
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        at = context.get_current_revision()
    known = [script.revision for script in scripts.walk_revisions()][::-1]
    if at is not None and at not in known:
        raise NewerDatabase(
            "this database was written by a later version of Gehoor: install that version, or "
            "restore a backup made before it"
        )
    missing = tuple(known if at is None else known[known.index(at) + 1 :])
    if missing:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return missing
