"""Copying rows between databases, and files between folders, for backups and restores."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select

from storage.tables import METADATA

ROWS_AT_ONCE = 500
PIECE_BYTES = 1024 * 1024


class Stage(StrEnum):
    """What a backup or a restore is busy with."""

    CHECKING = "checking"
    FILES = "files"
    DATABASE = "database"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one stage is. Files are counted in files, databases in pages or rows."""

    stage: Stage
    done: int
    total: int


Tell = Callable[[Progress], None]


def keep_quiet(_: Progress) -> None:
    """For those who do not want to hear how far it is."""


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for table in METADATA.sorted_tables:
        counts[table.name] = connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
    return counts


def copy_rows(source: Connection, target: Connection, tell: Tell) -> None:
    """Every row of every table, those that others refer to first."""
    total, done = sum(row_counts(source).values()), 0
    for table in METADATA.sorted_tables:
        for rows in _portions(source, table):
            target.execute(insert(table), rows)
            done += len(rows)
            tell(Progress(stage=Stage.DATABASE, done=done, total=total))


def copy_file(source: Path, target: Path) -> tuple[int, str]:
    """A durable copy that only its owner can read; its size in bytes and its SHA-256."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with source.open("rb") as pieces, os.fdopen(_create(target), "wb") as copy:
        while piece := pieces.read(PIECE_BYTES):
            digest.update(piece)
            size += copy.write(piece)
        _flush(copy.fileno(), copy.flush)
    return size, digest.hexdigest()


def write_private(path: Path, content: bytes) -> None:
    """A new, durable file that only its owner can read."""
    with os.fdopen(_create(path), "wb") as file:
        file.write(content)
        _flush(file.fileno(), file.flush)


def create_private(path: Path) -> None:
    """A new, empty file that only its owner can read."""
    os.close(_create(path))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_folders(top: Path) -> None:
    """Make durable which files there are in a folder and in those below it."""
    for folder, _, _ in os.walk(top):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _portions(source: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    chosen = select(table).execution_options(yield_per=ROWS_AT_ONCE)
    with source.execute(chosen) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _flush(descriptor: int, flush: Callable[[], None]) -> None:
    flush()
    os.fsync(descriptor)
