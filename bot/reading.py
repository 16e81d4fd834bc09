"""A Telegram update as what somebody did.

Called by `bot.answering`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot import buttons
from bot.buttons import AskToStop, ByPlace, Page
from bot.trimming import trimmed
from bot.words import StopWords, command
from flows.moves import Locate, Move, Stop, Write
from intake.arrivals import Request

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send: nothing else is of use here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A photo, voice message, video or document, still at Telegram."""

    file_id: str = field(repr=False)
    name: str = field(repr=False)
    size: int
    """In bytes; 0 where Telegram does not say."""
    album: str
    """Files sent together share it; empty otherwise."""
    has_words: bool
    """A caption came with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An older message was changed; `text` is None where it is not words."""

    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A sticker, a contact card, a poll: nothing that a question could take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InGroup:
    """The bot was called in a group, or put into one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """The person blocked the bot, or deleted the chat so that it is blocked."""


Deed: TypeAlias = (
    Move | Request | ByPlace | Page | AskToStop | SentFile | Edited | Unreadable | InGroup
    | Blocked | None
)  # fmt: skip
"""None: a press that nobody can make sense of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One thing that somebody did in one chat."""

    update: int
    chat: int = field(repr=False)
    language: str
    """The tag that the person's app is set to; may be empty."""
    message: int | None
    """The person's own message, or the one whose button was pressed."""
    press: str | None = None
    """Which press is to be answered, so that the button stops spinning."""
    deed: Deed = field(repr=False)


def read(raw: Mapping[str, Any], stop_words: StopWords, bot: Bot) -> Came | None:
    """What an update means; None for what is none of our business.

    Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` for what is no update.
    """
    update = Update.de_json(trimmed(raw), bot)
    if (query := update.callback_query) is not None:
        return _pressed(update.update_id, query)
    if (message := update.message) is not None:
        return _said(update.update_id, message, _deed(message, stop_words))
    if (message := update.edited_message) is not None:
        # A location that moves on is not a correction.
        is_moving = message.location is not None
        deed = _edited(message, stop_words)
        return None if is_moving else _said(update.update_id, message, deed)
    if (change := update.my_chat_member) is not None:
        return _membership(update.update_id, change)
    return None


def _pressed(update: int, query: CallbackQuery) -> Came | None:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    return Came(
        update=update,
        chat=message.chat.id,
        language=query.from_user.language_code or "",
        message=message.message_id,
        press=query.id,
        deed=buttons.read(query.data or ""),
    )


def _said(update: int, message: Message, deed: Deed) -> Came | None:
    if message.chat.type != ChatType.PRIVATE:
        # Whatever else is said in a group is not for us to read.
        is_called = message.chat.type != ChatType.CHANNEL and (message.text or "").startswith("/")
        deed = InGroup()
        if not is_called:
            return None
    who = message.from_user
    return Came(
        update=update,
        chat=message.chat.id,
        language=(who.language_code if who else None) or "",
        message=message.message_id,
        deed=deed,
    )


def _deed(message: Message, stop_words: StopWords) -> Deed:
    if message.text is not None:
        return _words(message.text, stop_words)
    if (place := message.location) is not None:
        return Locate(latitude=place.latitude, longitude=place.longitude)
    return _file(message) or Unreadable()


def _words(text: str, stop_words: StopWords) -> Deed:
    if stop_words.are_said(text):
        return Stop()
    known = command(text) if text.startswith("/") else None
    return known or Write(text=text)


def _file(message: Message) -> SentFile | None:
    sent = (
        (message.photo[-1] if message.photo else None)
        or message.voice
        or message.audio
        or message.video
        or message.video_note
        or message.document
    )
    if sent is None:
        return None
    return SentFile(
        file_id=sent.file_id,
        name=getattr(sent, "file_name", None) or "",
        size=sent.file_size or 0,
        album=message.media_group_id or "",
        has_words=bool(message.caption),
    )


def _edited(message: Message, stop_words: StopWords) -> Deed:
    """An edit that says nothing but "stop" stops like any other."""
    stops = stop_words.are_said(message.text or "")
    return Stop() if stops else Edited(text=message.text)


def _membership(update: int, change: ChatMemberUpdated) -> Came | None:
    status = change.new_chat_member.status
    deed: Deed
    if change.chat.type == ChatType.PRIVATE:
        if status != ChatMember.BANNED:
            return None
        deed = Blocked()
    elif change.chat.type == ChatType.CHANNEL or status in (ChatMember.LEFT, ChatMember.BANNED):
        return None
    else:
        deed = InGroup()
    return Came(
        update=update,
        chat=change.chat.id,
        language=change.from_user.language_code or "",
        message=None,
        deed=deed,
    )
