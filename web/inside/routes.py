"""The way to every page behind the sign-in. A part is a table of routes and one role.

`pages_for` wraps each row, so that no page can be written without it: whoever is not signed in is
led to the sign-in, whoever has another role is refused, and a form is read only after its token,
which is bound to this login and this address.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from aiohttp import web

from accounts.account import AccountRole
from accounts.login import COOKIE
from web.cookies import JAR, is_token
from web.faults import FAULT_WORDS, WRITTEN
from web.form_encoding import is_form
from web.inside.fields import read_fields
from web.inside.frame import inside_fault, lapsed_page
from web.refusals import ROLE, WAS_TURNED_AWAY
from web.security_forms import FORM_FIELD, GUARD
from web.sign_in.doorkeeper import Doorkeeper, Person

SIGN_IN = "/sign-in"

DOORKEEPER = web.AppKey("doorkeeper", Doorkeeper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What was posted, its token checked."""

    fields: Mapping[str, str] = field(repr=False)

    def one(self, name: str) -> str:
        """The field, its ends trimmed and its line ends as ours; empty when it did not come."""
        return self.fields.get(name, "").replace("\r\n", "\n").strip()

    def day(self, name: str) -> date | None:
        """A day as browsers send it; None for none, and for what is no day."""
        try:
            return date.fromisoformat(self.one(name))
        except ValueError:
            return None


Shown: TypeAlias = Callable[[web.Request, Person], Awaitable[web.StreamResponse]]
Taken: TypeAlias = Callable[[web.Request, Person, Form], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A page to read."""

    path: str
    handler: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A form to take in."""

    path: str
    handler: Taken
    words: tuple[str, ...] = ()
    """Fields that somebody may have written long: shown again where the login lapsed meanwhile."""


Row: TypeAlias = Show | Take


def pages_for(app: web.Application, role: AccountRole | None, rows: tuple[Row, ...]) -> None:
    """Put the rows on the application for one role; None: for everybody who is signed in."""
    for row in rows:
        match row:
            case Show(path=path):
                app.router.add_get(path, _guarded(role, row))
            case Take(path=path):
                app.router.add_post(path, _guarded(role, row))


def login_token(request: web.Request) -> str:
    """The token of the browser's login; empty when it has none that could be ours."""
    token = request.app[JAR].read(request, COOKIE)
    return token if is_token(token) else ""


def to_sign_in(request: web.Request) -> web.Response:
    """On to the sign-in, and the browser forgets what it had."""
    response = web.Response(status=303, headers={"Location": SIGN_IN})
    if login_token(request):
        request.app[JAR].drop(response, COOKIE)
    return response


def _guarded(
    role: AccountRole | None, row: Row
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def guarded(request: web.Request) -> web.StreamResponse:
        token = login_token(request)
        person = await request.app[DOORKEEPER].who(token) if token else None
        if person is None:
            request[WAS_TURNED_AWAY] = True
            return await _lapsed(row, request)
        request[ROLE] = person.role
        if role is not None and person.role is not role:
            return inside_fault(request, person, 403, FAULT_WORDS[404])
        try:
            return await _answered(row, request, person)
        except web.HTTPException as fault:
            if fault.status < 400:
                raise
            words = FAULT_WORDS.get(fault.status, FAULT_WORDS[400])
            return inside_fault(request, person, fault.status, words)

    return guarded


async def _lapsed(row: Row, request: web.Request) -> web.Response:
    """On to the sign-in; where words came along, with them, for the browser keeps no page of ours.

    They are shown to nobody but whoever just sent them, and kept nowhere.
    """
    if isinstance(row, Show) or not row.words or not is_form(request):
        return to_sign_in(request)
    fields = await read_fields(request)
    written = "\n\n".join(fields.get(name, "").strip() for name in row.words).strip()
    return lapsed_page(request, written) if written else to_sign_in(request)


async def _answered(row: Row, request: web.Request, person: Person) -> web.StreamResponse:
    match row:
        case Show(handler=show):
            return await show(request, person)
        case Take(handler=take):
            return await take(request, person, await _form(row, request, person))


async def _form(row: Take, request: web.Request, person: Person) -> Form:
    fields = await read_fields(request)
    if not request.app[GUARD].accepts(person.login, request.path, fields.get(FORM_FIELD, "")):
        raise web.HTTPForbidden
    if row.words:
        request[WRITTEN] = tuple(fields.items())
    return Form(fields=fields)
