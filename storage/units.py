"""Units of work on their way to the writer, and telling their callers what came of them."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Unit(Generic[Result]):
    """Work on its way to the writer, and whom to tell."""

    work: Callable[[Connection], Result]
    done: "asyncio.Future[Result]"
    loop: asyncio.AbstractEventLoop
    handed_in: float = field(default_factory=time.monotonic)
    """By the monotonic clock, in seconds: how long somebody has been waiting for it."""
    tries: int = 0
    """How often it was set aside because somebody else was in its way."""
    again_at: float = 0.0
    """Not before this moment of the monotonic clock."""
    result: Result | None = None
    failure: BaseException | None = None

    def settle(self) -> None:
        """On the caller's loop: hand over what came of it, unless they have gone or were told."""
        if self.done.done():
            return
        if self.failure is not None:
            self.done.set_exception(self.failure)
        else:
            self.done.set_result(self.result)  # type: ignore[arg-type]  # set together with failure


def tell(units: Iterable[Unit[Any]]) -> None:
    """Wake the callers, one wake-up for each loop."""
    loops: dict[asyncio.AbstractEventLoop, list[Unit[Any]]] = {}
    for unit in units:
        loops.setdefault(unit.loop, []).append(unit)
    for loop, theirs in loops.items():
        try:
            loop.call_soon_threadsafe(_settle_all, theirs)
        except RuntimeError:  # the loop is closed: nobody is there to be told
            continue


def _settle_all(units: list[Unit[Any]]) -> None:
    for unit in units:
        unit.settle()
