"""Asks for the pass phrase again where a handler is signed in and their key is not in memory."""

import re

from aiohttp import web

from locales.marking import N_
from web.desk.house import DESK
from web.inside.entrance import wait_words
from web.inside.frame import inside, see_other, words_of
from web.inside.routes import DOORKEEPER, Form
from web.sign_in.doorkeeper import EntryRefused, Person

PATH = "/desk/unlock"
_REF = re.compile(r"[a-z2-7]{26}")

WRONG = N_("This is not your pass phrase. Please try again.")
RENEWED = N_(
    "Your pass phrase is right, but it does not open your key. Please ask the operator for a new "
    "key; a colleague can hand your cases on."
)


async def ask(request: web.Request, person: Person) -> web.StreamResponse:
    """The form; on to the desk where the key is in memory already."""
    ref = _ref(request.query.get("case", ""))
    if request.app[DESK].cabinet.identity(person.login) is not None:
        return see_other(_after(ref))
    return _form(request, person, ref, "")


async def unlock(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """The key is in memory, or the form again."""
    ref = _ref(form.one("case"))
    passphrase = form.fields.get("passphrase", "")
    found = await request.app[DOORKEEPER].check_passphrase(person.account_id, passphrase)
    words = words_of(person)
    if isinstance(found, EntryRefused):
        error = wait_words(request, found.wait) if found.wait else words.text(WRONG)
        return _form(request, person, ref, error)
    if not await request.app[DESK].cabinet.unlock(found, passphrase, person.login):
        return _form(request, person, ref, words.text(RENEWED))
    return see_other(_after(ref))


def _after(ref: str) -> str:
    return f"/desk/cases/{ref}" if ref else "/desk"


def _ref(text: str) -> str:
    return text if _REF.fullmatch(text) else ""


def _form(request: web.Request, person: Person, ref: str, error: str) -> web.Response:
    return inside(
        request,
        person,
        "desk/unlock.html",
        status=422 if error else 200,
        here="/desk",
        case=ref,
        error=error,
    )
