"""Somebody's system on loopback that takes posts, or does what a test breaks."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from web.serving import WebServer


@dataclass(slots=True)
class Receiver:
    """What came in, and what it answers."""

    port: int = 0
    status: int = 200
    location: str = ""
    hang: bool = False
    most_at_once: int = 0
    pause: float = 0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    on_post: Callable[[], None] = lambda: None
    _now: int = 0
    _is_over: asyncio.Event = field(default_factory=asyncio.Event)
    _server: WebServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path}", self._take)
        self._server = WebServer(app)
        self.port = await self._server.start("127.0.0.1", 0)

    async def stop(self) -> None:
        self._is_over.set()
        assert self._server is not None
        await self._server.stop()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    @property
    def ids(self) -> list[str]:
        return [json.loads(body)["id"] for _, body in self.got]

    async def _take(self, request: web.Request) -> web.Response:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            body = await request.read()
            self.got.append((dict(request.headers), body))
            self.heard.append(
                f"{request.method} {request.path_qs} {dict(request.headers)} {body!r}"
            )
            self.on_post()
            await asyncio.sleep(self.pause)
            if self.hang:
                await self._is_over.wait()
            headers = {"Location": self.location} if self.location else {}
            return web.Response(status=self.status, headers=headers)
        finally:
            self._now -= 1
