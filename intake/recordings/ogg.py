"""Ogg with Opus or Vorbis: the comments go, the sound stays bit for bit (RFC 3533, RFC 7845).

The comments are the second packet. It is written over with an empty one of the same length, so no
page moves and only its own pages get a new checksum. Worked example: `OpusTags · 6 · "Phone7" · 1 ·
"ARTIST=Asha"` becomes `OpusTags · 0 · 0 · zeros`, which both formats allow after the last comment.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.errors import NotCleanable

_CAPTURE = b"OggS"
_HEADER_BYTES = 27
_FULL_LACING = 255
_BEGINS, _CONTINUES = 0x02, 0x01
_KINDS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}
"""How the first packet begins, and so the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """Where a page lies in the file."""

    start: int
    body: int
    end: int
    flags: int
    stream: bytes
    lacing: bytes


def without_comments(content: bytes) -> bytes:
    """The same sound. Raises `NotCleanable` for anything but one whole stream of a known kind."""
    out = bytearray(content)
    pages = list(_pages(content))
    _refuse_others(pages)
    begins = next((each for each in _KINDS if content.startswith(each, pages[0].body)), None)
    if begins is None or pages[0].end == len(content):
        raise NotCleanable("no sound of a known kind")
    _blank(out, pages[1:], _KINDS[begins])
    return bytes(out)


def _pages(content: bytes) -> Iterator[_Page]:
    at = 0
    while at < len(content):
        body = at + _HEADER_BYTES + (content[at + 26] if at + 26 < len(content) else 0)
        lacing = content[at + _HEADER_BYTES : body]
        end = body + sum(lacing)
        if content[at : at + 4] != _CAPTURE or content[at + 4] or end > len(content):
            raise NotCleanable("a page that is none")
        yield _Page(
            start=at,
            body=body,
            end=end,
            flags=content[at + 5],
            stream=content[at + 14 : at + 18],
            lacing=lacing,
        )
        at = end


def _refuse_others(pages: list[_Page]) -> None:
    """One stream from the first page to the last; a second one may be anything."""
    if not pages or len({page.stream for page in pages}) != 1:
        raise NotCleanable("not one stream")
    if [bool(page.flags & _BEGINS) for page in pages] != [True] + [False] * (len(pages) - 1):
        raise NotCleanable("a stream that begins again")


def _blank(out: bytearray, pages: list[_Page], begins: bytes) -> None:
    """Write the packet that begins with the first of these pages over."""
    places: list[int] = []
    touched: list[_Page] = []
    for number, page in enumerate(pages):
        if bool(page.flags & _CONTINUES) != (number > 0):
            raise NotCleanable("comments that are cut off")
        touched.append(page)
        length, is_over = _first_packet(page.lacing)
        places += range(page.body, page.body + length)
        if is_over:
            break
    else:
        raise NotCleanable("comments that do not end")
    told = bytes(out[place] for place in places[: len(begins)])
    empty = begins + bytes(8) + (b"\x01" if begins == b"\x03vorbis" else b"")
    if told != begins or len(empty) > len(places):
        raise NotCleanable("no comments where they should be")
    for place, byte in zip(places, empty.ljust(len(places), b"\0"), strict=True):
        out[place] = byte
    for page in touched:
        out[page.start + 22 : page.start + 26] = bytes(4)
        out[page.start + 22 : page.start + 26] = _checksum(out[page.start : page.end])


def _first_packet(lacing: bytes) -> tuple[int, bool]:
    """How many bytes of it this page holds, and whether it ends here."""
    length = 0
    for value in lacing:
        length += value
        if value < _FULL_LACING:
            return length, True
    return length, False


def _table() -> tuple[int, ...]:
    """CRC-32 with the polynomial 0x04c11db7, highest bit first, as Ogg has it."""
    table = []
    for number in range(256):
        value = number << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return tuple(table)


_TABLE = _table()


def _checksum(page: bytes | bytearray) -> bytes:
    value = 0
    for byte in page:
        value = (value << 8) & 0xFFFFFFFF ^ _TABLE[value >> 24 ^ byte]
    return value.to_bytes(4, "little")
