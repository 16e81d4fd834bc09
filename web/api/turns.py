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

    def take(self, key: str) -> float:
        """Take a turn and return nothing, or how many seconds to wait for one."""
        left = self._filled(key)
        # A hair's breadth under one is one: clocks and sums are not exact.
        if left <= 0.999:
            return (1 - left) / self._per_second
        self._keep(key, left - 1)
        return 0.0

    def give_back(self, key: str) -> None:
        """One that was taken and not used."""
        self._keep(key, self._filled(key) + 1)

    def _keep(self, key: str, left: float) -> None:
        self._left[key] = (left, self._clock())
        self._left.move_to_end(key)
        while len(self._left) > MOST_COUNTED:
            self._left.popitem(last=False)

    def _filled(self, key: str) -> float:
        left, at = self._left.get(key, (float(self._at_once), self._clock()))
        return min(self._at_once, left + (self._clock() - at) * self._per_second)
