"""Scheduled work is done once a period, by one process, and taken over from a dead one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sealing.key_ring import new_key_ring
from storage.database import Database

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = "2026-11-20"
TOMORROW = "2026-11-21"
LASTS = timedelta(minutes=10)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'gehoor.db'}", new_key_ring(NOW.date()))
    yield opened
    opened.close()


async def _take(database: Database, holder: str, period: str = TODAY, at: datetime = NOW) -> bool:
    return await database.transaction(
        lambda tx: tx.leases.take("wipe", period=period, holder=holder, now=at, lasts=LASTS)
    )


async def _finish(database: Database, holder: str, period: str = TODAY) -> bool:
    return await database.transaction(
        lambda tx: tx.leases.finish("wipe", period=period, holder=holder)
    )


async def test_one_process_takes_a_piece_of_work(database: Database) -> None:
    assert await _take(database, "first")
    assert not await _take(database, "second")


async def test_what_is_done_is_not_done_again_in_its_period(database: Database) -> None:
    assert await _take(database, "first")
    assert await _finish(database, "first")
    assert not await _take(database, "second")
    assert await _take(database, "second", TOMORROW)


async def test_a_dead_process_is_followed_by_another_when_its_lease_runs_out(
    database: Database,
) -> None:
    assert await _take(database, "dead")
    assert not await _take(database, "next", at=NOW + LASTS - timedelta(seconds=1))
    assert await _take(database, "next", at=NOW + LASTS)
    assert not await _finish(database, "dead")
    assert await _finish(database, "next")


async def test_what_failed_waits_before_it_is_tried_again(database: Database) -> None:
    assert await _take(database, "first")
    later = NOW + timedelta(minutes=5)
    assert await database.transaction(
        lambda tx: tx.leases.put_off("wipe", holder="first", until=later)
    )
    assert not await _take(database, "first", at=later - timedelta(seconds=1))
    assert await _take(database, "first", at=later)


async def test_looking_whether_work_is_due_changes_nothing(database: Database) -> None:
    assert await database.read(lambda tx: tx.leases.is_due("wipe", TODAY, NOW))
    assert await _take(database, "first")
    assert not await database.read(lambda tx: tx.leases.is_due("wipe", TODAY, NOW))


async def test_two_kinds_of_work_do_not_wait_for_each_other(database: Database) -> None:
    assert await _take(database, "first")
    assert await database.transaction(
        lambda tx: tx.leases.take("sweep", period=TODAY, holder="second", now=NOW, lasts=LASTS)
    )
