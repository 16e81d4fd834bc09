"""The one writer: group commit, and units that do not share each other's faults."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, event, insert, select

from storage.engines import open_engine, reading
from storage.errors import StorageClosed, StorageConflict, StorageUnavailable
from storage.writer import BATCH_SECONDS, Writer

NUMBERS = Table("numbers", MetaData(), Column("n", Integer, primary_key=True))


class OwnError(Exception):
    """What a unit of work raises."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'test.db'}")
    NUMBERS.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.close()


def adding(n: int):
    def work(connection: Connection) -> int:
        connection.execute(insert(NUMBERS), {"n": n})
        return n

    return work


def failing_after(n: int):
    def work(connection: Connection) -> int:
        connection.execute(insert(NUMBERS), {"n": n})
        raise OwnError

    return work


def kept(engine: Engine) -> set[int]:
    with engine.connect() as connection:
        return set(connection.execute(select(NUMBERS.c.n)).scalars())


async def test_a_result_comes_only_after_its_commit(writer: Writer, engine: Engine) -> None:
    assert await writer.run(adding(7)) == 7
    assert kept(engine) == {7}


async def test_work_that_waits_shares_commits(writer: Writer, engine: Engine) -> None:
    results = await asyncio.gather(*(writer.run(adding(n)) for n in range(500)))
    assert results == list(range(500))
    assert kept(engine) == set(range(500))


async def test_only_the_unit_that_is_to_blame_fails(writer: Writer, engine: Engine) -> None:
    outcomes = await asyncio.gather(
        writer.run(adding(1)),
        writer.run(failing_after(2)),
        writer.run(adding(3)),
        return_exceptions=True,
    )
    assert outcomes[0] == 1
    assert isinstance(outcomes[1], OwnError)
    assert outcomes[2] == 3
    assert kept(engine) == {1, 3}


async def test_a_database_fault_is_told_without_its_content(writer: Writer) -> None:
    await writer.run(adding(424242))
    with pytest.raises(StorageConflict) as fault:
        await writer.run(adding(424242))
    assert "424242" not in str(fault.value)


async def test_a_caller_who_left_does_not_stop_the_others(writer: Writer, engine: Engine) -> None:
    left = asyncio.ensure_future(writer.run(adding(1)))
    await asyncio.sleep(0)
    left.cancel()
    assert await writer.run(adding(2)) == 2
    assert 2 in kept(engine)


async def test_closing_finishes_what_was_handed_in(engine: Engine) -> None:
    writer = Writer(engine)
    handed_in = [asyncio.ensure_future(writer.run(adding(n))) for n in range(50)]
    await asyncio.sleep(0)
    await asyncio.to_thread(writer.close)
    assert await asyncio.gather(*handed_in) == list(range(50))
    with pytest.raises(StorageClosed):
        await writer.run(adding(99))
    assert kept(engine) == set(range(50))


async def test_a_failed_unit_does_not_cost_its_neighbours_their_shared_commit(
    writer: Writer, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.writer.BATCH_SECONDS", 600.0)  # however slow the machine is
    commits = 0

    @event.listens_for(engine, "commit")
    def count_commits(_: Connection) -> None:
        nonlocal commits
        commits += 1

    work = [failing_after(n) if n % 10 == 0 else adding(n) for n in range(1, 101)]
    outcomes = await asyncio.gather(*map(writer.run, work), return_exceptions=True)
    assert [isinstance(each, OwnError) for each in outcomes] == [n % 10 == 0 for n in range(1, 101)]
    assert kept(engine) == {n for n in range(1, 101) if n % 10}
    assert commits < 20


async def test_a_unit_sees_what_units_before_it_wrote(writer: Writer) -> None:
    def counting(connection: Connection) -> int:
        return len(connection.execute(select(NUMBERS.c.n)).all())

    outcomes = await asyncio.gather(
        *(writer.run(work) for n in range(20) for work in (adding(n), counting))
    )
    assert outcomes[1::2] == list(range(1, 21))


async def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(
    writer: Writer, engine: Engine
) -> None:
    await writer.run(adding(1))
    room: list[int] = []

    @event.listens_for(engine, "begin")
    def shrink(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {max([pages, *room])}")

    def large(n: int):
        def work(connection: Connection) -> None:
            connection.execute(insert(NUMBERS), [{"n": n + each} for each in range(5_000)])

        return work

    outcomes = await asyncio.gather(
        *(writer.run(large(n * 10_000)) for n in range(1, 6)), return_exceptions=True
    )
    assert [type(each) for each in outcomes] == [StorageUnavailable] * 5
    assert kept(engine) == {1}
    room.append(1_000_000)
    await writer.run(large(10_000))
    assert len(kept(engine)) == 5_001


async def test_a_lock_of_somebody_else_is_waited_for(engine: Engine) -> None:
    with quick_to_give_up(engine):
        writer = Writer(engine)
        with engine.begin() as other:
            other.execute(insert(NUMBERS), {"n": 1})
            waiting = asyncio.ensure_future(writer.run(adding(2)))
            await asyncio.wait([waiting], timeout=0.2)
            assert not waiting.done()
        await waiting
        writer.close()
    assert kept(engine) == {1, 2}


async def test_a_lock_that_does_not_come_free_is_told(engine: Engine) -> None:
    with quick_to_give_up(engine):
        writer = Writer(engine, patience_seconds=0.2)
        with engine.begin() as other:
            other.execute(insert(NUMBERS), {"n": 1})
            with pytest.raises(StorageUnavailable):
                await writer.run(adding(2))
        assert await writer.run(adding(3)) == 3
        writer.close()
    assert kept(engine) == {1, 3}


async def test_too_much_waiting_is_refused_at_once_and_taken_again_later(engine: Engine) -> None:
    has_begun, may_go_on = threading.Event(), threading.Event()

    def slow(_: Connection) -> None:
        has_begun.set()
        may_go_on.wait(60)

    writer = Writer(engine, most_waiting=3)
    first = asyncio.ensure_future(writer.run(slow))
    await asyncio.to_thread(has_begun.wait)
    queued = [asyncio.ensure_future(writer.run(adding(n))) for n in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(StorageUnavailable, match="too much waits"):
        await writer.run(adding(99))
    may_go_on.set()
    assert await asyncio.gather(first, *queued) == [None, 0, 1, 2]
    assert await writer.run(adding(4)) == 4
    writer.close()


async def test_what_was_done_is_committed_before_work_behind_a_slow_unit(
    writer: Writer, engine: Engine
) -> None:
    def slow(connection: Connection) -> None:
        adding(1)(connection)
        assert threading.Event().wait(BATCH_SECONDS * 1.2) is False

    def behind(_: Connection) -> set[int]:
        return kept(reading(engine))

    outcomes = await asyncio.gather(writer.run(slow), writer.run(behind))
    assert outcomes == [None, {1}]


@contextmanager
def quick_to_give_up(engine: Engine) -> Iterator[None]:
    """Connections that hardly wait for a lock, so that the writer does."""

    @event.listens_for(engine, "connect")
    def no_patience(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 20")

    engine.dispose()
    yield
