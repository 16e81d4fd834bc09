"""Plain sound: MP3, AAC, AMR and WAV. Only what is sound is written again.

Each is a row of frames or chunks that say their own length. They are walked from the first to the
last; tags before, after and between them are left out, and a file with anything else is refused.
"""

from collections.abc import Callable, Iterator

from intake.errors import NotCleanable

_ID3_HEAD = 10
_ID3_TAIL = 128
_APE = b"APETAGEX"
_APE_HEAD = 32
_MP3_KILOBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Of layer III (ISO/IEC 11172-3, 13818-3), for MPEG 1 and for the slower 2 and 2.5."""
_MP3_HERTZ = (44_100, 48_000, 32_000)
_AMR_HEADS = {
    b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5),
    b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5),
}
"""How a file begins, and how long the body of a frame of each kind is (RFC 4867)."""
_AMR_SILENT = (14, 15)
_WAV_KEPT = frozenset({b"fmt ", b"fact", b"data"})


def bare_mp3(content: bytes) -> bytes:
    """MPEG layer III without ID3 and APE tags."""
    return _bare_frames(content, _mp3_frame)


def bare_aac(content: bytes) -> bytes:
    """AAC in ADTS frames without ID3 tags."""
    return _bare_frames(content, _adts_frame)


def _bare_frames(content: bytes, length_at: Callable[[bytes, int], int]) -> bytes:
    kept: list[bytes] = []
    at = 0
    while at < len(content):
        if tag := _tag(content, at):
            at += tag
            continue
        length = length_at(content, at)
        if not length:
            raise NotCleanable("neither sound nor a tag")
        # The last frame of a recording is often cut off; players pass over it.
        if at + length <= len(content):
            kept.append(content[at : at + length])
        at += length
    if not kept:
        raise NotCleanable("no sound")
    return b"".join(kept)


def _tag(content: bytes, at: int) -> int:
    """How long the tag is that begins here; 0 for none."""
    head = content[at : at + _APE_HEAD]
    if head.startswith(b"ID3") and len(head) >= _ID3_HEAD:
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        return _ID3_HEAD + size + (_ID3_HEAD if head[5] & 0x10 else 0)
    if head.startswith(b"TAG") and at == len(content) - _ID3_TAIL:
        return _ID3_TAIL
    if head.startswith(_APE) and len(head) == _APE_HEAD:
        # Its length counts all but the head.
        return _APE_HEAD + int.from_bytes(head[12:16], "little")
    return 0


def _mp3_frame(content: bytes, at: int) -> int:
    head = int.from_bytes(content[at : at + 4])
    if head >> 21 != 0x7FF or head >> 17 & 3 != 1 or len(content) < at + 4:
        return 0
    version, rate, hertz = head >> 19 & 3, head >> 12 & 15, head >> 10 & 3
    if version == 1 or rate in {0, 15} or hertz == 3:
        return 0
    is_first = version == 3
    kilobits = _MP3_KILOBITS[is_first][rate]
    slower = {3: 1, 2: 2, 0: 4}[version]
    return (144 if is_first else 72) * kilobits * 1000 // (_MP3_HERTZ[hertz] // slower) + (
        head >> 9 & 1
    )


def _adts_frame(content: bytes, at: int) -> int:
    head = int.from_bytes(content[at : at + 7].ljust(7, b"\0"))
    length = head >> 13 & 0x1FFF
    return length if head >> 44 == 0xFFF and head >> 41 & 3 == 0 and length >= 7 else 0


def bare_amr(content: bytes) -> bytes:
    """AMR has no place for notes: it is the same file, if it is nothing else beside.

    A last frame that is cut off goes.
    """
    start = next((head for head in _AMR_HEADS if content.startswith(head)), None)
    if start is None:
        raise NotCleanable("no sound")
    lengths, at = _AMR_HEADS[start], len(start)
    while at < len(content):
        kind = content[at] >> 3 & 15
        if content[at] & 0x83 or not (kind < len(lengths) or kind in _AMR_SILENT):
            raise NotCleanable("no frame of sound")
        end = at + 1 + (lengths[kind] if kind < len(lengths) else 0)
        if end > len(content):
            return content[:at]
        at = end
    return content


def bare_wav(content: bytes) -> bytes:
    """RIFF WAVE with what plays it, and no other chunk."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NotCleanable("no sound")
    chunks = {kind: chunk for kind, chunk in _chunks(content) if kind in _WAV_KEPT}
    if not (chunks.get(b"fmt ") and chunks.get(b"data")):
        raise NotCleanable("nothing to play")
    body = b"WAVE" + b"".join(
        kind + len(chunks[kind]).to_bytes(4, "little") + chunks[kind] + bytes(len(chunks[kind]) % 2)
        for kind in (b"fmt ", b"fact", b"data")
        if kind in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
