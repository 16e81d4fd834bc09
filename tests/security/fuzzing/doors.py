"""The doors from outside: updates of a chat, and every address of the pages."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.reading import read
from bot.words import StopWords
from tests.house import ASHA
from tests.security.crowd import Ground, prepared
from tests.security.fuzzing.making import bent_json, encodable, json_value, some, text
from tests.security.fuzzing.surface import Strike, Surface
from tests.security.permissions import DOORS, VERBS, Who
from tests.security.whole_house import HOOK, HOOK_SECRET, whole_house
from tests.web.visiting import SeenPage, Visiting

PERSON = {"id": 7001, "is_bot": False, "first_name": "A", "language_code": "hi"}
CHAT = {"id": 7001, "type": "private"}
MESSAGE = {"message_id": 5, "date": 1, "chat": CHAT, "from": PERSON}
UPDATES: tuple[dict[str, Any], ...] = (
    {"update_id": 1, "message": {**MESSAGE, "text": "/start RJ3"}},
    {"update_id": 2, "message": {**MESSAGE, "text": "The dust is thick"}},
    {"update_id": 3, "message": {**MESSAGE, "photo": [{"file_id": "f", "file_size": 9}]}},
    {"update_id": 4, "message": {**MESSAGE, "document": {"file_id": "f", "file_name": "a.pdf"}}},
    {"update_id": 5, "message": {**MESSAGE, "location": {"latitude": 1.5, "longitude": 2.5}}},
    {"update_id": 6, "edited_message": {**MESSAGE, "text": "stop"}},
    {
        "update_id": 7,
        "callback_query": {"id": "q", "from": PERSON, "data": "r:3:yes", "message": MESSAGE},
    },
    {
        "update_id": 8,
        "my_chat_member": {"chat": CHAT, "from": PERSON, "new_chat_member": {"status": "kicked"}},
    },
)
REFUSALS = (KeyError, TypeError, ValueError, AttributeError)
"""What `bot.reading.read` says of what is no update."""


@asynccontextmanager
async def updates(_folder: Path) -> AsyncIterator[Strike]:
    stop_words = StopWords()

    async def strike(random: Random) -> None:
        raw = bent_json(random, random.choice(UPDATES))
        with suppress(REFUSALS):
            read(raw, stop_words)

    yield strike


@asynccontextmanager
async def webhook(folder: Path) -> AsyncIterator[Strike]:
    """Real updates go through to the database; what is said in return is lost."""
    async with whole_house(folder / "home") as inside:
        visitor = inside.visitor()

        async def strike(random: Random) -> None:
            raw = bent_json(random, random.choice(UPDATES))
            if random.random() < 0.1:
                raw = json_value(random)
            if isinstance(raw, dict) and isinstance(raw.get("update_id"), int):
                raw["update_id"] = random.randrange(2**40)
            body = json.dumps(raw).encode()
            if random.random() < 0.1:
                body = body[: random.randrange(len(body) + 1)]
            header = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
            page = await visitor.sends("POST", HOOK, data=body, headers=header)
            assert page.status in {200, 400}, page.status

        yield strike


FIELDS = (
    "do", "turn", "shape", "asked", "text", "choice", "latitude", "longitude", "rank.a", "rank.b",
    "file", "site", "language", "here", "receipt", "name", "passphrase", "code", "case", "move",
    "letter", "summary", "version", "seen", "step", "tie", "subject", "part", "percent", "document",
    "stated_by", "day", "reason",
)  # fmt: skip
WORDS = (
    "report", "next", "back", "skip", "submit", "stop", "search", "change.story", "remove.a",
    "language.ar", "write_back", "take_part", "leave_round", "resume", "choose", "write", "place",
    "rank", "files", "acknowledge", "yes", "no", "own", "en", "offer", "share", "withdraw", "case",
    "site", "organisation", "person", "acknowledge:none", "RJ3", "postpone", "1", "3", "2026-08-03",
)  # fmt: skip


@asynccontextmanager
async def addresses(folder: Path) -> AsyncIterator[Strike]:
    """Every verb at every address, as a reporter, a handler and an officer."""
    async with whole_house(folder / "home") as inside:
        grounds = [await prepared(inside, who) for who in (Who.REPORTER, Who.READER, Who.OFFICER)]
        # A quarter went by while the officer's ground was laid: the handler's login is over.
        await inside.signs_in(ASHA.id, grounds[1].browser)

        async def strike(random: Random) -> None:
            await _knock(random, random.choice(grounds))

        yield strike


async def _knock(random: Random, ground: Ground) -> None:
    if "visit" not in ground.browser.cookies:
        await ground.browser.goes("/")
    door = random.choice(DOORS)
    if door.pattern.startswith(("/sign-out", "/leave", "/desk/cases/{ref}/hand-on")):
        return  # they end what the others stand on
    path = ground.address(door.pattern)
    token = ground.token_for(door.pattern, path)
    if random.random() < 0.15:
        path += quote(encodable(text(random)))[:200]
    fields = [(name, _value(random)) for name in some(random, FIELDS, 8)]
    if door.pattern == "/report" and random.random() < 0.7:
        fields = [*_answer(random, ground.browser), *fields[:2]]
    if random.random() < 0.9:
        fields.append(("form_token", token))
    verb = door.verb if random.random() < 0.9 else random.choice(VERBS)
    status = await _sent(random, ground, verb, path, fields)
    assert status < 500, (verb, door.pattern)


def _value(random: Random) -> str:
    return random.choice(WORDS) if random.random() < 0.6 else encodable(text(random))


def _answer(random: Random, browser: Visiting) -> list[tuple[str, str]]:
    """The form of the page that the browser has open, filled in somehow."""
    page = getattr(browser, "page", None)
    forms = [form for form in page.forms if form.action == "/report"] if page else []
    if not forms:
        return [("do", "report")]
    form = random.choice(forms)
    names = [name for name, _ in form.fields] or ["text"]
    buttons = [(name, value) for name, value, _ in form.buttons if name]
    filled = [*form.fields, (random.choice((*names, "choice", "text")), _value(random))]
    return [*filled, random.choice(buttons)] if buttons else filled


async def _sent(
    random: Random, ground: Ground, verb: str, path: str, fields: list[tuple[str, str]]
) -> int:
    body: object = None
    headers: dict[str, str] = {}
    if verb in {"POST", "PUT", "PATCH"}:
        body = fields
        if random.random() < 0.1:
            form = aiohttp.FormData(default_to_multipart=True)
            for name, value in fields:
                form.add_field(name, value)
            form.add_field("file", random.randbytes(50), filename="a.jpg")
            body = form
        elif random.random() < 0.05:
            body, headers["Content-Type"] = random.randbytes(99), random.choice(_TYPES)
    else:
        path += "?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in fields)[:1500]
    async with ground.browser.session.request(
        verb, ground.inside.base + path, data=body, headers=headers
    ) as answer:
        html = await answer.text(errors="replace")
        if "/report" in str(answer.url):
            ground.browser.page = SeenPage(answer.status, answer.headers, html, path, [])
        return answer.status


_TYPES = (
    "application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain",
    "application/x-www-form-urlencoded; charset=utf-16", "a/b",
    "application/x-www-form-urlencoded; charset=nonsense",
)  # fmt: skip

SURFACES = (
    Surface(
        name="updates",
        claim="an update is read or refused in one of four ways",
        open=updates,
        strikes=5_000,
    ),
    Surface(
        name="webhook",
        claim="whatever is posted as an update is taken or refused",
        open=webhook,
        strikes=150,
    ),
    Surface(
        name="addresses",
        claim="whatever is sent to whatever address is answered, never by a fault of ours",
        open=addresses,
        strikes=200,
    ),
)
