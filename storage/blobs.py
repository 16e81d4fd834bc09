"""Sealed files beside the database, one file a blob, named by a random id.

What is written here is ciphertext already; names and kinds are inside it. Implements
`intake.ports.BlobStore`. A blob is durable before the transaction that names it, so a crash can
leave a blob that nothing names (`service` sweeps those), never a name without its blob.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from storage.errors import StorageError, StorageUnavailable

READ_BYTES = 256 * 1024
_NOT_NOW = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
)
"""No room, no more room for us, read-only after a fault of the disk, too many files open."""
_ID = re.compile(r"[a-z2-7]{26}")


class UnknownBlob(StorageError, KeyError):
    """There is no such blob."""


class BlobFolder:
    """Blobs in a folder, spread over sub-folders by their first two letters."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, blob: str, chunks: Iterable[bytes]) -> int:
        """Write durably and return the size in bytes; a fault leaves nothing behind.

        Raises `StorageUnavailable` where the disk takes nothing more now.
        """
        try:
            return self._write(blob, chunks)
        except OSError as fault:
            if fault.errno not in _NOT_NOW:
                raise
            raise StorageUnavailable("nothing was kept: the disk takes no more") from None

    def _write(self, blob: str, chunks: Iterable[bytes]) -> int:
        path = self._path(blob)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_suffix(".part")
        size = 0
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
        return size

    def read(self, blob: str) -> Iterator[bytes]:
        """The ciphertext in pieces; `UnknownBlob` (a `KeyError`) when there is no such blob."""
        try:
            file = self._path(blob).open("rb")
        except FileNotFoundError:
            raise UnknownBlob("no such blob") from None
        with file:
            while piece := file.read(READ_BYTES):
                yield piece

    def drop(self, blob: str) -> None:
        """Overwrite and delete; nothing happens when there is none.

        On disks that write elsewhere (flash, copy-on-write) overwriting promises little; that
        the content key is gone as well is what counts.
        """
        path = self._path(blob)
        try:
            size = path.stat().st_size
            with path.open("r+b") as file:
                for start in range(0, size, READ_BYTES):
                    file.write(bytes(min(READ_BYTES, size - start)))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return

    def ids(self) -> Iterator[str]:
        """Every blob there is, for sweeping those that nothing names."""
        for path in sorted(self._folder.glob("??/*")):
            if _ID.fullmatch(path.name):
                yield path.name

    def idle_since(self, moment: datetime) -> tuple[str, ...]:
        """The blobs that were written before this moment and not touched since."""
        return tuple(blob for blob in self.ids() if _is_older(self._path(blob), moment))

    def drop_unfinished(self, moment: datetime) -> int:
        """Remove what a crash left half written before this moment; how many there were."""
        left = [path for path in self._folder.glob("??/*.part") if _is_older(path, moment)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _path(self, blob: str) -> Path:
        if not _ID.fullmatch(blob):
            raise UnknownBlob("a blob's id has 26 letters and digits")
        return self._folder / blob[:2] / blob


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # dropped while we looked
        return False


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
