"""The page of a conversation under way: a report, a message to the handler, a round.

GET shows where the person is and changes nothing. POST makes one move; a move that was taken
leads to the GET, so that a reload or a second press sends nothing twice.
"""

from collections.abc import Mapping

from aiohttp import web

from flows.moves import Repeat, SwitchLanguage
from flows.values import Text
from intake.screens import Ended, MenuItem, Reply
from intake.words import MENU_LABELS
from locales.catalogue import catalogue
from locales.languages import language_named
from web.public.acting import act, converse
from web.public.answering import forget, go_to, remember_language, show, show_home
from web.public.composing import compose, is_lasting
from web.public.forms import Form, read_form
from web.public.just_said import JUST_SAID
from web.public.questions import Typed
from web.public.visitors import visitor_of
from web.services import SERVICES

PATH = "/report"

MENU_LINKS: Mapping[MenuItem, str] = {
    MenuItem.RECEIPT: "/receipt",
    MenuItem.LANGUAGE: "#languages",
    MenuItem.ABOUT: "/about",
}


async def show_present(request: web.Request) -> web.Response:
    """Where the person is; the first page for somebody who has begun nothing."""
    visitor = visitor_of(request)
    if visitor.is_new:
        return show_home(request, here=PATH)
    reply = request.app[JUST_SAID].take(visitor.token) or await converse(request, Repeat())
    if visitor.has_chosen and reply.language != visitor.language:
        # They chose a language on a page outside the conversation: it holds here too.
        reply = await converse(request, SwitchLanguage(language=visitor.language))
    return conversation_page(request, reply)


async def take_form(request: web.Request) -> web.Response:
    """Make the one move that the form asks for."""
    form = await read_form(request, visitor_of(request), PATH)
    reply, refused = await act(request, form)
    switched = _switched_to(form)
    keeps_words = (switched or form.one("do") == "search") and _has_words(form)
    if is_lasting(reply) and not refused and not keeps_words:
        request.app[JUST_SAID].keep(visitor_of(request).token, reply)
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
        read_choices=read_choices,
        ways_on=reply.ways_on,
        chat_link=request.app[SERVICES].chat_link,
        menu_labels=MENU_LABELS,
        menu_links=MENU_LINKS,
    )


def _switched_to(form: Form) -> str | None:
    verb, _, code = form.one("do").partition(".")
    return code if verb == "language" and language_named(code).code == code else None


def _has_words(form: Form) -> bool:
    return any(any(form.all(name)) for name in form.fields if name not in _NOT_TYPED)


_NOT_TYPED = frozenset({"form_token", "turn", "shape", "asked", "do"})
