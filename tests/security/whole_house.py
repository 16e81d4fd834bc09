"""Every page that there is, over one real installation: public, desk, company, and the bot's door.

The installation and its people are those of `tests.web.inside_house`; here the public pages stand
on the real reception too, and updates may be posted to a real bot.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channel import TelegramChannel, TelegramSettings
from bot.patience import Patience
from sealing.stretching import TEST_COST
from service.tables.writing import write_workbook
from tests.telegram_server import TOKEN
from tests.web.inside_house import FRAMEWORK, Inside, inside_house
from web.app import make_app, make_technical_app
from web.desk.parts import inside_parts
from web.outbound import Poster
from web.security_forms import GUARD
from web.services import WebServices, WebSettings
from web.serving import WebServer

HOOK = "/telegram/hook"
HOOK_SECRET = "only-the-provider-knows"
NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there: whatever the bot says is lost at once."""


@asynccontextmanager
async def whole_house(home: Path, **settings: Any) -> AsyncIterator[Inside]:
    """Served on a free port; `settings` are those of the pages."""
    async with inside_house(home) as inside, Poster() as poster:
        house = inside.house
        told = TelegramSettings(
            token=TOKEN,
            api_url=NOWHERE,
            webhook_url="https://speak.example/telegram/hook",
            webhook_secret=HOOK_SECRET,
            closing_seconds=0.1,
            patience=Patience(first_pause=0.001, longest_pause=0.01, most_faults=2),
        )
        channel = TelegramChannel(settings=told, poster=poster, reception=house.reception)
        app = make_app(
            WebServices(
                reception=house.reception,
                form_secret=b"s" * 32,
                settings=WebSettings(**settings),
                telegram=channel.handle_webhook,
                parts=inside_parts(
                    storage=house.database,
                    blobs=house.blobs,
                    key_ring=house.key_ring,
                    clock=house.clock,
                    framework=FRAMEWORK,
                    workbook=write_workbook,
                    cost=TEST_COST,
                ),
            )
        )
        server = WebServer(app)
        port = await server.start("127.0.0.1", 0)
        whole = Inside(
            house,
            f"http://127.0.0.1:{port}",
            app,
            accounts=inside.accounts,
            names=inside.names,
            visitors=inside.visitors,
        )
        try:
            yield whole
        finally:
            for visitor in inside.visitors:
                await visitor.session.close()
            await server.stop()
            await channel.stop()


def technical_app() -> web.Application:
    """What watchers ask, over a house that is well."""

    async def figures() -> str:
        return "gehoor_database_up 1\n"

    async def reasons() -> tuple[str, ...]:
        return ()

    return make_technical_app(figures=figures, media_type="text/plain", reasons=reasons)


def routes_of(app: web.Application) -> tuple[tuple[str, str], ...]:
    """Every verb and pattern that the application answers, from its own router."""
    found = (
        (route.method, route.resource.canonical) for route in app.router.routes() if route.resource
    )
    return tuple(sorted(found, key=lambda each: (each[1], each[0])))


def public_token(inside: Inside, visit: str, purpose: str) -> str:
    """The token that a public page would put into a form of this browser."""
    return inside.app[GUARD].issue(visit, purpose)
