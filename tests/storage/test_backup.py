"""A backup is one moment of a running installation; a restore checks before it touches."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from sealing.identifiers import new_id
from sealing.key_ring import KeyRing, new_key_ring
from sealing.key_ring_file import create_key_ring, load_key_ring
from storage.backup import BackupMade, BackupRefusal, BackupRefused, backup
from storage.blobs import BlobFolder
from storage.copying import Progress, Stage
from storage.database import Database
from storage.manifest import MANIFEST
from storage.restoring import Restored, RestoreRefusal, RestoreRefused, key_ring_in, restore
from storage.tables import METADATA
from tests.postgres import KINDS, new_database
from tests.storage.ground import KEY_RING, TODAY, Ground, case, filing, handler, organisation
from tests.storage.racing import numbers, race

OTHER_RING = new_key_ring(TODAY)


@contextmanager
def opened(url: str, key_ring: KeyRing = KEY_RING) -> Iterator[Database]:
    database = Database.open(url, key_ring)
    yield database
    database.close()


def everything(url: str) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table."""
    ground = Ground(url)
    with ground.engine.connect() as connection:
        rows = {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in METADATA.sorted_tables
        }
    ground.close()
    return rows


def furnish(url: str, home: Path) -> tuple[str, str]:
    """An installation with something in it; the ids of its two sealed files."""
    Database.open(url, KEY_RING).close()
    blobs = (new_id(), new_id())
    for blob in blobs:
        BlobFolder(home / "blobs").write(blob, [b"sealed ", blob.encode()])
    ground = Ground(url)
    ours, asha = organisation(), handler()
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        tx.people.put_handler(asha, None)
        for number in range(30):
            names = blobs[:1] if number == 0 else ()
            tx.cases.add(filing(case(handler_ids=(asha.id,)), blobs=names))
        tx.dialogues.put("c" * 26, b"sealed", touched_on=TODAY, awaits_handover=False)
    ground.close()
    return blobs


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Path:
    """A backup of an installation on SQLite."""
    url = f"sqlite:///{home / 'gehoor.db'}"
    furnish(url, home)
    with opened(url) as database:
        backup(database, home, tmp_path / "backup", today=TODAY)
    return tmp_path / "backup"


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_an_installation_comes_back_row_by_row_and_file_by_file(
    source: str, target: str, home: Path, tmp_path: Path
) -> None:
    new_home = tmp_path / "new"
    with new_database(source, home) as url, new_database(target, new_home) as new_url:
        blobs = furnish(url, home)
        with opened(url) as database:
            result = backup(database, home, tmp_path / "backup", today=TODAY)
        before = everything(url)
        rows = sum(map(len, before.values()))
        assert result == BackupMade(rows=rows, files=2, has_key_ring=False, files_missing=0)
        address = new_url if target == "postgresql" else ""
        restored = restore(tmp_path / "backup", new_home, KEY_RING, database_url=address)
        assert restored == Restored(made=TODAY, rows=rows, files=2)
        with opened(new_url):
            assert everything(new_url) == before
        for blob in blobs:
            content = b"".join(BlobFolder(new_home / "blobs").read(blob))
            assert content == b"sealed " + blob.encode()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_backup_under_load_is_one_moment_with_all_that_was_acknowledged_before_it(
    kind: str, home: Path, tmp_path: Path
) -> None:
    with new_database(kind, home) as url:
        furnish(url, home)
        database = Database.open(url, KEY_RING)
        await database.transaction(lambda tx: tx.dialogues.drop("c" * 26))
        acknowledged = len(await race(database, range(50)))
        is_over = asyncio.Event()

        async def keep_writing() -> int:
            done = acknowledged
            while not is_over.is_set():
                done += len(await race(database, range(done, done + 20)))
            return done

        writing = asyncio.ensure_future(keep_writing())
        target = tmp_path / "backup"
        await asyncio.to_thread(backup, database, home, target, today=TODAY)
        is_over.set()
        in_the_end = await writing
        await asyncio.to_thread(database.close)
    assert isinstance(restore(target, tmp_path / "new", KEY_RING), Restored)
    with opened(f"sqlite:///{tmp_path / 'new' / 'gehoor.db'}") as copy:
        steps = sum((await copy.read(numbers)).values())
    kept = everything(f"sqlite:///{tmp_path / 'new' / 'gehoor.db'}")
    # A step adds one to a chat and notes its update: in one moment they are as many.
    assert steps == len(kept["updates"])
    assert acknowledged <= steps <= in_the_end


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_while_pages_are_copied_is_not_in_the_copy(
    kind: str, home: Path, tmp_path: Path
) -> None:
    large = b"x" * 400_000
    with new_database(kind, home) as url:
        ground = Ground(url)
        with ground.writing() as tx:
            for number in range(60):  # many steps, in pages as in rows
                tx.dialogues.put(f"{number:026}", large, touched_on=TODAY, awaits_handover=False)
        words: list[int] = []

        def write_meanwhile(progress: Progress) -> None:
            if progress.stage is Stage.DATABASE and progress.done < progress.total:
                words.append(progress.done)
                with ground.writing() as tx:
                    tx.dialogues.drop(f"{len(words) - 1:026}")
                    tx.dialogues.put(
                        f"{59:026}", b"changed", touched_on=TODAY, awaits_handover=False
                    )

        with opened(url) as database:
            before = everything(url)
            backup(database, home, tmp_path / "backup", today=TODAY, tell=write_meanwhile)
        ground.close()
    assert words
    restore(tmp_path / "backup", tmp_path / "new", KEY_RING)
    assert everything(f"sqlite:///{tmp_path / 'new' / 'gehoor.db'}") == before


