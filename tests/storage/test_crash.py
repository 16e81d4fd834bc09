"""Short series of `tests.crash`: killed at random moments, nothing is lost."""

import random
from pathlib import Path

import pytest

from tests.crash import chat, commands, intake, joining, migration, web
from tests.postgres import bare_database

SEED = 20261120


@pytest.mark.parametrize(("kind", "times"), [("sqlite", 6), ("postgresql", 5)])
async def test_what_was_acknowledged_survives_being_killed(
    kind: str, times: int, tmp_path: Path
) -> None:
    with bare_database(kind, tmp_path) as url:
        toll = await intake.series(tmp_path, url, times, random.Random(SEED))
    assert toll.kills == times
    assert toll.acknowledged > 100
    assert toll.receipts > 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_people_at_the_web_form_lose_nothing(kind: str, tmp_path: Path) -> None:
    with bare_database(kind, tmp_path) as url:
        toll = await web.series(tmp_path, url, 2, random.Random(SEED))
    assert toll.acknowledged > 50
    assert toll.receipts > 0


async def test_people_who_chat_come_to_their_receipts(tmp_path: Path) -> None:
    with bare_database("sqlite", tmp_path) as url:
        toll = await chat.series(tmp_path, url, 2, random.Random(SEED))
    assert toll.receipts >= chat.PEOPLE


async def test_two_processes_on_one_database_are_killed_in_turn(tmp_path: Path) -> None:
    with bare_database("postgresql", tmp_path) as url:
        toll = await chat.series(tmp_path, url, 2, random.Random(SEED), processes=2)
    assert toll.receipts >= chat.PEOPLE


async def test_a_rotation_is_killed_while_people_report(tmp_path: Path) -> None:
    with bare_database("sqlite", tmp_path) as url:
        toll = await commands.rotation(tmp_path, url, 2, random.Random(SEED))
    assert toll.acknowledged > 50


async def test_a_recovery_that_is_killed_leaves_no_case_half_handed_over(tmp_path: Path) -> None:
    with bare_database("sqlite", tmp_path) as url:
        toll = await commands.recovery(tmp_path, url, 1, random.Random(SEED))
    assert toll.receipts > 0


async def test_a_new_handler_who_reads_along_is_killed_and_goes_on(tmp_path: Path) -> None:
    with bare_database("sqlite", tmp_path) as url:
        toll = await joining.series(tmp_path, url, 2, random.Random(SEED))
    assert toll.acknowledged > 0


async def test_a_migration_that_is_killed_is_done_or_undone(tmp_path: Path) -> None:
    with bare_database("sqlite", tmp_path) as url:
        toll = await migration.series(tmp_path, url, 4, random.Random(SEED))
    assert toll.kills == 4
