"""The one writer: group commit, and units that do not share each other's faults."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, insert, select

from storage.engines import open_engine
from storage.errors import StorageClosed, StorageConflict
from storage.writer import Writer

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
