"""The archive that an office document is: read with limits, written anew.

An archive's own list of what is in it is not believed further than needed: names that lead out of
it, names that stand twice, locked entries, and what unfolds to more than it may are refused. Only
entries that a caller asks for by name are ever unfolded, and in pieces.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from intake.errors import NotCleanable

MOST_ENTRIES = 4_000
MOST_UNFOLDED_BYTES = 200_000_000
"""Of all entries together: a long report with many photos has a tenth of it."""
_PIECE_BYTES = 64 * 1024
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_\[\] .,()/+-]{1,200}")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCKED = 0x1 | 0x40
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Archive:
    """The entries of one document. Raises `NotCleanable` for one that is not to be trusted."""

    def __init__(self, content: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
            raise NotCleanable("no archive") from fault
        entries = self._file.infolist()
        if len(entries) > MOST_ENTRIES:
            raise NotCleanable("too many entries")
        self._entries = {entry.filename: entry for entry in entries}
        if len({name.casefold() for name in self._entries}) != len(entries):
            raise NotCleanable("a name that stands twice")
        for entry in entries:
            _refuse_odd(entry)
        self._bytes_left = MOST_UNFOLDED_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """What this entry unfolds to, in pieces."""
        try:
            with self._file.open(self._entries[name]) as entry:
                while piece := entry.read(_PIECE_BYTES):
                    self._bytes_left -= len(piece)
                    if self._bytes_left < 0:
                        raise NotCleanable("it unfolds without end")
                    yield piece
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
            raise NotCleanable("an entry that cannot be read") from fault

    def read(self, name: str) -> bytes:
        """All of this entry; for small ones and pictures."""
        return b"".join(self.pieces(name))


def _refuse_odd(entry: zipfile.ZipInfo) -> None:
    """Nothing of ours ever writes by these names; who makes such an archive means harm."""
    steps = entry.filename.rstrip("/").split("/")
    if not _PLAIN_NAME.fullmatch(entry.filename) or any(step in {"", ".", ".."} for step in steps):
        raise NotCleanable("a name that leads out of the archive")
    if entry.flag_bits & _LOCKED or entry.compress_type not in _METHODS:
        raise NotCleanable("locked, or folded in a way that is not used")


class NewArchive:
    """An archive in memory. No entry has a day, a remark, or the name of a system."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._file = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED)

    def put(self, name: str, content: bytes, *, is_stored: bool = False) -> None:
        """One more entry."""
        entry = zipfile.ZipInfo(name, _FIRST_DAY)
        entry.create_system = 0
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        self._file.writestr(entry, content)

    def close(self) -> bytes:
        """All of it."""
        self._file.close()
        return self._out.getvalue()
