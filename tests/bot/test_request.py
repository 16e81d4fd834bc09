from collections.abc import AsyncIterator, Mapping

import orjson
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.ports import Upload
from bot.request import FloodError, PosterRequest

SENT = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}


class Answer:
    """A poster that always gives the same."""

    def __init__(
        self, status: int = 200, body: object = None, fault: Exception | None = None
    ) -> None:
        self.status, self.fault = status, fault
        self.body = body if isinstance(body, bytes) else orjson.dumps(body)
        self.asked: list[tuple[str, dict[str, str], dict[str, Upload], float]] = []

    async def post(
        self,
        url: str,
        fields: Mapping[str, str],
        files: Mapping[str, Upload],
        timeout_seconds: float,
        /,
    ) -> tuple[int, bytes]:
        self.asked.append((url, dict(fields), dict(files), timeout_seconds))
        if self.fault:
            raise self.fault
        return self.status, self.body

    async def get(self, url: str, timeout_seconds: float, /) -> AsyncIterator[bytes]:
        raise ConnectionError
        yield b""


def bot(answer: Answer) -> Bot:
    request = PosterRequest(answer, timeout_seconds=7.0)
    return Bot("42:secret", base_url="http://x/bot", request=request, get_updates_request=request)


async def test_a_call_is_posted_as_a_form() -> None:
    answer = Answer(body={"ok": True, "result": SENT})
    await bot(answer).send_message(1, "hello")
    [(url, fields, files, seconds)] = answer.asked
    assert url == "http://x/bot42:secret/sendMessage"
    assert fields == {"chat_id": "1", "text": "hello"}
    assert files == {}
    assert seconds == 7.0


async def test_a_file_goes_as_an_upload() -> None:
    answer = Answer(body={"ok": True, "result": SENT})
    await bot(answer).send_document(1, b"content", filename="a.txt")
    [(_, _, files, _)] = answer.asked
    [upload] = files.values()
    assert (upload.name, upload.content, upload.media_type) == ("a.txt", b"content", "text/plain")


async def test_a_flood_says_how_long_to_wait() -> None:
    body = {"ok": False, "parameters": {"retry_after": 17}, "description": "Too Many Requests"}
    with pytest.raises(FloodError) as caught:
        await bot(Answer(429, body)).send_message(1, "hello")
    assert caught.value.seconds == 17.0


async def test_a_flood_that_does_not_say_how_long_waits_a_second() -> None:
    with pytest.raises(FloodError) as caught:
        await bot(Answer(429, b"<html>")).send_message(1, "hello")
    assert caught.value.seconds == 1.0


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(403, {"ok": False, "description": "Forbidden: blocked"}), Forbidden),
        (Answer(400, {"ok": False, "description": "Bad Request: no"}), BadRequest),
        (Answer(502, b"<html>CANARY</html>"), NetworkError),
        (Answer(200, b"<html>CANARY</html>"), TelegramError),
        (Answer(200, b'["CANARY"]'), TelegramError),
        (Answer(fault=TimeoutError("CANARY")), TimedOut),
        (Answer(fault=ConnectionError("http://x/bot42:secret CANARY")), NetworkError),
    ],
)
async def test_a_fault_is_telegrams_own_and_quotes_nothing(
    answer: Answer, fault: type[Exception]
) -> None:
    with pytest.raises(fault) as caught:
        await bot(answer).send_message(1, "hello")
    shown = f"{caught.value!r} {caught.value.__cause__!r}"
    assert "CANARY" not in shown
    assert "secret" not in shown


async def test_files_are_not_fetched_this_way() -> None:
    with pytest.raises(TelegramError):
        await PosterRequest(Answer(), timeout_seconds=1.0).retrieve("http://x/file")
