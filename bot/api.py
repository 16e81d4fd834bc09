"""The four calls of the Bot API that nearly every update makes, as JSON straight to the `Poster`.

Used by `bot.sending`; python-telegram-bot's `Bot` makes all other calls. The library would build
an object of every message that was sent, and of every button twice: that cost more than all else
that is done for an update. The faults raised here are the library's own, so that `bot.calls`
treats both ways alike; none holds an address (it has the token) or what was said.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.keyboards import Keyboard
from bot.ports import Poster
from bot.request import (
    FIRST_NOT_SUCCESS,
    TOO_MANY_REQUESTS,
    FloodError,
    NotTakenError,
    seconds_to_wait,
)

_NO_PREVIEW: Final = {"is_disabled": True}
"""Nobody fetches a page because its address stands in a message."""

_REFUSALS: Mapping[int, type[TelegramError]] = {
    400: BadRequest,
    403: Forbidden,
    409: Conflict,
}
"""Which fault a status is, with Telegram's description of it. Others are faults of the network."""

_NOT_TAKEN: Final = frozenset((500, 502, 503))
"""Telegram is there and could not do it. A 504 is not among them: it may have been done."""

_UNKNOWN_TOKEN: Final = frozenset((401, 404))


class BotApi:
    """One bot. Every call raises a `TelegramError`: see `bot.calls` for which is what."""

    def __init__(self, poster: Poster, base_url: str, *, timeout_seconds: float) -> None:
        """`base_url` is the Bot API's with the token, without a slash at the end."""
        self._poster = poster
        self._timeout_seconds = timeout_seconds
        self._send = f"{base_url}/sendMessage"
        self._edit_text = f"{base_url}/editMessageText"
        self._edit_keyboard = f"{base_url}/editMessageReplyMarkup"
        self._answer = f"{base_url}/answerCallbackQuery"

    async def send(self, chat: int, text: str, keyboard: Keyboard | None) -> int:
        """Say something new; the number of the message."""
        body = await self._call(self._send, _message(chat, text, keyboard))
        try:
            return int(orjson.loads(body)["result"]["message_id"])
        except (ValueError, KeyError, TypeError):
            raise TelegramError("the answer is no message") from None

    async def edit_text(
        self, chat: int, message: int, text: str, keyboard: Keyboard | None
    ) -> None:
        """Put something else in the place of a message."""
        fields = _message(chat, text, keyboard)
        fields["message_id"] = message
        await self._call(self._edit_text, fields)

    async def edit_keyboard(self, chat: int, message: int, keyboard: Keyboard | None) -> None:
        """Other buttons under a message, or none."""
        fields: dict[str, Any] = {"chat_id": chat, "message_id": message}
        if keyboard is not None:
            fields["reply_markup"] = orjson.Fragment(keyboard)
        await self._call(self._edit_keyboard, fields)

    async def answer_press(self, press: str) -> None:
        """Let the pressed button stop spinning."""
        await self._call(self._answer, {"callback_query_id": press})

    async def _call(self, url: str, fields: dict[str, Any]) -> bytes:
        try:
            status, body = await self._poster.post_json(
                url, orjson.dumps(fields), self._timeout_seconds
            )
        except TimeoutError:
            raise TimedOut from None
        except ConnectionRefusedError:
            raise NotTakenError("no connection") from None
        except ConnectionError as fault:
            raise NetworkError(type(fault).__name__) from None
        if status < FIRST_NOT_SUCCESS:
            return body
        raise _refusal(status, body)


def _message(chat: int, text: str, keyboard: Keyboard | None) -> dict[str, Any]:
    fields: dict[str, Any] = {"chat_id": chat, "text": text, "link_preview_options": _NO_PREVIEW}
    if keyboard is not None:
        fields["reply_markup"] = orjson.Fragment(keyboard)
    return fields


def _refusal(status: int, body: bytes) -> TelegramError:
    if status == TOO_MANY_REQUESTS:
        return FloodError(seconds_to_wait(body))
    if status in _UNKNOWN_TOKEN:
        return InvalidToken()
    if status in _NOT_TAKEN:
        return NotTakenError(f"status {status}")
    known = _REFUSALS.get(status)
    return NetworkError(f"status {status}") if known is None else known(_description(body))


def _description(body: bytes) -> str:
    """It names the fault and quotes nothing of the chat."""
    try:
        return str(orjson.loads(body)["description"])
    except (ValueError, KeyError, TypeError):
        return "no description"
