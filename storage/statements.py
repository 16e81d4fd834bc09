"""The few statements that SQLite and PostgreSQL spell in their own dialect, in one spelling.

Building a statement costs more than running it, so each is built once for its table and columns.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

Names = tuple[str, ...]


def put(
    connection: Connection, table: Table, row: Mapping[str, Any], *, key: Names = ("id",)
) -> None:
    """Insert the row, or replace the columns of the row that has this key."""
    connection.execute(_putting(connection.dialect.name, table, tuple(row), key), row)


def put_if_new(
    connection: Connection, table: Table, row: Mapping[str, Any], *, key: Names = ("id",)
) -> bool:
    """Insert the row; False when a row with this key was there already."""
    return connection.execute(_inserting(connection.dialect.name, table, key), row).rowcount == 1


def add(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    *,
    key: Names,
    counts: Mapping[str, int],
) -> None:
    """Add to the counts of the row that has this key; the row begins at these counts."""
    statement = _adding(connection.dialect.name, table, key, tuple(counts))
    connection.execute(statement, {**row, **counts})


def _insert(dialect: str, table: Table) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


@cache
def _putting(dialect: str, table: Table, columns: Names, key: Names) -> Executable:
    statement = _insert(dialect, table)
    changes = {name: statement.excluded[name] for name in columns if name not in key}
    updating: Executable = statement.on_conflict_do_update(index_elements=key, set_=changes)
    return updating


@cache
def _inserting(dialect: str, table: Table, key: Names) -> Executable:
    inserting: Executable = _insert(dialect, table).on_conflict_do_nothing(index_elements=key)
    return inserting


@cache
def _adding(dialect: str, table: Table, key: Names, counts: Names) -> Executable:
    statement = _insert(dialect, table)
    changes = {name: table.c[name] + statement.excluded[name] for name in counts}
    adding: Executable = statement.on_conflict_do_update(index_elements=key, set_=changes)
    return adding
