"""Who makes the cleaned copy of which kind of file, and what happens where nobody can.

Called by `intake.files`, in a thread. A photo or a document of which no copy can be made is
refused, because its original should hardly ever have to be opened. A recording is taken all the
same: it may be the only thing that somebody can send.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from intake.clean_room import clean_apart
from intake.cleaning import CLEANABLE, MUST_BE_CLEANED
from intake.errors import NotCleanable
from intake.sound_room import RECODABLE, recoded_apart

Pieces = Callable[[], Iterable[bytes]]
"""Gives the whole file anew each time."""


class Copies:
    """Makes cleaned copies with what the machine has."""

    def __init__(self, ffmpeg: Path | None = None) -> None:
        self._ffmpeg = ffmpeg

    def made(self, pieces: Pieces, media_type: str) -> tuple[bytes, str] | None:
        """The copy and its media type; None for a recording or a kind that cannot be cleaned.

        Raises `NotCleanable` for what must be. Takes seconds.
        """
        if self._ffmpeg is not None and media_type in RECODABLE:
            try:
                return recoded_apart(pieces(), media_type, self._ffmpeg)
            except NotCleanable:
                # It may lack a codec, or be stricter than it need be: notes can still be taken out.
                pass
        if media_type not in CLEANABLE:
            return None
        try:
            return clean_apart(pieces(), media_type)
        except NotCleanable:
            if media_type in MUST_BE_CLEANED:
                raise
            return None
