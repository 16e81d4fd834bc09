"""The receipt's pages: looking up a case, and saying that the receipt is written down.

The receipt comes in a form's body and is in no address, so that no history keeps it. The limit on
guesses, which all channels share, is intake's (W9).
"""

from aiohttp import web

from flows.events import Asked
from flows.moves import Repeat
from flows.values import Text
from intake.arrivals import OpenCase
from intake.screens import CaseShown, ReceiptGiven, Reply, Told
from intake.words import RECEIPT_WANTED, TOO_MANY_TRIES
from locales.catalogue import catalogue
from web.public.acting import converse
from web.public.answering import forget, go_to, show
from web.public.conversation import PATH as CONVERSATION_PATH
from web.public.conversation import conversation_page
from web.public.forms import read_form
from web.public.visitors import visitor_of
from web.services import SERVICES

PATH = "/receipt"
KEPT_PATH = "/receipt/kept"
_MOST_TYPED = 100

_SECONDS_TO_WAIT = 60


async def ask_for_receipt(request: web.Request) -> web.Response:
    """The form for it."""
    return _form(request)


async def open_case(request: web.Request) -> web.Response:
    """The case that the receipt opens, what it was typed for, or the form again with what seems
    wrong."""
    form = await read_form(request, visitor_of(request), PATH)
    typed = form.one("receipt").strip()[:_MOST_TYPED]
    if not typed:
        return _form(request, error=Text(msgid=RECEIPT_WANTED), status=422)
    reply = await converse(request, OpenCase(receipt=typed))
    if any(isinstance(screen, Asked) for screen in reply.screens):
        return go_to(CONVERSATION_PATH)  # where the question is put, as often as it is loaded
    if any(isinstance(screen, CaseShown) for screen in reply.screens):
        return conversation_page(request, reply)
    reason = _reason(reply)
    if reason.msgid != TOO_MANY_TRIES:
        return _form(request, typed=typed, error=reason, status=422, language=reply.language)
    response = _form(request, typed=typed, error=reason, status=429, language=reply.language)
    response.headers["Retry-After"] = str(_SECONDS_TO_WAIT)
    return response


async def confirm_kept(request: web.Request) -> web.Response:
    """The receipt is on paper: wipe it here, and cut this browser from the report."""
    await read_form(request, visitor_of(request), KEPT_PATH)
    reply = await converse(request, Repeat())
    if any(isinstance(screen, ReceiptGiven) for screen in reply.screens):
        await request.app[SERVICES].reception.delivered(reply.dialogue)
    response = go_to(KEPT_PATH)
    forget(request, response)
    return response


async def show_kept(request: web.Request) -> web.Response:
    """What to do now."""
    return show(request, "public/kept.html")


def _form(
    request: web.Request,
    *,
    typed: str = "",
    error: Text | None = None,
    status: int = 200,
    language: str | None = None,
) -> web.Response:
    words = catalogue(language or visitor_of(request).language)
    return show(
        request,
        "public/receipt_form.html",
        status=status,
        language=language,
        typed=typed,
        error="" if error is None else words.render(error),
    )


def _reason(reply: Reply) -> Text:
    told = [screen.text for screen in reply.screens if isinstance(screen, Told)]
    return told[0] if told else Text(msgid=RECEIPT_WANTED)
