import json
import logging
import re

import pytest
from structlog.testing import capture_logs

from bot.channel import TelegramChannel
from bot.faults import BotError, TokenRefusedError
from locales.languages import LANGUAGES
from tests.bot.conftest import polling, settings
from tests.bot.house import House
from tests.telegram_server import TelegramServer
from web.outbound import Poster


async def test_the_bot_introduces_itself_in_every_language_and_says_nothing_of_its_purpose(
    server: TelegramServer, house: House
) -> None:
    async with polling(server, house):
        await server.until(lambda: len(server.profile) == 3 * len(LANGUAGES))
    said = json.dumps(list(server.profile.values()), ensure_ascii=False).lower()
    assert not re.search(
        r"\b(complain|grievance|report|company|work|boss|union)", said.replace("works", "")
    )
    codes = {code for kind, code in server.profile if kind == "commands"}
    assert codes == {"", "nl", "pt", "zh", "hi", "tr", "vi", "ar"}


async def test_a_profile_that_cannot_be_set_stops_nothing(
    server: TelegramServer, house: House
) -> None:
    server.fail("setMyCommands", status=429, retry_after=1000)
    maria = server.person()
    async with polling(server, house):
        await maria.says("/start")
        assert "What would you like to do?" in await maria.sees()


async def test_links_lead_to_the_bot(server: TelegramServer, house: House) -> None:
    async with polling(server, house) as channel:
        assert channel.link("JPR01") == "https://t.me/loopback_bot?start=JPR01"
        assert channel.link() == "https://t.me/loopback_bot"
        assert channel.moving_link("abc") == "https://t.me/loopback_bot?start=m_abc"


async def test_no_link_leads_to_a_bot_whose_name_is_not_known_yet(
    server: TelegramServer, house: House
) -> None:
    async with Poster() as poster:
        channel = TelegramChannel(settings=settings(server), poster=poster, reception=house)
        assert channel.moving_link("abc") == ""


async def test_a_wrong_token_is_said_at_the_start(server: TelegramServer, house: House) -> None:
    async with Poster() as poster:
        changed = settings(server, token="1:wrong")
        channel = TelegramChannel(settings=changed, poster=poster, reception=house)
        with pytest.raises(TokenRefusedError):
            await channel.start()
        await channel.stop()


async def test_a_start_without_telegram_is_a_fault(server: TelegramServer, house: House) -> None:
    server.fail("getMe", times=10, status=502)
    async with Poster() as poster:
        channel = TelegramChannel(settings=settings(server), poster=poster, reception=house)
        with pytest.raises(BotError):
            await channel.start()
        await channel.stop()


async def test_settings_keep_their_secrets_to_themselves(server: TelegramServer) -> None:
    shown = repr(settings(server, token="1:SECRET", webhook_secret="SECRET"))
    assert "SECRET" not in shown


async def test_nothing_of_a_person_is_ever_logged(
    server: TelegramServer, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Every fault there is, with every log there is, at the finest level."""
    caplog.set_level(logging.DEBUG)
    maria = server.person(name="CANARY-NAME", id=777_000_777)
    with capture_logs() as logs:
        async with polling(server, house):
            await maria.says("/start")
            await maria.presses("Tell what goes wrong")
            house.faults = 2
            await maria.presses("Red")
            server.fail("sendMessage", status=400, description="Bad Request: CANARY-WORDS")
            await maria.sees()
            maria.sends(text="CANARY-WORDS")
            server.fail("sendMessage", status=502)
            server.fail("sendMessage", cuts=True)
            maria.sends(text="CANARY-WORDS", entities="CANARY-WORDS")
            server.fail("getFile", status=400, description="CANARY-WORDS")
            maria._is_waiting = False
            await maria.sends_photo(b"CANARY-WORDS", caption="CANARY-WORDS")
            await maria.sees()
            server.fail("getUpdates", status=502, description="CANARY-WORDS")
            server.update(message={"text": "CANARY-WORDS", "chat": {"id": 777_000_777}})
            await server.until(lambda: server.waiting == 0)
    written = f"{logs} {caplog.text} {[record.args for record in caplog.records]}"
    assert len(logs) > 3
    for secret in ("CANARY-WORDS", "CANARY-NAME", "777000777", "4242:loopback"):
        assert secret not in written
