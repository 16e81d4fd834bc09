"""Recordings made by hand, as telephones make them: a little silence, and who was where."""

import struct
from collections.abc import Sequence

from intake.recordings.ogg import _checksum
from tests.security.hostile_files import GPS

MAKER = b"CANARYMAKER"
_SILENCE = b"\xf8\xff\xfe"
"""One frame of Opus."""


def page(
    number: int,
    packets: Sequence[bytes],
    *,
    flags: int = 0,
    stream: int = 7,
    is_open: bool = False,
    until: int = 0,
) -> bytes:
    """A page of Ogg; the last packet of an open one goes on in the next. `until` is its last
    sample, by 48,000 a second."""
    lacing = b""
    for at, packet in enumerate(packets):
        lacing += b"\xff" * (len(packet) // 255)
        if not (is_open and at == len(packets) - 1):
            lacing += bytes([len(packet) % 255])
    head = struct.pack("<4sBBqII", b"OggS", 0, flags, until, stream, number)
    body = b"".join(packets)
    whole = head + bytes(4) + bytes([len(lacing)]) + lacing + body
    return whole[:22] + _checksum(whole) + whole[26:]


def comments(begins: bytes, *told: bytes, vendor: bytes = MAKER, tail: bytes = b"") -> bytes:
    rows = b"".join(struct.pack("<I", len(each)) + each for each in told)
    by = struct.pack("<I", len(vendor)) + vendor
    return begins + by + struct.pack("<I", len(told)) + rows + tail


def ogg(*, told: Sequence[bytes] = (b"ARTIST=" + MAKER, b"LOCATION=" + GPS)) -> bytes:
    """A voice message of Telegram."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, 48_000, 0, 0)
    return (
        page(0, [head], flags=2)
        + page(1, [comments(b"OpusTags", *told)])
        + page(2, [_SILENCE] * 50, until=48_000)
        + page(3, [_SILENCE] * 50, until=96_000, flags=4)
    )


def ogg_with_a_picture() -> bytes:
    """Comments so long that they go on over three pages."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, 48_000, 0, 0)
    tags = comments(b"OpusTags", b"METADATA_BLOCK_PICTURE=" + MAKER * 12_000)
    cut = 255 * 255
    return (
        page(0, [head], flags=2)
        + page(1, [tags[:cut]], is_open=True)
        + page(2, [tags[cut : 2 * cut]], flags=1, is_open=True)
        + page(3, [tags[2 * cut :]], flags=1)
        + page(4, [_SILENCE] * 50, flags=4)
    )


def vorbis() -> bytes:
    """The comments and what follows them share a page."""
    tags = comments(b"\x03vorbis", b"ARTIST=" + MAKER, tail=b"\x01")
    return (
        page(0, [b"\x01vorbis" + bytes(23)], flags=2)
        + page(1, [tags, b"\x05vorbis" + b"setup" * 99])
        + page(2, [bytes(30)] * 9, flags=4)
    )


_MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)
_MP3_PADDED = b"\xff\xfb\x92\x00" + bytes(414)
_MP3_SLOW = b"\xff\xf3\x40\x00" + bytes(100)


def id3(*, size: int = 300) -> bytes:
    frame = b"TPE1\x00\x00\x00\x0b\x00\x00" + MAKER + GPS
    return b"ID3\x04\x00\x00" + bytes([0, 0, size >> 7, size & 127]) + frame.ljust(size, b"\0")


def mp3() -> bytes:
    ape = b"APETAGEX" + struct.pack("<IIII8x", 2000, 43, 1, 0) + MAKER
    ape = ape[:12] + struct.pack("<I", len(MAKER)) + ape[16:]
    last = (b"TAG" + MAKER).ljust(128, b"\0")
    return id3() + _MP3_FRAME * 5 + _MP3_PADDED + id3() + _MP3_SLOW * 3 + ape + last


def adts(frames: int = 9) -> bytes:
    body = bytes(50)
    length = 7 + len(body)
    head = 0xFFF << 44 | 1 << 40 | 1 << 38 | 4 << 34 | 1 << 30 | length << 13 | 0x7FF << 2
    return (head.to_bytes(7) + body) * frames


def amr() -> bytes:
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 9 + b"\x7c"


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def wav(*more: bytes) -> bytes:
    chunks = (
        chunk(b"LIST", b"INFOIART" + MAKER)
        + chunk(b"bext", GPS)
        + chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8))
        + chunk(b"data", b"\x80" * 801)
        + chunk(b"id3 ", id3())
        + b"".join(more)
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def box(kind: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">I", 8 + len(body)) + kind + body


MADE = struct.pack(">II", 0xE0CAFE00, 0xE0CAFE01)
"""When it was made and changed."""


def track(kind: bytes = b"soun") -> bytes:
    named = box(b"hdlr", bytes(8), kind, bytes(12), MAKER, b"\0")
    return box(
        b"trak",
        box(b"tkhd", bytes(4), MADE, bytes(72)),
        box(
            b"mdia",
            box(b"mdhd", bytes(4), MADE, bytes(12)),
            named,
            box(b"minf", box(b"stbl", box(b"stco", bytes(12)))),
        ),
        box(b"udta", box(b"name", MAKER)),
    )


def m4a(*tracks: bytes, brand: bytes = b"M4A ") -> bytes:
    """A recording of a telephone that notes where it was."""
    return (
        box(b"ftyp", brand, bytes(4))
        + box(
            b"moov",
            box(b"mvhd", bytes(4), MADE, bytes(88)),
            *(tracks or (track(),)),
            box(b"udta", box(b"\xa9xyz", GPS), box(b"meta", bytes(4), box(b"ilst", MAKER))),
            box(b"meta", box(b"keys", MAKER)),
        )
        + box(b"uuid", b"\xbe\x7a\xcf\xcb" * 4, GPS)
        + box(b"free", MAKER)
        + box(b"mdat", b"sound" * 90)
    )
