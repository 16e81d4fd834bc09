"""Taking in a file: looked at, cleaned, sealed, and never on disk in clear.

The channel streams the bytes; two sealed blobs come of it, the original and, where one can be
made, a copy without metadata. Their content keys travel in the answer (`StoredFile.key`), first
in the encrypted draft, then in the envelope: the blobs themselves are not touched again.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.values import Scan, StoredFile, Text
from intake.copies import Copies
from intake.errors import NoRoom, NotCleanable
from intake.incoming import Incoming
from intake.media_types import ALLOWED_TYPES, OFFICE_TYPES, UNCLEANABLE_DOCUMENT
from intake.ports import BlobStore
from intake.scanning import NoScanner, Scanner
from locales.catalogue import N_
from sealing.blobs import new_content_key, seal_stream
from sealing.identifiers import new_id

CLEANED_AT_ONCE = 2
"""Each holds a whole file, and a process that unfolds it; the others wait with theirs put aside."""


class FileFault(StrEnum):
    """Why a file was not taken."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_ALLOWED = "not_allowed"
    UNREADABLE = "unreadable"
    UNCLEANABLE = "uncleanable"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefused:
    """The file was not taken; nothing of it is kept."""

    reason: FileFault
    text: Text


_TEXTS = {
    FileFault.TOO_LARGE: N_("This file is too large. The most we can take is ${megabytes} MB."),
    FileFault.EMPTY: N_("This file is empty. Please choose it again."),
    FileFault.NOT_ALLOWED: N_(
        "We cannot take this kind of file. Photos, voice messages, videos, PDF and text are fine."
    ),
    FileFault.UNREADABLE: N_("This file seems damaged. Please try to send it again."),
    FileFault.UNCLEANABLE: N_(
        "We cannot take this document, because we cannot remove what it may tell about you. "
        "Please send it as a PDF, or send photos of its pages."
    ),
}


class FileDesk:
    """Takes files in for `Reception`."""

    def __init__(
        self,
        blobs: BlobStore,
        *,
        most_bytes: int,
        scanner: Scanner | None = None,
        copies: Copies | None = None,
    ) -> None:
        self._blobs = blobs
        self._most_bytes = most_bytes
        self._scanner = scanner or NoScanner()
        self._copies = copies or Copies()
        self._cleaning = asyncio.Semaphore(CLEANED_AT_ONCE)

    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> StoredFile | FileRefused:
        """The sealed file, or why it was not taken. Reads at most the allowed size.

        However large the file is, a megabyte of it is held while it comes in.
        """
        incoming = Incoming(self._blobs)
        try:
            async for chunk in chunks:
                if incoming.size + len(chunk) > self._most_bytes:
                    return self._refused(FileFault.TOO_LARGE)
                await incoming.take(chunk)
            if not incoming.size:
                return self._refused(FileFault.EMPTY)
            return await self._sealed(name, incoming)
        finally:
            await incoming.drop()

    async def _sealed(self, name: str, incoming: Incoming) -> StoredFile | FileRefused:
        media_type = incoming.media_type
        if media_type == UNCLEANABLE_DOCUMENT:
            return self._refused(FileFault.UNCLEANABLE)
        if media_type not in ALLOWED_TYPES:
            return self._refused(FileFault.NOT_ALLOWED)
        scan = await self._scanner.scan(incoming.pieces())
        clean_file = None
        # What is known to do harm is given to no decoder.
        if scan is not Scan.INFECTED:
            try:
                clean_file = await self._cleaned(incoming, media_type)
            except OSError as fault:
                raise NoRoom("no cleaned copy can be made now") from fault
            except NotCleanable:
                is_document = media_type in OFFICE_TYPES
                return self._refused(FileFault.UNCLEANABLE if is_document else FileFault.UNREADABLE)
        kept = await asyncio.to_thread(
            self._put, name, incoming.pieces(), incoming.size, media_type, clean_file
        )
        return replace(kept, scan=scan)

    async def _cleaned(self, incoming: Incoming, media_type: str) -> StoredFile | None:
        def clean() -> StoredFile | None:
            made = self._copies.made(incoming.pieces, media_type)
            if made is None:
                return None
            copy, kind = made
            return self._put("", (copy,), len(copy), kind, None)

        async with self._cleaning:
            return await asyncio.to_thread(clean)

    def _put(
        self,
        name: str,
        content: Iterable[bytes],
        size: int,
        media_type: str,
        clean_file: StoredFile | None,
    ) -> StoredFile:
        blob, key = new_id(), new_content_key()
        self._blobs.write(blob, seal_stream(content, key))
        return StoredFile(
            blob=blob,
            media_type=media_type,
            size=size,
            name=name,
            key=key,
            cleaned=clean_file,
        )

    def _refused(self, fault: FileFault) -> FileRefused:
        megabytes = self._most_bytes // 1_000_000
        return FileRefused(
            reason=fault, text=Text(msgid=_TEXTS[fault], values={"megabytes": megabytes})
        )