def test_the_key_ring_is_in_a_backup_only_if_it_is_asked_for(home: Path, tmp_path: Path) -> None:
    ring = create_key_ring(home / "key-ring", TODAY)
    with opened(f"sqlite:///{home / 'gehoor.db'}", ring) as database:
        backup(database, home, tmp_path / "without", today=TODAY)
        result = backup(
            database, home, tmp_path / "with", today=TODAY, key_ring_file=home / "key-ring"
        )
    assert isinstance(result, BackupMade)
    assert result.has_key_ring
    assert key_ring_in(tmp_path / "without") is None
    kept = key_ring_in(tmp_path / "with")
    assert kept is not None
    assert load_key_ring(kept) == ring
    secret = (home / "key-ring").read_bytes()[80:140]
    for path in (tmp_path / "without").rglob("*"):
        assert path.is_dir() or secret not in path.read_bytes()


def test_only_its_owner_can_read_a_backup(made: Path) -> None:
    for path in (made, *made.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_backup_is_one_file_for_the_database_with_no_log_beside_it(made: Path) -> None:
    assert {path.name for path in made.iterdir()} == {
        "backup.json", "blobs", "blobs.txt", "gehoor.db",
    }  # fmt: skip


def test_nothing_is_overwritten_by_a_backup(made: Path, home: Path) -> None:
    with opened(f"sqlite:///{home / 'gehoor.db'}") as database:
        again = backup(database, home, made, today=TODAY)
    assert again == BackupRefused(reason=BackupRefusal.TARGET_NOT_EMPTY)


def test_a_backup_that_fails_leaves_nothing(home: Path, tmp_path: Path) -> None:
    with opened(f"sqlite:///{home / 'gehoor.db'}") as database, pytest.raises(FileNotFoundError):
        backup(database, home, tmp_path / "backup", today=TODAY, key_ring_file=tmp_path / "nowhere")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_progress_is_told_to_the_end(made: Path, home: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    with opened(f"sqlite:///{home / 'gehoor.db'}") as database:
        backup(database, home, tmp_path / "again", today=TODAY, tell=told.append)
    restore(made, tmp_path / "new", KEY_RING, tell=told.append)
    last = {each.stage: each for each in told}
    assert set(last) == set(Stage)
    assert all(each.done == each.total for each in last.values())


def cut_short(folder: Path) -> None:
    path = folder / "gehoor.db"
    path.write_bytes(path.read_bytes()[:-1])


def without_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def from_the_future(folder: Path) -> None:
    fields = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**fields, "revision": "9999"}))


def of_another_format(folder: Path) -> None:
    fields = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**fields, "version": 2}))


def without_a_blob(folder: Path) -> None:
    next((folder / "blobs").glob("??/*")).unlink()


def with_a_changed_blob(folder: Path) -> None:
    next((folder / "blobs").glob("??/*")).write_bytes(b"x")


def without_the_list(folder: Path) -> None:
    (folder / "blobs.txt").unlink()


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (cut_short, RestoreRefusal.INCOMPLETE),
        (without_manifest, RestoreRefusal.NO_BACKUP),
        (from_the_future, RestoreRefusal.LATER_VERSION),
        (of_another_format, RestoreRefusal.NO_BACKUP),
        (without_a_blob, RestoreRefusal.INCOMPLETE),
        (with_a_changed_blob, RestoreRefusal.INCOMPLETE),
        (without_the_list, RestoreRefusal.INCOMPLETE),
        (shutil.rmtree, RestoreRefusal.NO_BACKUP),
    ],
)
def test_what_is_no_whole_backup_is_not_restored(
    made: Path, tmp_path: Path, harm, reason: RestoreRefusal
) -> None:
    harm(made)
    refused = restore(made, tmp_path / "new", KEY_RING)
    assert isinstance(refused, RestoreRefused)
    assert refused.reason is reason
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("ring", "reason"),
    [(None, RestoreRefusal.NO_KEY_RING), (OTHER_RING, RestoreRefusal.WRONG_KEY_RING)],
)
def test_without_the_right_key_ring_nothing_is_touched(
    made: Path, tmp_path: Path, ring: KeyRing | None, reason: RestoreRefusal
) -> None:
    assert restore(made, tmp_path / "new", ring) == RestoreRefused(reason=reason)
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten_by_a_restore(made: Path, home: Path, database_url: str) -> None:
    assert restore(made, home, KEY_RING) == RestoreRefused(reason=RestoreRefusal.HOME_NOT_EMPTY)
    Database.open(database_url, KEY_RING).close()
    before = everything(database_url)
    refused = restore(made, home.with_name("new"), KEY_RING, database_url=database_url)
    assert refused == RestoreRefused(reason=RestoreRefusal.DATABASE_NOT_EMPTY)
    assert everything(database_url) == before
    assert not home.with_name("new").exists()


def test_a_home_that_has_its_key_ring_already_is_empty_enough(made: Path, tmp_path: Path) -> None:
    new_home = tmp_path / "new"
    new_home.mkdir()
    (new_home / "key-ring").write_text("put there first")
    assert isinstance(restore(made, new_home, KEY_RING), Restored)
