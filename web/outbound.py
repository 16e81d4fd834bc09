"""The HTTP client that the bot speaks through, in the shape of its `Poster` port.

Made by `service.wiring`. The bot knows no HTTP library and this module knows no bot. Addresses
hold the bot's token, so no fault that leaves here quotes one.
"""

from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit, urlunsplit

import aiohttp

from web.wire import Wire

_MOST_CONNECTIONS = 100
_PIECE_BYTES = 64 * 1024


class Upload(Protocol):
    """One file of a multipart form."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


class Poster:
    """One pool of connections. Use it as a context, or `close` it."""

    def __init__(self) -> None:
        self._pool: aiohttp.ClientSession | None = None
        self._wires: dict[str, Wire] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def post(
        self,
        url: str,
        fields: Mapping[str, str],
        files: Mapping[str, Upload],
        timeout_seconds: float,
        /,
    ) -> tuple[int, bytes]:
        """Send a form, multipart when there are files; the answer's status and whole body.

        Any status is an answer. Raises `ConnectionError` for a fault of the network and
        `TimeoutError` when all of it together took longer.
        """
        try:
            async with self._open().post(
                url,
                data=_form(fields, files),
                timeout=_within(timeout_seconds),
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimeoutError("no answer in time") from None
        except (aiohttp.ClientError, OSError) as fault:
            raise ConnectionError(type(fault).__name__) from None

    async def post_json(
        self, url: str, content: bytes, timeout_seconds: float, /
    ) -> tuple[int, bytes]:
        """Send JSON; otherwise as `post`, and faster (`web.wire`).

        A `ConnectionRefusedError` says that nothing was sent at all.
        """
        origin, target = _parted(url)
        wire = self._wires.get(origin)
        if wire is None:
            wire = self._wires[origin] = Wire(origin, most_connections=_MOST_CONNECTIONS)
        try:
            return await wire.post_json(target, content, timeout_seconds)
        except TimeoutError:
            raise TimeoutError("no answer in time") from None
        except ConnectionRefusedError:
            raise ConnectionRefusedError("no connection") from None
        except OSError as fault:
            raise ConnectionError(type(fault).__name__) from None

    async def get(self, url: str, timeout_seconds: float, /) -> AsyncIterator[bytes]:
        """The body in pieces as it comes in; another status than 200 is a `ConnectionError`."""
        try:
            async with self._open().get(
                url, timeout=_within(timeout_seconds), allow_redirects=False
            ) as answer:
                if answer.status != 200:
                    raise ConnectionError(f"status {answer.status}")
                async for piece in answer.content.iter_chunked(_PIECE_BYTES):
                    yield piece
        except TimeoutError:
            raise TimeoutError("no answer in time") from None
        except aiohttp.ClientError as fault:
            raise ConnectionError(type(fault).__name__) from None

    async def close(self) -> None:
        """Close all connections; the next call opens new ones."""
        while self._wires:
            self._wires.popitem()[1].close()
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    def _open(self) -> aiohttp.ClientSession:
        # A pool belongs to the loop that runs when it is made, so it is made at the first call.
        if self._pool is None:
            self._pool = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_MOST_CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
            )
        return self._pool


@lru_cache
def _parted(url: str) -> tuple[str, str]:
    """The origin, and what is asked of it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}", urlunsplit(("", "", parts.path, parts.query, ""))


def _within(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds)


def _form(fields: Mapping[str, str], files: Mapping[str, Upload]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value)
    for name, file in files.items():
        form.add_field(name, file.content, filename=file.name, content_type=file.media_type)
    return form
