"""From a posted form to intake and back: one form may take several moves.

Called by the handlers of the public pages.
"""

from dataclasses import replace

from aiohttp import web

from flows.events import AnswerRefused, Asked
from flows.moves import Attach, Finish, Move, Repeat, Toggle
from flows.values import Text
from intake.arrivals import Arrival, Arrive, Channel, Report, Request
from intake.screens import Reply, Told
from intake.words import UNKNOWN_SITE_LINK
from web.public.forms import Form
from web.public.moves import NO_SUCH_TURN, Misfilled, turn_of, wish_of
from web.public.visitors import visitor_of
from web.services import SERVICES


async def converse(request: web.Request, wish: Request | Move) -> Reply:
    """Put one wish of this visitor to intake."""
    visitor = visitor_of(request)
    return await request.app[SERVICES].reception.receive(
        Arrival(
            channel=Channel.WEB,
            correspondent=visitor.token,
            wish=wish,
            languages=(visitor.language,),
            is_there=lambda: request.transport is not None,
        )
    )


async def act(request: web.Request, form: Form) -> tuple[Reply, Text | None]:
    """What came of the form, and why something in it was not taken."""
    if form.files:
        reply = await converse(request, Attach(files=form.files, turn=turn_of(form)))
        return await _after_attaching(request, form, reply), next(iter(form.refused), None)
    if form.refused:
        return await converse(request, Repeat()), form.refused[0]
    wish = wish_of(form)
    if isinstance(wish, Misfilled):
        reply = await converse(request, Repeat())
        return reply, wish.text if _is_asking(reply, form.one("asked")) else None
    if isinstance(wish, Report) and form.one("site"):
        return await _report_about(request, form.one("site")), None
    return await converse(request, wish), None


async def _after_attaching(request: web.Request, form: Form, attached: Reply) -> Reply:
    """What the button asks for once the files of the same form are in."""
    if _is_refused(attached) or not _is_asking(attached, form.one("asked")):
        return attached
    match form.one("do").partition(".")[0]:
        case "" | "next" if not form.refused:
            return await converse(request, Finish(turn=_turn_in(attached)))
        case "remove":
            return await converse(request, Toggle(name=form.one("do").partition(".")[2]))
        case _:
            return attached


async def _report_about(request: web.Request, site_code: str) -> Reply:
    """Begin a report from a poster's link; that the link is unknown is said before the question."""
    arrived = await converse(request, Arrive(site_code=site_code))
    said = tuple(
        screen
        for screen in arrived.screens
        if isinstance(screen, Told) and screen.text.msgid == UNKNOWN_SITE_LINK
    )
    reply = await converse(request, Report())
    return replace(reply, screens=(*said, *reply.screens))


def _is_refused(reply: Reply) -> bool:
    return any(isinstance(screen, AnswerRefused) for screen in reply.screens)


def _is_asking(reply: Reply, path: str) -> bool:
    """Whether that question is still asked: one that takes a single file goes on by itself."""
    return any(isinstance(s, Asked) and s.prompt.path == path for s in reply.screens)


def _turn_in(reply: Reply) -> int:
    turns = [screen.prompt.turn for screen in reply.screens if isinstance(screen, Asked)]
    return turns[-1] if turns else NO_SUCH_TURN
