"""MP4, M4A and 3GP: boxes of notes are emptied where they lie (ISO/IEC 14496-12).

Sound and picture are found by their place in the file, so nothing may move: a box that tells
something becomes a `free` box of the same length, full of zeros. Only boxes that are known to be
needed stay as they are. Times of making are set to zero.
"""

from collections.abc import Iterator

from intake.errors import NotCleanable

_CONTAINERS = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"}
)
_NEEDED = frozenset(
    {
        b"ftyp", b"styp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"nmhd",
        b"dref", b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64",
        b"stss", b"sdtp", b"sbgp", b"sgpd", b"elst", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt",
        b"trun", b"sidx", b"mfra",
    }
)  # fmt: skip
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SHOWN = frozenset({b"soun", b"vide"})
_FREE = b"free"
MOST_BOXES = 20_000
DEEPEST = 12


def without_notes(content: bytes) -> bytes:
    """The same sound and picture. Raises `NotCleanable` where a box is not what it should be, or a
    track is neither: some telephones note in a track of its own where they were at each moment."""
    out = bytearray(content)
    if content[4:8] != b"ftyp":
        raise NotCleanable("no film")
    boxes = list(_boxes(out, 0, len(out), 0))
    if not {b"moov", b"mdat"} <= {kind for kind, _, _ in boxes}:
        raise NotCleanable("nothing to play")
    for kind, body, end in boxes:
        if kind in _TIMED:
            _zero_times(out, body, end)
        elif kind == b"hdlr":
            _name_nobody(out, body, end)
        elif kind not in _NEEDED and kind not in _CONTAINERS:
            out[body:end] = bytes(end - body)
    return bytes(out)


def _boxes(out: bytearray, start: int, end: int, depth: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, beginning and end of the body of each box, inner ones included.

    What is not needed is renamed to `free` on the way.
    """
    if depth > DEEPEST:
        raise NotCleanable("boxes nested without end")
    at, count = start, 0
    while at < end:
        size, head = int.from_bytes(out[at : at + 4]), 8
        kind = bytes(out[at + 4 : at + 8])
        if size == 1:
            size, head = int.from_bytes(out[at + 8 : at + 16]), 16
        elif size == 0 and depth == 0:
            size = end - at
        count += 1
        if size < head or at + size > end or count > MOST_BOXES:
            raise NotCleanable("a box that is none")
        if kind not in _NEEDED and kind not in _CONTAINERS:
            out[at + 4 : at + 8] = _FREE
        yield kind, at + head, at + size
        if kind in _CONTAINERS:
            yield from _boxes(out, at + head, at + size, depth + 1)
        at += size


def _zero_times(out: bytearray, body: int, end: int) -> None:
    """After version and flags: when it was made and changed, four or eight bytes each."""
    length = 16 if out[body] == 1 else 8
    if body + 4 + length > end:
        raise NotCleanable("a head that is cut off")
    out[body + 4 : body + 4 + length] = bytes(length)


def _name_nobody(out: bytearray, body: int, end: int) -> None:
    """Whose track it is, in a form for programs (kept) and in words for people (emptied)."""
    if end - body < 24 or bytes(out[body + 8 : body + 12]) not in _SHOWN:
        raise NotCleanable("a track that is neither sound nor picture")
    out[body + 12 : end] = bytes(end - body - 12)
