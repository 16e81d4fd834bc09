from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.api import BotApi
from bot.ports import Upload
from bot.request import FloodError, NotTakenError

SENT = {"message_id": 17, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "CANARY"}
KEYBOARD = b'{"inline_keyboard":[[{"text":"Yes","callback_data":"c1.yes"}]]}'


class Answer:
    """A poster that always gives the same."""

    def __init__(
        self, status: int = 200, body: object = None, fault: Exception | None = None
    ) -> None:
        self.status, self.fault = status, fault
        self.body = body if isinstance(body, bytes) else orjson.dumps(body)
        self.asked: list[tuple[str, dict[str, Any], float]] = []

    async def post_json(
        self, url: str, content: bytes, timeout_seconds: float, /
    ) -> tuple[int, bytes]:
        self.asked.append((url, orjson.loads(content), timeout_seconds))
        if self.fault:
            raise self.fault
        return self.status, self.body

    async def post(
        self,
        url: str,
        fields: Mapping[str, str],
        files: Mapping[str, Upload],
        timeout_seconds: float,
        /,
    ) -> tuple[int, bytes]:
        raise AssertionError("the frequent calls are JSON")

    async def get(self, url: str, timeout_seconds: float, /) -> AsyncIterator[bytes]:
        raise ConnectionError
        yield b""


def api(answer: Answer) -> BotApi:
    return BotApi(answer, "http://x/bot42:secret", timeout_seconds=7.0)


async def test_something_new_is_said_with_its_buttons_and_without_a_preview() -> None:
    answer = Answer(body={"ok": True, "result": SENT})
    assert await api(answer).send(1, "शुभ \n<b>", KEYBOARD) == 17
    [(url, fields, seconds)] = answer.asked
    assert url == "http://x/bot42:secret/sendMessage"
    assert fields == {
        "chat_id": 1,
        "text": "शुभ \n<b>",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": orjson.loads(KEYBOARD),
    }
    assert seconds == 7.0


async def test_no_buttons_means_none_are_left() -> None:
    answer = Answer(body={"ok": True, "result": SENT})
    await api(answer).edit_text(1, 17, "Thank you", None)
    await api(answer).edit_keyboard(1, 17, None)
    assert [fields.keys() & {"reply_markup"} for _, fields, _ in answer.asked] == [set(), set()]
    assert [url.rpartition("/")[2] for url, _, _ in answer.asked] == [
        "editMessageText",
        "editMessageReplyMarkup",
    ]


async def test_a_press_is_answered_by_its_own_id() -> None:
    answer = Answer(body={"ok": True, "result": True})
    await api(answer).answer_press("9981")
    [(url, fields, _)] = answer.asked
    assert (url.rpartition("/")[2], fields) == (
        "answerCallbackQuery",
        {"callback_query_id": "9981"},
    )


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(400, {"ok": False, "description": "Bad Request: no"}), BadRequest),
        (Answer(401, {"ok": False, "description": "Unauthorized"}), InvalidToken),
        (Answer(403, {"ok": False, "description": "Forbidden: blocked"}), Forbidden),
        (Answer(404, {"ok": False, "description": "Not Found"}), InvalidToken),
        (Answer(409, {"ok": False, "description": "Conflict"}), Conflict),
        (Answer(502, b"<html>CANARY</html>"), NotTakenError),
        (Answer(504, b"<html>CANARY</html>"), NetworkError),
        (Answer(200, b"<html>CANARY</html>"), TelegramError),
        (Answer(200, b'{"ok":true,"result":true}'), TelegramError),
        (Answer(fault=TimeoutError("CANARY")), TimedOut),
        (Answer(fault=ConnectionRefusedError("http://x/bot42:secret CANARY")), NotTakenError),
        (Answer(fault=ConnectionError("http://x/bot42:secret CANARY")), NetworkError),
    ],
)
async def test_a_fault_is_telegrams_own_and_quotes_nothing(
    answer: Answer, fault: type[Exception]
) -> None:
    with pytest.raises(fault) as caught:
        await api(answer).send(1, "CANARY", KEYBOARD)
    assert type(caught.value) is fault
    shown = f"{caught.value!r} {caught.value.__cause__!r}"
    assert "CANARY" not in shown
    assert "secret" not in shown


async def test_a_description_says_which_refusal_it_is() -> None:
    answer = Answer(400, {"ok": False, "description": "Bad Request: message is not modified"})
    with pytest.raises(BadRequest, match="not modified"):
        await api(answer).edit_text(1, 17, "again", None)


async def test_a_flood_says_how_long_to_wait() -> None:
    body = {"ok": False, "parameters": {"retry_after": 17}, "description": "Too Many Requests"}
    with pytest.raises(FloodError) as caught:
        await api(Answer(429, body)).send(1, "hello", None)
    assert caught.value.seconds == 17.0
