"""The page on which a report that was begun in the chat, or in another browser, goes on here.

The code is typed, or stands behind the `#` of the link, which no browser sends to any server and
in no Referer; a script puts it into the field and takes it out of the address. Without script the
code is typed or pasted. Opening the page does nothing: only the button takes over, so that neither
a preview nor a look uses a code up.
"""

from aiohttp import web

from intake.arrivals import TakeOver
from intake.screens import Reply, Told
from intake.words import CODE_DOES_NOT_WORK, TOO_MANY_CODES
from locales.catalogue import catalogue
from locales.marking import N_
from web.public.acting import converse
from web.public.answering import go_to, remember_language, show
from web.public.conversation import PATH as CONVERSATION
from web.public.forms import read_form
from web.public.just_said import JUST_SAID
from web.public.visitors import visitor_of

PATH = "/move"
_MOST_TYPED = 100
_SECONDS_TO_WAIT = 60

CODE_WANTED = N_("Please type or paste the code that you were given where you began.")

_STATUS = {CODE_DOES_NOT_WORK: 422, TOO_MANY_CODES: 429}


async def ask_for_code(request: web.Request) -> web.Response:
    """The field for it, and the button."""
    return _form(request)


async def take_over(request: web.Request) -> web.Response:
    """Go on here, or say why that cannot be; a code that does not work says no more than that."""
    form = await read_form(request, visitor_of(request), PATH)
    typed = form.one("code").strip()[:_MOST_TYPED]
    if not typed:
        return _form(request, error=CODE_WANTED, status=422)
    reply = await converse(request, TakeOver(code=typed))
    reason = _reason(reply)
    if reason:
        return _form(request, error=reason, status=_STATUS[reason])
    request.app[JUST_SAID].keep(visitor_of(request).token, reply)
    response = go_to(CONVERSATION)
    remember_language(request, response, reply.language)
    return response


def _reason(reply: Reply) -> str:
    """Why nothing was taken over; empty when there is something to show."""
    told = (screen.text.msgid for screen in reply.screens if isinstance(screen, Told))
    return next((msgid for msgid in told if msgid in _STATUS), "")


def _form(request: web.Request, *, error: str = "", status: int = 200) -> web.Response:
    words = catalogue(visitor_of(request).language)
    response = show(
        request, "public/move.html", status=status, error=words.text(error) if error else ""
    )
    if status == _STATUS[TOO_MANY_CODES]:
        response.headers["Retry-After"] = str(_SECONDS_TO_WAIT)
    return response
