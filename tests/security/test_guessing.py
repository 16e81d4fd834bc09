"""Guessing receipts at full speed: no luck, and nobody else is kept out (W9)."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from accounts.patience import MOST_FOR_EVERYBODY
from intake.guess_limit import MOST_REMEMBERED, GuessLimit
from tests.house import ASHA
from tests.security.guessing import flooded, next_code, siege
from tests.security.whole_house import public_token
from tests.web.inside_house import PASSPHRASE, Inside

WEB, CHAT = "web", "telegram"


def always() -> bool:
    return True


class Turns:
    """People in the lines of one limit; a turn is held until it is given back."""

    def __init__(self, **limits: float) -> None:
        quick = {"per_second": 1_000_000.0, "most": 1_000_000.0, "at_once": 1}
        self.limit = GuessLimit(**{**quick, **limits})  # type: ignore[arg-type]  # the tests' own
        self.had: list[str] = []
        self.turned_away: list[str] = []
        self.free = asyncio.Event()

    async def comes(
        self, who: str, *, channel: str = WEB, is_there: Callable[[], bool] = always
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(self._waits(who, channel, is_there))
        await asyncio.sleep(0)
        return task

    async def _waits(self, who: str, channel: str, is_there: Callable[[], bool]) -> None:
        async with self.limit.turn(channel, who, is_there) as has_turn:
            if has_turn:
                await self.free.wait()
            (self.had if has_turn else self.turned_away).append(who)


async def everybody_hears() -> None:
    """A few turns of the event loop."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_in_quiet_times_a_try_is_taken_at_once() -> None:
    limit = GuessLimit(clock=lambda: 0.0)
    async with AsyncExitStack() as stack:
        turns = [await stack.enter_async_context(limit.turn(WEB, str(n), always)) for n in range(2)]
    assert turns == [True, True]


async def test_who_has_not_tried_goes_before_all_who_have() -> None:
    turns = Turns(most_waiting=500)
    turns.free.set()
    for _ in range(2):
        await asyncio.gather(*[await turns.comes(f"guesser {n}") for n in range(100)])
    turns.free.clear()
    turns.had.clear()
    waiting = [await turns.comes(f"guesser {n}") for n in range(100)]
    waiting.append(await turns.comes("owner"))
    turns.free.set()
    await asyncio.gather(*waiting)
    # One had the turn already when the owner came.
    assert turns.had.index("owner") == 1


async def test_among_newcomers_who_came_first_goes_first() -> None:
    turns = Turns()
    waiting = [await turns.comes(f"{n}") for n in range(50)]
    turns.free.set()
    await asyncio.gather(*waiting)
    assert turns.had == [f"{n}" for n in range(50)]


async def test_a_flood_on_the_pages_keeps_nobody_in_a_chat_waiting() -> None:
    turns = Turns(most_waiting=200)
    waiting = [await turns.comes(f"browser {n}") for n in range(150)]
    waiting.append(await turns.comes("person", channel=CHAT))
    turns.free.set()
    await asyncio.gather(*waiting)
    assert turns.had.index("person") <= 2


async def test_whose_browser_is_gone_costs_the_others_no_turn() -> None:
    turns = Turns(most=2.0, per_second=0.001)
    waiting = [await turns.comes("first")]
    waiting += [await turns.comes(f"gone {n}", is_there=lambda: False) for n in range(50)]
    waiting.append(await turns.comes("owner"))
    turns.free.set()
    await asyncio.wait_for(asyncio.gather(*waiting), timeout=60)
    assert turns.had == ["first", "owner"]


async def test_pressing_again_while_waiting_keeps_the_place() -> None:
    turns = Turns()
    waiting = [await turns.comes("first"), await turns.comes("owner")]
    waiting += [await turns.comes(f"later {n}") for n in range(10)]
    waiting.append(await turns.comes("owner"))
    assert turns.turned_away == []
    turns.free.set()
    await asyncio.gather(*waiting)
    assert turns.turned_away == ["owner"]
    assert turns.had[:2] == ["first", "owner"]


async def test_when_a_line_is_full_whoever_tried_most_is_turned_away() -> None:
    turns = Turns(most_waiting=10)
    turns.free.set()
    await (await turns.comes("guesser"))
    turns.free.clear()
    waiting = [await turns.comes("first"), await turns.comes("guesser")]
    waiting += [await turns.comes(f"{n}") for n in range(9)]
    waiting.append(await turns.comes("owner"))
    await everybody_hears()
    assert turns.turned_away == ["guesser"]
    waiting.append(await turns.comes("one more"))
    await everybody_hears()
    assert turns.turned_away == ["guesser", "one more"]
    turns.free.set()
    await asyncio.gather(*waiting)
    assert "owner" in turns.had


async def test_nobody_waits_longer_than_is_said() -> None:
    turns = Turns(longest_wait_seconds=0.01)
    first = await turns.comes("first")
    await (await turns.comes("owner"))
    assert turns.turned_away == ["owner"]
    turns.free.set()
    await first


