"""HTTP/1.1 to one server, over connections that stay open: the frequent calls of a bot.

Used by `web.outbound`. A chat update is answered by two small posts to the same address; a full
HTTP client spends more on each than all else costs together. This one knows just what they need:
POST, keep-alive, a length or chunks. Whatever else a server says is a `ConnectionError`, and its
connection is closed, so that two answers can never be taken for each other. No pipelining: a
connection carries one call at a time.
"""

import asyncio
import ssl
from typing import Final
from urllib.parse import urlsplit

MOST_HEAD_BYTES: Final = 32 * 1024
MOST_BODY_BYTES: Final = 4 * 1024 * 1024
"""A larger answer is refused: memory stays flat whatever a server sends."""

_NO_BODY: Final = frozenset((204, 304))
_FIRST_FINAL_STATUS: Final = 200
_END_OF_HEAD: Final = b"\r\n\r\n"
_MOST_CHUNK_LINE_BYTES: Final = 1024

Answer = tuple[int, bytes]


class UnreadableAnswerError(ConnectionError):
    """The server said something that is not understood here; nothing of it is quoted."""


class Wire:
    """A pool of connections to one origin, opened as they are needed."""

    def __init__(self, origin: str, *, most_connections: int) -> None:
        """`origin` is a scheme, a host and perhaps a port; more of an address is passed over."""
        parts = urlsplit(origin)
        self._is_https = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._is_https else 80)
        self._tls = ssl.create_default_context() if self._is_https else None
        self._fixed = (
            f" HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode("ascii")
        self._idle: list[_Connection] = []
        self._all: set[_Connection] = set()
        self._room = asyncio.Semaphore(most_connections)

    async def post_json(self, target: str, content: bytes, timeout_seconds: float) -> Answer:
        """Post JSON to a path; the answer's status and whole body.

        Raises `TimeoutError` when all of it together took longer, `ConnectionError` for a fault
        of the network. Neither quotes the path or the answer.
        """
        request = b"POST %b%b%d\r\n\r\n%b" % (
            target.encode("ascii"),
            self._fixed,
            len(content),
            content,
        )
        async with asyncio.timeout(timeout_seconds), self._room:
            connection = self._free() or await self._open()
            try:
                answer = await connection.exchange(request)
            except BaseException:
                connection.close()  # its answer may still come, and is nobody's
                raise
            if connection.is_open:
                self._idle.append(connection)
            return answer

    def close(self) -> None:
        """Close all connections; calls under way fail with `ConnectionError`."""
        for connection in tuple(self._all):
            connection.close()
        self._idle.clear()

    def _free(self) -> "_Connection | None":
        """The one used last: what was busy a moment ago is most likely open still."""
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        return None

    async def _open(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(
                lambda: _Connection(self._all), self._host, self._port, ssl=self._tls
            )
        except OSError as fault:
            # Whatever it was (no such name, no way there, nobody listens): nothing was sent.
            raise ConnectionRefusedError(type(fault).__name__) from None
        return connection


class _Connection(asyncio.Protocol):
    """One connection; one call at a time."""

    def __init__(self, all_connections: "set[_Connection]") -> None:
        self._all = all_connections
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._reading = _Reading()

    @property
    def is_open(self) -> bool:
        """Whether another call can be made on it."""
        return self._transport is not None and not self._transport.is_closing()

    async def exchange(self, request: bytes) -> Answer:
        """One call and its answer."""
        transport = self._transport
        if transport is None or self._waiting is not None:
            raise ConnectionError("the connection is not free")
        self._waiting = self._loop.create_future()
        try:
            transport.write(request)
            return await self._waiting
        finally:
            self._waiting = None

    def close(self) -> None:
        """Let go of it at once."""
        if self._transport is not None:
            self._transport.abort()

    # --- called by the loop ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
        self._all.add(self)

    def data_received(self, data: bytes) -> None:
        try:
            answer = self._reading.take(data)
        except ValueError:  # its words may quote what was sent
            self._fail(UnreadableAnswerError("the answer is not understood"))
            return
        if answer is None:
            return
        if self._waiting is None or self._waiting.done() or self._reading.has_more:
            self._fail(UnreadableAnswerError("an answer to nothing"))
            return
        if not self._reading.keeps_open and self._transport is not None:
            self._transport.close()
        self._reading = _Reading()
        self._waiting.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.discard(self)
        self._transport = None
        self._fail(ConnectionError("cut" if exc is None else type(exc).__name__))

    def _fail(self, fault: Exception) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(fault)
        self.close()


class _Reading:
    """An answer while it comes in (RFC 9112). `take` raises `ValueError` for what is none."""

    def __init__(self) -> None:
        self._data = b""
        self._status = 0
        self._left: int | None = None
        """Bytes of the body; None while the head is not complete, -1 for chunks."""
        self._chunks: list[bytes] = []
        self._size = 0
        self.keeps_open = True

    @property
    def has_more(self) -> bool:
        """Whether there are bytes behind the answer."""
        return bool(self._data)

    def take(self, data: bytes) -> Answer | None:
        """The answer, once it is complete."""
        self._data = self._data + data if self._data else data
        while self._left is None:
            end = self._data.find(_END_OF_HEAD)
            if end < 0:
                _refuse(len(self._data) > MOST_HEAD_BYTES)
                return None
            head, self._data = self._data[:end], self._data[end + len(_END_OF_HEAD) :]
            self._read_head(head)
        return self._take_chunks() if self._left < 0 else self._take_all(self._left)

    def _read_head(self, head: bytes) -> None:
        status_line, *lines = head.split(b"\r\n")
        version, _, rest = status_line.partition(b" ")
        _refuse(version not in (b"HTTP/1.1", b"HTTP/1.0") or not rest[:3].isdigit())
        status = int(rest[:3])
        if status < _FIRST_FINAL_STATUS:
            return  # an interim answer; the real one follows
        fields = dict(map(_field, lines))
        tokens = fields.get(b"connection", b"")
        self.keeps_open = version == b"HTTP/1.1" and b"close" not in tokens
        self._status = status
        self._left = _length(status, fields)

    def _take_all(self, length: int) -> Answer | None:
        if len(self._data) < length:
            return None
        body, self._data = self._data[:length], self._data[length:]
        return self._status, body

    def _take_chunks(self) -> Answer | None:
        while True:
            line, found, rest = self._data.partition(b"\r\n")
            _refuse(len(line) > _MOST_CHUNK_LINE_BYTES)
            if not found:
                return None
            size = _whole(line.partition(b";")[0].strip(), 16)
            self._size += size
            _refuse(self._size > MOST_BODY_BYTES)
            if size == 0:
                return self._take_trailer(rest)
            if len(rest) < size + 2:
                self._size -= size
                return None
            _refuse(rest[size : size + 2] != b"\r\n")
            self._chunks.append(rest[:size])
            self._data = rest[size + 2 :]

    def _take_trailer(self, rest: bytes) -> Answer | None:
        """Behind the last chunk come an empty line, and rarely fields that nobody needs."""
        if not rest.startswith(b"\r\n"):
            end = rest.find(_END_OF_HEAD)
            _refuse(len(rest) > MOST_HEAD_BYTES)
            if end < 0:
                return None
            rest = rest[end + 2 :]
        self._data = rest[2:]
        return self._status, b"".join(self._chunks)


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, colon, value = line.partition(b":")
    _refuse(not colon or not name or name != name.strip())
    return name.lower(), value.strip().lower()


def _length(status: int, fields: dict[bytes, bytes]) -> int:
    """Of the body in bytes; -1 for chunks. An answer that ends with the connection is refused."""
    if status in _NO_BODY:
        return 0
    if b"transfer-encoding" in fields:
        _refuse(fields[b"transfer-encoding"] != b"chunked" or b"content-length" in fields)
        return -1
    length = _whole(fields.get(b"content-length", b""), 10)
    _refuse(length > MOST_BODY_BYTES)
    return length


def _whole(digits: bytes, base: int) -> int:
    """`int` takes signs, spaces and underscores too; HTTP knows none of them."""
    _refuse(not digits.isalnum())
    return int(digits, base)


def _refuse(is_wrong: bool) -> None:
    if is_wrong:
        raise ValueError("no answer of HTTP/1.1")
