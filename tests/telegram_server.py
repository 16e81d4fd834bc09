"""A Bot API server for tests, on loopback, with people who chat with the bot.

    async with TelegramServer() as server:
        ...                                       # a bot on server.url, by polling or webhook
        maria = server.person(language="pt-br")
        await maria.says("/start")
        await maria.presses("Português (Brasil)")
        assert "denunciar" in await maria.sees()

It answers as Telegram does where that matters: updates stay until their number is confirmed, 409,
429 with `retry_after`, 403 for a bot that was blocked, 400 for texts over 4096 UTF-16 units,
button data over 64 bytes, edits that change nothing and messages that are gone. Every call is
recorded, and faults come on demand.
"""

import asyncio
import json
import re
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientError, ClientSession, web

from tests.telegram_person import BOT, Button, Person, Shown

TOKEN = "4242:loopback"
MOST_FILE_BYTES = 20 * 1024 * 1024
PATIENCE_SECONDS = 60.0
"""How long a person waits for the bot before the test fails."""
QUIET_SECONDS = 0.15
"""A bot in another process has finished when it made no call for so long."""


@dataclass(slots=True)
class Call:
    """One call of the bot."""

    method: str
    fields: dict[str, str]
    at: float


@dataclass(slots=True)
class Fault:
    """What one call of a method gets instead of its answer."""

    status: int = 200
    description: str = "made to fail"
    retry_after: float = 0
    is_carried_out: bool = False
    """It is done all the same, and only the answer is wrong."""
    cuts: bool = False
    """The connection breaks."""


class Refusal(Exception):
    """An answer with an error."""

    def __init__(self, status: int, description: str, **parameters: float) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


