"""Notes go out of recordings, and the sound stays bit for bit; what is not certain is refused."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.cleaning import cleaned
from intake.errors import NotCleanable
from intake.media_types import ENDS_BYTES, media_type_of
from intake.recordings.ogg import _checksum
from intake.recordings.stripping import STRIPPERS
from tests.intake.recordings.samples import (
    MADE,
    MAKER,
    adts,
    amr,
    box,
    chunk,
    m4a,
    mp3,
    ogg,
    ogg_with_a_picture,
    page,
    track,
    vorbis,
    wav,
)
from tests.security.hostile_files import GPS

SAMPLES = {
    "a voice message": ("audio/ogg", ogg()),
    "a voice message with a picture": ("audio/ogg", ogg_with_a_picture()),
    "a piece of Vorbis": ("audio/ogg", vorbis()),
    "an MP3": ("audio/mpeg", mp3()),
    "a WAV": ("audio/wav", wav()),
    "an M4A": ("audio/mp4", m4a()),
    "a film": ("video/mp4", m4a(track(), track(b"vide"), brand=b"isom")),
    "a film of an old telephone": ("video/3gpp", m4a(track(b"vide"), brand=b"3gp4")),
    "an AAC": ("audio/aac", adts()),
    "an AMR": ("audio/amr", amr()),
}


@pytest.mark.parametrize("what", SAMPLES)
def test_a_copy_has_no_notes_and_is_still_what_it_was(what: str) -> None:
    kind, content = SAMPLES[what]
    copy, media_type = cleaned(content, kind)
    assert media_type == kind
    for told in (MAKER, GPS, MADE[:4]):
        assert told not in copy
    assert media_type_of(copy[:ENDS_BYTES], copy[-ENDS_BYTES:], is_text=False) == kind
    assert cleaned(copy, kind) == (copy, kind)


def test_only_the_comments_of_a_voice_message_change_and_their_checksum_is_right() -> None:
    content = ogg()
    copy, _ = cleaned(content, "audio/ogg")
    start = content.index(b"OggS", 1)
    end = content.index(b"OggS", start + 1)
    assert copy[:start] == content[:start]
    assert copy[end:] == content[end:]
    tags = copy[copy.index(b"OpusTags") : end]
    assert tags == b"OpusTags" + bytes(len(tags) - 8)
    whole = copy[start:end]
    assert whole[22:26] == _checksum(whole[:22] + bytes(4) + whole[26:])


def test_the_checksum_is_the_one_of_ogg() -> None:
    # A first page as ffmpeg wrote it.
    written = bytes.fromhex(
        "4f6767530002000000000000000005000000000000000a78757d"
        "01134f707573486561640101380180bb0000000000"
    )
    assert written[22:26] == _checksum(written[:22] + bytes(4) + written[26:])


def test_what_stands_beside_the_comments_of_vorbis_stays() -> None:
    copy, _ = cleaned(vorbis(), "audio/ogg")
    assert b"\x05vorbis" + b"setup" * 99 in copy
    at = copy.index(b"\x03vorbis")
    assert copy[at + 7 : at + 16] == bytes(8) + b"\x01"


def test_the_frames_of_an_mp3_stay_and_a_last_one_that_is_cut_off_goes() -> None:
    copy, _ = cleaned(mp3(), "audio/mpeg")
    assert len(copy) == 5 * 417 + 418 + 3 * 104
    assert cleaned(copy + copy[:100], "audio/mpeg")[0] == copy


def test_a_last_frame_of_a_voice_that_is_cut_off_goes() -> None:
    assert cleaned(amr() + b"<script>", "audio/amr")[0] == amr()


def test_nothing_moves_in_a_film_so_sound_and_picture_are_found() -> None:
    content = m4a()
    copy, _ = cleaned(content, "audio/mp4")
    assert len(copy) == len(content)
    assert copy.index(b"mdat") == content.index(b"mdat")
    assert b"sound" * 90 in copy
    for gone in (b"udta", b"meta", b"uuid", b"ilst"):
        assert gone not in copy


def _bent(content: bytes, at: int, byte: int) -> bytes:
    return content[:at] + bytes([byte]) + content[at + 1 :]


HEAD = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, 48_000, 0, 0)

DOUBTFUL = {
    "two streams in one": ("audio/ogg", ogg() + page(4, [MAKER], stream=8)),
    "a stream that begins again": ("audio/ogg", ogg() + page(0, [HEAD], flags=2)),
    "bytes after the last page": ("audio/ogg", ogg() + MAKER),
    "a page that is cut off": ("audio/ogg", ogg()[:-3]),
    "no comments": ("audio/ogg", page(0, [HEAD], flags=2) + page(1, [MAKER * 9])),
    "comments that do not end": (
        "audio/ogg",
        page(0, [HEAD], flags=2) + page(1, [(b"OpusTags" + MAKER * 99)[:765]], is_open=True),
    ),
    "the head alone": ("audio/ogg", page(0, [HEAD], flags=2)),
    "a film in Ogg": ("audio/ogg", page(0, [b"\x80theora"], flags=2) + page(1, [MAKER])),
    "tags alone": ("audio/mpeg", mp3()[:310]),
    "a page after the sound": ("audio/mpeg", mp3() + b"<script>"),
    "a rate that is none": ("audio/mpeg", b"\xff\xfb\xf0\x00" + bytes(413)),
    "a place of sound in nothing": ("audio/wav", b"RIFF\x04\0\0\0WAVE"),
    "no sound": ("audio/wav", wav()[:12] + chunk(b"fmt ", bytes(16)) + chunk(b"data", b"")),
    "a track of places": ("video/mp4", m4a(track(), track(b"meta"))),
    "a box that is too long": ("audio/mp4", box(b"ftyp", b"M4A ") + b"\0\0\xff\xffmoov"),
    "a box shorter than its head": ("audio/mp4", box(b"ftyp", b"M4A ") + b"\0\0\0\4moov"),
    "nothing to play": ("audio/mp4", box(b"ftyp", b"M4A ") + box(b"mdat")),
    "boxes nested without end": (
        "audio/mp4",
        box(b"ftyp", b"M4A ")
        + b"".join(struct.pack(">I", 8 * n) + b"moov" for n in range(99, 0, -1)),
    ),
    "a frame that says nothing": ("audio/aac", adts() + bytes(7)),
    "a page after the voice": ("audio/amr", amr() + b"\xff<script>"),
    "an empty file": ("audio/amr", b""),
}


@pytest.mark.parametrize("what", DOUBTFUL)
def test_what_is_not_certain_has_no_copy(what: str) -> None:
    kind, content = DOUBTFUL[what]
    with pytest.raises(NotCleanable):
        cleaned(content, kind)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_bent_recording_is_refused_or_cleaned_and_never_breaks_the_rest(
    what: str, data: st.DataObject
) -> None:
    kind, content = SAMPLES[what]
    content = (
        content[: data.draw(st.integers(0, len(content)))]
        if data.draw(st.booleans())
        else (
            _bent(
                content, data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 255))
            )
        )
    )
    try:
        copy, media_type = cleaned(content, kind)
    except NotCleanable:
        return
    assert media_type == kind
    assert len(copy) <= len(content)


def test_every_kind_that_is_stripped_has_a_sample() -> None:
    assert {kind for kind, _ in SAMPLES.values()} == {*STRIPPERS}
