"""The process in which ffmpeg, where the operator has it, makes recordings anew.

    copy, media_type = recoded_apart(pieces, "audio/mp4", Path("/usr/bin/ffmpeg"))

Sound is decoded and encoded again, so that only what is heard is left: Opus in Ogg, one channel.
Film keeps its pictures and sound as they were encoded, in a new container without notes; encoding
film again would cost minutes a file. ffmpeg is a program beside this one and not a part of it.

It is told which format to read (the one that we saw, never what the file leads to), may use no
protocol but plain files and pipes, and has as little memory and time as everything that is taken
apart. Run by Python as `-m intake.sound_room KIND PROGRAM`, which limits itself and then becomes
ffmpeg.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.apart import MOST_COPY_BYTES, confine, run_apart

MOST_CPU_SECONDS = 120
"""An hour of speech takes half of it on a slow machine."""
LONGEST_SOUND_SECONDS = 4 * 60 * 60
_CODECS = (
    "opus,libopus,vorbis,libvorbis,flac,mp3,mp3float,aac,aac_fixed,alac,amrnb,amrwb,"
    "libopencore_amrnb,libopencore_amrwb,pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,"
    "pcm_alaw,pcm_mulaw,h263,mpeg4,h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1"
)
"""The decoders that a telephone's recording may need; hundreds of others are not tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording:
    """How a kind is read, and what becomes of it."""

    demuxer: str
    becomes: str = "audio/ogg"
    muxer: str = "ogg"


_RECORDINGS: Mapping[str, _Recording] = {
    "audio/ogg": _Recording(demuxer="ogg"),
    "audio/mpeg": _Recording(demuxer="mp3"),
    "audio/mp4": _Recording(demuxer="mov"),
    "audio/aac": _Recording(demuxer="aac"),
    "audio/wav": _Recording(demuxer="wav"),
    "audio/webm": _Recording(demuxer="matroska"),
    "audio/amr": _Recording(demuxer="amr"),
    "video/mp4": _Recording(demuxer="mov", becomes="video/mp4", muxer="mp4"),
    "video/3gpp": _Recording(demuxer="mov", becomes="video/3gpp", muxer="3gp"),
    "video/webm": _Recording(demuxer="matroska", becomes="video/webm", muxer="webm"),
}
RECODABLE = frozenset(_RECORDINGS)

_SOUND = (
    "-map", "0:a:0", "-c:a", "libopus", "-b:a", "32k", "-ac", "1", "-application", "voip",
    "-t", str(LONGEST_SOUND_SECONDS),
)  # fmt: skip
_FILM = (
    # Some telephones save sound alone as a film.
    "-map", "0:v:0?", "-map", "0:a:0?", "-c", "copy",
    # Written to a pipe, so the list of all frames cannot be put in at the end.
    "-movflags", "+frag_keyframe+empty_moov+default_base_moof",
)  # fmt: skip


def recoded_apart(pieces: Iterable[bytes], media_type: str, ffmpeg: Path) -> tuple[bytes, str]:
    """The recording made anew, and what it is now. Waits for it: use a thread.

    Raises `NotCleanable` when ffmpeg cannot read all of it, or took too much memory or time.
    """
    copy = run_apart(__spec__.name, (media_type, str(ffmpeg)), pieces)
    return copy, _RECORDINGS[media_type].becomes


def arguments_for(media_type: str) -> tuple[str, ...]:
    """What ffmpeg is told."""
    recording = _RECORDINGS[media_type]
    is_film = recording.becomes.startswith("video/")
    return (
        "-nostdin", "-hide_banner", "-loglevel", "quiet", "-threads", "1",
        # A copy that ends where something is damaged would be taken for the whole.
        "-xerror",
        "-protocol_whitelist", "file,pipe", "-codec_whitelist", _CODECS,
        "-f", recording.demuxer, "-i", "file:/dev/stdin",
        *(_FILM if is_film else _SOUND),
        "-sn", "-dn", *(() if is_film else ("-vn",)),
        "-map_metadata", "-1", "-map_chapters", "-1",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
        "-threads", "1", "-fs", str(MOST_COPY_BYTES), "-f", recording.muxer, "pipe:1",
    )  # fmt: skip


def main() -> None:
    """Limit this process, and become ffmpeg."""
    media_type, program = sys.argv[1:]
    # It divides its work among threads, which count as processes.
    confine(cpu_seconds=MOST_CPU_SECONDS, may_start_others=True)
    os.execv(program, (program, *arguments_for(media_type)))  # nosec B606  # the program that the operator named, and no shell


if __name__ == "__main__":
    main()
