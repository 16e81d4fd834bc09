"""A copy of an installation, made while it runs. Called by `gehoor backup`; undone by `restore`.

    made = backup(database, home, Path("/media/stick/gehoor-2026-11-20"), today=today)

Theory. The database is copied from one snapshot, so the copy is what was committed at one moment,
whatever is written meanwhile. A sealed file is durable before a row names it and is dropped after
no row names it any more. So the files are copied first, then the snapshot is taken, then the files
that came in between: each file that the snapshot names is there, unless it was dropped in that
short last pass, and those are counted (`files_missing`).

What lies in a backup is as well sealed as in the installation: whoever finds it reads what a thief
of the database reads. **The key ring is not in it**, unless it is asked for by name: together they
open every draft and every name. Without the key ring a backup cannot be restored; keep both, apart.

A backup has one form, whatever the database is. So it also brings an installation from SQLite to
PostgreSQL, or back.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, select

from storage.blobs import BlobFolder
from storage.copying import (
    Progress,
    Stage,
    Tell,
    copy_file,
    copy_rows,
    create_private,
    digest_of,
    flush_folders,
    keep_quiet,
    row_counts,
)
from storage.database import Database
from storage.engines import looking_into, open_engine
from storage.errors import StorageUnavailable
from storage.manifest import (
    BLOB_LIST,
    BLOBS,
    DATABASE,
    KEY_RING,
    BlobLine,
    Manifest,
    blob_path,
    write_blob_list,
    write_manifest,
)
from storage.migrating import migrate, revisions
from storage.tables import CASE_BLOBS, INSTALLATION

PAGES_AT_ONCE = 2_000
"""Of SQLite, between two words of progress: 8 megabytes."""


class BackupRefusal(StrEnum):
    """Why no backup was made."""

    TARGET_NOT_EMPTY = "target_not_empty"
    """There is something at the place where it should go; nothing is ever overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRefused:
    """No backup; nothing was written."""

    reason: BackupRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A whole backup, durable at its place."""

    rows: int
    files: int
    has_key_ring: bool
    """Whether the key ring lies in it as well: then whoever has it reads the drafts and names."""
    files_missing: int
    """Files of cases that the snapshot names and that were dropped while it was made."""


def backup(
    database: Database,
    home: Path,
    target: Path,
    *,
    today: date,
    key_ring_file: Path | None = None,
    tell: Tell = keep_quiet,
) -> BackupMade | BackupRefused:
    """Copy a running installation to a new folder. Takes long: use a thread.

    `home` has the sealed files under `blobs`; `key_ring_file` is copied only where it is given.
    The folder appears under its name when it is whole. Raises `StorageUnavailable` and `OSError`
    (the disk is full); then what was begun is removed.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        return BackupRefused(reason=BackupRefusal.TARGET_NOT_EMPTY)
    beside = target.with_name(target.name + ".part")
    shutil.rmtree(beside, ignore_errors=True)  # of one that was broken off
    beside.mkdir(parents=True, mode=0o700)
    try:
        made = _fill(beside, database, home, today, key_ring_file, tell)
        flush_folders(beside)
        beside.replace(target)
        flush_folders(target)
    except sqlite3.Error as fault:
        shutil.rmtree(beside, ignore_errors=True)
        raise StorageUnavailable(f"no backup was made: {type(fault).__name__}") from None
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return made


def _fill(
    folder: Path,
    database: Database,
    home: Path,
    today: date,
    key_ring_file: Path | None,
    tell: Tell,
) -> BackupMade:
    (folder / BLOBS).mkdir(mode=0o700)
    lines = _copy_blobs(home / BLOBS, folder / BLOBS, {}, tell)
    with database.snapshot() as snapshot:
        _copy_database(snapshot, folder / DATABASE, tell)
    lines = _copy_blobs(home / BLOBS, folder / BLOBS, lines, tell)
    with looking_into(folder / DATABASE) as copy:
        rows = row_counts(copy)
        named = set(copy.execute(select(CASE_BLOBS.c.blob)).scalars())
    write_blob_list(folder, [lines[blob] for blob in sorted(lines)])
    if key_ring_file is not None:
        copy_file(key_ring_file, folder / KEY_RING)
    manifest = Manifest(
        made=today,
        revision=revisions()[-1],
        rows=rows,
        digests={name: digest_of(folder / name) for name in (DATABASE, BLOB_LIST)},
        blobs=len(lines),
        has_key_ring=key_ring_file is not None,
    )
    write_manifest(folder, manifest)
    return BackupMade(
        rows=sum(rows.values()),
        files=len(lines),
        has_key_ring=manifest.has_key_ring,
        files_missing=len(named - set(lines)),
    )


def _copy_blobs(
    source: Path, target: Path, known: dict[str, BlobLine], tell: Tell
) -> dict[str, BlobLine]:
    """Those that are known already, and what is new since."""
    lines = dict(known)
    wanted = [blob for blob in BlobFolder(source).ids() if blob not in known]
    for number, blob in enumerate(wanted, start=1):
        try:
            size, digest = copy_file(blob_path(source, blob), blob_path(target, blob))
        except FileNotFoundError:  # dropped while we looked: a draft that was wiped
            continue
        lines[blob] = BlobLine(blob=blob, size=size, digest=digest)
        tell(Progress(stage=Stage.FILES, done=number, total=len(wanted)))
    return lines


def _copy_database(snapshot: Connection, path: Path, tell: Tell) -> None:
    create_private(path)
    if snapshot.dialect.name == "sqlite":
        _copy_pages(snapshot, path, tell)
        return
    engine = open_engine(f"sqlite:///{path}")
    try:
        migrate(engine)
        with engine.begin() as connection:
            copy_rows(snapshot, connection, tell)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(path)) as copy:
        _make_one_file(copy)


def _copy_pages(snapshot: Connection, path: Path, tell: Tell) -> None:
    """SQLite copies itself page by page; the snapshot stays open, so it copies one moment."""
    snapshot.execute(select(INSTALLATION.c.name).limit(1)).all()
    source = snapshot.connection.driver_connection

    def told(_: int, left: int, total: int) -> None:
        tell(Progress(stage=Stage.DATABASE, done=total - left, total=total))

    with closing(sqlite3.connect(path)) as copy:
        source.backup(copy, pages=PAGES_AT_ONCE, progress=told)  # type: ignore[union-attr]  # is open
        _make_one_file(copy)


def _make_one_file(copy: sqlite3.Connection) -> None:
    """Without a log beside it, and durable."""
    copy.execute("PRAGMA synchronous = FULL")
    copy.execute("PRAGMA journal_mode = DELETE")
