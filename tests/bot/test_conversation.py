"""Whole conversations with the real bot, over the real library and the real HTTP client."""

import pytest

from tests.bot.house import House
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.usefixtures("channel")


async def test_a_person_goes_from_start_to_receipt(server: TelegramServer, house: House) -> None:
    maria = server.person(name="Maria")
    await maria.says("/start")
    assert "What would you like to do?" in await maria.sees()
    await maria.presses("Tell what goes wrong")
    assert "Which colour?" in await maria.sees()
    await maria.presses("Red")
    await maria.presses("Green")
    await maria.presses("Blue")
    await maria.sees()
    assert [label for label in maria.buttons if "✅" in label] == ["✅ 🟩 Green", "✅ 🟦 Blue"]
    await maria.presses("Done")
    assert "Your own words" in await maria.sees()
    await maria.says("They did not pay us.")
    await maria.says("0")
    assert "At least one" in await maria.sees()
    await maria.says("12")
    assert "1. The first of two answers that are too long for a button" in await maria.sees()
    await maria.presses("The first of two answers that are too long for a button")
    await maria.says("2026-03-31")
    await maria.presses("4")
    await maria.presses("Blue")
    await maria.presses("Red")
    await maria.presses("Green")
    await maria.sees()
    assert maria.buttons[:3] == ["2. 🟥 Red", "3. 🟩 Green", "1. 🟦 Blue"]
    await maria.presses("Done")
    await maria.sends_place(26.9, 75.8)
    await maria.says("jaipur")
    await maria.presses("Jaipur Stone Works")
    await maria.sends_photo(b"a photo", caption="")
    assert "Received so far" in await maria.sees()
    await maria.presses("Done")
    await maria.sends_voice(b"Ogg voice")
    await maria.presses("Done")
    await maria.presses("OK")
    assert "Please read this once more" in await maria.sees()
    while "More" in " ".join(maria.buttons):
        await maria.presses("More")
        await maria.sees()
    await maria.presses("Send")
    assert "1234 5678 9012 3456 7" in await maria.sees()
    assert len(house.submissions) == 1
    assert house.was_delivered == [f"dialogue of {maria.id}"]
    assert house.files == [b"a photo", b"Ogg voice"]
