"""Updates of a chat: as they are read, and as they are posted to us."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from bot.reading import read
from bot.words import StopWords
from tests.security.fuzzing.making import bent_json, json_value
from tests.security.fuzzing.surface import Strike, Surface
from tests.security.whole_house import HOOK, HOOK_SECRET, whole_house

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
)
