"""Who reads a report is looked up where it changed, and remembered where it did not."""

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from intake.arrivals import Arrive
from intake.office import KnownPeople, people_now
from register.people import ConflictOfInterest, Handler, TieTo
from sealing.identifiers import new_id
from sealing.identities import new_identity
from storage.transaction import SqlTransaction
from tests.house import ASHA, BEN, QUARRY, REGULAR, House, small_house
from tests.intake.test_reception import submit


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    async with small_house(tmp_path, database_url=database_url) as house:
        yield house


async def readers_of_a_new_report(house: House, chat: str) -> set[str]:
    before = set(await house.database.read(lambda tx: tx.cases.refs()))
    await house.take(chat, Arrive(site_code=QUARRY.code))
    await submit(house, chat)
    (ref,) = set(await house.database.read(lambda tx: tx.cases.refs())) - before
    case = await house.database.read(lambda tx: tx.cases.get(ref))
    return set(case.handler_ids)


async def test_a_tie_that_is_declared_between_two_reports_counts_for_the_second(
    house: House,
) -> None:
    assert ASHA.id in await readers_of_a_new_report(house, "1")
    tie = ConflictOfInterest(tie=TieTo.SITE, subject=QUARRY.id, declared_on=house.clock.today)
    await house.database.transaction(lambda tx: tx.people.declare(ASHA.id, tie))
    assert await readers_of_a_new_report(house, "2") == {BEN.id}


async def test_a_handler_who_comes_between_two_reports_can_read_the_second(house: House) -> None:
    assert await readers_of_a_new_report(house, "1") == {ASHA.id, BEN.id}
    tie = ConflictOfInterest(tie=TieTo.SITE, subject=QUARRY.id, declared_on=house.clock.today)
    for tied in (ASHA.id, BEN.id):
        await house.database.transaction(lambda tx, tied=tied: tx.people.declare(tied, tie))
    newcomer = Handler(id=new_id(), name="Chandra Sample", team_id=REGULAR.id)
    key = new_identity().recipient
    await house.database.transaction(lambda tx: tx.people.put_handler(newcomer, key))
    assert await readers_of_a_new_report(house, "2") == {newcomer.id}


async def test_nothing_is_read_again_while_nothing_changes(house: House) -> None:
    known = await house.database.read(lambda tx: people_now(tx, None))
    assert await house.database.read(lambda tx: people_now(tx, known)) is known


async def test_what_was_read_in_a_transaction_that_fails_is_not_what_counts_later(
    house: House,
) -> None:
    """A revision that is taken back is given again: so only what was committed is remembered."""
    newcomer = Handler(id=new_id(), name="Nobody Sample", team_id=REGULAR.id)
    seen: list[KnownPeople] = []

    def fails(tx: SqlTransaction) -> None:
        tx.people.put_handler(newcomer, new_identity().recipient)
        seen.append(people_now(tx, None))
        raise RuntimeError

    with suppress(RuntimeError):
        await house.database.transaction(fails)
    assert newcomer in seen[-1].staff.handlers
    assert newcomer.id not in await readers_of_a_new_report(house, "1")
