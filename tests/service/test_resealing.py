"""Everything is sealed anew after a rotation, while the house serves, and after a kill."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.patience import Failures
from register.sites import Category, Organisation
from sealing.identifiers import new_id
from sealing.key_ring import KeyRing, new_key_ring
from sealing.key_ring_file import create_key_ring, load_key_ring, save_key_ring
from sealing.stretching import TEST_COST
from service.api_tokens import make_token
from service.clock import now, today
from service.command_line import run_command
from service.demo.making import make_sample
from service.foundations import Records, records
from service.installation import set_up
from service.living_key_ring import LivingKeyRing
from service.refusals import Refused
from service.resealing import Resealing, reseal, rows_left, sealed_columns
from service.settings import Settings, read_settings
from service.wiring import open_house
from storage import releases
from storage.tables import METADATA
from storage.transaction import SqlTransaction
from tests.service.talking import Reporter
from tests.service.terminal import Gehoor

MANY = 1_000
NEVER_IN_THE_SAMPLE = {
    "accounts.last_step_sealed",
    "dialogues.state_sealed",  # of the test below, in which somebody is about to send
    "logins.details_sealed",
    "deliveries.details_sealed",
    "outbox.message_sealed",
    "webhooks.details_sealed",  # the operator's to add
}
"""Nothing of them is left in a sample, or was ever in it. Their rows are named by their one key."""


@pytest.fixture
def furnished(home: Path) -> Settings:
    settings = read_settings()
    set_up(settings, today(), lambda _text: None)
    return settings


@pytest.fixture
def kept(furnished: Settings) -> Iterator[Records]:
    with records(furnished) as opened:
        yield opened


def _fill(tx: SqlTransaction) -> None:
    for number in range(MANY):
        tx.sites.put_organisation(_organisation(f"Sample {number}"))


def _organisation(name: str) -> Organisation:
    return Organisation(
        id=new_id(), name=name, category=Category.C, employees=None, turnover_eur=None
    )


def _give_token(tx: SqlTransaction, ring: KeyRing) -> None:
    importer = next(iter(tx.sites.organisations()))
    make_token(tx, ring, importer.id, ("score",), today(), 7)


def _rotated(settings: Settings) -> KeyRing:
    ring = load_key_ring(settings.key_ring_file).rotated(today())
    save_key_ring(ring, settings.key_ring_file)
    return ring


def test_every_sealed_column_of_a_whole_installation_opens_under_the_new_key_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings()
    make_sample(settings, today(), cost=TEST_COST)
    ring = _rotated(settings)
    with records(settings) as kept:
        kept.write(
            lambda tx: tx.accounts.put_failures("somebody", Failures(count=1, last_at=now()))
        )
        kept.write(lambda tx: _give_token(tx, ring))
        monkeypatch.setattr(releases, "WORTH_A_PAGE", 1)
        assert kept.write(lambda tx: tx.releases.gather())
        seen = set()
        for column in sealed_columns():
            table = METADATA.tables[column.table]
            with kept.database.snapshot() as snapshot:
                rows = snapshot.execute(table.select().with_only_columns(table.c[column.column]))
                if any(value is not None for value in rows.scalars().all()):
                    seen.add(f"{column.table}.{column.column}")
        with Resealing(settings.effective_database_url, ring) as work:
            assert asyncio.run(reseal(kept.database, work, ring, lambda *_: None)) == 0
    everything = {f"{each.table}.{each.column}" for each in sealed_columns()}
    assert everything - seen <= NEVER_IN_THE_SAMPLE
    alone = ring
    for key in ring.keys[1:]:
        alone = alone.without(key.id)
    save_key_ring(alone, settings.key_ring_file)
    with records(settings) as kept:
        assert kept.read(lambda tx: [tx.cases.get(ref) for ref in tx.cases.refs()])
        assert kept.read(lambda tx: list(tx.sites.sites()))
        assert kept.read(lambda tx: tx.people.staff()).handlers


def test_a_value_that_was_changed_meanwhile_is_left_to_the_next_pass(
    kept: Records, furnished: Settings
) -> None:
    kept.write(_fill)
    ring = _rotated(furnished)

    # This process holds the older ring on purpose, as a house does for some seconds.
    async def both() -> None:
        with Resealing(furnished.effective_database_url, ring, rows_at_once=50) as work:
            changing = [
                kept.database.transaction(
                    lambda tx, name=name: tx.sites.put_organisation(_organisation(name))
                )
                for name in ("One more", "And another")
            ]
            await asyncio.gather(*changing, work.run(lambda _: None))
            await work.run(lambda _: None)

    asyncio.run(both())
    with records(furnished) as again:
        assert rows_left(again.database, ring) == 0
        assert again.read(lambda tx: len(list(tx.sites.organisations()))) == MANY + 2


def test_what_was_broken_off_goes_on_where_it_stopped(installed: Gehoor, home: Path) -> None:
    with records(read_settings()) as kept:
        kept.write(_fill)
    process = subprocess.Popen(
        [sys.executable, "-c", "from service.command_line import main; main()", "keys", "rotate"],
        env={**os.environ, "GEHOOR_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Sealing anew"):
            break
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    keys = installed("keys", "list").out
    assert "still sealed under older keys: gehoor keys reseal" in keys
    older = load_key_ring(home / "key-ring").keys[1].id
    assert "still sealed" in installed("keys", "drop", older).err
    done = installed("keys", "reseal")
    assert done.status == 0, done.err
    assert "Everything is sealed under the newest key." in done.out
    assert installed("keys", "drop", older).status == 0
    assert len(installed("organisations", "list").out.splitlines()) == MANY


async def test_a_house_that_serves_learns_of_the_new_key_and_keeps_every_draft(
    furnished: Settings,
) -> None:
    house = open_house(furnished, receipt_cost=TEST_COST)
    try:
        before = Reporter(house, "before")
        await before.tell(send=False)
        assert await asyncio.to_thread(run_command, ["keys", "rotate"]) == 0
        sent = await before.tell(send=True)
        assert sent.screens
        assert house.key_ring.keys[0].id == load_key_ring(furnished.key_ring_file).keys[0].id
        await Reporter(house, "after").tell(send=True)
        assert await house.database.read(lambda tx: len(list(tx.cases.refs()))) == 2
        assert await asyncio.to_thread(rows_left, house.database, house.key_ring) == 0
    finally:
        await house.close()


def test_a_value_that_was_altered_stops_it_and_says_where_not_what(
    kept: Records, furnished: Settings
) -> None:
    table = METADATA.tables["teams"]
    with Resealing(furnished.effective_database_url, kept.key_ring) as work:
        change = table.update().values(details_sealed=kept.key_ring.keys[0].head + bytes(40))
        asyncio.run(work._writer.run(lambda connection: connection.execute(change).rowcount))
    ring = _rotated(furnished)
    with (
        Resealing(furnished.effective_database_url, ring) as work,
        pytest.raises(Refused, match=r"teams\.details_sealed was altered"),
    ):
        asyncio.run(work.run(lambda _: None))


def test_a_ring_of_another_installation_or_a_damaged_one_is_not_taken_over(
    tmp_path: Path,
) -> None:
    path = tmp_path / "key-ring"
    create_key_ring(path, today())
    living = LivingKeyRing(path)
    known = living.keys
    assert not living.learn()
    save_key_ring(new_key_ring(today()), path)
    assert not living.learn()
    path.write_text("{}")
    assert not living.learn()
    path.unlink()
    assert not living.learn()
    assert living.keys == known


def test_a_living_ring_opens_what_a_newer_ring_sealed_and_then_seals_with_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "key-ring"
    living_before = create_key_ring(path, today())
    living = LivingKeyRing(path)
    newer = living_before.rotated(today())
    save_key_ring(newer, path)
    sealed = newer.seal_row("sites", "details", "one", b"content")
    assert living.open_row("sites", "details", "one", sealed) == b"content"
    assert living.is_current(living.seal_row("sites", "details", "one", b"more"))
    assert living.keys == newer.keys
