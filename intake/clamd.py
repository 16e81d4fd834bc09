"""ClamAV's daemon over a socket: one file a connection, streamed (clamd(8), `INSTREAM`).

    z INSTREAM \\0 · length (4, big endian) · piece · length · piece · … · 0 (4)
    → `stream: OK` \\0   or   `stream: NAME FOUND` \\0   or   `… ERROR` \\0

A scanner that is down must not keep anybody from being heard: whatever goes wrong with it, the file
is taken and marked as not scanned. The name of what it found is not kept.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import structlog

from flows.values import Scan

SECONDS_TO_CONNECT = 3.0
SECONDS_TO_SCAN = 60.0
SILENCE_SECONDS = 30.0
"""After it did not answer, it is not asked for so long: people would wait for nothing."""
AT_ONCE = 4
PIECE_BYTES = 128 * 1024
_MOST_ANSWER_BYTES = 4096
_END = bytes(4)
_GAVE_UP = b"stream: Heuristics.Limits.Exceeded"
"""With `AlertExceedsMax`: it unfolds to more than the daemon looks at. Nothing was found in it."""

Address: TypeAlias = Path | tuple[str, int]
"""Of a Unix socket, or a host and a port."""

log = structlog.get_logger("intake")


def read_address(text: str) -> Address:
    """`/run/clamav/clamd.ctl` or `127.0.0.1:3310`; raises `ValueError` for anything else."""
    if text.startswith("/"):
        return Path(text)
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("should be the path of a socket, or a host and a port: 127.0.0.1:3310")
    return host.strip("[]"), int(port)


class Clamd:
    """A `Scanner` that asks a daemon."""

    def __init__(self, address: Address, *, seconds_to_scan: float = SECONDS_TO_SCAN) -> None:
        self._address = address
        self._seconds = seconds_to_scan
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._silent_until = 0.0

    async def scan(self, pieces: Iterator[bytes]) -> Scan:
        """As `Scanner.scan`."""
        async with self._turn:
            now = asyncio.get_running_loop().time
            if now() < self._silent_until:
                return Scan.UNANSWERED
            try:
                async with asyncio.timeout(self._seconds), self._connection() as (reader, writer):
                    said = await _asked(reader, writer, pieces)
            except (OSError, TimeoutError) as fault:
                log.warning("scanner_unreached", fault=type(fault).__name__)
                self._silent_until = now() + SILENCE_SECONDS
                return Scan.UNANSWERED
            return _meaning(said)

    @asynccontextmanager
    async def _connection(
        self,
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        async with asyncio.timeout(SECONDS_TO_CONNECT):
            if isinstance(self._address, Path):
                reader, writer = await asyncio.open_unix_connection(
                    self._address, limit=_MOST_ANSWER_BYTES
                )
            else:
                reader, writer = await asyncio.open_connection(
                    *self._address, limit=_MOST_ANSWER_BYTES
                )
        try:
            yield reader, writer
        finally:
            # Not gracefully: what was not sent yet is of no use to anybody.
            writer.transport.abort()


async def _asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pieces: Iterator[bytes]
) -> bytes:
    """What it says. It may do so, and hang up, before it has heard everything."""
    # Not a group of tasks: it would wrap what the pieces raise, and callers know that by its type.
    answer = asyncio.create_task(_answer(reader))
    try:
        await _tell(writer, pieces, answer)
        return await answer
    finally:
        answer.cancel()


async def _tell(
    writer: asyncio.StreamWriter, pieces: Iterator[bytes], answer: asyncio.Task[bytes]
) -> None:
    """All pieces, or as many as it wants to hear."""
    try:
        writer.write(b"zINSTREAM\0")
        while not answer.done():
            piece = await asyncio.to_thread(next, pieces, None)
            if piece is None:
                break
            # An empty piece gives no part: to the daemon a length of 0 would be the end.
            for start in range(0, len(piece), PIECE_BYTES):
                part = piece[start : start + PIECE_BYTES]
                writer.write(len(part).to_bytes(4) + part)
                await writer.drain()
        writer.write(_END)
        await writer.drain()
    except ConnectionError:
        pass  # it hung up; why, it may have said before


async def _answer(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\0")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        return b""


def _meaning(said: bytes) -> Scan:
    words = said.rstrip(b"\0\n ")
    if words == b"stream: OK":
        return Scan.CLEAN
    if b"size limit exceeded" in words or words.startswith(_GAVE_UP):
        return Scan.TOO_LARGE
    if words.startswith(b"stream: ") and words.endswith(b" FOUND"):
        return Scan.INFECTED
    log.warning("scanner_failed")
    return Scan.UNANSWERED