class TelegramServer:
    """Serves one bot. Use it as a context: it listens on a port of its own."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.latency = 0.0
        """Seconds that every answer but that of `getUpdates` is held back."""
        self.gate = asyncio.Event()
        """Those answers wait until it is set, as it is."""
        self.gate.set()
        self.is_down = False
        """Every call is answered with 502, as by a gateway with nothing behind it."""
        self.settle: Callable[[], Awaitable[None]] | None = None
        """Awaits that the bot has nothing left to do, where the test can know (`drain`)."""
        self.files: dict[str, bytes] = {}
        self.confirmed = 0
        """How many updates the bot has confirmed."""
        self.hook_statuses: list[int] = []
        self.profile: dict[tuple[str, str], dict[str, str]] = {}
        self.left: list[int] = []
        self._people: dict[int, Person] = {}
        self._faults: dict[str, deque[Fault]] = {}
        self._queue: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self._poll: asyncio.Future[bool] | None = None
        self._polls = 0
        self._hook = ""
        self._hook_secret = ""
        self._pushing: set[asyncio.Task[None]] = set()
        self._numbers: Counter[str] = Counter()
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MOST_FILE_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._session = ClientSession()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in tuple(self._pushing):
            task.cancel()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # --- for tests ---

    def person(self, *, language: str = "en", name: str = "Somebody", id: int = 0) -> Person:  # noqa: A002 - as Telegram calls it
        """Somebody new, who has not written yet; or with `id` somebody known."""
        number = id or 70_000_000 + self.number("person")
        if number not in self._people:
            self._people[number] = Person(self, number, language, name)
        return self._people[number]

    def fail(self, method: str, times: int = 1, **fault: Any) -> None:
        """The next calls of a method go wrong: see `Fault`."""
        self._faults.setdefault(method, deque()).extend(Fault(**fault) for _ in range(times))

    def called(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def number(self, kind: str) -> int:
        """The next number of a kind."""
        self._numbers[kind] += 1
        return self._numbers[kind]

    def update(self, **content: Any) -> int:
        """Something happened: the bot will be told. Gives the number of the update."""
        number = self.number("update")
        self.deliver({"update_id": number, **content})
        return number

    def deliver(self, update: Any) -> None:
        """Hand an update over as it stands, malformed or known already as it may be."""
        if self._hook:
            task = asyncio.create_task(self._push(update))
            self._pushing.add(task)
            task.add_done_callback(self._pushing.discard)
            return
        self._queue.append(update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)

    @property
    def waiting(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._queue)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it is looked at whenever the bot calls."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def quiet(self) -> None:
        """Wait until the bot has nothing left to do."""
        if self.settle is not None:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.settle()
            return
        async with asyncio.timeout(PATIENCE_SECONDS):
            count = -1
            while count != self._spoken:
                count = self._spoken
                await _within(QUIET_SECONDS, self.until(lambda n=count: self._spoken > n))

    @property
    def _spoken(self) -> int:
        """How many calls there were that were not for news."""
        return len(self.calls) - self._polls

    # --- the way to the bot ---

    async def _push(self, update: Any) -> None:
        """To the webhook, again and again until it says 200."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._hook_secret}
        pause = 0.02
        while self._session is not None:
            try:
                async with self._session.post(self._hook, json=update, headers=headers) as answer:
                    self.hook_statuses.append(answer.status)
                    self._news.set()
                    if answer.status == 200:
                        self.confirmed += 1
                        return
            except ClientError:
                pass
            await asyncio.sleep(pause)
            pause = min(2 * pause, 1.0)

    async def _get_updates(self, fields: dict[str, str]) -> Any:
        if self._hook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
        offset, limit = int(fields.get("offset", 0)), int(fields.get("limit", 100))
        while self._queue and self._numbered(self._queue[0]) < offset:
            self._queue.popleft()
            self.confirmed += 1
            self._news.set()
        if not self._queue and (seconds := float(fields.get("timeout", 0))):
            poll = self._poll = asyncio.get_running_loop().create_future()
            done, _ = await asyncio.wait({poll}, timeout=seconds)
            if done and not poll.result():
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return list(self._queue)[:limit]

    @staticmethod
    def _numbered(update: Any) -> int:
        return update.get("update_id", 0) if isinstance(update, dict) else 0

    # --- calls of the bot ---

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = {str(k): str(v) for k, v in request.query.items()}
        if request.content_type == "application/json":
            fields |= {k: _as_field(v) for k, v in (await request.json()).items()}
        elif request.can_read_body:
            fields |= {k: str(v) for k, v in (await request.post()).items()}
        self.calls.append(Call(method, fields, time.monotonic()))
        self._polls += method == "getUpdates"
        self._news.set()
        try:
            if self.is_down:
                raise Refusal(502, "Bad Gateway")
            if request.match_info["token"] != TOKEN:
                raise Refusal(401, "Unauthorized")
            result = await self._answer(method, fields, request)
        except Refusal as refusal:
            return _refused(refusal)
        if method != "getUpdates":
            await asyncio.sleep(self.latency)
            await self.gate.wait()
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, method: str, fields: dict[str, str], request: web.Request) -> Any:
        faults = self._faults.get(method)
        fault = faults.popleft() if faults else None
        if fault is not None and not fault.is_carried_out:
            self._break(fault, request)
        answer = getattr(self, "_" + re.sub(r"([A-Z])", r"_\1", method).lower(), None)
        if answer is None:
            raise Refusal(404, "Not Found")
        result = answer(fields)
        if isinstance(result, Awaitable):
            result = await result
        if fault is not None:
            self._break(fault, request)
        self._news.set()
        return result

    @staticmethod
    def _break(fault: Fault, request: web.Request) -> None:
        if fault.cuts:
            if request.transport is not None:
                request.transport.close()
            raise Refusal(502, "cut")
        extra = {"retry_after": fault.retry_after} if fault.retry_after else {}
        raise Refusal(fault.status, fault.description, **extra)

    def _get_me(self, fields: dict[str, str]) -> Any:
        return BOT

    def _set_webhook(self, fields: dict[str, str]) -> bool:
        self._hook, self._hook_secret = fields["url"], fields.get("secret_token", "")
        waiting, self._queue = self._queue, deque()
        for update in waiting:
            self.deliver(update)
        return True

    def _delete_webhook(self, fields: dict[str, str]) -> bool:
        self._hook = ""
        return True

    def _send_message(self, fields: dict[str, str]) -> Any:
        person = self._addressed(fields)
        shown = Shown(self.number("message"), _text(fields), _rows(fields))
        person.messages[shown.id] = shown
        person.noticed(shown.id)
        return person.as_json(shown)

    def _edit_message_text(self, fields: dict[str, str]) -> Any:
        return self._edited(fields, _text(fields), _rows(fields))

    def _edit_message_reply_markup(self, fields: dict[str, str]) -> Any:
        return self._edited(fields, None, _rows(fields))

    def _edited(self, fields: dict[str, str], text: str | None, rows: list[list[Button]]) -> Any:
        person = self._addressed(fields)
        shown = person.messages.get(int(fields["message_id"]))
        if shown is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        text = shown.text if text is None else text
        if (shown.text, shown.rows) == (text, rows):
            raise Refusal(400, "Bad Request: message is not modified")
        if rows or text != shown.text:
            person.noticed(shown.id)
        shown.text, shown.rows, shown.is_edited = text, rows, True
        return person.as_json(shown)

    def _delete_messages(self, fields: dict[str, str]) -> bool:
        person = self._addressed(fields)
        for number in json.loads(fields["message_ids"]):
            person.messages.pop(number, None)
            person.own.pop(number, None)
        return True

    def _answer_callback_query(self, fields: dict[str, str]) -> bool:
        return True

    def _leave_chat(self, fields: dict[str, str]) -> bool:
        self.left.append(int(fields["chat_id"]))
        return True

    def _get_file(self, fields: dict[str, str]) -> Any:
        content = self.files.get(fields["file_id"])
        if content is None:
            raise Refusal(400, "Bad Request: invalid file_id")
        if len(content) > MOST_FILE_BYTES:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": fields["file_id"], "file_unique_id": fields["file_id"],
                "file_size": len(content), "file_path": f"files/{fields['file_id']}"}  # fmt: skip

    def _set_my_commands(self, fields: dict[str, str]) -> bool:
        self.profile["commands", fields.get("language_code", "")] = fields
        return True

    def _set_my_description(self, fields: dict[str, str]) -> bool:
        self.profile["description", fields.get("language_code", "")] = fields
        return True

    def _set_my_short_description(self, fields: dict[str, str]) -> bool:
        self.profile["short_description", fields.get("language_code", "")] = fields
        return True

    def _addressed(self, fields: dict[str, str]) -> Person:
        person = self._people.get(int(fields["chat_id"]))
        if person is None:
            raise Refusal(400, "Bad Request: chat not found")
        if person.has_blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return person

    async def _file(self, request: web.Request) -> web.StreamResponse:
        faults = self._faults.get("file")
        fault = faults.popleft() if faults else None
        content = self.files.get(request.match_info["path"].removeprefix("files/"))
        if content is None or (fault is not None and not fault.cuts):
            return web.Response(status=404 if fault is None else fault.status)
        answer = web.StreamResponse(headers={"Content-Length": str(len(content))})
        await answer.prepare(request)
        if fault is not None and request.transport is not None:
            await answer.write(content[: len(content) // 2])
            request.transport.close()
            return answer
        for start in range(0, len(content), 65536):
            await answer.write(content[start : start + 65536])
        return answer


def _as_field(value: Any) -> str:
    """A value of a JSON call as a form would have it."""
    return value if isinstance(value, str) else json.dumps(value)


def _text(fields: dict[str, str]) -> str:
    text = fields.get("text", "").strip()
    if not text:
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    return text


def _rows(fields: dict[str, str]) -> list[list[Button]]:
    markup = json.loads(fields.get("reply_markup", "{}") or "{}")
    rows = [
        [Button(button["text"], button["callback_data"]) for button in row]
        for row in markup.get("inline_keyboard", [])
    ]
    buttons = [button for row in rows for button in row]
    if any(not 1 <= len(button.data.encode()) <= 64 for button in buttons):
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if any(not button.label.strip() for button in buttons) or len(buttons) > 100:
        raise Refusal(400, "Bad Request: reply markup is not valid")
    return rows


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status,
                            "description": refusal.description}  # fmt: skip
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.status)


async def _within(seconds: float, waiting: Awaitable[None]) -> None:
    try:
        async with asyncio.timeout(seconds):
            await waiting
    except TimeoutError:
        pass
