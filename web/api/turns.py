"""How often somebody may ask: so many times at once, and so many a second in the long run.

Counted in the memory of this process alone, by token and never by address (W4, W9).
"""

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_COUNTED = 10_000
"""Keys that are counted; of more, those that asked longest ago are forgotten."""


class Turns:
    """Buckets of turns, one for each key, that fill steadily."""

    def __init__(
        self, *, per_second: float, at_once: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """How many seconds there are until the next turn; nothing if there is one now."""
        # A hair's breadth under one is one: clocks and sums are not exact.
        left = self._filled(key)
        return 0.0 if left > 0.999 else (1 - left) / self._per_second

    def take(self, key: str) -> float:
        """Take a turn and return nothing, or how many seconds to wait for one."""
        seconds = self.wait(key)
        if not seconds:
            self._left[key] = (self._filled(key) - 1, self._clock())
            self._left.move_to_end(key)
            while len(self._left) > MOST_COUNTED:
                self._left.popitem(last=False)
        return seconds

    def _filled(self, key: str) -> float:
        left, at = self._left.get(key, (float(self._at_once), self._clock()))
        return min(self._at_once, left + (self._clock() - at) * self._per_second)
