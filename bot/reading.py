"""A Telegram update as what somebody did.

Called by `bot.answering`. Everything that is never read, a person's names above all, is dropped
before an object is made of the update (W4): it cannot be logged, and parsing costs half.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot import buttons
from bot.buttons import AskToStop, ByPlace, Page
from bot.words import Words, command
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


def read(raw: Mapping[str, Any], words: Words, bot: Bot) -> Came | None:
    """What an update means; None for what is none of our business.

    Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` for what is no update.
    """
    update = Update.de_json(_trimmed(raw), bot)
    if (query := update.callback_query) is not None:
        return _pressed(update.update_id, query)
    if (message := update.message) is not None:
        return _said(update.update_id, message, _deed(message, words))
    if (message := update.edited_message) is not None:
        # A location that moves on is not a correction.
        is_moving = message.location is not None
        deed = _edited(message, words)
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


def _deed(message: Message, words: Words) -> Deed:
    if message.text is not None:
        return _words(message.text, words)
    if (place := message.location) is not None:
        return Locate(latitude=place.latitude, longitude=place.longitude)
    return _file(message) or Unreadable()


def _words(text: str, words: Words) -> Deed:
    known = command(text) if text.startswith("/") else words.meaning(text)
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


def _edited(message: Message, words: Words) -> Deed:
    """An edit that says nothing but "stop" stops like any other."""
    wanted = words.meaning(message.text or "")
    return wanted if isinstance(wanted, Stop) else Edited(text=message.text)


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


# What is kept of a message. Everything that is neither here nor quiet makes it unreadable.
_KEPT: Final = (
    "message_id", "date", "text", "caption", "location", "photo", "voice", "audio", "video",
    "video_note", "document", "media_group_id",
)  # fmt: skip

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


def _trimmed(raw: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"update_id": raw["update_id"]}
    for name in ("message", "edited_message"):
        if (message := raw.get(name)) is not None and not _QUIET & message.keys():
            kept[name] = _message(message)
    if (query := raw.get("callback_query")) is not None:
        kept["callback_query"] = _query(query)
    if (change := raw.get("my_chat_member")) is not None:
        kept["my_chat_member"] = {
            **change,
            "from": _person(change["from"]),
            "chat": _chat(change["chat"]),
        }
    return kept


def _message(raw: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: raw[name] for name in _KEPT if name in raw}
    kept["chat"] = _chat(raw["chat"])
    if "from" in raw:
        kept["from"] = _person(raw["from"])
    return kept


def _query(raw: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: raw[name] for name in ("id", "data", "chat_instance") if name in raw}
    kept["from"] = _person(raw["from"])
    if (message := raw.get("message")) is not None:
        # The date 0 stands for a message whose content is not at hand.
        kept["message"] = {
            "message_id": message["message_id"],
            "chat": _chat(message["chat"]),
            "date": 0,
        }
    return kept


def _person(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": raw["id"],
        "is_bot": False,
        "first_name": "",
        "language_code": raw.get("language_code"),
    }


def _chat(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": raw["id"], "type": raw["type"]}
