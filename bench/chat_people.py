"""A Bot API server on loopback whose people answer a bot at once. A program of its own:

    python -m bench.chat_people PEOPLE CONVERSATIONS LATENCY_MS SECONDS

It says where it listens. When the bot has asked for updates, everybody begins; each does the next
thing the moment that the bot's message arrives (`conversation/people.json` says what). When all
have their receipts, or the time is over, it tells on its last line, as JSON, what came of it.
Late is the time from what somebody did to the arrival of the bot's next question.
"""

import asyncio
import contextlib
import re
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from bench.installation import CONVERSATION
from bench.rows import at_share

_TRUE = b'{"ok":true,"result":true}'
_ME = b'{"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"B","username":"b_bot"}}'
_MOST_UPDATES = 100
_FIRST_PERSON = 1_000
_END_OF_HEAD = b"\r\n\r\n"


@dataclass(slots=True)
class Person:
    """Somebody in a chat of their own."""

    id: int
    left: int
    """How many conversations they still have."""
    buttons: dict[str, str] = field(default_factory=dict)
    message: int = 0
    text: str = ""
    did_at: float = 0.0
    is_waiting: bool = False


class Telegram:
    """The server's side of every chat."""

    def __init__(self, people: int, conversations: int) -> None:
        script = orjson.loads((CONVERSATION / "people.json").read_bytes())
        self._rules = [(re.compile(rule["when"]), rule["do"]) for rule in script["rules"]]
        self._first = script["first"]
        self._people = {
            number: Person(number, conversations)
            for number in range(_FIRST_PERSON, _FIRST_PERSON + people)
        }
        self._queue: deque[tuple[int, dict[str, Any]]] = deque()
        self._news = asyncio.Event()
        self._number = 0
        self._began = 0.0
        self.wanted = people * conversations
        self.receipts = 0
        self.late: list[float] = []
        self.has_begun = asyncio.Event()
        self.is_over = asyncio.Event()

    def begin(self) -> None:
        """Everybody says the first word."""
        self._began = time.perf_counter()
        for person in self._people.values():
            self._do(person, self._first)

    def line(self) -> bytes:
        """What came of it, as JSON."""
        seconds = time.perf_counter() - self._began
        return orjson.dumps(
            {
                "updates_per_s": len(self.late) / seconds,
                "replies": len(self.late),
                "receipts": self.receipts,
                "wanted": self.wanted,
                "p50_ms": 1000 * at_share(self.late, 0.5),
                "p99_ms": 1000 * at_share(self.late, 0.99),
            }
        )

    async def answer(self, method: str, fields: dict[str, Any]) -> bytes:
        """What the bot gets for a call."""
        match method:
            case "getUpdates":
                return await self._updates(fields)
            case "getMe":
                return _ME
            case "sendMessage" | "editMessageText" | "editMessageReplyMarkup":
                return self._said(method, fields)
            case _:
                return _TRUE

    async def _updates(self, fields: dict[str, Any]) -> bytes:
        if not self.has_begun.is_set() and int(fields.get("timeout", 0)) != 0:
            self.has_begun.set()
        while self._queue and self._queue[0][0] < int(fields.get("offset", 0)):
            self._queue.popleft()
        if not self._queue and (seconds := float(fields.get("timeout", 0))):
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
            await asyncio.sleep(0)  # the others who are about to do something do it
        found = [self._queue[i][1] for i in range(min(_MOST_UPDATES, len(self._queue)))]
        return orjson.dumps({"ok": True, "result": found})

    def _said(self, method: str, fields: dict[str, Any]) -> bytes:
        person = self._people[int(fields["chat_id"])]
        if method == "sendMessage":
            person.message = self._next()
        if method != "editMessageReplyMarkup":
            person.text = fields["text"]
        if (markup := fields.get("reply_markup")) is not None:
            rows = markup["inline_keyboard"]
            person.buttons = {b["text"]: b["callback_data"] for row in rows for b in row}
            self._react(person)
        elif method != "editMessageReplyMarkup":
            self._react(person)
        sent = {
            "message_id": person.message,
            "date": 1,
            "chat": {"id": person.id, "type": "private"},
            "text": person.text,
        }
        return orjson.dumps({"ok": True, "result": sent})

    def _react(self, person: Person) -> None:
        """The bot said something: what the person does now."""
        action = next((do for when, do in self._rules if when.search(person.text)), None)
        if action is None or not person.is_waiting:
            return
        person.is_waiting = False
        self.late.append(time.perf_counter() - person.did_at)
        if "done" in action:
            self.receipts += 1
            self.given(person)
            person.left -= 1
            action = self._first if person.left else None
            if self.receipts == self.wanted:
                self.is_over.set()
        if action is not None:
            asyncio.get_running_loop().call_soon(self._do, person, action)

    def given(self, person: Person) -> None:
        """Somebody has their receipt before them."""

    def _do(self, person: Person, action: dict[str, Any]) -> None:
        update: dict[str, Any] = {"update_id": self._next()}
        chat = {"id": person.id, "type": "private", "first_name": "Somebody"}
        who = {"id": person.id, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
        message = {"message_id": person.message, "chat": chat, "from": who, "date": 1}
        if "press" in action:
            update["callback_query"] = {
                "id": str(update["update_id"]),
                "from": who,
                "chat_instance": "1",
                "data": _pressed(person.buttons, action["press"]),
                "message": {**message, "text": person.text},
            }
        else:
            text = action["text"].replace("{uid}", str(person.id))
            update["message"] = {**message, "message_id": self._next(), "text": text}
        person.is_waiting = True
        person.did_at = time.perf_counter()
        self.offer(update)

    def offer(self, update: dict[str, Any]) -> None:
        """Hand an update to whoever asks for the oldest ones that are not confirmed."""
        self._queue.append((update["update_id"], update))
        self._news.set()

    def _next(self) -> int:
        self._number += 1
        return self._number


def _pressed(buttons: dict[str, str], label: str) -> str:
    """The button with this label, or the first that has it as a part."""
    exact = buttons.get(label)
    return exact or next(data for text, data in buttons.items() if label in text)


class Connection(asyncio.Protocol):
    """One connection of the bot's: requests with a length, answered in order."""

    def __init__(
        self, answer: Callable[[str, dict[str, Any]], Awaitable[bytes]], latency: float
    ) -> None:
        self._answer = answer
        self._latency = latency
        self._data = b""
        self._calls: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport
        self._task = asyncio.create_task(self._serve())

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (end := self._data.find(_END_OF_HEAD)) >= 0:
            head = self._data[:end].decode("latin-1")
            length = re.search(r"content-length: *(\d+)", head, re.IGNORECASE)
            start = end + len(_END_OF_HEAD)
            stop = start + (int(length[1]) if length else 0)
            if len(self._data) < stop:
                return
            self._calls.put_nowait(_call(head, self._data[start:stop]))
            self._data = self._data[stop:]

    def connection_lost(self, _fault: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _serve(self) -> None:
        while True:
            method, fields = await self._calls.get()
            body = await self._answer(method, fields)
            if self._latency and method != "getUpdates":
                await asyncio.sleep(self._latency)
            if self._transport is not None:
                self._transport.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
                )


def _call(head: str, body: bytes) -> tuple[str, dict[str, Any]]:
    path, _, query = head.split(" ", 2)[1].partition("?")
    fields: dict[str, Any] = dict(parse_qsl(query))
    if body.startswith(b"{"):
        fields |= orjson.loads(body)
    elif body:
        fields |= dict(parse_qsl(body.decode()))
    return path.rpartition("/")[2], fields


async def _main(people: int, conversations: int, latency: float, seconds: float) -> None:
    telegram = Telegram(people, conversations)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(telegram.answer, latency), "127.0.0.1", 0, backlog=1024
    )
    _say(b"http://127.0.0.1:%d" % server.sockets[0].getsockname()[1])
    await telegram.has_begun.wait()
    telegram.begin()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(telegram.is_over.wait(), seconds)
    _say(telegram.line())
    await asyncio.sleep(seconds)  # whoever started it ends it, once it has looked at the bot


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    asyncio.run(
        _main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000, float(sys.argv[4]))
    )
