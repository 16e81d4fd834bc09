"""A terminal for tests: what a command said, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came of a command."""

    status: int
    out: str
    err: str


Gehoor = Callable[..., Said]
"""Runs a command; `typed` is what stands on its standard input."""
