"""A mail server on loopback for tests: takes e-mail over plain SMTP, or does what a test breaks.

async with SmtpServer() as server:
    …  # smtp://127.0.0.1:{server.port}
    server.letters
"""

import asyncio
import contextlib
import email
import email.policy
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self


@dataclass(slots=True, kw_only=True)
class SmtpServer:
    """What came in, and what it answers instead."""

    port: int = 0
    answers: dict[str, bytes] = field(default_factory=dict)
    """By the beginning of a line, such as `RCPT TO:<ben@`."""
    hangs_at: str = ""
    tls: ssl.SSLContext | None = None
    """Speaks TLS from the first byte."""
    taken: list[bytes] = field(default_factory=list)
    """The messages."""
    heard: bytearray = field(default_factory=bytearray)
    """Every byte of every client."""
    connections: int = 0
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def letters(self) -> list[EmailMessage]:
        """The messages, read."""
        return [
            message
            for each in self.taken
            if isinstance(
                message := email.message_from_bytes(each, policy=email.policy.default),
                EmailMessage,
            )
        ]

    @property
    def url(self) -> str:
        """For the settings."""
        return f"{'smtps' if self.tls else 'smtp'}://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the port of before if there was one."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Be down."""
        if self._server is not None:
            self._server.close()
            for writer in tuple(self._writers):
                writer.close()
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            writer.write(b"220 mail.example ready\r\n")
            while line := await reader.readline():
                self.heard += line
                if not await self._answer(line, reader, writer):
                    break
        self._writers.discard(writer)
        writer.close()

    async def _answer(
        self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        text = line.decode("ascii").strip()
        if self.hangs_at and text.upper().startswith(self.hangs_at):
            await reader.read()
            return False
        for beginning, answer in self.answers.items():
            if text.startswith(beginning):
                writer.write(answer + b"\r\n")
                return True
        verb = text.partition(" ")[0].upper()
        if verb == "DATA":
            writer.write(b"354 go on\r\n")
            content = await reader.readuntil(b"\r\n.\r\n")
            self.heard += content
            self.taken.append(content.removesuffix(b".\r\n").replace(b"\r\n", b"\n"))
            writer.write(b"250 taken\r\n")
        elif verb == "EHLO":
            writer.write(b"250-mail.example\r\n250 8BITMIME\r\n")
        elif verb == "QUIT":
            writer.write(b"221 bye\r\n")
            return False
        else:
            writer.write(b"250 fine\r\n")
        await writer.drain()
        return True
