"""What is the same for every test is made once in a process: empty tables, and compiled templates.

Each installation of a test begins with an empty SQLite database that every migration is run on, and
compiles each template that it shows. Both come out the same each time, and cost more than most
tests. What the migrations themselves make and keep is tested without this (`by_migrations`).
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader
from sqlalchemy import Connection

from storage.engines import open_engine
from storage.migrating import revision_of, upgrade
from web.compiling import SpeakingEnvironment

_compile = SpeakingEnvironment.compile
_compiled: dict[tuple[object, ...], Any] = {}


@contextmanager
def made_once() -> Iterator[None]:
    """For as long as the block lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.migrating.upgrade", _upgraded)
        patch.setattr(SpeakingEnvironment, "compile", _compiled_once)
        yield


@contextmanager
def by_migrations() -> Iterator[None]:
    """Within the block databases are made by the migrations after all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.migrating.upgrade", upgrade)
        yield


def _upgraded(connection: Connection, revision: str) -> None:
    is_new_file = connection.dialect.name == "sqlite" and revision_of(connection) is None
    if not is_new_file or revision != "head":
        upgrade(connection, revision)
        return
    for statement in empty_tables():
        connection.exec_driver_sql(statement)


@cache
def empty_tables() -> tuple[str, ...]:
    """The statements that make of an empty SQLite file what the migrations make of it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'made.db'}")
        with engine.begin() as connection:
            upgrade(connection, "head")
            schema = connection.exec_driver_sql(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
            ).all()
            rows = [
                f"INSERT INTO {name} VALUES ({', '.join(repr(each) for each in row)})"
                for kind, name, _ in schema
                if kind == "table"
                for row in connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            ]
        engine.dispose()
    return (*(statement for _, _, statement in schema), *rows)


def _compiled_once(
    environment: SpeakingEnvironment,
    source: str,
    name: str | None = None,
    filename: str | None = None,
    **more: Any,
) -> Any:
    if not isinstance(environment.loader, FileSystemLoader):  # a test's own templates
        return _compile(environment, source, name, filename, **more)
    # What is known of a language is put in as it is compiled: the catalogue's words, and whatever
    # follows from the settings. The catalogue is kept, so that its id stays its own.
    words = environment.text and environment.text.__self__  # type: ignore[attr-defined]  # a method
    settings = environment.known.get("settings")
    key = (source, name, filename, id(words), settings, *sorted(more.items()))
    if key not in _compiled:
        _compiled[key] = (_compile(environment, source, name, filename, **more), words)
    return _compiled[key][0]
