"""The chat is wiped by a button, as by the word that stops, after one question."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from intake import words
from intake.arrivals import AskToClear, Channel, ClearChat, OpenCase, Report, ShowMenu
from intake.screens import Ended, MenuItem
from tests.house import House, small_house
from tests.intake.test_moving import drafts, items, said
from tests.intake.test_reception import asked, submit, talk

CHAT = "700100200"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path) as house:
        yield house


async def test_asking_changes_nothing(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    reply = await house.take(CHAT, AskToClear())
    assert said(reply) == [words.CLEARING_A_DRAFT_MEANS]
    assert items(reply) == (MenuItem.CLEAR_NOW, MenuItem.KEEP_CHAT)
    assert asked(await house.take(CHAT, Report())).prompt.path == "reporter"


async def test_a_draft_goes_with_the_chat(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    reply = await house.take(CHAT, ClearChat())
    assert said(reply) == [words.STOPPED]
    assert any(isinstance(screen, Ended) for screen in reply.screens)
    assert await drafts(house) == []


async def test_what_was_sent_stays_and_that_is_said(house: House) -> None:
    given = await submit(house, CHAT)
    assert said(await house.take(CHAT, AskToClear())) == [words.CLEARING_MEANS]
    reply = await house.take(CHAT, ClearChat())
    assert said(reply) == [words.CHAT_IS_CLEAR]
    assert any(isinstance(screen, Ended) for screen in reply.screens)
    reply = await house.take(CHAT, OpenCase(receipt=given.receipt))
    assert MenuItem.CLEAR_CHAT in items(reply)


async def test_a_browser_is_offered_its_quick_exit_and_no_chat_to_delete(house: House) -> None:
    assert MenuItem.CLEAR_CHAT in items(await house.take(CHAT, ShowMenu()))
    reply = await house.take("b" * 32, ShowMenu(), channel=Channel.WEB)
    assert MenuItem.CLEAR_CHAT not in items(reply)
