"""Times short work: so often that the clock does not matter, the best of some tries."""

import time
from collections.abc import Callable

_SECONDS_A_TRY = 0.15
_TRIES = 3


def microseconds(work: Callable[[], object]) -> float:
    """Microseconds that `work` takes when nothing is in its way."""
    number = 1
    while True:
        seconds = _seconds(work, number)
        if seconds >= _SECONDS_A_TRY / 4:
            break
        number *= 4
    best = min(_seconds(work, number) for _ in range(_TRIES))
    return 1e6 * best / number


def _seconds(work: Callable[[], object], number: int) -> float:
    began = time.perf_counter()
    for _ in range(number):
        work()
    return time.perf_counter() - began
