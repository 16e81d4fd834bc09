"""What a page reads of the database, without the page: its own statements, run by themselves."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage.engines import open_engine

Statement: TypeAlias = tuple[str, Any]
"""SQL as the driver gets it, and its values."""


@contextmanager
def written_down() -> Iterator[list[Statement]]:
    """Everything that this process reads within the block, in its order."""
    found: list[Statement] = []

    def note(
        connection: Any, cursor: Any, statement: str, values: Any, context: Any, is_many: bool
    ) -> None:
        del connection, cursor, context, is_many
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def milliseconds(url: str, statements: list[Statement], times: int) -> list[float]:
    """How long the driver alone takes for all of them, rows fetched and not looked at."""
    engine = open_engine(url)
    figures = []
    try:
        connection = engine.raw_connection()
        cursor = connection.cursor()
        for _ in range(times):
            began = time.perf_counter()
            for statement, values in statements:
                cursor.execute(statement, values)
                cursor.fetchall()
            figures.append(1000 * (time.perf_counter() - began))
        connection.close()
    finally:
        engine.dispose()
    return figures
