"""Work for one chat runs in order; work for different chats runs at once.

Used for what comes in (`bot.channel`) and for what goes out (`bot.sending`). The lanes keep their
own tasks: work is put in from a polling loop and from web requests alike, so that no single
parent could wait for it. `drain` is where they are waited for.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import structlog

Work: TypeAlias = Callable[[], Awaitable[None]]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One piece of work in a line."""

    work: Work
    may_be_dropped: bool


class Lanes:
    """A line of work per key. Idle lines cost nothing: they are not there."""

    def __init__(self) -> None:
        self._lines: dict[int, deque[_Place]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, key: int, work: Work, *, most: int = 0, may_be_dropped: bool = False) -> None:
        """Run `work` after everything that was put in for this key before.

        A fault that escapes from `work` is logged by its type, and the line goes on. Where `most`
        wait already, the oldest that may be dropped is never run.
        """
        place = _Place(work=work, may_be_dropped=may_be_dropped)
        line = self._lines.get(key)
        if line is not None:
            if most and len(line) >= most:
                _drop_oldest(line)
            line.append(place)
            return
        line = self._lines[key] = deque((place,))
        task = asyncio.create_task(self._run(key, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def waiting(self, key: int) -> int:
        """How much has not been begun yet for this key."""
        return len(self._lines.get(key, ()))

    async def drain(self) -> None:
        """Return when nothing is left to do."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Drop what is waiting, and stop what is being done."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lines.clear()

    async def _run(self, key: int, line: "deque[_Place]") -> None:
        try:
            while line:
                await _do(line.popleft().work)
        finally:
            self._lines.pop(key, None)


def _drop_oldest(line: "deque[_Place]") -> None:
    for number, place in enumerate(line):
        if place.may_be_dropped:
            del line[number]
            return


async def _do(work: Work) -> None:
    try:
        await work()
    except Exception as fault:
        # Only the type: the words of a fault may quote what somebody wrote.
        log.warning("bot.work_failed", fault=type(fault).__name__)
