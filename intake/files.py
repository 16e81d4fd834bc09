"""Taking in a file: looked at, cleaned, sealed, and never on disk in clear.

The channel streams the bytes; two sealed blobs come of it, the original and, where one can be
made, a copy without metadata. Their content keys travel in the answer (`StoredFile.key`), first
in the encrypted draft, then in the envelope: the blobs themselves are not touched again.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from enum import StrEnum

import puremagic

from flows.values import StoredFile, Text
from intake.cleaning import NotCleanable, cleaned
from intake.ports import BlobStore
from locales.catalogue import N_
from sealing.blobs import new_content_key, seal_stream
from sealing.identifiers import new_id

PIECE_BYTES = 64 * 1024

ALLOWED_TYPES = frozenset(
    {
        "image/jpeg", "image/png", "image/webp", "image/gif", "image/heic",
        "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "audio/webm",
        "audio/amr", "video/mp4", "video/3gpp", "video/webm",
        "application/pdf", "text/plain",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
    }
)  # fmt: skip
"""What a reporter may send. Not pages or drawings with scripts, and not programs."""


class FileFault(StrEnum):
    """Why a file was not taken."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_ALLOWED = "not_allowed"
    UNREADABLE = "unreadable"


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
}


class FileDesk:
    """Takes files in for `Reception`."""

    def __init__(self, blobs: BlobStore, *, most_bytes: int) -> None:
        self._blobs = blobs
        self._most_bytes = most_bytes

    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> StoredFile | FileRefused:
        """The sealed file, or why it was not taken. Reads at most the allowed size."""
        content = bytearray()
        async for chunk in chunks:
            content += chunk
            if len(content) > self._most_bytes:
                return self._refused(FileFault.TOO_LARGE)
        if not content:
            return self._refused(FileFault.EMPTY)
        return await asyncio.to_thread(self._seal, name, bytes(content))

    def _seal(self, name: str, content: bytes) -> StoredFile | FileRefused:
        media_type = media_type_of(content)
        if media_type not in ALLOWED_TYPES:
            return self._refused(FileFault.NOT_ALLOWED)
        try:
            copy = cleaned(content, media_type)
        except NotCleanable:
            return self._refused(FileFault.UNREADABLE)
        clean_file = None if copy is None else self._put("", copy[0], copy[1], None)
        return self._put(name, content, media_type, clean_file)

    def _put(
        self, name: str, content: bytes, media_type: str, clean_file: StoredFile | None
    ) -> StoredFile:
        blob, key = new_id(), new_content_key()
        self._blobs.write(blob, seal_stream(_pieces(content), key))
        return StoredFile(
            blob=blob,
            media_type=media_type,
            size=len(content),
            name=name,
            key=key,
            cleaned=clean_file,
        )

    def _refused(self, fault: FileFault) -> FileRefused:
        megabytes = self._most_bytes // 1_000_000
        return FileRefused(
            reason=fault, text=Text(msgid=_TEXTS[fault], values={"megabytes": megabytes})
        )


def media_type_of(content: bytes) -> str:
    """What the content is, by its own bytes; a file's name and declared type are not believed."""
    if content[4:8] == b"ftyp":
        return _ISO_BRANDS.get(content[8:12], "video/mp4")
    try:
        for match in puremagic.magic_string(content[:4096] + content[-4096:]):
            if match.mime_type:
                found = str(match.mime_type)
                return _SAME_AS.get(found, found)
    except puremagic.PureError:
        pass
    return "text/plain" if _is_text(content) else "application/octet-stream"


_ISO_BRANDS = {
    b"M4A ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
}
_SAME_AS = {
    "application/ogg": "audio/ogg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "video/ogg": "audio/ogg",
}


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    head = text[:512].lstrip().lower()
    return "\0" not in text and not head.startswith("<")


def _pieces(content: bytes) -> Iterable[bytes]:
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]
