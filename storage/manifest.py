"""What a backup says about itself, so that a restore can tell a whole one from a part of one.

A backup is a folder:

    backup.json     this manifest, written last
    gehoor.db       every table, as an SQLite file, from whatever kind of database
    blobs.txt       one line for each sealed file: its id, size in bytes, SHA-256
    blobs/          the sealed files themselves
    key-ring        only if it was asked for

Stored format, version 1. Another meaning of a field is another version; the older reader stays for
as long as anybody may have such a backup. Fields that are not known are refused.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.copying import digest_of, write_private

MANIFEST, DATABASE, BLOB_LIST, BLOBS, KEY_RING = (
    "backup.json", "gehoor.db", "blobs.txt", "blobs", "key-ring",
)  # fmt: skip
_FORMAT = "gehoor backup"
_VERSION = 1


class UnreadableManifest(ValueError):
    """There is no manifest, or it is not one that this version knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobLine:
    """One sealed file of a backup."""

    blob: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a whole backup consists of."""

    made: date
    revision: str
    """The migration that its database is at."""
    rows: Mapping[str, int]
    """How many rows each table has."""
    digests: Mapping[str, str]
    """SHA-256 of the database and of the list of sealed files, in hexadecimal."""
    blobs: int
    has_key_ring: bool


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it, durably; until then the folder is no backup."""
    fields = {
        "format": _FORMAT,
        "version": _VERSION,
        "made": manifest.made.isoformat(),
        "revision": manifest.revision,
        "rows": dict(manifest.rows),
        "digests": dict(manifest.digests),
        "blobs": manifest.blobs,
        "has_key_ring": manifest.has_key_ring,
    }
    write_private(folder / MANIFEST, json.dumps(fields, indent=2).encode())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises `UnreadableManifest`."""
    try:
        fields = json.loads((folder / MANIFEST).read_bytes())
        if (fields.pop("format"), fields.pop("version")) != (_FORMAT, _VERSION):
            raise UnreadableManifest("another format")
        return Manifest(made=date.fromisoformat(fields.pop("made")), **fields)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise UnreadableManifest(type(fault).__name__) from None


def write_blob_list(folder: Path, lines: list[BlobLine]) -> None:
    """Write which sealed files there are."""
    text = "".join(f"{line.blob} {line.size} {line.digest}\n" for line in lines)
    write_private(folder / BLOB_LIST, text.encode())


def read_blob_list(folder: Path) -> Iterator[BlobLine]:
    """Which sealed files a backup should have; the list's own digest was compared before."""
    with (folder / BLOB_LIST).open() as lines:
        for line in lines:
            blob, size, digest = line.split()
            yield BlobLine(blob=blob, size=int(size), digest=digest)


def missing_from(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The names of what is missing from a backup or is not what was put there."""
    for name in (DATABASE, BLOB_LIST):
        if _digest(folder / name) != manifest.digests.get(name):
            yield name
            return
    for line in read_blob_list(folder):
        if _digest(blob_path(folder / BLOBS, line.blob)) != line.digest:
            yield f"{BLOBS}/{line.blob}"
    if manifest.has_key_ring and not (folder / KEY_RING).is_file():
        yield KEY_RING


def blob_path(folder: Path, blob: str) -> Path:
    """Where a sealed file lies, in a backup as in an installation."""
    return folder / blob[:2] / blob


def _digest(path: Path) -> str | None:
    try:
        return digest_of(path)
    except OSError:
        return None
