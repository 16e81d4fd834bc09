"""The shelf of the cases' logs: entries are added, and nothing here changes or removes one."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from register.log import Checkpoint, LogEntry
from register.people import Role
from storage.tables import CHECKPOINTS, LOG_ENTRIES

_COLUMNS = tuple(column.name for column in LOG_ENTRIES.columns)
_CHECKPOINT_COLUMNS = tuple(column.name for column in CHECKPOINTS.columns)


def append(connection: Connection, entries: Iterable[LogEntry]) -> None:
    """Add entries to the logs of their cases; a number that is taken is an error."""
    rows = [{name: getattr(entry, name) for name in _COLUMNS} for entry in entries]
    if rows:
        connection.execute(insert(LOG_ENTRIES), rows)


class SqlLogShelf:
    """Implements `register.ports.LogShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_case(self, ref: str) -> tuple[LogEntry, ...]:
        """A case's log in its order."""
        chosen = select(LOG_ENTRIES).where(LOG_ENTRIES.c.case_ref == ref)
        rows = self._connection.execute(chosen.order_by(LOG_ENTRIES.c.number)).mappings()
        return tuple(LogEntry(**{**row, "role": Role(row["role"])}) for row in rows)

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Stores a day's checkpoint. A second one for a day is an error."""
        row = {name: getattr(checkpoint, name) for name in _CHECKPOINT_COLUMNS}
        self._connection.execute(insert(CHECKPOINTS), row)

    def last_checkpoint(self) -> Checkpoint | None:
        """The newest checkpoint."""
        chosen = select(CHECKPOINTS).order_by(CHECKPOINTS.c.day.desc()).limit(1)
        row = self._connection.execute(chosen).mappings().one_or_none()
        return None if row is None else Checkpoint(**row)
