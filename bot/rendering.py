"""A reply as Telegram messages: one question a message, plain text, never markup.

Called by `bot.channel`. What a person wrote is shown as it is, because there is no markup that it
could break.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from bot import cards, keyboards, prompts, texts
from bot.composed import composed
from bot.keyboards import Keyboard
from bot.lines import MOST_UNITS, directed, split
from flows.definition import Kind
from flows.events import AnswerRefused, Asked, LanguageSwitched, Reviewed
from flows.values import Text
from intake.screens import (
    CaseShown,
    Ended,
    HelperReceiptGiven,
    LanguagesOffered,
    LetterKept,
    MenuItem,
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
from intake.words import CHOOSE_LANGUAGE, REFUSALS
from locales.catalogue import Catalogue, catalogue
from locales.languages import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to send, or to put in the place of an older one."""

    text: str = field(repr=False)
    keyboard: Keyboard | None = field(default=None, repr=False)
    is_same_text: bool = False
    """Only the buttons differ from the message that it takes the place of."""
    has_receipt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one screen gives: words, buttons, and whether the next screen's words may join it."""

    text: str
    keyboard: Keyboard | None = None
    is_same_text: bool = False
    has_receipt: bool = False
    is_ready: bool = False
    """The words are directed already and fit one message."""


_Card: TypeAlias = (
    MenuShown | LanguagesOffered | ReceiptGiven | HelperReceiptGiven | ReceiptAsked | CaseShown
    | RoundShown | RatingKept | LetterKept | Ended
)  # fmt: skip

_ROOM: Final = MOST_UNITS - 1
"""A piece may need one direction mark more."""

_TOGGLED: Final = frozenset((Kind.SELECT_MULTIPLE, Kind.RANK))


def rendered(reply: Reply, *, page: int = 0, form_address: str = "") -> tuple[Message, ...]:
    """The messages of a reply in its language, in order; none for a repeated update.

    `page` is the page of a long list that the person turned to; at `form_address` the pages take
    over what was begun here.
    """
    words = catalogue(reply.language)
    parts: list[_Part] = []
    for screen in reply.screens:
        parts.append(_part(screen, words, page, form_address))
        if isinstance(screen, ReceiptGiven):
            parts.append(_clearing(texts.RECEIPT_DELETE, words))
    return _messages([part for part in parts if part.text], words.language.direction)


def told(text: Text, language: str) -> Message:
    """A message of the bot's own."""
    words = catalogue(language)
    return Message(text=directed(words.render(text), words.language.direction))


def _part(screen: Screen, words: Catalogue, page: int, form_address: str) -> _Part:
    match screen:
        case Asked():
            return _asked(screen, words, page)
        case Reviewed():
            text, keyboard = prompts.reviewed(screen, words, page)
            return _Part(text=text, keyboard=keyboard)
        case AnswerRefused():
            message = words.render(screen.message) if screen.message else ""
            return _Part(text="⚠️ " + (message or words.text(REFUSALS[screen.reason])))
        case LanguageSwitched():
            return _Part(text="")
        case MoveOffered():
            keyboard = keyboards.for_menu((MenuItem.RESUME,), words)
            return _Part(text=cards.move(screen, words, form_address), keyboard=keyboard)
        case Told():
            return _Part(text=("⚠️ " if screen.is_warning else "") + words.render(screen.text))
        case _:
            return _card(screen, words)


def _clearing(msgid: str, words: Catalogue) -> _Part:
    """With the button that deletes the chat. Below a receipt it is a message of its own: what is
    asked when it is pressed takes its place, and must not take the receipt's."""
    return _Part(text=words.text(msgid), keyboard=keyboards.for_menu((MenuItem.CLEAR_CHAT,), words))


def _asked(screen: Asked, words: Catalogue, page: int) -> _Part:
    made = composed(screen.prompt, words, page)
    is_toggled = screen.is_update and screen.prompt.kind in _TOGGLED
    return _Part(
        text=made.text, keyboard=made.keyboard, is_same_text=is_toggled, is_ready=made.fits
    )


def _card(screen: _Card, words: Catalogue) -> _Part:
    match screen:
        case MenuShown():
            keyboard = keyboards.for_menu(screen.items, words)
            return _Part(text=words.render(screen.text), keyboard=keyboard)
        case LanguagesOffered():
            keyboard = keyboards.for_languages(words.language.code)
            return _Part(text=words.text(CHOOSE_LANGUAGE), keyboard=keyboard)
        case ReceiptGiven():
            return _Part(text=cards.receipt(screen, words), has_receipt=True)
        case HelperReceiptGiven():
            return _Part(text=cards.helper_receipt(screen, words), has_receipt=True)
        case CaseShown():
            return _Part(text=cards.case(screen, words))
        case ReceiptAsked():
            return _Part(text=words.render(screen.text))
        case RoundShown():
            return _Part(text=cards.round_(screen, words))
        case RatingKept():
            return _Part(text=cards.rating(screen, words))
        case LetterKept():
            return _clearing(texts.LETTER_KEPT, words)
        case Ended():
            return _Part(text=words.text(texts.HOW_TO_DELETE))
        case _:
            assert_never(screen)


def _messages(parts: Sequence[_Part], direction: Direction) -> tuple[Message, ...]:
    """Words that want no answer join what follows them; a receipt stands alone, to be kept."""
    made: list[Message] = []
    before: list[str] = []
    for part in parts:
        if part.has_receipt:
            made += _cut(before, _Part(text=""), direction)
            made += _cut([], part, direction)
            before = []
        elif part.keyboard is None:
            before.append(part.text)
        else:
            made += _cut(before, part, direction)
            before = []
    return (*made, *_cut(before, _Part(text=""), direction))


def _cut(before: list[str], part: _Part, direction: Direction) -> list[Message]:
    """In as many messages as it takes; the buttons stand under the last."""
    if part.is_ready and not before:
        message = Message(text=part.text, keyboard=part.keyboard, is_same_text=part.is_same_text)
        return [message]
    text = prompts.joined((*before, part.text))
    pieces = [directed(piece, direction) for piece in split(directed(text, direction), _ROOM)]
    made = [Message(text=piece, has_receipt=part.has_receipt) for piece in pieces[:-1]]
    if pieces:
        last = Message(
            text=pieces[-1],
            keyboard=part.keyboard,
            is_same_text=part.is_same_text and not before and not made,
            has_receipt=part.has_receipt,
        )
        made.append(last)
    return made
