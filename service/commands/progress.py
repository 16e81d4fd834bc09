"""Says how far something long is: at its start, every few seconds, and at its end.

Used by `gehoor backup`, `gehoor restore`, `gehoor keys` and `gehoor people read-along`.
"""

import time
from collections.abc import Callable

SECONDS_BETWEEN_LINES = 3.0
_SECONDS_A_MINUTE = 60

Say = Callable[[str], None]


class ProgressLines:
    """Lines such as `Copying sealed files: 300 of 1200`, few enough to be read."""

    def __init__(self, say: Say, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that only grow."""
        self._say = say
        self._clock = clock
        self._stage = ""
        self._said_at = 0.0

    def tell(self, stage: str, done: int, total: int, note: str = "") -> None:
        """Where it is now; said if it is a new stage, its end, or some seconds after the last.

        `note` is put behind it as it is.
        """
        now = self._clock()
        is_new = stage != self._stage
        is_end = done >= total
        if is_new or is_end or now - self._said_at >= SECONDS_BETWEEN_LINES:
            self._stage, self._said_at = stage, now
            self._say(f"{stage}: {done} of {total}{note}")


def time_left(done: int, total: int, seconds: float) -> str:
    """How long the rest takes, if it goes on like that: a note, empty where nothing is known."""
    if not 0 < done < total or seconds <= 0:
        return ""
    left = seconds * (total - done) / done
    if left < _SECONDS_A_MINUTE:
        return ", less than a minute left"
    return f", about {round(left / _SECONDS_A_MINUTE)} min left"
