"""The web form under SIGKILL: people fill it in with real browsers' requests, and it is killed.

Promises held to, after each kill and start:
- an answer whose 303 came back is there: the person is at a later question, never an earlier one;
- a report whose 303 came back shows its receipt, however often the page is loaded;
- each report is one case, and each receipt that was shown opens its own.
"""

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import aiohttp

from tests.crash.house import found, living
from tests.crash.kept import held
from tests.crash.toll import Toll

VISITORS: Final = 12
LONGEST_LIFE_ANSWERS: Final = 160
_FIELD = re.compile(r'name="(turn|shape|asked|form_token)" value="([^"]*)"')
_DIGITS = re.compile(r'<p class="digits"[^>]*>(.*?)</p>', re.DOTALL)
_REPORT_FORM = re.compile(r'<form method="post" action="/report".*?</form>', re.DOTALL)
_KEPT_FORM = re.compile(r'<form method="post" action="/receipt/kept".*?</form>', re.DOTALL)

ANSWERS: Final = {
    "reporter": (("choice", "worker"),),
    "country": (("choice", "gh"),),
    "site_words": (("text", "Mill 7"),),
    "themes": (("choice", "living_wage"), ("choice", "health_safety")),
    "story": (("text", "The pump house leaks into the drain."),),
    "happened": (("text", "2026-03-14"),),
    "gravity_told": (("choice", "4"),),
    "witnesses": (("choice", "yes"),),
    "anonymity": (("choice", "anonymous"),),
    "contact": (("text", "user7@example.org"),),
}
"""In the order in which they are asked."""
ORDER: Final = tuple(ANSWERS)


class GoneError(Exception):
    """The house was killed meanwhile."""


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser; what they know outlives the house."""

    cookies: dict[str, str] = field(default_factory=dict)
    answered: int = 0
    """How many questions of the report under way were acknowledged."""
    has_sent: bool = False
    """The report was sent, and that it is kept was said."""
    receipts: set[str] = field(default_factory=set)
    acknowledged: int = 0
    kept_without_a_reply: int = 0

    async def goes_on(self, base: str, count: Callable[[], None]) -> None:
        """From wherever they are, report after report, until the house is gone."""
        connector = aiohttp.TCPConnector(limit=1)
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as session:
            while True:
                page = await self._get(session, base, "/report")
                page = await self._step(session, base, page)
                count()

    async def _step(self, session: aiohttp.ClientSession, base: str, page: str) -> str:
        shown = _DIGITS.search(page)
        if shown is not None:
            return await self._takes_receipt(session, base, page, shown[1])
        assert not self.has_sent, "a report that was kept shows no receipt"
        main = page[page.find("<main") :]
        fields = dict(_FIELD.findall(main[: main.find("</form>")]))
        asked = fields.get("asked")
        if asked is not None:
            assert ORDER.index(asked) >= self.answered, "an acknowledged answer was lost"
            answer = [*fields.items(), *ANSWERS[asked], ("do", "next")]
            await self._post(session, base, "/report", answer)
            self.answered = ORDER.index(asked) + 1
            self.acknowledged += 1
            return ""
        if "turn" in fields:
            sent = [("turn", fields["turn"]), ("form_token", fields["form_token"])]
            await self._post(session, base, "/report", [*sent, ("do", "submit")])
            self.has_sent = True
            self.acknowledged += 1
            return ""
        assert not self.answered, "a report under way is gone"
        form = _REPORT_FORM.search(page)
        begin = dict(_FIELD.findall(form[0] if form else ""))
        await self._post(session, base, "/report", [*begin.items(), ("do", "report")])
        return ""

    async def _takes_receipt(
        self, session: aiohttp.ClientSession, base: str, page: str, shown: str
    ) -> str:
        digits = re.sub(r"\D", "", re.sub(r"<[^>]*>", "", shown))
        if digits not in self.receipts:
            self.kept_without_a_reply += not self.has_sent
            self.receipts.add(digits)
        # From here on the house may forget it: it was seen.
        self.has_sent, self.answered = False, 0
        form = _KEPT_FORM.search(page)
        fields = dict(_FIELD.findall(form[0] if form else ""))
        await self._post(session, base, "/receipt/kept", list(fields.items()))
        self.cookies = {}
        return ""

    async def _get(self, session: aiohttp.ClientSession, base: str, path: str) -> str:
        try:
            async with session.get(base + path, cookies=self.cookies) as answer:
                page = await answer.text()
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise GoneError from None
        assert answer.status in {200, 409}, answer.status
        self._note(answer)
        return page

    async def _post(
        self, session: aiohttp.ClientSession, base: str, path: str, fields: list[tuple[str, str]]
    ) -> None:
        """Acknowledged once this returns."""
        body = aiohttp.FormData()
        for name, value in fields:
            body.add_field(name, value)
        try:
            async with session.post(
                base + path, data=body, cookies=self.cookies, allow_redirects=False
            ) as answer:
                await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise GoneError from None
        assert answer.status == 303, answer.status
        self._note(answer)

    def _note(self, answer: aiohttp.ClientResponse) -> None:
        for name, morsel in answer.cookies.items():
            self.cookies[name] = morsel.value


async def series(home: Path, url: str, times: int, dice: random.Random) -> Toll:
    """Kill so many times; raises `AssertionError` at the first promise that was broken."""
    settings = await asyncio.to_thread(found, home, url)
    visitors = [Visitor() for _ in range(VISITORS)]
    for _ in range(times):
        await _live_and_die(home, url, visitors, dice)
    await finish(home, url, visitors)
    receipts = {each for visitor in visitors for each in visitor.receipts}
    kept = await asyncio.to_thread(held, settings, receipts)
    assert kept.cases == len(receipts), "a case is missing, or is there twice"
    assert kept.opened == len(receipts), "a receipt does not open its case"
    assert kept.new_case_alerts == kept.cases, "a case has no alert, or two"
    return Toll(
        kills=times,
        acknowledged=sum(visitor.acknowledged for visitor in visitors),
        receipts=len(receipts),
        kept_without_a_reply=sum(visitor.kept_without_a_reply for visitor in visitors),
    )


async def _live_and_die(home: Path, url: str, visitors: list[Visitor], dice: random.Random) -> None:
    left = dice.randint(1, LONGEST_LIFE_ANSWERS)
    with living(home, url) as house:
        base = await asyncio.to_thread(house.address)

        def count() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                house.kill()

        async def stay(visitor: Visitor) -> None:
            try:
                await visitor.goes_on(base, count)
            except GoneError:
                assert left <= 0, "the house ended by itself"

        async with asyncio.TaskGroup() as crowd:
            for visitor in visitors:
                crowd.create_task(stay(visitor))


async def finish(home: Path, url: str, visitors: list[Visitor]) -> None:
    """Everybody who is in the midst of a report, or of its receipt, comes to its end."""
    with living(home, url) as house:
        base = await asyncio.to_thread(house.address)

        async def end(visitor: Visitor) -> None:
            jar = aiohttp.DummyCookieJar()
            async with aiohttp.ClientSession(cookie_jar=jar) as session:
                while visitor.cookies:
                    page = await visitor._get(session, base, "/report")
                    await visitor._step(session, base, page)

        async with asyncio.TaskGroup() as crowd:
            for visitor in visitors:
                crowd.create_task(end(visitor))
