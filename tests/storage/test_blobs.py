"""Sealed files beside the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sealing.identifiers import new_id
from storage.blobs import BlobFolder, UnknownBlob


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    blobs, blob = BlobFolder(tmp_path), new_id()
    assert blobs.write(blob, [b"abc", b"def"]) == 6
    assert b"".join(blobs.read(blob)) == b"abcdef"
    assert list(blobs.ids()) == [blob]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"abc"
        raise OSError("line cut")

    blobs, blob = BlobFolder(tmp_path), new_id()
    with pytest.raises(OSError, match="line cut"):
        blobs.write(blob, broken())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_dropped_blob_is_gone_and_dropping_again_is_nothing(tmp_path: Path) -> None:
    blobs, blob = BlobFolder(tmp_path), new_id()
    blobs.write(blob, [b"abc"])
    blobs.drop(blob)
    blobs.drop(blob)
    with pytest.raises(UnknownBlob):
        list(blobs.read(blob))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 26, "a" * 25, "a/" * 13])
def test_a_name_that_is_no_id_reaches_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownBlob):
        list(BlobFolder(tmp_path).read(name))


def test_only_the_owner_can_read_a_blob(tmp_path: Path) -> None:
    blobs, blob = BlobFolder(tmp_path), new_id()
    blobs.write(blob, [b"abc"])
    assert (tmp_path / blob[:2] / blob).stat().st_mode & 0o077 == 0
