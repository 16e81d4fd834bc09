"""An installation from a backup, in a new home. Called by `gehoor restore`.

    restored = restore(Path("/media/stick/gehoor-2026-11-20"), home, key_ring)

Everything is checked before anything is touched: that the backup is whole, that this version knows
it, that the key ring is the one it was sealed under, and that nothing is where it should go. The
database comes last, so that a restore that was broken off is no installation.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from sealing.key_ring import KeyRing
from storage.copying import Progress, Stage, Tell, copy_file, copy_rows, flush_folders, keep_quiet
from storage.engines import looking_into, open_engine
from storage.faults import unreadable
from storage.key_check import NAME, fits
from storage.manifest import (
    BLOBS,
    DATABASE,
    KEY_RING,
    Manifest,
    UnreadableManifest,
    blob_path,
    missing_from,
    read_blob_list,
    read_manifest,
)
from storage.migrating import migrate, revisions
from storage.tables import INSTALLATION, METADATA

_KEY_CHECK = select(INSTALLATION.c.value).where(INSTALLATION.c.name == NAME)


class RestoreRefusal(StrEnum):
    """Why nothing was restored."""

    NO_BACKUP = "no_backup"
    """There is no whole backup in this folder."""
    LATER_VERSION = "later_version"
    """A later version of Gehoor made it."""
    INCOMPLETE = "incomplete"
    """Something of it is missing or was changed."""
    NO_KEY_RING = "no_key_ring"
    """No key ring was given: what would be restored could not be read."""
    WRONG_KEY_RING = "wrong_key_ring"
    """It was sealed under another key ring."""
    HOME_NOT_EMPTY = "home_not_empty"
    """The home has a database or sealed files already."""
    DATABASE_NOT_EMPTY = "database_not_empty"
    """The database at the given address has rows already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreRefused:
    """Nothing was touched."""

    reason: RestoreRefusal
    what: str = ""
    """The name of the first file that is missing or changed, for `INCOMPLETE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The installation is as it was when the backup was made."""

    made: date
    """The day of the backup: what came later is not in it."""
    rows: int
    files: int


def key_ring_in(source: Path) -> Path | None:
    """The key ring that lies in a backup, where it was asked for."""
    path = source / KEY_RING
    return path if path.is_file() else None


def restore(
    source: Path,
    home: Path,
    key_ring: KeyRing | None,
    *,
    database_url: str = "",
    tell: Tell = keep_quiet,
) -> Restored | RestoreRefused:
    """Put a backup into an empty home. Takes long: use a thread.

    Without a `database_url` the database is SQLite in the home; with one the rows go there, all of
    them in one transaction. The key ring is the caller's matter: it is only compared. Raises
    `OSError` and `StorageUnavailable`; files that were copied before that stay and are in the way
    of another try until somebody removes them.
    """
    manifest = checked(source, key_ring, tell)
    if isinstance(manifest, RestoreRefused):
        return manifest
    refused = _in_the_way(home, database_url)
    if refused is not None:
        return refused
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _copy_blobs(source, home, manifest, tell)
    if database_url:
        _fill_database(source, home, database_url, tell)
    else:
        _put_database(source, home)
    flush_folders(home)
    rows = sum(manifest.rows.values())
    return Restored(made=manifest.made, rows=rows, files=manifest.blobs)


def checked(
    source: Path, key_ring: KeyRing | None, tell: Tell = keep_quiet
) -> Manifest | RestoreRefused:
    """The manifest of a backup that can be restored with this key ring, or why it cannot be."""
    try:
        manifest = read_manifest(source)
    except UnreadableManifest:
        return RestoreRefused(reason=RestoreRefusal.NO_BACKUP)
    if manifest.revision not in revisions():
        return RestoreRefused(reason=RestoreRefusal.LATER_VERSION)
    tell(Progress(stage=Stage.CHECKING, done=0, total=manifest.blobs))
    missing = next(missing_from(source, manifest), None)
    if missing is not None:
        return RestoreRefused(reason=RestoreRefusal.INCOMPLETE, what=missing)
    tell(Progress(stage=Stage.CHECKING, done=manifest.blobs, total=manifest.blobs))
    if key_ring is None:
        return RestoreRefused(reason=RestoreRefusal.NO_KEY_RING)
    with looking_into(source / DATABASE) as copy:
        kept = copy.execute(_KEY_CHECK).scalar_one_or_none()
    if kept is None or not fits(kept, key_ring):
        return RestoreRefused(reason=RestoreRefusal.WRONG_KEY_RING)
    return manifest


def _in_the_way(home: Path, database_url: str) -> RestoreRefused | None:
    if (home / DATABASE).exists() or any((home / BLOBS).glob("*")):
        return RestoreRefused(reason=RestoreRefusal.HOME_NOT_EMPTY)
    if database_url and _has_rows(database_url):
        return RestoreRefused(reason=RestoreRefusal.DATABASE_NOT_EMPTY)
    return None


def _has_rows(database_url: str) -> bool:
    with _engine(database_url) as engine, engine.connect() as connection:
        there = set(inspect(connection).get_table_names()) & set(METADATA.tables)
        tables = (METADATA.tables[name] for name in there)
        return any(connection.execute(select(each).limit(1)).first() for each in tables)


def _copy_blobs(source: Path, home: Path, manifest: Manifest, tell: Tell) -> None:
    for number, line in enumerate(read_blob_list(source), start=1):
        copy_file(blob_path(source / BLOBS, line.blob), blob_path(home / BLOBS, line.blob))
        tell(Progress(stage=Stage.FILES, done=number, total=manifest.blobs))


def _put_database(source: Path, home: Path) -> None:
    beside = home / f"{DATABASE}.part"
    beside.unlink(missing_ok=True)
    copy_file(source / DATABASE, beside)
    beside.rename(home / DATABASE)


def _fill_database(source: Path, home: Path, database_url: str, tell: Tell) -> None:
    """Row by row, from a copy that was brought to the shape of this version first."""
    beside = home / "restoring"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        copy_file(source / DATABASE, beside / DATABASE)
        with _writing(f"sqlite:///{beside / DATABASE}") as copy, _writing(database_url) as target:
            copy_rows(copy, target, tell)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    with _engine(url) as engine:
        migrate(engine)
        with engine.begin() as connection:
            yield connection


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    except SQLAlchemyError as fault:
        raise unreadable(fault, "nothing was restored into the database") from None
    finally:
        engine.dispose()
