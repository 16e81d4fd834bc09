"""Puts the pages together. Called by `service.wiring`; the desk comes in as a `Part`."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from web.assets import ASSETS, Assets
from web.cookies import JAR, Jar
from web.faults import answer_faults
from web.pages import PAGES, Pages
from web.public.just_said import JUST_SAID, JustSaid
from web.public.routes import public_pages
from web.refusals import REFUSALS, RefusalLog
from web.security_forms import GUARD, FormGuard, refuse_other_sites
from web.security_headers import protect
from web.services import SERVICES, WebServices

SECONDS_TO_READ = 60
"""How long an update may take to come in."""
SENT_BY_TELEGRAM = "X-Telegram-Bot-Api-Secret-Token"


def make_app(services: WebServices) -> web.Application:
    """The application: public pages, what they stand on, and the parts that `services` adds."""
    settings = services.settings
    app = web.Application(
        middlewares=(answer_faults, refuse_other_sites), client_max_size=settings.most_form_bytes
    )
    assets = Assets()
    app[SERVICES] = services
    app[ASSETS] = assets
    app[PAGES] = Pages(settings, assets)
    app[GUARD] = FormGuard(services.form_secret)
    app[JAR] = Jar(is_https=settings.is_https)
    app[REFUSALS] = RefusalLog()
    app[JUST_SAID] = JustSaid()
    app.on_response_prepare.append(protect(is_https=settings.is_https))
    app.router.add_get("/static/{name}", assets.serve)
    app.router.add_get("/healthz", _health)
    app.router.add_post("/telegram/{rest:.*}", _telegram)
    for part in (public_pages, *services.parts):
        part(app)
    return app


def make_technical_app(
    *,
    figures: Callable[[], Awaitable[str]],
    media_type: str,
    reasons: Callable[[], Awaitable[tuple[str, ...]]],
) -> web.Application:
    """What machines ask on a port of their own: `/metrics` and `/readyz`, and no page.

    `reasons` says why the house cannot work now; nothing when it can.
    """

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=(await figures()).encode(), headers={"Content-Type": media_type})

    async def ready(_request: web.Request) -> web.Response:
        told = await reasons()
        return web.Response(text="\n".join(told) or "ok", status=503 if told else 200)

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/readyz", ready)
    return app


async def _health(request: web.Request) -> web.Response:
    """200 while the database answers, 503 otherwise; for balancers and alarms."""
    if await request.app[SERVICES].is_ready():
        return web.Response(text="ok")
    return web.Response(text="not ready", status=503)


async def _telegram(request: web.Request) -> web.Response:
    """Hands an update to the bot, whose answer says whether Telegram should send it again."""
    bot = request.app[SERVICES].telegram
    if bot is None:
        raise web.HTTPNotFound
    async with asyncio.timeout(SECONDS_TO_READ):
        body = await request.read()
    return web.Response(status=await bot(request.headers.get(SENT_BY_TELEGRAM), body))
