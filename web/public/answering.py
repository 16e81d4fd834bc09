"""Makes the responses of the public pages: cookies, form tokens, and the way back."""

import re
from functools import cache

from aiohttp import web

from web.cookies import JAR, LANGUAGE, VISIT
from web.pages import page
from web.public.visitors import Visitor, visitor_of
from web.security_forms import GUARD
from web.services import SERVICES

HERE = re.compile(
    r"/(?:report|move|receipt|receipt/kept|about|safety|s/[\w.-]{1,64}|r/[\w-]{1,128})?"
)
"""The addresses that a form may lead back to: ours, and nothing that a stranger could choose."""


def show(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    language: str | None = None,
    here: str | None = None,
    **context: object,
) -> web.Response:
    """A public page in the visitor's language, or in the one that their conversation is in."""
    visitor = visitor_of(request)
    guard = request.app[GUARD]

    @cache
    def token_for(purpose: str) -> str:
        return guard.issue(visitor.token, purpose)

    response = page(
        request,
        template,
        language=language or visitor.language,
        status=status,
        context={
            "token_for": token_for,
            "here": here or safe_address(request.path),
            **context,
        },
    )
    remember(request, response, visitor)
    return response


def show_home(
    request: web.Request, site_code: str = "", *, here: str | None = None
) -> web.Response:
    """The first page, with the site of a poster's link where there is one."""
    has_chat = request.app[SERVICES].chat_link is not None
    return show(request, "public/home.html", here=here, site_code=site_code, has_chat=has_chat)


def remember(request: web.Request, response: web.StreamResponse, visitor: Visitor) -> None:
    """Give a new browser its token."""
    if visitor.is_new:
        request.app[JAR].put(response, VISIT, visitor.token)


def forget(request: web.Request, response: web.StreamResponse) -> None:
    """Cut what ties this browser to the conversation; the next one begins as a stranger's."""
    request.app[JAR].drop(response, VISIT)


def go_to(address: str) -> web.Response:
    """On to a page of ours, which is then asked for anew: a reload sends nothing twice."""
    return web.Response(status=303, headers={"Location": safe_address(address)})


def remember_language(request: web.Request, response: web.StreamResponse, language: str) -> None:
    """From here on in this language, until the browser is closed."""
    request.app[JAR].put(response, LANGUAGE, language)


def safe_address(address: str) -> str:
    """The address if it is one of our pages, else the first page."""
    return address if HERE.fullmatch(address) else "/"
