"""The bot under SIGKILL: people chat with it through a Bot API server on loopback.

Promises held to:
- an update that was confirmed is kept, and one that is offered again is not taken twice;
- a receipt that was kept and not seen is said after the next start; somebody whose question was
  lost on its way does again what they did, is told where they are, and comes to their receipt;
- each conversation is one case with one alert, and each receipt opens its own.

With several processes on one PostgreSQL the server posts updates to them in turn, again and again
until one says 200, and the processes are killed in turn too.
"""

import asyncio
import random
import re
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any, Final

import aiohttp

from bench.chat_people import Connection, Person, Telegram
from tests.crash.house import HOOK_SECRET, Living, found, living
from tests.crash.kept import held
from tests.crash.toll import Toll

PEOPLE: Final = 16
CONVERSATIONS: Final = 1_000_000
"""More than there is time for: the series ends them."""
LONGEST_LIFE_REPLIES: Final = 220
LONGEST_PAUSE_SECONDS: Final = 0.03
SECONDS_OF_PATIENCE: Final = 12.0
"""Long: who does again what was only slow gets two answers, and answers both. On a slow machine it
is longer, so many times what a reply usually takes there."""
USUAL_REPLIES_OF_PATIENCE: Final = 10
SECONDS_TO_END: Final = 300.0
_GO_ON: Final = "Go on where I was"
_DIGITS = re.compile(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}[ -]\d")
_SIGNATURE = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}


class Crowd(Telegram):
    """People who chat, and remember their receipts; they go on until they are told to end."""

    def __init__(self) -> None:
        super().__init__(PEOPLE, CONVERSATIONS)
        self.shown: set[str] = set()
        self.hooks: list[str] = []
        """Where updates are posted, in turn; none where the bot fetches them."""
        self._turn = 0
        self._pushing: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._heard = asyncio.Event()
        self._did: dict[int, dict[str, Any]] = {}

    def given(self, person: Person) -> None:
        """A receipt is before somebody's eyes."""
        digits = _DIGITS.search(person.text)
        self.shown.add(digits[0] if digits else f"none was shown to {person.id}")

    def ends(self) -> None:
        """After the conversation under way nobody begins another."""
        for person in self._people.values():
            person.left = min(person.left, 1)

    @property
    def is_quiet(self) -> bool:
        """Everybody has come to the end of their conversation."""
        return all(person.left == 0 for person in self._people.values())

    async def replies(self, number: int) -> None:
        """Return when so many more replies came, or when all have ended."""
        wanted = len(self.late) + number
        while len(self.late) < wanted and not self.is_quiet:
            self._heard.clear()
            await self._heard.wait()

    async def try_again(self) -> None:
        """For as long as it runs: whoever waited for long does again what they did."""
        while True:
            await asyncio.sleep(SECONDS_OF_PATIENCE / 2)
            usual = median(self.late[-200:]) if self.late else 0.0
            patience = max(SECONDS_OF_PATIENCE, USUAL_REPLIES_OF_PATIENCE * usual)
            before = time.perf_counter() - patience
            for person in self._people.values():
                if person.is_waiting and person.did_at < before:
                    self._do(person, self._did[person.id])

    def _do(self, person: Person, action: dict[str, Any]) -> None:
        if "press" in action and not _has_button(person, action["press"]):
            # Whoever greeted the bot twice stands at the menu, with a report under way.
            action = {"press": _GO_ON} if _has_button(person, _GO_ON) else self._first
        self._did[person.id] = action
        super()._do(person, action)

    def offer(self, update: dict[str, Any]) -> None:
        """By webhook to one process after the other, or into the queue."""
        if not self.hooks:
            super().offer(update)
            return
        task = asyncio.create_task(self._push(update))
        self._pushing.add(task)
        task.add_done_callback(self._pushing.discard)

    def _react(self, person: Person) -> None:
        digits = _DIGITS.search(person.text)
        if digits and digits[0] in self.shown:
            return  # said again, because it was not sure that it had been seen
        super()._react(person)
        self._heard.set()

    async def _push(self, update: dict[str, Any]) -> None:
        session = self._session = self._session or aiohttp.ClientSession()
        while True:
            self._turn += 1
            hook = self.hooks[self._turn % len(self.hooks)]
            try:
                async with (
                    asyncio.timeout(10),
                    session.post(hook, json=update, headers=_SIGNATURE) as answer,
                ):
                    if answer.status == 200:
                        return
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass
            await asyncio.sleep(0.02)

    async def close(self) -> None:
        """Post no more."""
        for task in tuple(self._pushing):
            task.cancel()
        if self._session is not None:
            await self._session.close()


