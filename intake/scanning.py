"""Asking a malware scanner about a file: what it may say, and what asks it.

`FileDesk` asks when a file comes in; the desk asks again before a handler opens a file as it was
sent, because scanners learn, and because nobody else can open what is sealed.
"""

from collections.abc import Iterator
from typing import Protocol

from flows.values import Scan


class Scanner(Protocol):
    """Looks into files. Never raises for what a file or a scanner does."""

    async def scan(self, pieces: Iterator[bytes]) -> Scan:
        """What is to be said of a file. Pieces may come from a disk: take them in a thread."""


class NoScanner:
    """An installation that has none."""

    async def scan(self, pieces: Iterator[bytes]) -> Scan:
        """`NOT_LOOKED`, without looking."""
        del pieces
        return Scan.NOT_LOOKED
