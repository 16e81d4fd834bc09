"""The wired house: pages, desk and bot on one set of settings, and sites as they are now."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from intake.arrivals import Arrival, Channel, Report
from intake.screens import MenuItem
from register.sites import Site, SiteKind
from sealing.identifiers import new_id
from sealing.stretching import TEST_COST
from service.clock import today
from service.installation import set_up
from service.running import serve
from service.settings import read_settings
from service.wiring import House, open_house, readiness
from storage.errors import StorageUnavailable
from tests.telegram_server import TOKEN, TelegramServer

SECRET = "only-telegram-knows"
QUARRY = Site(id=new_id(), code="RJ3", name="Rajnagar Quarry 3", country="IN", kind=SiteKind.QUARRY)


@pytest.fixture
def furnished(home: Path) -> Path:
    set_up(read_settings(), today(), lambda _text: None)
    return home


@asynccontextmanager
async def _serving(**changes: str) -> AsyncIterator[tuple[House, str]]:
    """A house that runs as `gehoor run` does, and its address."""
    settings = read_settings(
        {**{k: v for k, v in os.environ.items() if k.startswith("GEHOOR_")},
         "GEHOOR_WEB_PORT": "0", **changes}
    )  # fmt: skip
    house = open_house(settings, receipt_cost=TEST_COST)
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(serve(house, stop, told.set_result))
        try:
            yield house, (await told).split()[3].rstrip(".")
        finally:
            stop.set()
            await running


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.mark.parametrize("address", ["", "https://speak.example"])
@pytest.mark.parametrize("token", ["", TOKEN])
async def test_a_report_can_go_on_wherever_people_can_be_sent(
    furnished: Path, address: str, token: str
) -> None:
    """The chat offers the pages only where they have an address that others can reach."""
    settings = read_settings({"GEHOOR_HOME": str(furnished), "GEHOOR_WEB_PUBLIC_URL": address,
                              "GEHOOR_TELEGRAM_TOKEN": token})  # fmt: skip
    house = open_house(settings, receipt_cost=TEST_COST)

    async def ways_on(channel: Channel) -> tuple[MenuItem, ...]:
        arrival = Arrival(channel=channel, correspondent="somebody", wish=Report())
        return (await house.reception.receive(arrival)).ways_on

    try:
        from_chat, from_web = await ways_on(Channel.TELEGRAM), await ways_on(Channel.WEB)
    finally:
        await house.close()
    assert from_chat == ((MenuItem.MOVE_TO_WEB,) if address else ())
    assert from_web == ((MenuItem.MOVE_TO_CHAT,) if token else ())


async def _status(address: str, *, method: str = "GET", **headers: str) -> int:
    def ask() -> int:
        try:
            body = b"{}" if method == "POST" else None
            with urlopen(Request(address, data=body, headers=headers), timeout=120) as answer:
                return int(answer.status)
        except HTTPError as refused:
            with refused:
                return refused.code

    return await asyncio.to_thread(ask)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_public_pages_and_the_way_in_to_the_desk_are_served(furnished: Path) -> None:
    async with _serving() as (_, address):
        for path in ("/", "/about", "/sign-in", "/desk", "/company", "/healthz"):
            assert await _status(f"{address}{path}") == 200, path


async def test_without_a_bot_there_is_no_webhook(furnished: Path) -> None:
    async with _serving() as (house, address):
        assert house.telegram is None
        assert await _status(f"{address}/telegram/updates", method="POST") == 404


async def test_the_bot_answers_by_polling(furnished: Path, telegram: TelegramServer) -> None:
    settings = {
        "GEHOOR_TELEGRAM_TOKEN": TOKEN,
        "GEHOOR_TELEGRAM_BASE_URL": f"{telegram.url}/bot",
    }
    async with _serving(**settings):
        person = telegram.person(language="nl")
        await person.says("/start")
        assert "Hallo" in await person.sees()


async def test_the_bot_answers_by_webhook_and_only_to_who_knows_the_secret(
    furnished: Path, telegram: TelegramServer
) -> None:
    port = _free_port()
    hook = f"http://127.0.0.1:{port}/telegram/updates"
    settings = {
        "GEHOOR_TELEGRAM_TOKEN": TOKEN,
        "GEHOOR_TELEGRAM_BASE_URL": f"{telegram.url}/bot",
        "GEHOOR_TELEGRAM_WEBHOOK_URL": hook,
        "GEHOOR_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "GEHOOR_WEB_PORT": str(port),
    }
    async with _serving(**settings):
        await telegram.until(lambda: bool(telegram.called("setWebhook")))
        assert await _status(hook, method="POST") == 403
        person = telegram.person(language="nl")
        await person.says("/start")
        assert "Hallo" in await person.sees()


async def test_a_token_that_telegram_refuses_ends_the_bot_alone(
    furnished: Path, telegram: TelegramServer
) -> None:
    settings = {
        "GEHOOR_TELEGRAM_TOKEN": "1:unknown",
        "GEHOOR_TELEGRAM_BASE_URL": f"{telegram.url}/bot",
    }
    telegram.fail("getMe", status=401, description="Unauthorized")
    async with _serving(**settings) as (_, address):
        await telegram.until(lambda: bool(telegram.called("getMe")))
        assert await _status(address) == 200


async def test_a_site_that_is_added_while_it_runs_can_be_named_soon(furnished: Path) -> None:
    async with _serving() as (house, _):
        assert house.sites.current().by_code("RJ3") is None
        await house.database.transaction(lambda tx: tx.sites.put_site(QUARRY))
        assert await house.sites.refresh()
        assert house.sites.current().by_code("RJ3") == QUARRY
        assert not await house.sites.refresh()


async def test_two_houses_stand_beside_each_other(furnished: Path, tmp_path: Path) -> None:
    async with _serving() as (one, first), _serving() as (two, second):
        assert first != second
        assert await _status(first) == await _status(second) == 200
        assert one.database is not two.database


class _Gone:
    """A database that does not answer."""

    async def read(self, _work: object) -> object:
        raise StorageUnavailable("nothing was read")


async def test_a_house_without_its_database_is_not_ready() -> None:
    assert not await readiness(_Gone())()
