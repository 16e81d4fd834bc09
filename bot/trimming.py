"""What of an update is never read is dropped before an object is made of it (W4).

Called by `bot.reading`. Names, user names and quoted messages cannot be logged by anybody then,
and parsing costs half.
"""

from collections.abc import Mapping
from typing import Any, Final

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


def trimmed(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The update with only what the bot reads; raises `KeyError`, `TypeError` or
    `AttributeError` where it is none."""
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
