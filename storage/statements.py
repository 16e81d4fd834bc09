"""The few statements that SQLite and PostgreSQL spell in their own dialect, in one spelling.

Building a statement costs more than running it, so each is built once for its table and columns.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared

Names = tuple[str, ...]


def add_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row; a fault of the database where a row with its key is there already."""
    _adding_new(connection.dialect.name, table, tuple(row)).change(connection, row)


def put(
    connection: Connection, table: Table, row: Mapping[str, Any], *, key: Names = ("id",)
) -> None:
    """Insert the row, or replace the columns of the row that has this key."""
    _putting(connection.dialect.name, table, tuple(row), key).change(connection, row)


def put_if_new(
    connection: Connection, table: Table, row: Mapping[str, Any], *, key: Names = ("id",)
) -> bool:
    """Insert the row; False when a row with this key was there already."""
    inserting = _inserting(connection.dialect.name, table, tuple(row), key)
    return inserting.change(connection, row) == 1


def add(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    *,
    key: Names,
    counts: Mapping[str, int],
) -> None:
    """Add to the counts of the row that has this key; the row begins at these counts."""
    given = {**row, **counts}
    adding = _adding(connection.dialect.name, table, tuple(given), key, tuple(counts))
    adding.change(connection, given)


def _insert(dialect: str, table: Table) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


@cache
def _adding_new(dialect: str, table: Table, columns: Names) -> Prepared:
    return Prepared(_insert(dialect, table), columns)


@cache
def _putting(dialect: str, table: Table, columns: Names, key: Names) -> Prepared:
    statement = _insert(dialect, table)
    changes = {name: statement.excluded[name] for name in columns if name not in key}
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=changes), columns)


@cache
def _inserting(dialect: str, table: Table, columns: Names, key: Names) -> Prepared:
    return Prepared(_insert(dialect, table).on_conflict_do_nothing(index_elements=key), columns)


@cache
def _adding(dialect: str, table: Table, columns: Names, key: Names, counts: Names) -> Prepared:
    statement = _insert(dialect, table)
    changes = {name: table.c[name] + statement.excluded[name] for name in counts}
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=changes), columns)
