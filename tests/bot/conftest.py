"""The real bot against the Bot API server of the tests, by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.channel import TelegramChannel, TelegramSettings
from bot.patience import Patience
from bot.ports import Reception
from tests.bot.house import House
from tests.telegram_server import TOKEN, TelegramServer
from web.outbound import Poster

QUICK = Patience(first_pause=0.001, longest_pause=0.01, most_faults=4, most_reply_faults=4)
SECRET = "only-telegram-knows"


def settings(server: TelegramServer, **changes: object) -> TelegramSettings:
    """Settings for tests: no pause is longer than it must be, no patience ends too soon."""
    usual = {
        "token": TOKEN,
        "api_url": server.url,
        "patience": QUICK,
        "poll_wait_seconds": 5,
        "album_quiet_seconds": 0.3,
        "closing_seconds": 60.0,
        "call_seconds": 60.0,
    }
    return TelegramSettings(**{**usual, **changes})  # type: ignore[arg-type]  # fields by name


@asynccontextmanager
async def polling(
    server: TelegramServer, reception: Reception, **changes: object
) -> AsyncIterator[TelegramChannel]:
    """A bot that fetches its updates; drained and stopped at the end."""
    async with Poster() as poster, asyncio.TaskGroup() as tasks:
        channel = TelegramChannel(
            settings=settings(server, **changes), poster=poster, reception=reception
        )
        await channel.start()
        server.settle = channel.drain
        tasks.create_task(channel.run_polling())
        try:
            yield channel
        finally:
            await channel.stop()


@asynccontextmanager
async def hooked(
    server: TelegramServer, reception: Reception, **changes: object
) -> AsyncIterator[str]:
    """A bot that updates are posted to; gives the address they are posted to."""

    async def route(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return web.Response(status=await channel.handle_webhook(secret, await request.read()))

    app = web.Application()
    app.router.add_post("/telegram", route)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    async with Poster() as poster:
        changed = settings(server, webhook_url=address, webhook_secret=SECRET, **changes)
        channel = TelegramChannel(settings=changed, poster=poster, reception=reception)
        await channel.start()
        server.settle = channel.drain
        try:
            yield address
        finally:
            await channel.stop()
            await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def channel(server: TelegramServer, house: House) -> AsyncIterator[TelegramChannel]:
    async with polling(server, house) as channel:
        yield channel
