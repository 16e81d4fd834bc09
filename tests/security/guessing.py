"""Somebody guesses receipts and pass phrases as fast as the pages answer, for as long as is wished.

    python -m tests.security.guessing --seconds 60

Meanwhile a reporter with a real receipt and a handler in a browser of their own come again and
again. It must be that nothing was found, and that everybody got in. A short form is in
`test_guessing`.
"""

import argparse
import asyncio
import logging
import random
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import aiohttp
import pyotp
import structlog

from sealing.check_digit import check_digit
from sealing.identifiers import new_token
from tests.house import ASHA, BEN, URSULA
from tests.security.whole_house import public_token, whole_house
from tests.web.inside_house import OLGA, PASSPHRASE, Filed, Inside
from tests.web.visiting import SeenPage, Visiting

CONNECTIONS = 20
NAMES = (ASHA.name, BEN.name, URSULA.name, OLGA.name, "Nobody At All")
GUESSED = ("password", "gehoor", "123456", "correct horse", "welcome", PASSPHRASE[:-1])


@dataclass
class Flood:
    """Somebody who guesses, a new browser each time."""

    inside: Inside
    tried: int = 0
    found: int = 0
    logins_tried: int = 0
    entered: int = 0
    burst_is_over: asyncio.Event = field(default_factory=asyncio.Event)

    async def is_under_way(self) -> None:
        """The burst that passes at once is over, and all who guess wait in line."""
        await self.burst_is_over.wait()

    async def guesses(self, session: aiohttp.ClientSession) -> None:
        """Receipts with a right check digit, one after another, both ways that lead to a case."""
        while True:
            digits = "".join(random.choices("0123456789", k=16))
            guess = digits + check_digit(digits)
            browser = new_token()
            path = "/receipt" if self.tried % 2 else "/report"
            fields = {"receipt": guess, "text": guess, "shape": "write", "do": "next"}
            fields["form_token"] = public_token(self.inside, browser, path)
            headers = {"Cookie": f"visit={browser}"}
            async with session.post(
                self.inside.base + path, data=fields, headers=headers
            ) as answer:
                text = await answer.text()
            self.tried += 1
            if self.tried > 11:
                self.burst_is_over.set()
            assert answer.status in {200, 422, 429}
            self.found += "We have your report" in text

    async def guesses_logins(self, session: aiohttp.ClientSession) -> None:
        """Pass phrases with codes, of people who exist and of one who does not."""
        while True:
            browser = new_token()
            fields = {
                "name": random.choice(NAMES),
                "passphrase": random.choice(GUESSED),
                "code": f"{random.randrange(1_000_000):06}",
                "form_token": public_token(self.inside, browser, "/sign-in"),
            }
            async with session.post(
                f"{self.inside.base}/sign-in",
                data=fields,
                headers={"Cookie": f"entrance={browser}"},
                allow_redirects=False,
            ) as answer:
                await answer.read()
            self.logins_tried += 1
            assert answer.status in {303, 401, 403, 422, 429}, answer.status
            self.entered += answer.status == 303


@asynccontextmanager
async def flooded(inside: Inside, connections: int, *, logins: int = 0) -> AsyncIterator[Flood]:
    """So many connections guess receipts, and so many more guess logins."""
    flood = Flood(inside)
    async with aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0)
    ) as session:
        tasks = [asyncio.create_task(flood.guesses(session)) for _ in range(connections)]
        tasks += [asyncio.create_task(flood.guesses_logins(session)) for _ in range(logins)]
        try:
            yield flood
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in ended), ended


@dataclass
class Others:
    """Those who have what is guessed at, and how long each of their ways in took, in seconds."""

    inside: Inside
    filed: Filed
    looked_up: list[float] = field(default_factory=list)
    signed_in: list[float] = field(default_factory=list)

    async def looks_up(self) -> None:
        """A reporter, in a new browser each time."""
        owner = Visiting(self.inside.base)
        try:
            await owner.goes("/receipt")
            began = monotonic()
            page = await owner.presses("Open", receipt=self.filed.receipt.receipt.grouped)
            assert "We have your report" in page.text, page.text
            self.looked_up.append(monotonic() - began)
        finally:
            await owner.session.close()

    async def signs_in(self, browser: Visiting) -> None:
        """A handler, in the browser that she always uses."""
        await browser.goes("/sign-in")
        self.inside.next_code()
        began = monotonic()
        page = await self._typed(browser)
        assert "Cases" in page.title, (page.status, page.text)
        self.signed_in.append(monotonic() - began)
        await browser.presses("Sign out")

    async def _typed(self, browser: Visiting) -> SeenPage:
        return await browser.presses(
            "Sign in", name=ASHA.name, passphrase=PASSPHRASE, code=self.inside.code(ASHA.id)
        )


def next_code(inside: Inside) -> str:
    """The code of the half minute that comes: clocks differ, so it is taken already."""
    secret = inside.accounts[ASHA.id].totp_secret
    return pyotp.TOTP(secret).at(int(inside.house.clock.now.timestamp()) + 30)


async def siege(home: Path, seconds: float) -> tuple[Flood, Others]:
    """Guess for so long while the others come and go, each of them once at least."""
    async with whole_house(home) as inside:
        others = Others(inside, await inside.filed())
        known = await inside.signs_in(ASHA.id)
        await known.presses("Sign out")
        async with flooded(inside, CONNECTIONS, logins=CONNECTIONS) as flood:
            await flood.is_under_way()
            ends_at = monotonic() + seconds
            while not others.signed_in or monotonic() < ends_at:
                await others.looks_up()
                await others.signs_in(known)
        return flood, others


def main() -> int:
    """The command; 1 if anything was found."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser(prog="python -m tests.security.guessing", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="gehoor-guessing-") as home:
        flood, others = asyncio.run(siege(Path(home), seconds))
    sys.stdout.write(
        f"{flood.tried} receipts guessed, {flood.found} found; "
        f"{flood.logins_tried} logins guessed, {flood.entered} entered\n"
        f"receipts looked up meanwhile: {_times(others.looked_up)}\n"
        f"handler signed in meanwhile: {_times(others.signed_in)}\n"
    )
    return 1 if flood.found or flood.entered else 0


def _times(seconds: list[float]) -> str:
    middle, longest = statistics.median(seconds), max(seconds)
    return f"{len(seconds)} of {len(seconds)}, median {middle:.1f} s, at most {longest:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
