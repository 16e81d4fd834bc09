"""Which recordings can be stripped of notes by hand, and by what. Called in the clean room.

Webm is not among them: its notes stand in a format of its own, and ffmpeg reads it better.
"""

from collections.abc import Callable, Mapping

from intake.recordings.boxes import without_notes
from intake.recordings.frames import bare_aac, bare_amr, bare_mp3, bare_wav
from intake.recordings.ogg import without_comments

STRIPPERS: Mapping[str, Callable[[bytes], bytes]] = {
    "audio/ogg": without_comments,
    "audio/mpeg": bare_mp3,
    "audio/mp4": without_notes,
    "audio/aac": bare_aac,
    "audio/wav": bare_wav,
    "audio/amr": bare_amr,
    "video/mp4": without_notes,
    "video/3gpp": without_notes,
}
