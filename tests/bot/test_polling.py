import asyncio

import pytest
from structlog.testing import capture_logs

from bot.channel import TelegramChannel
from bot.faults import TokenRefusedError
from tests.bot.conftest import polling, settings
from tests.bot.house import House
from tests.telegram_server import TOKEN, TelegramServer
from web.outbound import Poster


async def test_an_update_is_confirmed_only_when_it_is_committed(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    gate = house.gates[str(maria.id)] = asyncio.Event()
    async with polling(server, house, together_seconds=0.01):
        await maria.says("/start")
        await server.until(lambda: len(server.called("getUpdates")) >= 4)
        assert server.confirmed == 0
        gate.set()
        await server.until(lambda: server.confirmed == 1)
    assert len(house.wishes) == 1


async def test_a_slow_update_holds_up_nobody_else_and_is_taken_once(
    server: TelegramServer, house: House
) -> None:
    maria, bao = server.person(), server.person()
    gate = house.gates[str(maria.id)] = asyncio.Event()
    async with polling(server, house, together_seconds=0.01):
        server.settle = None
        await maria.says("/start")
        for _ in range(3):
            await bao.says("/start")
        await bao.sees()
        assert server.confirmed == 0
        gate.set()
        await maria.sees()
        await server.until(lambda: server.confirmed == 4)
    assert len(house.wishes) == 4


async def test_a_crash_before_the_commit_loses_nothing(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    gate = house.gates[str(maria.id)] = asyncio.Event()
    async with polling(server, house, closing_seconds=0.1):
        await maria.says("/start")
        await server.until(lambda: len(server.called("getUpdates")) >= 2)
    assert server.confirmed == 0
    gate.set()
    async with polling(server, house):
        assert "What would you like to do?" in await maria.sees()
    assert server.confirmed == 1


async def test_a_crash_after_the_commit_repeats_nothing_and_leaves_nobody_waiting(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    async with polling(server, house):
        await maria.says("/start")
        await maria.presses("Tell what goes wrong")
        await maria.sees()
    number = maria.sends(text="a word of hers")
    house.updates.add(f"telegram:{number}")
    committed = len(house.wishes)
    async with polling(server, house):
        assert "Which colour?" in await maria.sees()
    assert [type(wish).__name__ for wish in house.wishes[committed:]] == ["Repeat"]


async def test_an_answer_that_was_lost_on_its_way_comes_again_and_is_taken_once(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    async with polling(server, house):
        server.fail("getUpdates", times=3, cuts=True, is_carried_out=True)
        await maria.says("/start")
        await maria.sees()
        await server.until(lambda: server.confirmed == 1)
    assert len(house.wishes) == 1


async def test_stopping_confirms_what_was_committed(server: TelegramServer, house: House) -> None:
    maria = server.person()
    async with polling(server, house):
        await maria.says("/start")
        await maria.sees()
    assert server.confirmed == 1
    assert server.waiting == 0


async def test_numbers_that_begin_anew_are_taken(server: TelegramServer, house: House) -> None:
    maria = server.person()
    async with polling(server, house, poll_wait_seconds=0):
        server._numbers["update"] = 900
        await maria.says("/start")
        await maria.sees()
        polls = len(server.called("getUpdates"))
        await server.until(lambda: len(server.called("getUpdates")) > polls + 3)
        server._numbers["update"] = 5
        await maria.says("/menu")
        assert "What would you like to do?" in await maria.sees()


async def test_a_malformed_update_is_passed_over_without_its_content(
    server: TelegramServer, house: House
) -> None:
    maria = server.person()
    with capture_logs() as logs:
        async with polling(server, house):
            server.update(message={"message_id": "CANARY", "text": ["CANARY"]})
            server.update(message="CANARY")
            server.update(callback_query={"id": "CANARY", "from": {}, "message": {}})
            server.update(something_new={"CANARY": 1})
            await maria.says("/start")
            assert "What would you like to do?" in await maria.sees()
            await server.until(lambda: server.confirmed == 5)
    assert [log["event"] for log in logs].count("bot.update_malformed") == 3
    assert "CANARY" not in str(logs)


@pytest.mark.parametrize("fault", [{"status": 502}, {"cuts": True}, {"status": 500}])
async def test_a_fault_of_the_network_is_waited_out(
    server: TelegramServer, house: House, fault: dict[str, object]
) -> None:
    maria = server.person()
    async with polling(server, house):
        server.fail("getUpdates", times=6, **fault)
        await maria.says("/start")
        assert "What would you like to do?" in await maria.sees()


async def test_a_flood_of_polls_is_waited_out(server: TelegramServer, house: House) -> None:
    maria = server.person()
    async with polling(server, house):
        server.fail("getUpdates", status=429, retry_after=0.05)
        await maria.says("/start")
        assert "What would you like to do?" in await maria.sees()


async def test_a_conflict_is_told_once_in_a_row(server: TelegramServer, house: House) -> None:
    maria = server.person()
    server.fail("getUpdates", times=5, status=409, description="Conflict")
    with capture_logs() as logs:
        async with polling(server, house):
            await maria.says("/start")
            await maria.sees()
    assert [log["event"] for log in logs].count("bot.conflict") == 1


async def test_a_token_that_is_taken_back_ends_the_polling(
    server: TelegramServer, house: House
) -> None:
    server.fail("getUpdates", status=401, description="Unauthorized")
    async with Poster() as poster:
        channel = TelegramChannel(settings=settings(server), poster=poster, reception=house)
        await channel.start()
        with pytest.raises(TokenRefusedError) as caught:
            await channel.run_polling()
        await channel.stop()
    assert TOKEN not in str(caught.value)
