"""Telegram is away for an hour: nobody's answer is lost, everybody hears of it afterwards.

An hour is counted in tries, not waited for: with the pauses in earnest it is about 128 of them.
"""

from collections.abc import AsyncIterator
from itertools import accumulate, islice
from pathlib import Path

import pytest

from bot.buttons import Act
from bot.channel import TelegramChannel
from bot.lanes import Lanes
from bot.patience import Patience
from bot.sending import MOST_WAITING
from intake.words import HELLO
from locales.catalogue import catalogue
from locales.languages import best_language
from tests.bot.conftest import hooked, polling
from tests.bot.test_end_to_end import _has_receipt, begin, button, go_on
from tests.house import QUARRY, House, small_house
from tests.telegram_server import Person, TelegramServer

HOURLONG = Patience(first_pause=0.0001, longest_pause=0.0005)
"""As patient as in earnest, with pauses of nothing."""
TRIES = 120
LANGUAGES = ("hi", "ar", "zh_Hans", "en")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path) as house:
        yield house


def test_a_reply_is_tried_for_an_hour_with_the_pauses_in_earnest() -> None:
    patience = Patience()
    tried_at = list(accumulate(islice(patience.pauses(), patience.most_reply_faults - 1)))
    assert 3_600 < tried_at[-1] < 3 * 3_600


@pytest.mark.parametrize("is_hooked", [False, True], ids=["polling", "webhook"])
async def test_after_an_hour_everybody_is_answered_in_their_language_and_nothing_is_twice(
    house: House, is_hooked: bool
) -> None:
    async with TelegramServer() as server:
        way = hooked if is_hooked else polling
        async with way(server, house.reception, patience=HOURLONG):
            people = [server.person(language=LANGUAGES[n % 4]) for n in range(40)]
            server.is_down = True
            for person in people:
                person.sends(text="/start")
            tried = "sendMessage" if is_hooked else "getUpdates"
            most = TRIES * len(people) if is_hooked else TRIES
            await server.until(lambda: len(server.called(tried)) >= most)
            server.is_down = False
            await server.until(lambda: all(person.messages for person in people))
            await server.until(lambda: not server.waiting)
            await server.quiet()
            for person in people:
                (only,) = person.messages.values()
                hello = catalogue(best_language((person.language,))).text(HELLO)
                assert hello.split(".")[0] in only.text, person.language


async def test_somebody_who_goes_on_pressing_meanwhile_is_where_they_should_be(
    house: House,
) -> None:
    async with TelegramServer() as server, hooked(server, house.reception, patience=HOURLONG):
        person = server.person(language="hi")
        await begin(person, QUARRY.code)
        asked = await person.sees()
        server.is_down = True
        confirmed = server.confirmed
        person.taps(person.prompt, person.prompt.buttons[0].data)
        person.sends(text="/menu")
        await server.until(lambda: server.confirmed == confirmed + 2)
        server.is_down = False
        await server.quiet()
        resume = next(b.data for b in person.prompt.buttons if b.data == "m0.resume")
        person.taps(person.prompt, resume)
        await server.quiet()
        assert person.newest.text.splitlines()[-1] != asked.splitlines()[-1]
        assert person.prompt.buttons


async def test_a_receipt_that_did_not_get_through_for_longer_is_said_without_a_new_start(
    house: House,
) -> None:
    async with (
        TelegramServer() as server,
        polling(server, house.reception, again_seconds=0.05) as channel,
    ):
        person = await _about_to_send(server, channel)
        for method in ("editMessageText", "sendMessage"):
            server.fail(method, times=30, status=502)
        person.taps(person.prompt, button(person, Act.SUBMIT).data)
        await server.until(lambda: _receipts(person) == 1)
        await server.quiet()
        assert _receipts(person) == 1
        assert len(await house.database.read(lambda tx: tx.cases.refs())) == 1


async def _about_to_send(server: TelegramServer, channel: TelegramChannel) -> Person:
    person = server.person()
    await begin(person, QUARRY.code)
    await go_on(person, Act.SUBMIT)
    await channel.drain()
    return person


def _receipts(person: Person) -> int:
    return sum(_has_receipt(shown.text) for shown in person.messages.values())


async def test_what_waits_to_be_said_in_a_chat_is_bounded_and_receipts_are_never_dropped() -> None:
    lanes, said = Lanes(), []
    put = lambda name, may_be_dropped: lanes.put(  # noqa: E731 - one line of the test
        1, lambda: _note(said, name), most=MOST_WAITING, may_be_dropped=may_be_dropped
    )
    put("first", True)
    put("receipt", False)
    for number in range(1_000):
        put(f"{number}", True)
        assert lanes.waiting(1) <= MOST_WAITING
    await lanes.drain()
    assert said[0] == "receipt"
    assert said[1:] == [str(number) for number in range(1_000 - MOST_WAITING + 1, 1_000)]


async def _note(said: list[str], name: str) -> None:
    said.append(name)
