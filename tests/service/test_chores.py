"""Chores are done once a period, survive faults and restarts, and take nothing that is named."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from register.checkpoints import Checkpoint, LogEnd, checkpoint
from register.log import tip_on
from sealing.blobs import new_content_key, seal_stream
from sealing.identifiers import new_id
from sealing.stretching import TEST_COST
from service.chore_list import CHORES, checkpoint_logs, sweep_blobs, wipe_drafts
from service.chores import PAUSE_AFTER_FAULT, Chore, ChoreKeeper, Every
from service.installation import set_up
from service.settings import read_settings
from service.wiring import House, open_house
from storage.transaction import SqlTransaction
from tests.service.talking import Reporter

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@asynccontextmanager
async def _house(clock: Clock) -> AsyncIterator[House]:
    house = open_house(read_settings(), clock=clock, receipt_cost=TEST_COST)
    try:
        yield house
    finally:
        await house.close()


@pytest.fixture
def furnished(home: Path) -> Path:
    set_up(read_settings(), START.date(), lambda _text: None)
    return home


@pytest.fixture
async def house(furnished: Path, clock: Clock) -> AsyncIterator[House]:
    async with _house(clock) as opened:
        yield opened


def _counting(every: Every = Every.DAY) -> tuple[Chore, list[date]]:
    done: list[date] = []

    async def work(_house: House, today: date) -> int:
        done.append(today)
        return 1

    return Chore(name="count", every=every, work=work), done


async def test_a_chore_is_done_once_a_day_whatever_the_number_of_processes(
    house: House, clock: Clock
) -> None:
    chore, done = _counting()
    processes = [ChoreKeeper(house, [chore]) for _ in range(3)]
    for hour in range(36):
        clock.now = START + timedelta(hours=hour)
        for process in processes:
            await process.do_due()
    assert done == [date(2026, 11, 20), date(2026, 11, 21)]


async def test_a_restart_does_not_do_it_again(house: House, clock: Clock) -> None:
    chore, done = _counting()
    await ChoreKeeper(house, [chore]).do_due()
    async with _house(clock) as again:
        await ChoreKeeper(again, [chore]).do_due()
    assert len(done) == 1


async def test_an_hourly_chore_is_done_every_hour(house: House, clock: Clock) -> None:
    chore, done = _counting(Every.HOUR)
    keeper = ChoreKeeper(house, [chore])
    for minutes in range(0, 180, 20):
        clock.now = START + timedelta(minutes=minutes)
        await keeper.do_due()
    assert len(done) == 3


async def test_a_day_counts_as_over_only_when_what_began_before_has_ended() -> None:
    midnight = datetime(2026, 11, 21, tzinfo=UTC)
    assert Every.DAY.period(midnight + timedelta(minutes=14)) == "2026-11-20"
    assert Every.DAY.period(midnight + timedelta(minutes=15)) == "2026-11-21"


async def test_a_chore_that_fails_stops_no_other_and_is_tried_again_later(
    house: House, clock: Clock
) -> None:
    tries = []

    async def fails(_house: House, _today: date) -> int:
        tries.append(clock.now)
        raise ValueError("somebody's words")

    fine, done = _counting()
    keeper = ChoreKeeper(house, [Chore(name="fails", every=Every.DAY, work=fails), fine])
    assert await keeper.do_due() == ("count",)
    assert await keeper.do_due() == ()
    clock.now += PAUSE_AFTER_FAULT + timedelta(seconds=1)
    assert await keeper.do_due() == ()
    assert len(tries) == 2
    assert len(done) == 1


async def test_every_chore_can_be_done_on_an_empty_installation_and_again(
    house: House, clock: Clock
) -> None:
    names = {chore.name for chore in CHORES}
    assert len(names) == len(CHORES)
    for _ in range(2):
        assert set(await ChoreKeeper(house, CHORES).do_due()) == names
        clock.now += timedelta(days=1)


def _blob(house: House, written: datetime) -> str:
    """A sealed file that was written at this moment."""
    blob = new_id()
    house.blobs.write(blob, seal_stream([b"photo"], new_content_key()))
    path = next(house.settings.blob_folder.glob(f"??/{blob}"))
    os.utime(path, (written.timestamp(), written.timestamp()))
    return blob


async def test_what_nothing_names_is_swept_after_a_day(house: House) -> None:
    old = _blob(house, START - timedelta(days=1, minutes=1))
    fresh = _blob(house, START - timedelta(hours=23))
    assert await sweep_blobs(house, START.date()) == 1
    assert set(house.blobs.ids()) == {fresh}
    assert old not in set(house.blobs.ids())


async def test_half_written_files_are_swept_as_well(house: House) -> None:
    folder = house.settings.blob_folder / "aa"
    folder.mkdir(parents=True)
    left = folder / f"{new_id()}.part"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    await sweep_blobs(house, START.date())
    assert not left.exists()


async def test_yesterday_is_closed_with_a_checkpoint_once(house: House) -> None:
    assert await checkpoint_logs(house, START.date()) == 1
    assert await checkpoint_logs(house, START.date()) == 0
    last = await house.database.read(lambda tx: tx.log.last_checkpoint())
    assert last is not None
    assert last.day == date(2026, 11, 19)


async def test_a_file_of_a_draft_stays_as_long_as_the_draft(house: House, clock: Clock) -> None:
    reporter = Reporter(house, "browser")
    await reporter.tell(send=False)
    clock.now = datetime.now(UTC) + timedelta(days=2)
    assert await sweep_blobs(house, clock.now.date()) == 0
    assert reporter.files[0].blob in set(house.blobs.ids())


async def test_a_file_of_a_case_stays(house: House, clock: Clock) -> None:
    reporter = Reporter(house, "browser")
    await reporter.tell(send=True)
    clock.now = datetime.now(UTC) + timedelta(days=2)
    lost = _blob(house, START - timedelta(days=3))
    assert await sweep_blobs(house, clock.now.date()) == 1
    assert lost not in set(house.blobs.ids())
    assert reporter.files[0].blob in set(house.blobs.ids())


async def test_a_checkpoint_covers_every_case_of_its_day(house: House, clock: Clock) -> None:
    await Reporter(house, "one").tell(send=True)
    await Reporter(house, "two").tell(send=True)
    clock.now += timedelta(days=1)
    await checkpoint_logs(house, clock.now.date())
    made = await house.database.read(lambda tx: tx.log.last_checkpoint())

    def worked_out(tx: SqlTransaction) -> Checkpoint:
        return checkpoint(
            (
                LogEnd(
                    name=house.key_ring.pseudonym("logs", ref),
                    tip=tip_on(tx.log.of_case(ref), ref, START.date()),
                    last_on=START.date(),
                    closed_on=None,
                )
                for ref in tx.cases.refs()
            ),
            START.date(),
        )

    assert made is not None
    assert made.cases == 2
    assert made == await house.database.read(worked_out)


async def test_a_lapsed_draft_goes_with_its_files(house: House, clock: Clock) -> None:
    reporter = Reporter(house, "browser")
    await reporter.tell(send=False)
    clock.now += timedelta(days=house.settings.draft_days + 1)
    assert await wipe_drafts(house, clock.now.date()) == 1
    assert reporter.files[0].blob not in set(house.blobs.ids())
