"""Listens on a port. Called by `service`, which knows no web library, and by tests."""

import logging

from aiohttp import web

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

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(
            app,
            access_log=None,
            logger=_protocol_log(),
            handle_signals=False,
            shutdown_timeout=_SECONDS_TO_FINISH,
            max_line_size=_MOST_LINE_BYTES,
        )

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port: the one given, or a free one for 0."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, reuse_address=True)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Take nothing new, let requests under way finish, then close."""
        await self._runner.cleanup()
