"""The ways in and out: first page, poster link, invitation, language, explanations, quick exit."""

import asyncio

from aiohttp import web

from flows.moves import Stop
from intake.arrivals import JoinRound
from intake.screens import RoundShown
from locales.languages import language_named
from web.public.acting import converse
from web.public.answering import (
    forget,
    go_to,
    remember_language,
    safe_address,
    show,
    show_home,
)
from web.public.conversation import conversation_page
from web.public.forms import read_form
from web.public.visitors import visitor_of
from web.security_forms import came_from_elsewhere
from web.services import SERVICES

LANGUAGE_PATH = "/language"
_SECONDS_FOR_WIPING = 2.0


async def show_start(request: web.Request) -> web.Response:
    """What this is, and the ways in."""
    return show_home(request)


async def show_poster(request: web.Request) -> web.Response:
    """The same with the site of a poster's link, which the form takes along."""
    return show_home(request, request.match_info["site_code"])


async def show_about(request: web.Request) -> web.Response:
    """How it works, who reads it, and what it does not promise (design §11)."""
    return show(request, "public/about.html")


async def show_safety(request: web.Request) -> web.Response:
    """How to stay safe, and what stays on the device (W2, W3)."""
    return show(request, "public/safety.html")


async def show_round(request: web.Request) -> web.Response:
    """What an invitation's round is for; nothing is answered by looking at it."""
    reply = await converse(request, JoinRound(token=request.match_info["token"]))
    response = conversation_page(request, reply)
    if not any(isinstance(screen, RoundShown) for screen in reply.screens):
        response.set_status(404)
    return response


async def switch_language(request: web.Request) -> web.Response:
    """From here on in another language, on the page where the person was."""
    form = await read_form(request, visitor_of(request), LANGUAGE_PATH)
    response = go_to(safe_address(form.one("here")))
    code = form.one("language")
    if language_named(code).code == code:
        remember_language(request, response, code)
    return response


async def leave(request: web.Request) -> web.Response:
    """Quick exit: wipe what was not sent, forget the browser, and be on another site (W2).

    A plain link, so that it works without script. Pages of others and browsers that fetch ahead
    may follow it too: then nothing is wiped.
    """
    response = web.Response(
        status=303, headers={"Location": request.app[SERVICES].settings.exit_address}
    )
    visitor = visitor_of(request)
    is_fetching_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if came_from_elsewhere(request) or is_fetching_ahead:
        return response
    forget(request, response)
    if not visitor.is_new:
        try:
            async with asyncio.timeout(_SECONDS_FOR_WIPING):
                await converse(request, Stop())
        except TimeoutError:
            # The person must be gone from here now; a draft that nobody can reach lapses anyway.
            pass
    return response
