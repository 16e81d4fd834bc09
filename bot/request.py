"""How python-telegram-bot's `Bot` reaches the Bot API: over a `Poster`, with aiohttp behind it.

Made by `bot.channel`. The library's own request layer is its dearest part; this one also keeps
every address and answer out of exceptions, because an address holds the bot's token and an
answer holds what was said.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.ports import Poster, Upload

TOO_MANY_REQUESTS = 429
FIRST_NOT_SUCCESS = 300


class FloodError(TelegramError):
    """Telegram wants nothing more for so many seconds.

    In place of the library's `RetryAfter`, whose making warns about its own future.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__("told to wait")
        self.seconds = seconds


class NotTakenError(NetworkError):
    """Nothing was done, for certain: no connection was made, or Telegram itself could not."""


class PosterRequest(BaseRequest):
    """One request layer for one `Bot`; the `Poster` belongs to who made it and is not closed."""

    def __init__(self, poster: Poster, *, timeout_seconds: float) -> None:
        self._poster = poster
        self._timeout_seconds = timeout_seconds

    @property
    def read_timeout(self) -> float:
        """Seconds for a whole request where the call names none."""
        return self._timeout_seconds

    async def initialize(self) -> None:
        """Nothing to open: the poster is open."""

    async def shutdown(self) -> None:
        """Nothing to close: the poster is its owner's to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """The status and the body; `TimedOut`, `NetworkError` or `FloodError` without content.

        `read_timeout` is taken as the time for everything; the library's finer ones are not
        used. Files come by `Poster.get`, so that `GET` is refused.
        """
        if method != "POST":
            raise TelegramError("only POST is spoken here")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._timeout_seconds
        fields = {} if request_data is None else request_data.json_parameters
        try:
            status, body = await self._poster.post(url, fields, _uploads(request_data), seconds)
        except TimeoutError:
            raise TimedOut from None
        except ConnectionError as fault:
            raise NetworkError(type(fault).__name__) from None
        if status == TOO_MANY_REQUESTS:
            raise FloodError(seconds_to_wait(body))
        if status >= FIRST_NOT_SUCCESS:
            return status, _without_surroundings(body)
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of an answer; refuses anything else without quoting it."""
        try:
            answer = orjson.loads(payload)
        except ValueError:
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is not an object")
        return answer


def _uploads(data: RequestData | None) -> Mapping[str, Upload]:
    if data is None or not data.contains_files:
        return {}
    return {
        name: Upload(name=parts[0], content=_content(parts[1]), media_type=parts[2])
        for name, parts in data.multipart_data.items()
    }


def _content(content: Any) -> bytes:
    return content if isinstance(content, bytes) else content.read()


def seconds_to_wait(body: bytes) -> float:
    """What a 429 asks for; one second where it does not say."""
    try:
        return max(float(orjson.loads(body)["parameters"]["retry_after"]), 0.0)
    except (ValueError, KeyError, TypeError):
        return 1.0


def _without_surroundings(body: bytes) -> bytes:
    """Only the description of an error: it names the fault and quotes nothing of the chat."""
    try:
        description = orjson.loads(body)["description"]
    except (ValueError, KeyError, TypeError):
        description = "no description"
    return orjson.dumps({"ok": False, "description": description})
