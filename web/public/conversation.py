"""The page of a conversation under way: a report, a message to the handler, a round.

GET shows where the person is and changes nothing. POST makes one move; a move that was taken
leads to the GET, so that a reload or a second press sends nothing twice.
"""

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from flows.events import AnswerRefused, Asked, Reviewed
from flows.moves import Attach, Back, Change, Finish, Move, Repeat, Skip, SwitchLanguage
from flows.values import Text
from intake.arrivals import Arrival, Arrive, Channel, Report, Request
from intake.screens import Ended, MenuItem, Reply, Told
from intake.words import MENU_LABELS, UNKNOWN_SITE_LINK
from locales.catalogue import catalogue
from locales.languages import language_named
from web.public.answering import forget, go_to, remember_language, show
from web.public.composing import compose, is_lasting
from web.public.forms import Form, read_form
from web.public.moves import Misfilled, turn_of, wish_of
from web.public.questions import Typed
from web.public.visitors import visitor_of
from web.services import SERVICES

PATH = "/report"

MENU_LINKS: Mapping[MenuItem, str] = {
    MenuItem.RECEIPT: "/receipt",
    MenuItem.LANGUAGE: "#languages",
    MenuItem.ABOUT: "/about",
}
_DIGITS_IN_A_GROUP = 4


async def converse(request: web.Request, wish: Request | Move) -> Reply:
    """Put one wish of this visitor to intake."""
    visitor = visitor_of(request)
    return await request.app[SERVICES].reception.receive(
        Arrival(
            channel=Channel.WEB,
            correspondent=visitor.token,
            wish=wish,
            languages=(visitor.language,),
        )
    )


async def show_present(request: web.Request) -> web.Response:
    """Where the person is; the first page for somebody who has begun nothing."""
    visitor = visitor_of(request)
    if visitor.is_new:
        return show(request, "public/home.html", site_code="", here=PATH)
    reply = await converse(request, Repeat())
    if visitor.has_chosen and reply.language != visitor.language:
        # They chose a language on a page outside the conversation: it holds here too.
        reply = await converse(request, SwitchLanguage(language=visitor.language))
    return conversation_page(request, reply)


async def take_form(request: web.Request) -> web.Response:
    """Make the one move that the form asks for."""
    form = await read_form(request, visitor_of(request), PATH)
    reply, refused = await _act(request, form)
    switched = _switched_to(form)
    if is_lasting(reply) and not refused and not (switched and _has_words(form)):
        response = go_to(PATH)
    else:
        response = conversation_page(request, reply, typed=form.fields, refused=refused)
    if switched:
        remember_language(request, response, switched)
    if any(isinstance(screen, Ended) for screen in reply.screens):
        forget(request, response)
    return response


def conversation_page(
    request: web.Request, reply: Reply, *, typed: Typed | None = None, refused: Text | None = None
) -> web.Response:
    """The page of a reply, with what was just typed where it was not taken."""
    words = catalogue(reply.language)
    composition = compose(
        reply, typed=typed or {}, refused="" if refused is None else words.render(refused)
    )

    def read_choices(choices: tuple[Text, ...]) -> str:
        return words.list([words.render(choice) for choice in choices])

    return show(
        request,
        "public/conversation.html",
        language=reply.language,
        status=composition.status,
        composition=composition,
        groups=groups_of_digits,
        read_choices=read_choices,
        menu_labels=MENU_LABELS,
        menu_links=MENU_LINKS,
    )


def groups_of_digits(receipt: str) -> tuple[str, ...]:
    """A receipt in groups that people can copy by hand."""
    digits = "".join(sign for sign in receipt if sign.isalnum())
    return tuple(
        digits[start : start + _DIGITS_IN_A_GROUP]
        for start in range(0, len(digits), _DIGITS_IN_A_GROUP)
    )


async def _act(request: web.Request, form: Form) -> tuple[Reply, Text | None]:
    """What came of the form, and why something in it was not taken."""
    if form.files:
        reply = await converse(request, Attach(files=form.files, turn=turn_of(form)))
        is_done = form.one("do") in ("", "next") and not form.refused and not _is_refused(reply)
        if is_done and _is_asking(reply, form.one("asked")):
            reply = await converse(request, Finish(turn=_turn_in(reply)))
        return reply, next(iter(form.refused), None)
    if form.refused:
        return await converse(request, Repeat()), form.refused[0]
    if form.one("do") == "clear":
        return await _clear(request, form), None
    wish = wish_of(form)
    if isinstance(wish, Misfilled):
        return await converse(request, Repeat()), wish.text
    if isinstance(wish, Report) and form.one("site"):
        return await _report_about(request, form.one("site")), None
    return await converse(request, wish), None


async def _clear(request: web.Request, form: Form) -> Reply:
    """Take all files of this question out again, and ask it anew."""
    skipped = await converse(request, Skip(turn=turn_of(form)))
    if _is_refused(skipped):
        return skipped
    for screen in reversed(skipped.screens):
        if isinstance(screen, Reviewed):
            return await converse(request, Change(path=form.one("asked"), turn=screen.turn))
    return await converse(request, Back(turn=_turn_in(skipped)))


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


def _switched_to(form: Form) -> str | None:
    verb, _, code = form.one("do").partition(".")
    return code if verb == "language" and language_named(code).code == code else None


def _has_words(form: Form) -> bool:
    return any(any(form.all(name)) for name in form.fields if name not in _NOT_TYPED)


_NOT_TYPED = frozenset({"form_token", "turn", "shape", "asked", "do"})


def _is_refused(reply: Reply) -> bool:
    return any(isinstance(screen, AnswerRefused) for screen in reply.screens)


def _is_asking(reply: Reply, path: str) -> bool:
    """Whether that question is still asked: one that takes a single file goes on by itself."""
    return any(isinstance(s, Asked) and s.prompt.path == path for s in reply.screens)


def _turn_in(reply: Reply) -> int | None:
    turns = [screen.prompt.turn for screen in reply.screens if isinstance(screen, Asked)]
    return turns[-1] if turns else -1
