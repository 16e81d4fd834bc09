"""Pages of those who work with many cases: how long the server takes for each, and a release.

Some hundred real cases at twenty sites are filed and multiplied (`bench.many_cases`); findings,
heat map and releases are those that the real chores make of them. Then a handler and an officer
sign in over HTTP and ask for each page again and again, one request at a time.
"""

import asyncio
import os
import re
import statistics
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import aiohttp
import pyotp

from accounts.account import (
    Credentials,
    NewAccount,
    new_handler_account,
    new_officer_account,
)
from bench.bare_sql import milliseconds, written_down
from bench.installation import furnish, settings_for
from bench.many_cases import MOST_RELEASE_SECONDS, ORIGINALS, file_originals, multiply, released
from bench.plan import Plan
from bench.rows import Row, at_share, row
from monitoring.overview.organisations import refresh_organisation
from register.people import Handler, Officer, TeamKind
from sealing.identifiers import new_id
from sealing.identities import new_identity, wrap_identity
from sealing.stretching import TEST_COST
from service.clock import now
from service.foundations import Records, records
from service.settings import Settings
from service.wiring import open_house
from storage.transaction import SqlTransaction

_SOME = 100_000
_VERY_MANY = 1_000_000
_REQUESTS = 100
PASSPHRASE = "seven quiet stones in a row"
_MOST_OFFICER_MS = 100
_MOST_HANDLER_MS = 50
_MOST_TIMES_SQL = 2
_FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def measure(plan: Plan) -> Iterator[Row]:
    """The 95th percentile of each page with many cases kept, and the release of a quarter."""
    size = _VERY_MANY if plan.is_full else _SOME
    settings = settings_for(plan.folder / f"pages-{size}")
    furnish(settings)
    with records(settings) as kept:
        people = _people(kept)
        filed_on = file_originals(kept)
        multiply(settings, kept.key_ring, size)
        seconds = sum(released(kept, filed_on))
        name = f"release of a quarter with {size:,} cases"
        yield row(name, "s", [seconds], at_most=MOST_RELEASE_SECONDS)
        kept.write(_refresh_all)
    yield from asyncio.run(_ask(settings, people, size))


def _people(kept: Records) -> Mapping[str, NewAccount]:
    """A handler who reads all of it, and an officer, each with an account."""

    def work(tx: SqlTransaction) -> Mapping[str, NewAccount]:
        team = next(each for each in tx.people.staff().teams if each.kind is TeamKind.REGULAR)
        handler = Handler(id=new_id(), name="Busy Handler", team_id=team.id)
        identity = new_identity()
        made = new_handler_account(
            handler,
            Credentials(name="busy", passphrase=PASSPHRASE),
            wrapped_identity=wrap_identity(identity, PASSPHRASE, TEST_COST),
            key_ring=kept.key_ring,
            service_name="Gehoor",
            cost=TEST_COST,
        )
        tx.people.put_handler(handler, identity.recipient)
        organisation = next(iter(tx.sites.organisations()))
        officer = Officer(id=new_id(), name="Officer", organisation_id=organisation.id)
        tx.people.put_officer(officer)
        sees = new_officer_account(
            officer,
            Credentials(name="officer", passphrase=PASSPHRASE),
            key_ring=kept.key_ring,
            service_name="Gehoor",
            cost=TEST_COST,
        )
        accounts = {"handler": made, "officer": sees}
        for name, each in accounts.items():
            if not isinstance(each, NewAccount):
                raise TypeError(f"no account for the {name}")
            tx.accounts.put(each.account)
        return {name: each for name, each in accounts.items() if isinstance(each, NewAccount)}

    return kept.write(work)


def _refresh_all(tx: SqlTransaction) -> None:
    for organisation in tuple(tx.sites.organisations()):
        refresh_organisation(tx, organisation.id, now().date())


async def _ask(settings: Settings, people: Mapping[str, NewAccount], size: int) -> list[Row]:
    house = open_house(settings, receipt_cost=TEST_COST)
    port = await house.server.start("127.0.0.1", 0)
    base = f"http://127.0.0.1:{port}"
    try:
        found = []
        before = _resident_megabytes()
        async with browser() as officer:
            await sign_in(officer, base, "officer", people["officer"])
            for path in ("/company/heat-map", "/company/register", "/company/score"):
                figures = await _timed(officer, base + path)
                found.append(_as_row(path, figures, size, _MOST_OFFICER_MS))
                if path == "/company/register":
                    found.append(await _beside_sql(officer, base + path, figures, settings, path))
        async with browser() as handler:
            await sign_in(handler, base, "busy", people["handler"])
            reads = await house.database.read(lambda tx: _one_of(tx, people["handler"]))
            pages = ("/desk", f"/desk/cases/{reads}")
            for path, name in zip(pages, ("inbox", "case page"), strict=True):
                figures = await _timed(handler, base + path)
                found.append(_as_row(name, figures, size, _MOST_HANDLER_MS))
                found.append(await _beside_sql(handler, base + path, figures, settings, name))
        taken = _resident_megabytes() - before
        found.append(row(f"memory that pages take with {size:,} cases", "MB", [taken]))
        return found
    finally:
        await house.close()


def _resident_megabytes() -> float:
    """Of this process, which is the house as well as those who ask."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _one_of(tx: SqlTransaction, made: NewAccount) -> str:
    """A real case, not a copy: one that opens."""
    for ref in tx.cases.refs(after="9", limit=ORIGINALS):
        case = tx.cases.get(ref)
        if case is not None and made.account.id in case.handler_ids:
            return ref
    raise AssertionError("the handler reads no case")


def browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def sign_in(browser: aiohttp.ClientSession, base: str, name: str, made: NewAccount) -> None:
    async with browser.get(f"{base}/sign-in") as page:
        token = _FORM_TOKEN.search(await page.text())
    code = pyotp.TOTP(made.account.totp_secret).now()
    fields = {
        "form_token": token[1] if token else "",
        "name": name,
        "passphrase": PASSPHRASE,
        "code": code,
    }
    async with browser.post(f"{base}/sign-in", data=fields) as answer:
        if "/sign-in" in str(answer.url):
            raise AssertionError(f"{name} was not let in")


async def _timed(browser: aiohttp.ClientSession, address: str) -> list[float]:
    """Milliseconds of each request, the first ones left out: they fill what is kept in memory."""
    figures = []
    for _ in range(_REQUESTS):
        began = time.perf_counter()
        async with browser.get(address) as page:
            await page.read()
        if page.status != 200:
            raise AssertionError(f"{page.status} for a page")
        figures.append(1000 * (time.perf_counter() - began))
    return figures[5:]


async def _beside_sql(
    browser: aiohttp.ClientSession,
    address: str,
    figures: list[float],
    settings: Settings,
    name: str,
) -> Row:
    """The page against the bare SQL of the same rows."""
    with written_down() as statements:
        async with browser.get(address) as page:
            await page.read()
    bare = statistics.median(milliseconds(settings.effective_database_url, statements, _REQUESTS))
    return row(
        f"{name}, median",
        "× its SQL alone",
        [statistics.median(figures) / bare],
        at_most=_MOST_TIMES_SQL,
        note=f"{len(statements)} statements, {bare:.2f} ms",
    )


def _as_row(name: str, figures: list[float], size: int, most: float) -> Row:
    ninety_five = at_share(figures, 0.95)
    median = at_share(figures, 0.5)
    return row(
        f"{name} with {size:,} cases, p95",
        "ms",
        [ninety_five],
        at_most=most,
        note=f"median {median:.1f} ms; the whole request on loopback",
    )
