"""A Telegram update as what somebody did.

Called by `bot.answering`. Read straight from the JSON: a hot path makes no object that is thrown
away at once, and what is never read (names, user names, quoted messages) is never held (W4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from telegram.constants import ChatMemberStatus, ChatType

from bot import buttons
from bot.buttons import AskToStop, ByPlace, Page
from bot.words import StopWords, command
from flows.moves import Locate, Move, Stop, Write
from intake.arrivals import Request

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send: nothing else is of use here."""

# What Telegram itself writes into a chat; nobody waits for an answer to it.
_QUIET: Final = frozenset(
    (
        "pinned_message", "message_auto_delete_timer_changed", "chat_background_set",
        "write_access_allowed", "boost_added", "gift", "unique_gift", "connected_website",
        "successful_payment", "refunded_payment", "users_shared", "chat_shared",
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo",
        "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
        "migrate_to_chat_id", "migrate_from_chat_id",
    )
)  # fmt: skip

_FILES: Final = ("voice", "audio", "video", "video_note", "document")
_GONE: Final = frozenset((ChatMemberStatus.LEFT, ChatMemberStatus.BANNED))

Raw: TypeAlias = Mapping[str, Any]
"""A part of an update as JSON has it."""


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


def read(raw: Raw, stop_words: StopWords) -> Came | None:
    """What an update means; None for what is none of our business.

    Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` for what is no update.
    """
    update = _number(raw["update_id"])
    if (query := raw.get("callback_query")) is not None:
        return _pressed(update, query)
    if (message := raw.get("message")) is not None:
        return _said(update, message, _deed(message, stop_words))
    if (message := raw.get("edited_message")) is not None:
        # A location that moves on is not a correction.
        is_moving = "location" in message
        return None if is_moving else _said(update, message, _edited(message, stop_words))
    if (change := raw.get("my_chat_member")) is not None:
        return _membership(update, change)
    return None


def _pressed(update: int, query: Raw) -> Came | None:
    message = query.get("message")
    if message is None or message["chat"]["type"] != ChatType.PRIVATE:
        return None
    return Came(
        update=update,
        chat=_number(message["chat"]["id"]),
        language=_language(query["from"]),
        message=_number(message["message_id"]),
        press=_words(query["id"]),
        deed=buttons.read(_words(query.get("data", ""))),
    )


def _said(update: int, message: Raw, deed: Deed) -> Came | None:
    chat = message["chat"]
    if not _QUIET.isdisjoint(message):
        return None
    if chat["type"] != ChatType.PRIVATE:
        # Whatever else is said in a group is not for us to read.
        is_called = chat["type"] != ChatType.CHANNEL and message.get("text", "").startswith("/")
        deed = InGroup()
        if not is_called:
            return None
    return Came(
        update=update,
        chat=_number(chat["id"]),
        language=_language(message.get("from")),
        message=_number(message["message_id"]),
        deed=deed,
    )


def _deed(message: Raw, stop_words: StopWords) -> Deed:
    if (text := message.get("text")) is not None:
        return _told(_words(text), stop_words)
    if (place := message.get("location")) is not None:
        return Locate(latitude=place["latitude"], longitude=place["longitude"])
    return _file(message) or Unreadable()


def _told(text: str, stop_words: StopWords) -> Deed:
    if stop_words.are_said(text):
        return Stop()
    known = command(text) if text.startswith("/") else None
    return known or Write(text=text)


def _file(message: Raw) -> SentFile | None:
    sizes = message.get("photo")
    kinds = (message[kind] for kind in _FILES if kind in message)
    sent = sizes[-1] if sizes else next(kinds, None)
    if sent is None:
        return None
    return SentFile(
        file_id=_words(sent["file_id"]),
        name=_words(sent.get("file_name", "")),
        size=_number(sent.get("file_size", 0)),
        album=_words(message.get("media_group_id", "")),
        has_words=bool(message.get("caption")),
    )


def _edited(message: Raw, stop_words: StopWords) -> Deed:
    """An edit that says nothing but "stop" stops like any other."""
    text = message.get("text")
    stops = text is not None and stop_words.are_said(_words(text))
    return Stop() if stops else Edited(text=text)


def _membership(update: int, change: Raw) -> Came | None:
    chat, status = change["chat"], change["new_chat_member"]["status"]
    deed: Deed
    if chat["type"] == ChatType.PRIVATE:
        if status != ChatMemberStatus.BANNED:
            return None
        deed = Blocked()
    elif chat["type"] == ChatType.CHANNEL or status in _GONE:
        return None
    else:
        deed = InGroup()
    return Came(
        update=update,
        chat=_number(chat["id"]),
        language=_language(change["from"]),
        message=None,
        deed=deed,
    )


def _language(who: Raw | None) -> str:
    tag = None if who is None else who.get("language_code")
    return "" if tag is None else _words(tag)


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError("no number")


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError("no words")
