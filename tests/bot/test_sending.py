"""How replies reach the chat when Telegram, the network or the person does not help."""

import asyncio

import pytest

from bot.channel import TelegramChannel
from intake.screens import ReceiptGiven, Reply
from tests.bot.conftest import polling
from tests.bot.house import RECEIPT, House, Waiting
from tests.telegram_server import Person, TelegramServer


@pytest.fixture
def maria(server: TelegramServer, channel: TelegramChannel) -> Person:
    return server.person()


async def test_a_flood_is_waited_out_and_the_reply_comes(
    maria: Person, server: TelegramServer
) -> None:
    server.fail("sendMessage", status=429, description="Too Many Requests", retry_after=0.3)
    await maria.says("/start")
    assert "What would you like to do?" in await maria.sees()
    first, second = server.called("sendMessage")
    assert second.at - first.at >= 0.3


async def test_a_flood_in_one_chat_holds_up_no_other(server: TelegramServer, maria: Person) -> None:
    server.fail("sendMessage", status=429, description="Too Many Requests", retry_after=0.3)
    await maria.says("/start")
    await server.until(lambda: len(server.called("sendMessage")) == 1)
    bao = server.person()
    await bao.says("/start")
    await server.until(lambda: bool(bao.messages))
    assert not maria.messages
    assert "What would you like to do?" in await maria.sees()


@pytest.mark.parametrize("fault", [{"status": 502}, {"cuts": True}])
async def test_a_fault_of_the_network_is_tried_again(
    maria: Person, server: TelegramServer, fault: dict[str, object]
) -> None:
    server.fail("sendMessage", times=2, **fault)
    await maria.says("/start")
    assert "What would you like to do?" in await maria.sees()


async def test_a_message_that_is_gone_is_sent_anew(maria: Person) -> None:
    await maria.says("/start")
    await maria.sees()
    gone = maria.newest
    del maria.messages[gone.id]
    await maria.presses("Tell what goes wrong", on=gone)
    assert "Which colour?" in await maria.sees()


async def test_an_edit_that_changes_nothing_is_fine(maria: Person, server: TelegramServer) -> None:
    await maria.says("/start")
    await maria.presses("Tell what goes wrong")
    await maria.sees()
    maria.taps(maria.newest, "p1.0")
    await server.until(lambda: len(server.called("answerCallbackQuery")) == 2)
    await maria.sees_nothing_new()
    assert len(server.called("sendMessage")) == 1
    await maria.presses("Red")
    assert "Which colours?" in await maria.sees()


async def test_no_page_is_fetched_because_its_address_is_in_a_message(
    maria: Person, server: TelegramServer
) -> None:
    await maria.says("/start")
    await maria.sees()
    assert "is_disabled" in server.called("sendMessage")[0].fields["link_preview_options"]
    assert "parse_mode" not in server.called("sendMessage")[0].fields


async def test_replies_that_were_overtaken_are_passed_over(
    maria: Person, server: TelegramServer, house: House
) -> None:
    server.fail("sendMessage", status=429, description="Too Many Requests", retry_after=0.3)
    for _ in range(40):
        maria.sends(text="/menu")
    await server.until(lambda: len(house.wishes) == 40)
    await server.quiet()
    assert len(server.called("sendMessage")) < 30
    assert "What would you like to do?" in maria.newest.text


async def test_a_receipt_that_was_never_said_is_said_at_the_next_start(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    receipt = ReceiptGiven(receipt=RECEIPT, promises=())
    reply = Reply(dialogue="hers", language="en", screens=(receipt,))
    house.waiting.append(Waiting(correspondent=str(maria.id), reply=reply))
    async with polling(server, house):
        await server.until(lambda: house.was_delivered == ["hers"])
    assert "1234 5678 9012 3456 7" in maria.screen


async def test_a_receipt_that_does_not_get_through_is_not_called_delivered(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    maria.has_blocked = True
    receipt = ReceiptGiven(receipt=RECEIPT, promises=())
    reply = Reply(dialogue="hers", language="en", screens=(receipt,))
    house.waiting.append(Waiting(correspondent=str(maria.id), reply=reply))
    async with polling(server, house) as channel:
        await channel.drain()
    assert house.was_delivered == []
    assert len(server.called("sendMessage")) == 1


async def test_people_are_written_to_at_once(maria: Person, server: TelegramServer) -> None:
    server.latency = 0.2
    people = [server.person() for _ in range(20)]
    began = asyncio.get_running_loop().time()
    for person in people:
        await person.says("/start")
    for person in people:
        await person.sees()
    assert asyncio.get_running_loop().time() - began < 2.0
