"""Migrations under SIGKILL: a filled database of each earlier version is brought to this one.

Promises held to, after each kill and start: the database is of the earlier shape or of the new one,
never between; the next start finishes; and every row that was there still is, as it was.

The rows are those of a real installation, put into the tables as the earlier version had them.
"""

import asyncio
import multiprocessing
import random
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, MetaData, insert, select

from service.foundations import records
from service.settings import Settings
from storage.engines import open_engine
from storage.migrating import migrate, revision_of, revisions, upgrade
from tests.crash import web
from tests.crash.house import settings_of
from tests.crash.toll import Toll

LONGEST_SECONDS: Final = 0.6
"""Of a migration before it is killed; the first ones at once, the last when it is nearly done."""
_MADE_ANEW = {"lines_sealed", "format"}
"""Columns that earlier versions did not have, and that a migration fills in its own way."""
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["storage.migrating", "storage.engines"])

Rows = Mapping[str, list[dict[str, Any]]]


def bring_to_now(url: str) -> None:
    """What the process does that is killed."""
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


async def series(home: Path, url: str, times: int, dice: random.Random) -> Toll:
    """Kill so many migrations; raises `AssertionError` at the first promise that was broken."""
    assert url.startswith("sqlite"), "filled databases are copied as files"
    toll = await web.series(home, url, 1, dice)
    settings = settings_of(home, url)
    engine = open_engine(url)
    rows = _rows(engine)
    engine.dispose()
    assert rows["cases"], "there is nothing in it that could be lost"
    for number in range(times):
        earlier = dice.choice(revisions()[:-1])
        folder = home / f"earlier-{number}"
        folder.mkdir()
        copy = f"sqlite:///{folder / 'gehoor.db'}"
        known = await asyncio.to_thread(_fill, copy, earlier, rows)
        filled = {name: rows[name] for name in rows.keys() & known}
        await asyncio.to_thread(_killed, copy, dice.uniform(0.0, LONGEST_SECONDS))
        await asyncio.to_thread(_examine, copy, earlier, filled)
        if number == times - 1:
            there = Path(url.removeprefix("sqlite:///"))
            for left in there.parent.glob(f"{there.name}*"):
                left.unlink()
            shutil.move(folder / "gehoor.db", there)
            _read_all(settings)
        shutil.rmtree(folder)
    return Toll(kills=times, acknowledged=toll.acknowledged, receipts=toll.receipts)


def _rows(engine: Engine) -> Rows:
    tables = _tables(engine)
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def _tables(engine: Engine) -> MetaData:
    """The tables as they are there, of whatever version."""
    found = MetaData()
    found.reflect(engine)
    return found


def _fill(url: str, revision: str, rows: Rows) -> set[str]:
    """A database as that version made it, with the rows of an installation; gives its tables."""
    engine = open_engine(url)
    with engine.begin() as connection:
        upgrade(connection, revision)
    tables = _tables(engine)
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            known = {column.name for column in table.columns}
            old = [
                {name: value for name, value in row.items() if name in known}
                for row in rows.get(table.name, [])
            ]
            if old:
                connection.execute(insert(table), old)
    engine.dispose()
    return set(tables.tables)


def _killed(url: str, seconds: float) -> None:
    process = _PROCESSES.Process(target=bring_to_now, args=(url,))
    process.start()
    time.sleep(seconds)
    process.kill()
    process.join()
    process.close()


def _examine(url: str, earlier: str, rows: Rows) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        at = revision_of(connection)
    assert at in {earlier, revisions()[-1]}, "the database is between two versions"
    migrate(engine)
    now = _rows(engine)
    for name, before in rows.items():
        after = now.get(name, [])
        assert len(after) == len(before)
        for one, other in zip(_sorted(before), _sorted(after), strict=False):
            shared = one.keys() & other.keys() - _MADE_ANEW
            assert {key: one[key] for key in shared} == {key: other[key] for key in shared}
    engine.dispose()


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def _read_all(settings: Settings) -> None:
    """The installation opens, and every case can be read."""
    with records(settings) as kept:
        for ref in kept.read(lambda tx: tx.cases.refs()):
            assert kept.read(lambda tx, one=ref: tx.cases.get(one)) is not None
            kept.read(lambda tx, one=ref: tx.cases.envelope(one))