def _has_button(person: Person, label: str) -> bool:
    return any(label in each for each in person.buttons)


async def series(
    home: Path, url: str, times: int, dice: random.Random, *, processes: int = 1
) -> Toll:
    """Kill so many times; raises `AssertionError` at the first promise that was broken."""
    settings = await asyncio.to_thread(found, home, url)
    crowd = Crowd()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(crowd.answer, 0.0), "127.0.0.1", 0
    )
    api = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    trying = asyncio.create_task(crowd.try_again())
    try:
        if processes == 1:
            await _one_after_the_other(home, url, api, crowd, times, dice)
        else:
            await _several_at_once(home, url, api, crowd, times, dice, processes)
    finally:
        trying.cancel()
        await crowd.close()
        server.close()
    kept = await asyncio.to_thread(held, settings, crowd.shown)
    assert len(crowd.shown) == crowd.receipts, "a receipt was given to two people"
    assert kept.cases == crowd.receipts, "a case is missing, or is there twice"
    assert kept.opened == crowd.receipts, "a receipt does not open its case"
    assert kept.new_case_alerts == kept.cases, "a case has no alert, or two"
    return Toll(kills=times, acknowledged=len(crowd.late), receipts=crowd.receipts)


async def _one_after_the_other(
    home: Path, url: str, api: str, crowd: Crowd, times: int, dice: random.Random
) -> None:
    """One process that fetches updates; another after it was killed."""
    has_begun = False
    for _ in range(times):
        with living(home, url, api=api) as house:
            await asyncio.to_thread(house.address)
            if not has_begun:
                crowd.begin()
                has_begun = True
            await _within(crowd.replies(dice.randint(1, LONGEST_LIFE_REPLIES)))
            await asyncio.sleep(dice.uniform(0.0, LONGEST_PAUSE_SECONDS))
    with living(home, url, api=api) as house:
        await asyncio.to_thread(house.address)
        crowd.ends()
        await _within(_all_end(crowd))


async def _several_at_once(
    home: Path,
    url: str,
    api: str,
    crowd: Crowd,
    times: int,
    dice: random.Random,
    processes: int,
) -> None:
    """So many processes behind one sender; one of them is killed, and started anew, in turn."""
    async with AsyncExitStack() as stack:
        houses: list[Living] = []
        crowd.hooks = []
        for _ in range(processes):
            await _starts(stack, home, url, api, houses, crowd)
        crowd.begin()
        for _ in range(times):
            await _within(crowd.replies(dice.randint(1, LONGEST_LIFE_REPLIES)))
            number = dice.randrange(processes)
            houses[number].kill()
            await _starts(stack, home, url, api, houses, crowd, instead_of=number)
        crowd.ends()
        await _within(_all_end(crowd))


async def _starts(
    stack: AsyncExitStack,
    home: Path,
    url: str,
    api: str,
    houses: list[Living],
    crowd: Crowd,
    *,
    instead_of: int | None = None,
) -> None:
    # The address that Telegram would be told is the balancer's; here the sender is the balancer.
    hook = "https://balancer.example/telegram/updates"
    house = stack.enter_context(living(home, url, api=api, hook=hook))
    address = f"{await asyncio.to_thread(house.address)}/telegram/updates"
    if instead_of is None:
        houses.append(house)
        crowd.hooks.append(address)
    else:
        houses[instead_of], crowd.hooks[instead_of] = house, address


async def _all_end(crowd: Crowd) -> None:
    while not crowd.is_quiet:
        await crowd.replies(1)


async def _within(work: Any) -> None:
    try:
        async with asyncio.timeout(SECONDS_TO_END):
            await work
    except TimeoutError:
        raise AssertionError("somebody waits for a reply that does not come") from None
