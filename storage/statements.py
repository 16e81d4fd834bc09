"""The few statements that SQLite and PostgreSQL spell in their own dialect, in one spelling."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: Connection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def put(
    connection: Connection, table: Table, row: Mapping[str, Any], *, key: Iterable[str] = ("id",)
) -> None:
    """Insert the row, or replace the columns of the row that has this key."""
    keys = list(key)
    statement = _insert(connection, table)
    changes = {name: statement.excluded[name] for name in row if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), row)


def put_if_new(
    connection: Connection, table: Table, row: Mapping[str, Any], *, key: Iterable[str] = ("id",)
) -> bool:
    """Insert the row; False when a row with this key was there already."""
    statement = _insert(connection, table).on_conflict_do_nothing(index_elements=list(key))
    return connection.execute(statement, row).rowcount == 1


def add(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    *,
    key: Iterable[str],
    counts: Mapping[str, int],
) -> None:
    """Add to the counts of the row that has this key; the row begins at these counts."""
    statement = _insert(connection, table)
    changes = {name: table.c[name] + statement.excluded[name] for name in counts}
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=changes), {**row, **counts}
    )
