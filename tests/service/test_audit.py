"""The audit finds what was changed, cut off or rewritten in the logs of cases."""

import asyncio
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from register.case import Actor, CaseStatus, record
from register.checkpoints import checkpoint, first_form
from register.people import Role
from sealing.signing import SigningKey
from sealing.stretching import TEST_COST
from service.chore_list import checkpoint_logs
from service.foundations import records
from service.settings import read_settings
from service.wiring import open_house
from storage.transaction import SqlTransaction
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
    found = reported("audit", "verify")
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
    found = reported("audit", "verify")
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
    found = reported("audit", "verify")
    assert found.status == 1
    assert "last checkpoint" in found.err


def _receipt(reported: Gehoor, tmp_path: Path) -> Path:
    written = tmp_path / "receipt.json"
    made = reported("audit", "receipt", "--to", str(written))
    assert made.status == 0
    assert "2026-11-20, 2 cases" in made.out
    return written


def test_a_receipt_is_good_for_as_long_as_nobody_changes_the_logs_of_its_day(
    reported: Gehoor, tmp_path: Path
) -> None:
    written = _receipt(reported, tmp_path)
    assert reported("audit", "check", str(written)).status == 0
    again = reported("audit", "receipt", "--to", str(written))
    assert again.status == 1
    assert "there already" in again.err


def test_a_receipt_finds_what_somebody_rewrote_with_all_checkpoints(
    reported: Gehoor, home: Path, tmp_path: Path
) -> None:
    written = _receipt(reported, tmp_path)
    with sqlite3.connect(home / "gehoor.db") as database:
        (ref,) = database.execute("SELECT ref FROM cases LIMIT 1").fetchone()
        for table, column in (
            ("log_entries", "case_ref"),
            ("case_readers", "case_ref"),
            ("case_organisations", "case_ref"),
            ("case_blobs", "case_ref"),
            ("cases", "ref"),
        ):
            database.execute(f"DELETE FROM {table} WHERE {column} = ?", (ref,))
        database.execute("DELETE FROM checkpoints")
    database.close()
    with records(read_settings()) as kept:
        ends = kept.read(lambda tx: tx.log.ends_on(NOW.date())).ends
        made = checkpoint(ends, NOW.date(), None)
        kept.write(lambda tx: tx.log.put_checkpoint(made))
    assert reported("audit", "verify").status == 0
    found = reported("audit", "check", str(written))
    assert found.status == 1
    assert "not what they were when this receipt was made" in found.err


def test_checkpoints_and_receipts_of_the_first_form_are_good_until_a_record_is_erased(
    reported: Gehoor, home: Path, tmp_path: Path
) -> None:
    with records(read_settings()) as kept:
        day = NOW.date()
        made = kept.read(lambda tx: first_form(tx.log.tips_on(day), day, ""))
    _change(home, "DELETE FROM checkpoints")
    with records(read_settings()) as kept:
        kept.write(lambda tx: tx.log.put_checkpoint(made))
    assert reported("audit", "verify").status == 0
    written = _receipt(reported, tmp_path)
    assert "gehoor log receipt 1" in written.read_text()
    assert reported("audit", "check", str(written)).status == 0
    with records(read_settings()) as kept:
        kept.write(_erase_one)
    found = reported("audit", "check", str(written))
    assert found.status == 1
    assert "too old to be compared" in found.err
    found = reported("audit", "verify")
    assert found.status == 1
    assert "last checkpoint" in found.err
    assert "tombstone" in found.err


def _erase_one(tx: SqlTransaction) -> None:
    case = tx.cases.get(tx.cases.refs()[0])
    assert case is not None
    closed, entry = record(
        replace(case, status=CaseStatus.CLOSED), "close", Actor(role=Role.RULE), NOW.date()
    )
    tx.cases.keep(closed, entry)
    tx.cases.erase_files(case.ref)
    tx.log.bury(case.ref, NOW.date())
    tx.cases.erase(closed)


def test_records_that_were_erased_are_counted(reported: Gehoor, home: Path) -> None:
    with records(read_settings()) as kept:
        kept.write(_erase_one)
        days = "closed_on = '2020-01-01', last_on = '2020-01-01'"
    assert "too_young" in reported("audit", "verify").err
    _change(home, "DELETE FROM checkpoints")
    _change(home, f"UPDATE tombstones SET {days}")
    with records(read_settings()) as kept:
        proof = kept.key_ring.pseudonym("tombstones", *_stone(home))
    _change(home, f"UPDATE tombstones SET proof = '{proof}'")
    found = reported("audit", "verify")
    assert found.status == 0
    assert "1 cases, every log is whole." in found.out
    assert "1 records were erased by rule." in found.out


def _stone(home: Path) -> tuple[str, ...]:
    columns = "name, length, digest, last_on, closed_on, erased_on"
    with sqlite3.connect(home / "gehoor.db") as database:
        row = database.execute(f"SELECT {columns} FROM tombstones").fetchone()
    database.close()
    return tuple(map(str, row))


def test_a_receipt_that_was_changed_or_is_of_others_says_so(
    reported: Gehoor, tmp_path: Path
) -> None:
    written = _receipt(reported, tmp_path)
    good = written.read_text()
    told = json.loads(good)
    other = SigningKey(b"o" * 32)
    changes = {
        "its signature is not of what it says": {**told, "cases": "3"},
        "of another installation": {**told, "key": other.public.hex()},
    }
    for said, changed in changes.items():
        written.write_text(json.dumps(changed))
        found = reported("audit", "check", str(written))
        assert found.status == 1
        assert said in found.err


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "no receipt", '{"format": "gehoor log receipt 1"}', "9" * 20_000]
)
def test_a_file_that_is_no_receipt_is_refused(
    reported: Gehoor, tmp_path: Path, content: str
) -> None:
    written = tmp_path / "receipt.json"
    written.write_text(content)
    found = reported("audit", "check", str(written))
    assert found.status == 1
    assert "no receipt of the log" in found.err


def test_before_the_first_night_there_is_nothing_to_sign(installed: Gehoor, tmp_path: Path) -> None:
    found = installed("audit", "receipt", "--to", str(tmp_path / "receipt.json"))
    assert found.status == 1
    assert "no checkpoint yet" in found.err
