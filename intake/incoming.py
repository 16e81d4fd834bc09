"""A file while it comes in: a part of it in memory, the rest sealed in pieces beside the database.

Used by `intake.files`. A slow line may take half an hour over a file, and many may do so at once;
held in memory they would fill it. Each piece has a key of its own that is in memory alone, so that
what a crash leaves behind can never be read.
"""

import asyncio
import codecs
from collections.abc import Iterator

from intake.media_types import ENDS_BYTES, media_type_of
from intake.ports import BlobStore
from sealing.blobs import new_content_key, open_stream, seal_stream
from sealing.identifiers import new_id

PART_BYTES = 1024 * 1024
"""How much of one file is held: most photos and voice messages never touch the disk twice."""


class Incoming:
    """One file. `drop` it when it was dealt with, whatever came of it."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._parts: list[tuple[str, bytes]] = []
        self._held = bytearray()
        self._start = b""
        self._end = b""
        self._text: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self.size = 0

    async def take(self, chunk: bytes) -> None:
        """The next bytes of it."""
        self.size += len(chunk)
        self._start += chunk[: ENDS_BYTES - len(self._start)]
        self._end = (self._end + chunk)[-ENDS_BYTES:]
        self._held += chunk
        self._read_as_text(chunk)
        if len(self._held) >= PART_BYTES:
            part, self._held = bytes(self._held), bytearray()
            await asyncio.to_thread(self._put_aside, part)

    @property
    def media_type(self) -> str:
        """What it is, once all of it is in."""
        self._read_as_text(b"", is_last=True)
        return media_type_of(self._start, self._end, is_text=self._text is not None)

    def pieces(self) -> Iterator[bytes]:
        """All of it, in order. Reads from the disk: use a thread."""
        for blob, key in self._parts:
            yield from open_stream(self._blobs.read(blob), key)
        yield bytes(self._held)

    async def drop(self) -> None:
        """Forget it."""
        self._held.clear()
        if self._parts:
            await asyncio.shield(asyncio.to_thread(self._drop_parts))

    def _put_aside(self, part: bytes) -> None:
        blob, key = new_id(), new_content_key()
        self._parts.append((blob, key))
        self._blobs.write(blob, seal_stream((part,), key))

    def _drop_parts(self) -> None:
        while self._parts:
            self._blobs.drop(self._parts.pop()[0])

    def _read_as_text(self, chunk: bytes, *, is_last: bool = False) -> None:
        if self._text is None:
            return
        try:
            is_text = "\0" not in self._text.decode(chunk, final=is_last)
        except UnicodeDecodeError:
            is_text = False
        if not is_text:
            self._text = None
