"""Work for one chat runs in order; work for different chats runs at once.

Used for what comes in (`bot.channel`) and for what goes out (`bot.sending`). The lanes keep their
own tasks: work is put in from a polling loop and from web requests alike, so that no single
parent could wait for it. `drain` is where they are waited for.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

Work: TypeAlias = Callable[[], Awaitable[None]]

log = structlog.get_logger()


class Lanes:
    """A line of work per key. Idle lines cost nothing: they are not there."""

    def __init__(self) -> None:
        self._lines: dict[int, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, key: int, work: Work) -> None:
        """Run `work` after everything that was put in for this key before.

        A fault that escapes from `work` is logged by its type, and the line goes on.
        """
        line = self._lines.get(key)
        if line is not None:
            line.append(work)
            return
        line = self._lines[key] = deque((work,))
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

    async def _run(self, key: int, line: deque[Work]) -> None:
        try:
            while line:
                await _do(line.popleft())
        finally:
            self._lines.pop(key, None)


async def _do(work: Work) -> None:
    try:
        await work()
    except Exception as fault:
        # Only the type: the words of a fault may quote what somebody wrote.
        log.warning("bot.work_failed", fault=type(fault).__name__)
