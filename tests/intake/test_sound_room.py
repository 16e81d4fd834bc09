"""Recordings made anew by ffmpeg, where the machine has it; whatever it does, it is held in."""

import shutil
import subprocess
from pathlib import Path

import pytest

from intake.apart import MOST_COPY_BYTES
from intake.copies import Copies
from intake.errors import NotCleanable
from intake.media_types import ENDS_BYTES, media_type_of
from intake.recordings.stripping import STRIPPERS
from intake.sound_room import RECODABLE, arguments_for, recoded_apart
from tests.intake.recordings.samples import MAKER, ogg

FFMPEG = Path(shutil.which("ffmpeg") or "/nowhere")
needs_ffmpeg = pytest.mark.skipif(not FFMPEG.exists(), reason="this machine has no ffmpeg")

_TELLING = ("title", "artist", "comment", "location")
_TONE = ("-f", "lavfi", "-i", "sine=frequency=440:duration=2")
_FILM = (*_TONE, "-f", "lavfi", "-i", "testsrc=size=64x48:rate=5:duration=2")


def recorded(path: Path, *how: str) -> bytes:
    """A recording with notes, as ffmpeg makes it."""
    notes = [f"{name}={MAKER.decode()}" for name in _TELLING]
    told = [word for note in notes for word in ("-metadata", note)]
    command = [FFMPEG, "-v", "error", "-y", *how, *told, "-shortest", path]
    subprocess.run(command, check=True)
    return path.read_bytes()


def heard(content: bytes) -> float:
    """How many seconds a player hears or sees."""
    command = [FFMPEG, "-v", "error", "-i", "pipe:", "-f", "s16le", "-ar", "8000", "-ac", "1", "-"]
    played = subprocess.run(command, input=content, capture_output=True, check=True)
    assert played.stderr == b""
    return len(played.stdout) / 16_000


@needs_ffmpeg
@pytest.mark.parametrize("ending", ["ogg", "mp3", "m4a", "aac", "wav", "webm"])
def test_a_voice_is_encoded_anew_without_a_note(tmp_path: Path, ending: str) -> None:
    how = ("-c:a", "libopus") if ending in {"ogg", "webm"} else ()
    content = recorded(tmp_path / f"a.{ending}", *_TONE, *how)
    kind = media_type_of(content[:ENDS_BYTES], content[-ENDS_BYTES:], is_text=False)
    assert kind.startswith("audio/")
    copy, media_type = recoded_apart((content,), kind, FFMPEG)
    assert media_type == "audio/ogg"
    assert MAKER not in copy
    assert copy.startswith(b"OggS")
    assert b"OpusHead" in copy
    assert abs(heard(copy) - 2) < 0.1


@needs_ffmpeg
@pytest.mark.parametrize(("ending", "codec"), [("mp4", "mpeg4"), ("webm", "libvpx")])
def test_a_film_keeps_its_pictures_and_sound_and_loses_its_notes(
    tmp_path: Path, ending: str, codec: str
) -> None:
    content = recorded(tmp_path / f"a.{ending}", *_FILM, "-c:v", codec)
    kind = media_type_of(content[:ENDS_BYTES], content[-ENDS_BYTES:], is_text=False)
    assert kind == f"video/{ending}"
    copy, media_type = recoded_apart((content,), kind, FFMPEG)
    assert media_type == kind
    assert MAKER in content
    assert MAKER not in copy
    assert abs(heard(copy) - 2) < 0.3


@needs_ffmpeg
def test_a_list_of_other_files_is_not_followed(tmp_path: Path) -> None:
    voice = tmp_path / "a.wav"
    recorded(voice, *_TONE)
    playlist = f"ffconcat version 1.0\nfile {voice}\n".encode()
    for content in (playlist, b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"):
        for kind in RECODABLE:
            with pytest.raises(NotCleanable):
                recoded_apart((content,), kind, FFMPEG)


@needs_ffmpeg
def test_half_a_recording_is_stripped_or_has_no_copy_but_no_shorter_one(tmp_path: Path) -> None:
    content = recorded(tmp_path / "a.m4a", *_TONE)
    assert Copies(FFMPEG).made(lambda: (content[:-2000],), "audio/mp4") is None


def test_what_ffmpeg_is_told_names_one_format_and_no_network() -> None:
    for kind in RECODABLE:
        told = arguments_for(kind)
        before = told[: told.index("-i")]
        assert "-f" in before
        assert before[before.index("-protocol_whitelist") + 1] == "file,pipe"
        assert told[told.index("-map_metadata") + 1] == "-1"
        assert "-xerror" in before


def program(tmp_path: Path, script: str) -> Path:
    path = tmp_path / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return path


def test_a_program_that_writes_without_end_is_stopped(tmp_path: Path) -> None:
    endless = program(tmp_path, f"exec head -c {MOST_COPY_BYTES + 9_000_000} /dev/zero")
    with pytest.raises(NotCleanable):
        recoded_apart((ogg(),), "audio/ogg", endless)


def test_a_program_that_was_broken_into_writes_no_file_and_sees_no_setting(tmp_path: Path) -> None:
    target = tmp_path / "stolen"
    thief = program(tmp_path, f"cat > {target}; env; cat /proc/self/limits")
    try:
        told, _ = recoded_apart((ogg(),), "audio/ogg", thief)
    except NotCleanable:
        told = b""
    assert not target.exists() or target.read_bytes() == b""
    assert b"GEHOOR" not in told
    assert b"HOME" not in told


def test_a_copy_is_kept_only_if_the_program_ended_well(tmp_path: Path) -> None:
    failing = program(tmp_path, "echo half; exit 1")
    with pytest.raises(NotCleanable):
        recoded_apart((ogg(),), "audio/ogg", failing)
    nothing = program(tmp_path, "exit 0")
    with pytest.raises(NotCleanable):
        recoded_apart((ogg(),), "audio/ogg", nothing)


def test_where_ffmpeg_fails_or_is_not_there_notes_are_still_stripped(tmp_path: Path) -> None:
    broken = program(tmp_path, "exit 1")
    for copies in (Copies(), Copies(broken)):
        made = copies.made(lambda: (ogg(),), "audio/ogg")
        assert made is not None
        copy, kind = made
        assert kind == "audio/ogg"
        assert MAKER not in copy


def test_a_recording_of_which_no_copy_can_be_made_is_taken_all_the_same() -> None:
    assert Copies().made(lambda: (b"OggS" + bytes(99),), "audio/ogg") is None
    assert Copies().made(lambda: (b"\x1aE\xdf\xa3webm",), "audio/webm") is None
    assert Copies().made(lambda: (b"words",), "text/plain") is None


def test_a_photo_of_which_no_copy_can_be_made_is_refused() -> None:
    with pytest.raises(NotCleanable):
        Copies().made(lambda: (b"\xff\xd8\xff",), "image/jpeg")


def test_whatever_is_stripped_by_hand_can_be_made_anew_as_well() -> None:
    assert {*STRIPPERS} <= RECODABLE
