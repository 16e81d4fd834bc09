"""Listens on a port. Called by `service`, which knows no web library, and by tests."""

import asyncio
import logging

from aiohttp import web

from web.connections import SECONDS_BETWEEN_LOOKS, SECONDS_IDLE, Connections

_MOST_LINE_BYTES = 8190
_SECONDS_TO_FINISH = 20.0


def _without_content(record: logging.LogRecord) -> bool:
    """aiohttp would log the visitor's address and words; only that it happened is kept."""
    record.msg, record.args, record.exc_info = "a request could not be read", (), None
    return True


def _protocol_log() -> logging.Logger:
    logger = logging.getLogger("gehoor.web.protocol")
    if _without_content not in logger.filters:
        logger.addFilter(_without_content)
    return logger


class WebServer:
    """One application on one address; no access log is ever written (W4)."""

    def __init__(
        self,
        app: web.Application,
        *,
        connections: Connections | None = None,
        idle_seconds: float = SECONDS_IDLE,
        look_seconds: float = SECONDS_BETWEEN_LOOKS,
    ) -> None:
        """`connections` decides who may stay; `look_seconds` is how often it is looked at them."""
        self._connections = connections or Connections()
        self._connections.count_in(app)
        self._look_seconds = look_seconds
        self._listening: asyncio.Server | None = None
        self._looking: asyncio.Task[None] | None = None
        self._runner = web.AppRunner(
            app,
            access_log=None,
            logger=_protocol_log(),
            handle_signals=False,
            shutdown_timeout=_SECONDS_TO_FINISH,
            max_line_size=_MOST_LINE_BYTES,
            keepalive_timeout=idle_seconds,
        )

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port: the one given, or a free one for 0."""
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(
            self._admit, host, port, backlog=128, reuse_address=True
        )
        self._looking = asyncio.create_task(self._keep_looking())
        return int(self._listening.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Take nothing new, let requests under way finish, then close. May be called again."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})
            self._looking = None
        await self._runner.cleanup()

    @property
    def connections(self) -> int:
        """How many are open now."""
        server = self._runner.server
        return 0 if server is None else len(server.connections)

    def _admit(self) -> asyncio.Protocol:
        return self._connections.admit(self._server())

    async def _keep_looking(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._look_seconds)
            self._connections.cut_stalled(self._server(), loop.time())

    def _server(self) -> web.Server:
        server = self._runner.server
        if server is None:
            raise RuntimeError("the pages are not being served")
        return server
