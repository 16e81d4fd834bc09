"""The shelf of the cases' logs: entries are added, and nothing here changes or removes one."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, func, insert, select

from register.log import Checkpoint, LogEntry, LogTip
from register.people import Role
from storage.statements import add_new
from storage.tables import CHECKPOINTS, LOG_ENTRIES

_COLUMNS = tuple(column.name for column in LOG_ENTRIES.columns)
_CHECKPOINT_COLUMNS = tuple(column.name for column in CHECKPOINTS.columns)
_LAST = (
    select(LOG_ENTRIES.c.case_ref, func.max(LOG_ENTRIES.c.number).label("number"))
    .where(LOG_ENTRIES.c.day <= bindparam("last_day"))
    .group_by(LOG_ENTRIES.c.case_ref)
    .subquery()
)
_ENDS = select(LOG_ENTRIES.c.case_ref, LOG_ENTRIES.c.number, LOG_ENTRIES.c.digest).join(
    _LAST,
    (LOG_ENTRIES.c.case_ref == _LAST.c.case_ref) & (LOG_ENTRIES.c.number == _LAST.c.number),
)


def append(connection: Connection, entries: Iterable[LogEntry]) -> None:
    """Add entries to the logs of their cases; a number that is taken is an error."""
    for entry in entries:
        row = {name: getattr(entry, name) for name in _COLUMNS}
        add_new(connection, LOG_ENTRIES, row)


class SqlLogShelf:
    """Implements `register.ports.LogShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_case(self, ref: str) -> tuple[LogEntry, ...]:
        """A case's log in its order."""
        chosen = select(LOG_ENTRIES).where(LOG_ENTRIES.c.case_ref == ref)
        rows = self._connection.execute(chosen.order_by(LOG_ENTRIES.c.number)).mappings()
        return tuple(LogEntry(**{**row, "role": Role(row["role"])}) for row in rows)

    def ends_on(self, day: date) -> tuple[tuple[str, LogTip], ...]:
        """Where every log ended at the end of a day, by case; for that day's checkpoint."""
        rows = self._connection.execute(_ENDS, {"last_day": day})
        return tuple((row.case_ref, LogTip(length=row.number, digest=row.digest)) for row in rows)

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Stores a day's checkpoint. A second one for a day is an error."""
        row = {name: getattr(checkpoint, name) for name in _CHECKPOINT_COLUMNS}
        self._connection.execute(insert(CHECKPOINTS), row)

    def last_checkpoint(self) -> Checkpoint | None:
        """The newest checkpoint."""
        chosen = select(CHECKPOINTS).order_by(CHECKPOINTS.c.day.desc()).limit(1)
        row = self._connection.execute(chosen).mappings().one_or_none()
        return None if row is None else Checkpoint(**row)
