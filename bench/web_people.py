"""People who fill in the web form as fast as they get an answer. A program of its own:

    python -m bench.web_people http://127.0.0.1:8080 CLIENTS SECONDS REPORTS

First everybody answers questions for so many seconds, and finishes the report under way. Then
everybody prepares so many reports up to the last page, and all are sent at once, as often as each
has one left. Told on the last line, as JSON. A step is what a browser does for one answer: post
the form, and get the page that it leads to.
"""

import asyncio
import re
import sys
import time
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import aiohttp
import orjson

from bench.rows import at_share

PATH: Final = "/report"
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_REPORT_FORM = re.compile(r'<form method="post" action="/report".*?</form>', re.DOTALL)
_FIELD = re.compile(r'name="(turn|shape|asked|form_token)" value="([^"]*)"')
_RECEIPT = '<p class="digits"'

ANSWERS: Final[tuple[tuple[tuple[str, str], ...], ...]] = (
    (("choice", "worker"),),
    (("choice", "gh"),),
    (("text", "Mill 7"),),
    (("choice", "living_wage"), ("choice", "health_safety")),
    (("text", "The pump house leaks into the drain and the water smells. " * 8),),
    (("text", "2026-03-14"),),
    (("choice", "4"),),
    (("choice", "yes"),),
    (("choice", "anonymous"),),
    (("text", "user7@example.org"),),
)
"""What is filled in, question by question."""

Fields = list[tuple[str, str]]


@dataclass(slots=True)
class Tally:
    """What came of it so far."""

    reports: int = 0
    failures: int = 0
    posted: int = 0
    """Reports that were prepared and then sent at once."""
    posting_seconds: float = 0.0
    seconds: list[float] = field(default_factory=list)
    """Of every step."""
    other_steps: int = 0
    """Made to prepare reports, and to post them."""
    first_page_bytes: int = 0
    page_bytes: list[int] = field(default_factory=list)

    def line(self, duration: float) -> bytes:
        """The tally as JSON."""
        return orjson.dumps(
            {
                "reports": self.reports,
                "failures": self.failures,
                "posted": self.posted,
                "posting_seconds": self.posting_seconds,
                "steps": len(self.seconds),
                "all_steps": len(self.seconds) + self.other_steps,
                "seconds": duration,
                "p50_ms": 1000 * at_share(self.seconds, 0.5),
                "p99_ms": 1000 * at_share(self.seconds, 0.99),
                "first_page_bytes": self.first_page_bytes,
                "largest_page_bytes": max(self.page_bytes),
            }
        )


class Visitor:
    """One browser that knows no script."""

    def __init__(self, session: aiohttp.ClientSession, base: str, tally: Tally) -> None:
        self._session = session
        self._base = base
        self._tally = tally

    async def report(self) -> None:
        """A whole report, from the first page to the receipt."""
        try:
            page = await self._report()
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError):
            self._tally.failures += 1
            return
        if _RECEIPT in page:
            self._tally.reports += 1
        else:
            self._tally.failures += 1

    async def _report(self) -> str:
        return await self._step(await self.prepare())

    async def send(self, ready: Fields) -> None:
        """A report that was prepared; the browser is the one that prepared it."""
        try:
            page = await self._step(ready)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError):
            page = ""
        if _RECEIPT in page:
            self._tally.posted += 1
        else:
            self._tally.failures += 1

    async def prepare(self) -> Fields:
        """Everything up to the last press, which is given."""
        self._session.cookie_jar.clear()
        page = await self._get("/")
        if not self._tally.first_page_bytes:
            self._tally.first_page_bytes = await self._everything(page)
        form = _REPORT_FORM.search(page)
        page = await self._step(
            [("form_token", _found(_TOKEN, form[0] if form else "")), ("do", "report")]
        )
        for answer in ANSWERS:
            page = await self._step([*_FIELD.findall(_main(page)), *answer, ("do", "next")])
        return [*_FIELD.findall(_main(page))[:2], ("do", "submit")]

    async def _step(self, fields: Fields) -> str:
        began = time.perf_counter()
        async with self._session.post(
            self._base + PATH, data=form_of(fields), allow_redirects=False
        ) as answer:
            body = await answer.read()
            leads_on = answer.status == 303
            if answer.status not in (200, 303):
                raise ValueError(f"status {answer.status}")
        page = await self._get(PATH) if leads_on else body.decode()
        self._tally.seconds.append(time.perf_counter() - began)
        self._tally.page_bytes.append(len(page.encode()))
        return page

    async def _get(self, path: str) -> str:
        async with self._session.get(self._base + path) as answer:
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            return await answer.text()

    async def _everything(self, page: str) -> int:
        """The page with all that it loads, in bytes."""
        loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        return len(page.encode()) + sum([len((await self._get(path)).encode()) for path in loaded])


def form_of(fields: Fields) -> aiohttp.FormData:
    """The fields as a browser sends them, repeated ones included."""
    form = aiohttp.FormData()
    for name, value in fields:
        form.add_field(name, value)
    return form


def _main(page: str) -> str:
    """The first form of the page's own part: the question, or the review."""
    start = page.find("<main")
    return page[start : page.find("</form>", start)]


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise ValueError("the page is not as expected")
    return found[1]


async def visit(base: str, clients: int, seconds: float, reports: int) -> bytes:
    """So many people for so long, then so many reports of each at once; the tally as JSON."""
    tally = Tally()
    began = time.perf_counter()
    sessions = [_browser() for _ in range(clients)]
    visitors = [Visitor(session, base, tally) for session in sessions]

    async def answer(visitor: Visitor) -> None:
        while time.perf_counter() - began < seconds:
            await visitor.report()

    try:
        await _all(map(answer, visitors))
        duration, answered = time.perf_counter() - began, tally.seconds
        tally.seconds = []
        await _post(base, tally, sessions, reports)
    finally:
        await _all(session.close() for session in sessions)
    tally.other_steps, tally.seconds = len(tally.seconds), answered
    return tally.line(duration)


async def _post(
    base: str, tally: Tally, sessions: Sequence[aiohttp.ClientSession], reports: int
) -> None:
    """Prepare reports, each in a browser of its own, and send them with so many at once."""
    ready: list[tuple[Visitor, Fields]] = []
    browsers = []

    async def prepare(pool: aiohttp.ClientSession) -> None:
        for _ in range(reports):
            browser = _browser(pool.connector)
            browsers.append(browser)
            visitor = Visitor(browser, base, tally)
            ready.append((visitor, await visitor.prepare()))

    async def send() -> None:
        while ready:
            visitor, fields = ready.pop()
            await visitor.send(fields)

    await _all(map(prepare, sessions))
    began = time.perf_counter()
    await _all(send() for _ in sessions)
    tally.posting_seconds = time.perf_counter() - began
    for browser in browsers:
        await browser.close()


def _browser(connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    """Cookies of its own; with another's connector it shares that one's connection."""
    return aiohttp.ClientSession(
        connector=connector or aiohttp.TCPConnector(limit=1),
        connector_owner=connector is None,
        cookie_jar=aiohttp.CookieJar(unsafe=True),
    )


async def _all(work: Iterable[Coroutine[None, None, None]]) -> None:
    async with asyncio.TaskGroup() as tasks:
        for each in work:
            tasks.create_task(each)


if __name__ == "__main__":
    told = asyncio.run(visit(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
    sys.stdout.buffer.write(told + b"\n")
