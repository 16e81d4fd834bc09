"""The numbers last seen.

Used by `bot.answering` to tell an update that this process has answered from one that was
committed before a crash.
"""

from collections import deque
from typing import Final

MOST: Final = 10_000


class Recent:
    """A set that forgets what was put in first."""

    def __init__(self, most: int = MOST) -> None:
        self._order: deque[int] = deque()
        self._known: set[int] = set()
        self._most = most

    def add(self, number: int) -> None:
        """Know it from now on."""
        if number in self._known:
            return
        self._known.add(number)
        self._order.append(number)
        if len(self._order) > self._most:
            self._known.discard(self._order.popleft())

    def __contains__(self, number: int) -> bool:
        return number in self._known