async def test_who_breaks_off_gives_back_the_place_and_the_turn() -> None:
    turns = Turns()
    holder, waiter = await turns.comes("holder"), await turns.comes("waiter")
    owner = await turns.comes("owner")
    for task in (waiter, holder):
        task.cancel()
    turns.free.set()
    await asyncio.wait_for(owner, timeout=60)
    assert turns.had == ["owner"]


async def test_tries_pass_no_faster_than_the_bucket_fills() -> None:
    now = 0.0
    limit = GuessLimit(per_second=5.0, most=10.0, longest_wait_seconds=0.001, clock=lambda: now)

    async def tries(times: int) -> int:
        passed = 0
        for number in range(times):
            async with limit.turn(WEB, f"{now} {number}", always) as has_turn:
                passed += has_turn
        return passed

    assert await tries(12) == 10
    now = 1.0
    assert await tries(7) == 5


async def test_what_is_remembered_of_tries_is_bounded_and_forgotten() -> None:
    now = 0.0
    limit = GuessLimit(per_second=1e9, most=1e9, clock=lambda: now)
    for number in range(MOST_REMEMBERED + 500):
        async with limit.turn(WEB, str(number), always):
            pass
    assert len(limit._tries._counted) == MOST_REMEMBERED
    assert limit._tries.of(str(MOST_REMEMBERED)) == 1
    now = 16 * 60.0
    assert limit._tries.of(str(MOST_REMEMBERED)) == 0


@pytest.mark.parametrize("waiting", [1, 50, 400])
async def test_the_line_holds_no_more_than_it_may(waiting: int) -> None:
    turns = Turns(most_waiting=60)
    tasks = [await turns.comes(str(n)) for n in range(waiting)]
    assert len(turns.limit._places) <= 60
    turns.free.set()
    await asyncio.gather(*tasks)
    assert len(turns.had) + len(turns.turned_away) == waiting
    assert turns.limit._places == {}


async def test_a_person_gets_in_while_somebody_guesses_receipts_at_full_speed(
    inside: Inside,
) -> None:
    """With n connections and a new browser for each guess: after n others, which is n / 5 seconds.

    Counted in tries, because seconds are also those of a slow machine.
    """
    connections = 20
    filed = await inside.filed()
    async with asyncio.timeout(300), flooded(inside, connections) as flood:
        await flood.is_under_way()
        owner = inside.visitor()
        await owner.goes("/receipt")
        before = flood.tried
        page = await owner.presses("Open", receipt=filed.receipt.receipt.grouped)
        passed = flood.tried - before
    assert page.status == 200
    assert "We have your report" in page.text
    assert passed < 2 * connections
    assert flood.found == 0
    assert flood.tried > 0


async def test_who_hangs_up_leaves_the_line(inside: Inside) -> None:
    """Else a flooder would need no connections: ask, hang up, ask again."""
    filed = await inside.filed()
    async with flooded(inside, 150) as flood:
        await flood.is_under_way()
    owner = inside.visitor()
    await owner.goes("/receipt")
    before = turns_spent(inside)
    async with asyncio.timeout(300):
        page = await owner.presses("Open", receipt=filed.receipt.receipt.grouped)
    assert "We have your report" in page.text
    # Some before it was heard that they are gone, and the owner's.
    assert turns_spent(inside) - before < 50


def turns_spent(inside: Inside) -> int:
    limit: GuessLimit = inside.house.reception._guesses
    return sum(count for count, _ in limit._tries._counted.values())


async def test_strangers_who_try_many_names_do_not_keep_a_known_browser_waiting(
    inside: Inside,
) -> None:
    owner = await inside.signs_in(ASHA.id)
    await owner.presses("Sign out")
    stranger = inside.visitor()
    await stranger.goes("/sign-in")
    token = public_token(inside, stranger.cookies["entrance"], "/sign-in")
    for number in range(MOST_FOR_EVERYBODY + 3):
        typed = {"name": f"Name {number}", "passphrase": "a guess at it", "code": "123456"}
        page = await stranger.sends("POST", "/sign-in", data={"form_token": token, **typed})
    assert page.status == 429
    await owner.goes("/sign-in")
    page = await owner.presses(
        "Sign in", name=ASHA.name, passphrase=PASSPHRASE, code=next_code(inside)
    )
    assert "Cases" in page.title


async def test_a_siege_of_receipts_and_logins_finds_nothing_and_shuts_nobody_out(
    tmp_path: Path,
) -> None:
    """The short form of `python -m tests.security.guessing --seconds 60`."""
    async with asyncio.timeout(300):
        flood, others = await siege(tmp_path / "home", 2.0)
    assert flood.tried > 0
    assert flood.logins_tried > 0
    assert (flood.found, flood.entered) == (0, 0)
    assert others.looked_up
    assert others.signed_in
