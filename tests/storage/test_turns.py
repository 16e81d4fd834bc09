"""Several processes on one database take turns, and nothing that one wrote is lost to another."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from monitoring.signals import at_site
from monitoring.tallies import tally
from register.case import CaseStatus
from register.particulars import Particulars
from sealing.identifiers import new_id
from sealing.key_ring_file import create_key_ring
from storage.database import Database
from storage.engines import open_engine
from storage.faults import Blame, blame_for
from storage.migrating import migrate, revisions
from storage.transaction import SqlTransaction
from tests.postgres import KINDS, bare_database, new_database
from tests.storage.ground import KEY_RING, TODAY, Ground, case, changed, filing, handler
from tests.storage.racing import CHATS, chat_of, numbers, opened, race
from tests.storage.test_monitoring import finding, judgement
from tests.storage.test_places_and_people import TIE
from tests.storage.test_signals import a_signal

UPDATES = range(60)
TOP = Path(__file__).parents[2]


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[Database, Database]]:
    """Two writers on one database, as two processes have them."""
    first, second = (opened(database_url, KEY_RING) for _ in range(2))
    yield first, second
    first.close()
    second.close()


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[str]:
    with new_database("postgresql", tmp_path) as url:
        yield url


async def test_first_messages_at_once_begin_one_dialogue_and_each_update_is_taken_once(
    two: tuple[Database, Database],
) -> None:
    first, second = two
    mine, theirs = await asyncio.gather(race(first, UPDATES), race(second, UPDATES))
    assert sorted(mine + theirs) == list(UPDATES)
    assert sum((await first.read(numbers)).values()) == len(UPDATES)


@pytest.mark.parametrize("is_known", [False, True])
def test_a_chat_is_one_processes_own_from_its_first_message_on(
    postgres: str, is_known: bool
) -> None:
    mine, theirs = Ground(postgres), Ground(postgres)
    if is_known:
        with mine.writing() as tx:
            tx.dialogues.put("c" * 26, b"1", touched_on=TODAY, awaits_handover=False)
    with mine.writing() as tx:
        tx.dialogues.get("c" * 26)
        with pytest.raises(DBAPIError) as fault, theirs.writing() as other:
            other.dialogues.get("c" * 26)
        assert blame_for(fault.value, theirs.engine.dialect) is Blame.PASSING
        with theirs.writing() as other:
            assert other.dialogues.get("d" * 26) is None
    mine.close()
    theirs.close()


@pytest.mark.parametrize("kind", KINDS)
def test_two_processes_hand_over_dialogues_without_losing_a_step(kind: str, tmp_path: Path) -> None:
    ring = tmp_path / "ring"
    key_ring = create_key_ring(ring, TODAY)
    with new_database(kind, tmp_path) as url:
        command = (sys.executable, "-m", "tests.storage.racing", url, str(ring))
        runs = [
            subprocess.Popen((*command, *bounds), cwd=TOP, stdout=subprocess.PIPE, text=True)
            for bounds in (("0", "150"), ("50", "200"))
        ]
        said = [run.communicate(timeout=600)[0] for run in runs]
        assert [run.returncode for run in runs] == [0, 0]
        ground = Ground(url, key_ring)
        with ground.reading() as tx:
            kept = numbers(tx)
        ground.close()
    assert sorted(int(update) for words in said for update in words.split()) == list(range(200))
    assert kept == {chat_of(number): 200 // CHATS for number in range(CHATS)}


async def test_no_change_of_people_is_lost(two: tuple[Database, Database]) -> None:
    asha = handler()
    await two[0].transaction(lambda tx: tx.people.put_handler(asha, None))
    before = await two[0].read(lambda tx: tx.people.revision())
    ties = [replace(TIE, subject=new_id()) for _ in range(12)]
    await asyncio.gather(
        *(
            two[number % 2].transaction(lambda tx, tie=tie: tx.people.declare(asha.id, tie))
            for number, tie in enumerate(ties)
        )
    )
    kept = await two[0].read(lambda tx: tx.people.handler(asha.id))
    assert kept is not None
    assert {tie.subject for tie in kept.ties} == {tie.subject for tie in ties}
    assert await two[0].read(lambda tx: tx.people.revision()) >= before + len(ties)


async def test_tallies_see_the_signals_of_all_processes(two: tuple[Database, Database]) -> None:
    place = new_id()
    signals = [a_signal(place) for _ in range(24)]
    await asyncio.gather(
        *(
            two[number % 2].transaction(lambda tx, signal=signal: tx.signals.put(signal))
            for number, signal in enumerate(signals)
        )
    )
    assert await two[0].read(lambda tx: tx.signals.tallies([at_site(place)])) == tally(signals)


async def test_judgements_of_two_processes_are_both_kept(two: tuple[Database, Database]) -> None:
    judged = finding()
    reasons = [str(number) for number in range(10)]
    await asyncio.gather(
        *(
            two[number % 2].transaction(
                lambda tx, reason=reason: tx.findings.put(
                    replace(judged, judgements=(judgement(reason),))
                )
            )
            for number, reason in enumerate(reasons)
        )
    )
    kept = await two[0].read(lambda tx: tx.findings.get(judged.id))
    assert kept is not None
    assert sorted(each.reason for each in kept.judgements) == reasons


async def test_a_case_that_is_read_and_kept_in_one_unit_is_never_stale(
    two: tuple[Database, Database],
) -> None:
    filed = filing(case(particulars=Particulars(site_id="s" * 26)))
    await two[0].transaction(lambda tx: tx.cases.add(filed))

    def one_more_entry(tx: SqlTransaction) -> None:
        stored = tx.cases.get(filed.case.ref)
        assert stored is not None
        tx.cases.keep(*changed(stored, status=CaseStatus.ASSESSING))

    await asyncio.gather(*(two[number % 2].transaction(one_more_entry) for number in range(20)))
    entries = await two[0].read(lambda tx: tx.log.of_case(filed.case.ref))
    assert [entry.number for entry in entries] == list(range(1, 22))


async def test_units_that_lock_in_opposite_order_all_end_well(
    two: tuple[Database, Database],
) -> None:
    chats = ["a" * 26, "b" * 26]

    def add_to(order: list[str], tx: SqlTransaction) -> None:
        states = {chat: int(tx.dialogues.get(chat) or b"0") for chat in order}
        for chat in order:
            state = str(states[chat] + 1).encode()
            tx.dialogues.put(chat, state, touched_on=TODAY, awaits_handover=False)

    orders = [chats, chats[::-1]]
    await asyncio.gather(
        *(
            two[number % 2].transaction(lambda tx, order=orders[number % 2]: add_to(order, tx))
            for number in range(30)
        )
    )
    assert await two[0].read(numbers) == dict.fromkeys(chats, 30)


@contextmanager
def holding(url: str, chat: str) -> Iterator[None]:
    """Another process that is in the middle of a step of this chat."""
    ground = Ground(url)
    with ground.writing() as tx:
        tx.dialogues.get(chat)
        tx.dialogues.put(chat, b"7", touched_on=TODAY, awaits_handover=False)
        yield
    ground.close()


async def test_a_read_waits_for_no_writer(database_url: str) -> None:
    database = Database.open(database_url, KEY_RING)
    with holding(database_url, "c" * 26):
        # The writer stays as long as they read: whoever waited for it would never come back.
        async with asyncio.timeout(60):
            assert await database.read(lambda tx: tx.dialogues.get("c" * 26)) is None
            assert await database.read(lambda tx: tx.outbox.due(TODAY + timedelta(days=9))) == ()
    database.close()


async def test_a_chat_that_another_process_holds_keeps_nobody_else_waiting(postgres: str) -> None:
    database = opened(postgres, KEY_RING)
    with holding(postgres, chat_of(0)):
        waiting = asyncio.ensure_future(race(database, range(1)))
        others = [update for update in range(1, 40) if chat_of(update) != chat_of(0)]
        for update in others:
            await race(database, range(update, update + 1))
        assert not waiting.done()
    assert await waiting == [0]
    database.close()


async def test_a_line_that_is_cut_costs_no_step(postgres: str) -> None:
    database = opened(postgres, KEY_RING)
    await race(database, range(5))
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    cut = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        assert connection.execute(cut).scalar_one() > 0
    assert await race(database, UPDATES) == list(UPDATES)[5:]
    assert sum((await database.read(numbers)).values()) == len(UPDATES)
    engine.dispose()
    database.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_one_process_migrates_while_the_others_wait(kind: str, tmp_path: Path) -> None:
    def migrated(url: str) -> tuple[str, ...]:
        engine = open_engine(url)
        try:
            return migrate(engine)
        finally:
            engine.dispose()

    with bare_database(kind, tmp_path) as url:
        runs = await asyncio.gather(*(asyncio.to_thread(migrated, url) for _ in range(3)))
    assert sorted(runs) == [(), (), revisions()]
