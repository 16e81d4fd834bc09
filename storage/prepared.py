"""Statements that every step of a conversation runs: compiled once, run on the driver's cursor.

SQLAlchemy writes the statement for the database at hand and says how values are bound; running it
needs nothing more of it. That takes a third of the time of `Connection.execute`, and a step runs
three of them. Used by `storage.statements` and `storage.dialogues`.

Only for statements whose values come with each run and whose results need no conversion: bytes,
text, whole numbers. Faults come out as SQLAlchemy's own, so that there is one kind to translate.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Bind = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as one kind of database takes it."""

    text: str
    names: tuple[str, ...]
    binds: tuple[Bind | None, ...]
    is_positional: bool

    def arguments(self, given: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        """The given values as the driver wants them."""
        values = tuple(
            given[name] if bind is None else bind(given[name])
            for name, bind in zip(self.names, self.binds, strict=True)
        )
        return values if self.is_positional else dict(zip(self.names, values, strict=True))


class Prepared:
    """A statement, written once for each kind of database."""

    __slots__ = ("_columns", "_statement", "_written")

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        """`columns` are those that an insert fills; without them it fills all."""
        self._statement = statement
        self._columns = columns
        self._written: dict[str, _Written] = {}

    def change(self, connection: Connection, given: Mapping[str, Any]) -> int:
        """Run it; how many rows it changed."""
        cursor = self._run(connection, given)
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def first(self, connection: Connection, given: Mapping[str, Any]) -> Any | None:
        """Run it; the first column of the first row, or None."""
        cursor = self._run(connection, given)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else row[0]

    def _run(self, connection: Connection, given: Mapping[str, Any]) -> Any:
        dialect = connection.dialect
        written = self._written.get(dialect.name) or self._write(dialect)
        driver = connection.connection
        try:
            cursor = driver.cursor()
            cursor.execute(written.text, written.arguments(given))
        except dialect.loaded_dbapi.Error as fault:
            is_lost = dialect.is_disconnect(fault, driver, None)
            raise DBAPIError(None, None, fault, connection_invalidated=is_lost) from None
        return cursor

    def _write(self, dialect: Dialect) -> _Written:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only statements with values can be prepared")
        names = tuple(compiled.positiontup or compiled.binds)
        written = _Written(
            text=str(compiled),
            names=names,
            binds=tuple(_bind_of(compiled, name, dialect) for name in names),
            is_positional=compiled.positional,
        )
        self._written[dialect.name] = written
        return written


def _bind_of(compiled: SQLCompiler, name: str, dialect: Dialect) -> Bind | None:
    bind: Bind | None = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
    return bind
