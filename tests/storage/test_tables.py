"""What the database looks like to somebody who stole it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    Time,
    create_engine,
    inspect,
    select,
)

import storage.migrating
from register.case import Actor, CaseStatus, record
from register.hold import Hold, HoldReason
from register.people import Role
from storage.engines import open_engine
from storage.migrating import NewerDatabase, migrate, revision_of, revisions
from storage.tables import METADATA
from tests.house import small_house
from tests.intake.test_reception import CHAT, STORY, submit
from tests.made_once import by_migrations, empty_tables
from tests.storage.ground import TODAY, Ground, case, filing

READABLE = re.compile(
    r"[a-z2-7]{26}|[a-z2-7]{52}"  # random ids, pseudonyms, look-ups
    r"|[0-9a-f]{64}"  # digests
    r"|[a-z_]{2,40}(\.revision)?"  # codes
    r"|[0-9]{4}-Q[1-4]"  # quarters
    r"|[a-z2-7]{26}\.[a-z_]+"  # a site and a theme
)


def _look(engine: Engine) -> tuple[set[tuple[object, ...]], str | None]:
    """Everything that SQLite says of the tables, and the revision."""
    with engine.connect() as connection:
        schema = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")
        # A table that was copied has its keys in an order that is another one each time.
        found = {
            (*row[:3], *sorted(line.strip(" \t,") for line in (row.sql or "").splitlines()))
            for row in schema
        }
        return found, revision_of(connection)


def test_what_the_tests_begin_with_is_what_the_migrations_make(tmp_path: Path) -> None:
    quick, real = (open_engine(f"sqlite:///{tmp_path / name}") for name in ("quick.db", "real.db"))
    assert migrate(quick) == revisions()
    with by_migrations():
        assert migrate(real) == revisions()
    assert _look(quick) == _look(real)
    assert [each for each in empty_tables() if each.startswith("INSERT")] == [
        f"INSERT INTO alembic_version VALUES ('{revisions()[-1]}')"
    ]
    for engine in (quick, real):
        engine.dispose()


def test_the_migrations_make_exactly_these_tables(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with by_migrations():
        assert migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert migrate(engine) == ()
    engine.dispose()


def test_closed_cases_with_nothing_left_to_erase_get_a_day_again(ground: Ground) -> None:
    """Before there was an erasing of records they had none (0012)."""
    done = filing(case(status=CaseStatus.CLOSED))
    later = filing(case(status=CaseStatus.CLOSED, erase_on=TODAY + timedelta(days=9)))
    still_open = filing(case())
    with ground.writing() as tx:
        for each in (done, later, still_open):
            tx.cases.add(each)
    with ground.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE tombstones")
        connection.exec_driver_sql("ALTER TABLE checkpoints DROP COLUMN format")
        without_the_days_of_holds(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0011'")
    assert migrate(ground.engine)[0] == "0012"
    with ground.reading() as tx:
        found = tx.cases.to_erase(TODAY)
        assert {each.ref for each in found} == {done.case.ref}
        assert len(tx.cases.to_erase(TODAY + timedelta(days=9))) == 2


def without_the_days_of_holds(connection: Connection) -> None:
    """As cases were before 0013."""
    connection.exec_driver_sql("DROP INDEX ix_cases_held_until")
    connection.exec_driver_sql("ALTER TABLE cases DROP COLUMN held_until")


def test_cases_that_were_held_before_lists_had_their_day_are_looked_at(ground: Ground) -> None:
    """By the next night's round, which notes the day (0013)."""
    hold = Hold(reason=HoldReason.COURT, until=TODAY + timedelta(days=300), since=TODAY)
    held, free = filing(case()), filing(case())
    with ground.writing() as tx:
        for each in (held, free):
            tx.cases.add(each)
        kept, entry = record(
            replace(held.case, hold=hold), "held", Actor(role=Role.OPERATOR), TODAY
        )
        tx.cases.keep(kept, entry)
    with ground.engine.begin() as connection:
        without_the_days_of_holds(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0012'")
    assert "0013" in migrate(ground.engine)
    with ground.writing() as tx:
        (found,) = tx.cases.holds_ending(TODAY)
        assert found == kept
        assert tx.cases.held(TODAY + timedelta(days=1)) == ()
        tx.cases.note(found)
    with ground.reading() as tx:
        assert tx.cases.held(TODAY + timedelta(days=1)) == (kept,)


def test_the_files_are_named_after_their_revisions() -> None:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(storage.migrating.__file__).parent / "migrations")
    )
    walked = ScriptDirectory.from_config(config).walk_revisions()
    assert revisions() == tuple(script.revision for script in walked)[::-1]


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'later.db'}")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="later version"):
        migrate(engine)
    engine.dispose()


def test_no_column_can_hold_a_time_of_day() -> None:
    for table in METADATA.tables.values():
        for column in table.columns:
            assert not isinstance(column.type, DateTime | Time), f"{table.name}.{column.name}"


def test_bytes_are_sealed_enveloped_or_public_keys() -> None:
    for table in METADATA.tables.values():
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                known = {"envelope", "reporter_key", "recipient", "value"}
                assert column.name.endswith("_sealed") or column.name in known, column


async def test_clear_columns_hold_ids_codes_and_days_alone(tmp_path: Path) -> None:
    async with small_house(tmp_path) as house:
        await submit(house, CHAT)
    engine = create_engine(f"sqlite:///{tmp_path / 'gehoor.db'}")
    rows = 0
    with engine.connect() as connection:
        assert set(inspect(engine).get_table_names()) >= set(METADATA.tables)
        for table in METADATA.tables.values():
            for row in connection.execute(select(table)).mappings():
                rows += 1
                for name, value in row.items():
                    where = f"{table.name}.{name}"
                    match value:
                        case None | bool() | int() | date() | bytes():
                            continue
                        case str():
                            assert READABLE.fullmatch(value), where
                        case _:
                            raise AssertionError(where)
    engine.dispose()
    assert rows > 10


async def test_the_story_stands_nowhere_in_clear(tmp_path: Path) -> None:
    async with small_house(tmp_path) as house:
        await submit(house, CHAT)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert STORY.encode() not in content, path.name
            assert CHAT.encode() not in content, path.name
