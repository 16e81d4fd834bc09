import asyncio
import json

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.webhook import Webhook
from tests.bot.conftest import SECRET, hooked
from tests.bot.house import House
from tests.telegram_server import TelegramServer


async def post(address: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_a_conversation_goes_over_the_webhook(server: TelegramServer, house: House) -> None:
    maria = server.person()
    async with hooked(server, house):
        await maria.says("/start")
        await maria.presses("Tell what goes wrong")
        await maria.presses("Red")
        assert "Which colours?" in await maria.sees()
    assert set(server.hook_statuses) == {200}


async def test_it_answers_only_when_the_update_is_committed(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    gate = house.gates[str(maria.id)] = asyncio.Event()
    async with hooked(server, house):
        server.settle = None
        await maria.says("/start")
        bao = server.person()
        await bao.says("/start")
        await bao.sees()
        assert server.hook_statuses == [200]
        gate.set()
        await maria.sees()
        await server.until(lambda: server.hook_statuses == [200, 200])


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ключ"])
async def test_a_wrong_secret_is_refused(
    server: TelegramServer, house: House, secret: str | None
) -> None:
    async with hooked(server, house) as address:
        body = json.dumps({"update_id": 1}).encode()
        assert await post(address, body, secret and secret.encode().decode("latin-1")) == 403
    assert house.wishes == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b'{"update_id": 1, "CANARY', 400),
        (b"\xff\xfe", 400),
        (b'["CANARY"]', 200),
        (b'{"CANARY": 1}', 200),
        (b'{"update_id": 1, "message": {"text": "CANARY"}}', 200),
        (b'{"update_id": 1, "something_new": {}}', 200),
    ],
)
async def test_what_cannot_be_read_is_not_asked_for_again(
    server: TelegramServer, house: House, body: bytes, status: int
) -> None:
    with capture_logs() as logs:
        async with hooked(server, house) as address:
            assert await post(address, body) == status
    assert "CANARY" not in str(logs)
    assert house.wishes == []


async def test_an_update_that_comes_twice_is_answered_once(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    async with hooked(server, house) as address:
        await maria.says("/start")
        await maria.sees()
        message = {"message_id": 1, "date": 1, "text": "/start",
                   "chat": {"id": maria.id, "type": "private"}}  # fmt: skip
        body = json.dumps({"update_id": 1, "message": message}).encode()
        assert await post(address, body) == 200
        await maria.sees_nothing_new()
    assert len(house.wishes) == 1


async def test_an_update_that_is_broken_off_by_closing_is_to_come_again(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    house.gates[str(maria.id)] = asyncio.Event()
    async with hooked(server, house, closing_seconds=0.3):
        await maria.says("/start")
        maria.sends(text="/menu")
        await server.until(lambda: house.held == 1)
    assert set(server.hook_statuses) <= {503}
    assert house.wishes == []


def test_a_webhook_without_a_secret_is_not_made() -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(secret="", answering=None)  # type: ignore[arg-type]  # never used
