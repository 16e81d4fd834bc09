"""Somebody at a terminal who looks at what is asked before typing."""

from collections.abc import Iterator

_TRIES = ("1", "Dust.", "5", "2026-01-02", "/file", "/done", "/skip")
"""Tried one after the other while a question refuses."""


class Player:
    """Gives lines to a rehearsal and takes what it tells."""

    def __init__(self, *, before_sending: tuple[str, ...] = ()) -> None:
        self.told: list[str] = []
        self._fresh: list[str] = []
        self._before_sending = list(before_sending)

    def tell(self, line: str) -> None:
        """What the rehearsal shows."""
        self.told.append(line)
        self._fresh.append(line)

    def lines(self, most: int = 300) -> Iterator[str]:
        """A line for each question, as long as it wants one."""
        tries: Iterator[str] = iter(_TRIES)
        for _ in range(most):
            fresh, self._fresh = self._fresh, []
            if any(line.startswith("(/submit") for line in fresh):
                yield self._before_sending.pop(0) if self._before_sending else "/submit"
            elif any(line.startswith("! ") for line in fresh):
                yield next(tries, "/stop")
            else:
                tries = iter(_TRIES)
                yield next(tries, "/stop")
