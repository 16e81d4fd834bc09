"""An open database: what a read may do, and what happens at its edges."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from sealing.identifiers import new_id
from storage.database import MOST_READS_WAITING, Database
from storage.errors import StorageClosed, StorageConflict, StorageUnavailable
from storage.transaction import SqlTransaction
from tests.storage.ground import KEY_RING, TODAY, site


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url, KEY_RING)
    yield database
    database.close()


def put_dialogue(tx: SqlTransaction) -> None:
    tx.dialogues.put("c" * 26, b"state", touched_on=TODAY, awaits_handover=False)


async def test_a_read_can_write_nothing(database: Database) -> None:
    with pytest.raises(StorageUnavailable):
        await database.read(put_dialogue)
    assert await database.read(lambda tx: tx.dialogues.get("c" * 26)) is None


async def test_a_read_sees_one_moment(database: Database) -> None:
    loop = asyncio.get_running_loop()

    def looking_twice(tx: SqlTransaction) -> tuple[object, object]:
        before = tx.dialogues.get("c" * 26)
        asyncio.run_coroutine_threadsafe(database.transaction(put_dialogue), loop).result(10)
        return before, tx.dialogues.get("c" * 26)

    assert await database.read(looking_twice) == (None, None)
    assert await database.read(lambda tx: tx.dialogues.get("c" * 26)) == b"state"


async def test_what_breaks_a_rule_of_the_tables_is_told_from_what_may_work_later(
    database: Database,
) -> None:
    def nowhere(tx: SqlTransaction) -> object:
        return tx.cases.envelope(new_id())

    with pytest.raises(StorageConflict):
        await database.transaction(nowhere)
    await database.transaction(lambda tx: tx.sites.put_site(site(code="RJ3")))
    with pytest.raises(StorageConflict):
        await database.transaction(lambda tx: tx.sites.put_site(site(code="RJ3")))


async def test_too_many_reads_are_refused_and_the_others_are_served(database: Database) -> None:
    reads = (database.read(lambda tx: tx.sites.revision()) for _ in range(MOST_READS_WAITING + 5))
    outcomes = await asyncio.gather(*reads, return_exceptions=True)
    assert [type(each) for each in outcomes[-5:]] == [StorageUnavailable] * 5
    assert outcomes[:-5] == [0] * MOST_READS_WAITING


async def test_a_closed_database_says_so(database_url: str) -> None:
    database = Database.open(database_url, KEY_RING)
    await asyncio.to_thread(database.close)
    with pytest.raises(StorageClosed):
        await database.read(lambda tx: tx.sites.revision())
    with pytest.raises(StorageClosed):
        await database.transaction(put_dialogue)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_that_cannot_be_reached_is_told_without_its_address(
    kind: str, tmp_path: Path
) -> None:
    url = {
        "sqlite": f"sqlite:///{tmp_path / 'missing' / 'gehoor.db'}",
        "postgresql": f"postgresql://someone:secret@/gehoor?host={tmp_path / 'missing'}",
    }[kind]
    with pytest.raises(StorageUnavailable) as told:
        Database.open(url, KEY_RING)
    assert "secret" not in str(told.value)
    assert str(tmp_path) not in str(told.value)
