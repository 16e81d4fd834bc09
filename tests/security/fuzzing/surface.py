"""What is fuzzed and how: a surface is opened once, then struck again and again.

Each strike has its own seed, so the one that broke something can be repeated alone.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeAlias

Strike: TypeAlias = Callable[[Random], Awaitable[None]]
"""One try with input of its own; any exception is a find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Somewhere that input comes in."""

    name: str
    claim: str
    """What holds whatever comes in."""
    open: Callable[[Path], AbstractAsyncContextManager[Strike]]
    """Takes an empty folder."""
    strikes: int
    """How many stand in the suite: about two seconds' worth."""


class BrokenSurfaceError(Exception):
    """A strike went through."""

    def __init__(self, surface: str, seed: int, number: int) -> None:
        super().__init__(
            f"{surface}: python -m tests.fuzz --surface {surface} --seed {seed} --only {number}"
        )


async def strike_once(surface: Surface, strike: Strike, seed: int, number: int) -> None:
    """One strike. Raises `BrokenSurfaceError` that says how to repeat it."""
    try:
        await strike(Random(f"{surface.name} {seed} {number}"))
    except Exception as fault:
        raise BrokenSurfaceError(surface.name, seed, number) from fault
