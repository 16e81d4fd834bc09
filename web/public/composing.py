"""Makes one page of what intake says to show. Pure; called by `web.public.conversation`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from flows.definition import Kind
from flows.events import AnswerRefused, Asked, LanguageSwitched, Reason, Reviewed
from flows.values import Text
from intake.screens import (
    CaseShown,
    Ended,
    HelperReceiptGiven,
    LanguagesOffered,
    LetterKept,
    MenuShown,
    MoveOffered,
    RatingKept,
    ReceiptAsked,
    ReceiptGiven,
    Reply,
    RoundShown,
    Screen,
    Told,
)
from intake.words import REFUSALS
from locales.catalogue import Catalogue, catalogue
from locales.languages import SOURCE
from locales.marking import N_
from web.public.questions import QuestionView, Typed, view_of

OUT_OF_TURN = N_(
    "That question was already answered, perhaps on another page. This is where you are now."
)

WRONG_FILES: Mapping[Kind, str] = {
    Kind.AUDIO: N_("This file is not a sound recording. Choose another one, or skip this."),
    Kind.IMAGE: N_("This file is not a photo. Choose another one, or skip this."),
}
"""What to do about a file of another kind than the question asks for."""

Drawable: TypeAlias = Screen | QuestionView


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLook:
    """How one kind of screen is drawn, and what the tab says meanwhile: never what it is about."""

    template: str
    title: str


# Ordered by what decides the tab's title when a reply holds several.
LOOKS: Mapping[type, ScreenLook] = {
    ReceiptGiven: ScreenLook(template="receipt", title=N_("Receipt")),
    HelperReceiptGiven: ScreenLook(template="helper_receipt", title=N_("Receipt")),
    ReceiptAsked: ScreenLook(template="receipt_asked", title=N_("Receipt")),
    MoveOffered: ScreenLook(template="move_offered", title=N_("Go on in the chat")),
    CaseShown: ScreenLook(template="case", title=N_("Messages")),
    RoundShown: ScreenLook(template="round", title=N_("Invitation")),
    Asked: ScreenLook(template="question", title=N_("Question")),
    Reviewed: ScreenLook(template="review", title=N_("Is this right?")),
    RatingKept: ScreenLook(template="rating_kept", title=N_("Thank you")),
    LetterKept: ScreenLook(template="letter_kept", title=N_("Thank you")),
    Ended: ScreenLook(template="ended", title=N_("Stopped")),
    MenuShown: ScreenLook(template="menu", title=N_("Start")),
    LanguagesOffered: ScreenLook(template="languages", title=N_("Language")),
}

# What asking for the present question again would show again: after a form, these are fetched
# anew, so that neither a reload nor the back button posts anything twice.
LASTING = (Asked, Reviewed, LanguageSwitched, ReceiptGiven)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One screen with its template."""

    template: str
    screen: Drawable = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """One page of a conversation."""

    language: str
    blocks: tuple[Block, ...]
    notices: tuple[Told, ...]
    refusal: str
    """Why the last move was not taken, in the person's language; empty when it was."""
    status: int
    title: str
    number: int
    """Which question it is, from 1; 0 when the page asks none."""
    keeps_typing: bool
    """The language buttons belong to the answer's form, so that what was typed is kept."""


def compose(reply: Reply, *, typed: Typed, refused: str = "") -> Composition:
    """The page for a reply. `refused` is a reason of the web's own, such as a file not taken."""
    words = catalogue(reply.language)
    refusal = next((s for s in reply.screens if isinstance(s, AnswerRefused)), None)
    shown = _main_screens(reply)
    sentence = refused or ("" if refusal is None else _sentence(refusal, shown, words))
    blocks = tuple(_block(screen, words, typed, sentence) for screen in shown)
    questions = [block.screen for block in blocks if isinstance(block.screen, QuestionView)]
    return Composition(
        language=reply.language,
        blocks=blocks,
        notices=tuple(screen for screen in reply.screens if isinstance(screen, Told)),
        refusal=sentence,
        status=_status(refusal, refused),
        title=_title(shown),
        number=questions[0].prompt.answered + 1 if questions else 0,
        keeps_typing=any(question.shape != "files" for question in questions),
    )


def is_lasting(reply: Reply) -> bool:
    """Whether the page can be fetched anew without losing anything that was said once."""
    return bool(reply.screens) and all(isinstance(screen, LASTING) for screen in reply.screens)


def _main_screens(reply: Reply) -> tuple[Screen, ...]:
    """The screens that are drawn; of several questions only the last is still asked."""
    drawn = [screen for screen in reply.screens if type(screen) in LOOKS]
    if any(isinstance(screen, CaseShown | RoundShown) for screen in drawn):
        # Their pages have the menu's buttons, where they belong.
        drawn = [screen for screen in drawn if not isinstance(screen, MenuShown)]
    last = max((n for n, s in enumerate(drawn) if isinstance(s, Asked | Reviewed)), default=-1)
    return tuple(
        screen
        for n, screen in enumerate(drawn)
        if n == last or not isinstance(screen, Asked | Reviewed)
    )


def _block(screen: Screen, words: Catalogue, typed: Typed, refusal: str) -> Block:
    look = LOOKS[type(screen)]
    template = f"public/screens/{look.template}.html"
    if not isinstance(screen, Asked):
        return Block(template=template, screen=screen)
    prompt = screen.prompt
    if next(iter(typed.get("asked", ())), "") != prompt.path:
        typed = {}
    english = "" if words.language.code == SOURCE else catalogue(SOURCE).render(prompt.label)
    return Block(
        template=template,
        screen=view_of(prompt, typed=typed, error=refusal, english=english),
    )


def _sentence(refusal: AnswerRefused, shown: tuple[Screen, ...], words: Catalogue) -> str:
    if refusal.reason is Reason.OUT_OF_TURN:
        return words.text(OUT_OF_TURN)
    asked = next((screen.prompt.kind for screen in shown if isinstance(screen, Asked)), None)
    if refusal.reason is Reason.WRONG_KIND and asked is not None and asked in WRONG_FILES:
        return words.text(WRONG_FILES[asked])
    return words.render(refusal.message or Text(msgid=REFUSALS[refusal.reason]))


def _status(refusal: AnswerRefused | None, refused: str) -> int:
    """422 for an answer that does not fit, 409 for one to a question that is not asked any more."""
    if refusal and refusal.reason in (Reason.OUT_OF_TURN, Reason.NOT_NOW):
        return 409
    return 422 if refusal or refused else 200


def _title(shown: tuple[Screen, ...]) -> str:
    kinds = [type(screen) for screen in shown]
    return next((look.title for kind, look in LOOKS.items() if kind in kinds), N_("Start"))
