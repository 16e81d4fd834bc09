"""A malware scanner's daemon on loopback: it speaks ClamAV's protocol and knows one signature."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

EICAR = b"".join(
    (rb"X5O!P%@AP[4\PZX54(P^)7CC)", b"7}$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*")
)
"""What every scanner knows and nothing else is (EICAR, 2003)."""


@dataclass(slots=True, kw_only=True)
class ClamdServer:
    """What it was asked, and how it behaves."""

    most_bytes: int = 25_000_000
    says: bytes | None = None
    """Instead of what it found."""
    is_silent: bool = False
    heard: list[int] = field(default_factory=list)
    """The size of each file that it was given whole."""
    has_heard: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(await self._looked(reader))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _looked(self, reader: asyncio.StreamReader) -> bytes:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        content = bytearray()
        while length := int.from_bytes(await reader.readexactly(4)):
            content += await reader.readexactly(length)
            if len(content) > self.most_bytes:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.heard.append(len(content))
        self.has_heard.set()
        if self.is_silent:
            await reader.read()
            return b""
        if self.says is not None:
            return self.says
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@asynccontextmanager
async def clamd_server(path: Path | None = None) -> AsyncIterator[ClamdServer]:
    """On this socket, or on a free port of loopback."""
    daemon = ClamdServer()
    if path is not None:
        server = await asyncio.start_unix_server(daemon.answer, path)
    else:
        server = await asyncio.start_server(daemon.answer, "127.0.0.1", 0)
        daemon.port = server.sockets[0].getsockname()[1]
    async with server:
        yield daemon
