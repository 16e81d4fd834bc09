"""Length-prefixed bytes, written and strictly read back. Every binary format here uses it.

Numbers are unsigned and big-endian. A reader takes exactly what the lengths say and refuses
both a shortage and a remainder, so one value has one encoding and one only.
"""

from collections.abc import Callable
from typing import TypeVar

from sealing.failures import Malformation, Malformed

T = TypeVar("T")


def prefixed(data: bytes, width: int) -> bytes:
    """Gives the data behind its own length, which is written in `width` bytes.

    Raises OverflowError when the length does not fit.
    """
    return len(data).to_bytes(width, "big") + data


class Reader:
    """Reads one encoded value from its first byte to its last."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        """Starts before the first byte."""
        self._data = bytes(data)
        self._at = 0

    def take(self, length: int) -> bytes:
        """Gives the next `length` bytes; raises Malformed when there are fewer."""
        end = self._at + length
        if end > len(self._data):
            raise Malformed(Malformation.TRUNCATED)
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self, width: int) -> int:
        """Gives the next unsigned number of `width` bytes."""
        return int.from_bytes(self.take(width), "big")

    def prefixed(self, width: int) -> bytes:
        """Gives what stands behind a length of `width` bytes."""
        return self.take(self.number(width))

    def name(self, width: int) -> str:
        """Gives an ASCII name behind a length of `width` bytes."""
        try:
            return self.prefixed(width).decode("ascii")
        except UnicodeDecodeError:
            raise Malformed(Malformation.OUT_OF_RANGE) from None

    def remainder(self) -> bytes:
        """Gives every byte that has not been read."""
        return self.take(len(self._data) - self._at)

    def head(self, magic: bytes, version: int) -> None:
        """Reads the three letters and the version that every format begins with.

        Raises Malformed for other letters, and for any other version: older versions get
        their own reader when there are any.
        """
        if self.take(len(magic)) != magic:
            raise Malformed(Malformation.NOT_OURS)
        if self.number(1) != version:
            raise Malformed(Malformation.UNKNOWN_VERSION)

    def finish(self) -> None:
        """Raises Malformed unless every byte has been read."""
        if self._at != len(self._data):
            raise Malformed(Malformation.TRAILING_BYTES)


def read_whole(data: bytes, read: Callable[[Reader], T]) -> T:
    """Gives what `read` makes of the data; raises Malformed when bytes remain."""
    reader = Reader(data)
    value = read(reader)
    reader.finish()
    return value
