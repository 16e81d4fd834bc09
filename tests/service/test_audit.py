"""The audit finds what was changed, cut off or rewritten in the logs of cases."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sealing.stretching import TEST_COST
from service.chore_list import checkpoint_logs
from service.settings import read_settings
from service.wiring import open_house
from tests.service.talking import Reporter
from tests.service.terminal import Gehoor

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def reported(installed: Gehoor) -> Gehoor:
    """Two reports, and the checkpoint of their day."""

    async def report() -> None:
        house = open_house(read_settings(), clock=lambda: NOW, receipt_cost=TEST_COST)
        try:
            for name in ("one", "two"):
                await Reporter(house, name).tell(send=True)
            await checkpoint_logs(house, (NOW + timedelta(days=1)).date())
        finally:
            await house.close()

    asyncio.run(report())
    return installed


def _change(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "gehoor.db") as database:
        assert database.execute(statement).rowcount
    database.close()


def test_whole_logs_are_told_with_a_checkpoint_to_keep_elsewhere(reported: Gehoor) -> None:
    found = reported("audit")
    assert found.status == 0
    assert "2 cases, every log is whole." in found.out
    assert "Checkpoint of 2026-11-20" in found.out


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE log_entries SET action = 'closed' WHERE number = 1", "changed"),
        ("UPDATE log_entries SET day = '2026-11-19' WHERE number = 1", "changed"),
        ("DELETE FROM log_entries", "wrong_end"),
    ],
)
def test_a_change_in_the_database_is_found(
    reported: Gehoor, home: Path, statement: str, fault: str
) -> None:
    _change(home, statement)
    found = reported("audit")
    assert found.status == 1
    assert f": {fault}" in found.err


def test_a_case_that_is_gone_as_a_whole_is_missed_by_the_checkpoint(
    reported: Gehoor, home: Path
) -> None:
    with sqlite3.connect(home / "gehoor.db") as database:
        (ref,) = database.execute("SELECT ref FROM cases LIMIT 1").fetchone()
        for table, column in (("log_entries", "case_ref"), ("cases", "ref")):
            database.execute(f"DELETE FROM {table} WHERE {column} = ?", (ref,))
    database.close()
    found = reported("audit")
    assert found.status == 1
    assert "last checkpoint" in found.err
