"""The sign-in pages: in, out here, out everywhere. Public but for the last two.

The form is bound to a token of its own that only this browser has, so that nobody can be signed
in as somebody else by a form on another site.
"""

import math
from datetime import timedelta

from aiohttp import web

from accounts.account import AccountRole
from accounts.login import COOKIE
from locales.catalogue import catalogue
from locales.files import Domain
from locales.marking import N_, N_plural
from sealing.identifiers import new_token
from web.cookies import JAR, is_token
from web.inside.fields import read_fields
from web.inside.frame import see_other
from web.inside.headers import set_policy
from web.inside.routes import (
    DOORKEEPER,
    SIGN_IN,
    Form,
    Take,
    login_token,
    pages_for,
    to_sign_in,
)
from web.languages import language_for
from web.pages import page
from web.ports import Part
from web.security_forms import FORM_FIELD, GUARD
from web.sign_in import known_browser
from web.sign_in.doorkeeper import Doorkeeper, Entered, EntryRefused, Person, Typed

_ENTRANCE = "entrance"
"""The cookie that a sign-in form is bound to."""

FIRST_PAGE = {AccountRole.HANDLER: "/desk", AccountRole.OFFICER: "/company"}

NOT_RIGHT = N_(
    "Name, pass phrase or code is not right. Please look at all three; a code works once and only "
    "for half a minute."
)
WAIT_SECONDS = N_plural(
    "There were too many wrong tries. Please wait ${n} second, then try again.",
    "There were too many wrong tries. Please wait ${n} seconds, then try again.",
)
WAIT_MINUTES = N_plural(
    "There were too many wrong tries. Please wait ${n} minute, then try again.",
    "There were too many wrong tries. Please wait ${n} minutes, then try again.",
)


def sign_in_pages(doorkeeper: Doorkeeper) -> Part:
    """The pages, as a part of the application; to be put on it before desk and company."""

    def put(app: web.Application) -> None:
        app[DOORKEEPER] = doorkeeper
        app.on_response_prepare.append(set_policy)
        app.router.add_get(SIGN_IN, ask)
        app.router.add_post(SIGN_IN, enter)
        pages_for(
            app,
            None,
            (
                Take(path="/sign-out", handler=leave),
                Take(path="/sign-out-everywhere", handler=leave_everywhere),
            ),
        )

    return put


async def ask(request: web.Request) -> web.Response:
    """The form; whoever is in already goes on to their pages."""
    token = login_token(request)
    person = await request.app[DOORKEEPER].who(token) if token else None
    if person is not None:
        return see_other(FIRST_PAGE[person.role])
    return _form(request)


async def enter(request: web.Request) -> web.Response:
    """On to the person's pages, or the form again."""
    entrance = request.app[JAR].read(request, _ENTRANCE)
    typed = await _typed(request, entrance)
    found = await request.app[DOORKEEPER].enter(typed)
    if isinstance(found, EntryRefused):
        return _refusal(request, found, typed)
    return _welcome(request, found)


async def leave(request: web.Request, person: Person, form: Form) -> web.Response:
    """Out in this browser."""
    del person, form
    await request.app[DOORKEEPER].leave(login_token(request))
    return to_sign_in(request)


async def leave_everywhere(request: web.Request, person: Person, form: Form) -> web.Response:
    """Out in every browser."""
    del form
    await request.app[DOORKEEPER].leave_everywhere(person.account_id)
    return to_sign_in(request)


async def _typed(request: web.Request, entrance: str) -> Typed:
    fields = await read_fields(request)
    guard = request.app[GUARD]
    if not is_token(entrance) or not guard.accepts(entrance, SIGN_IN, fields.get(FORM_FIELD, "")):
        raise web.HTTPForbidden
    return Typed(
        name=fields.get("name", ""),
        passphrase=fields.get("passphrase", ""),
        code=fields.get("code", ""),
        mark=request.app[JAR].read(request, known_browser.COOKIE),
        earlier_token=login_token(request),
    )


def _welcome(request: web.Request, entered: Entered) -> web.Response:
    response = see_other(FIRST_PAGE[entered.account.role])
    jar = request.app[JAR]
    jar.put(response, COOKIE, entered.login.token, same_site="Strict")
    jar.drop(response, _ENTRANCE)
    known_browser.put_mark(request, response, entered.mark)
    return response


def _refusal(request: web.Request, refused: EntryRefused, typed: Typed) -> web.Response:
    if not refused.wait:
        error = catalogue(language_for(request), Domain.DESK).text(NOT_RIGHT)
        return _form(request, name=typed.name, error=error, status=422)
    response = _form(request, name=typed.name, error=wait_words(request, refused.wait), status=429)
    response.headers["Retry-After"] = str(math.ceil(refused.wait.total_seconds()))
    return response


def wait_words(request: web.Request, wait: timedelta) -> str:
    """How long to wait, in the browser's language."""
    words = catalogue(language_for(request), Domain.DESK)
    seconds = math.ceil(wait.total_seconds())
    if seconds < 60:
        return words.plural(*WAIT_SECONDS, seconds)
    return words.plural(*WAIT_MINUTES, math.ceil(seconds / 60))


def _form(
    request: web.Request, *, name: str = "", error: str = "", status: int = 200
) -> web.Response:
    entrance = request.app[JAR].read(request, _ENTRANCE)
    is_new = not is_token(entrance)
    holder = new_token() if is_new else entrance
    response = page(
        request,
        "sign_in/sign_in.html",
        language=language_for(request),
        domain=Domain.DESK,
        status=status,
        context={
            "places": (),
            "here": SIGN_IN,
            "who": "",
            "name": name,
            "error": error,
            "token": request.app[GUARD].issue(holder, SIGN_IN),
        },
    )
    if is_new:
        request.app[JAR].put(response, _ENTRANCE, holder, same_site="Strict")
    return response
