"""Pages of those who work with many cases: how long the server takes for each, and a release.

Some hundred real cases at twenty sites, with every theme, are filed and then multiplied in the
tables under new ids, as in `bench.growth`; findings, heat map and releases are those that the real
chores make of them. Then a handler and an officer sign in over HTTP and ask for each page again and
again, one request at a time.
"""

import asyncio
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import aiohttp
import pyotp
from sqlalchemy import select
from sqlalchemy.engine import Engine

from accounts.account import (
    Credentials,
    NewAccount,
    new_handler_account,
    new_officer_account,
)
from bench.growth import copy_of
from bench.installation import SITES, furnish, settings_for
from bench.plan import Plan
from bench.rows import Row, at_share, row
from flows.submission import AccountEntry, Submission
from flows.values import Text
from monitoring.overview.changes import case_changed
from monitoring.overview.organisations import refresh_organisation
from monitoring.overview.releasing import due_releases, release_quarter
from register.directory import SiteDirectory
from register.filing import Office, file
from register.particulars import Theme
from register.people import Handler, Officer, TeamKind
from sealing.identifiers import new_id
from sealing.identities import new_identity, wrap_identity
from sealing.key_ring import KeyRing
from sealing.receipts import ReceiptTerms, mint
from sealing.stretching import TEST_COST
from service.clock import now
from service.foundations import Records, records
from service.settings import Settings
from service.wiring import open_house
from storage.engines import open_engine
from storage.report_lines import line_of, report_in
from storage.tables import METADATA
from storage.transaction import SqlTransaction

_ORIGINALS: Final = SITES * len(Theme)
_SOME = 100_000
_VERY_MANY = 1_000_000
_AT_ONCE = 5_000
_REQUESTS = 100
PASSPHRASE = "seven quiet stones in a row"
_MOST_OFFICER_MS = 100
_MOST_HANDLER_MS = 50
_MOST_RELEASE_SECONDS = 5.0
_FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def measure(plan: Plan) -> Iterator[Row]:
    """The 95th percentile of each page with many cases kept, and the release of a quarter."""
    size = _VERY_MANY if plan.is_full else _SOME
    settings = settings_for(plan.folder / f"pages-{size}")
    furnish(settings)
    with records(settings) as kept:
        people = _people(kept)
        filed_on = _file(kept)
        _multiply(settings, kept.key_ring, size)
        yield _release(kept, filed_on, size)
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


def _file(kept: Records) -> date:
    """One real case for each site and theme, in the quarter before this one."""
    told_at = now() - timedelta(days=95)
    terms = ReceiptTerms(salt=kept.key_ring.salt("receipts"), cost=TEST_COST)

    def work(tx: SqlTransaction) -> None:
        directory = SiteDirectory(
            tuple(tx.sites.sites()), tuple(tx.sites.organisations()), tuple(tx.sites.links())
        )
        office = Office(staff=tx.people.staff(), keys=tx.people.keys(), sites=directory)
        words = AccountEntry(path="story", label=Text(msgid="What happened?"), value="Dust. " * 50)
        for site in tuple(tx.sites.sites()):
            for theme in Theme:
                submission = Submission(
                    flow="grievance",
                    version=1,
                    language="en",
                    particulars={"site": site.id, "theme": theme.value, "people": "many"},
                    account=(words,),
                )
                filing = file(
                    submission,
                    office,
                    case_ref=new_id(),
                    now=told_at,
                    receipt=mint(terms),
                    reporter_tag=new_id(),
                )
                tx.cases.add(filing)
                case_changed(tx, filing.case, told_at.date())

    kept.write(work)
    return told_at.date()


def _multiply(settings: Settings, key_ring: KeyRing, size: int) -> None:
    """Copies of all of them, in every table that holds something of a case."""
    engine = open_engine(settings.effective_database_url)
    try:
        kinds = _kinds(engine)
        for first in range(0, size, _AT_ONCE):
            with engine.begin() as connection:
                for table, originals in kinds:
                    copies = [
                        _sealed_for_itself(key_ring, table.name, original, copy)
                        for number in range(first, min(first + _AT_ONCE, size))
                        for original in originals[number % _ORIGINALS]
                        for copy in (copy_of(table, original, number),)
                    ]
                    if copies:
                        connection.execute(table.insert(), copies)
            _let_the_log_be_short(settings)
    finally:
        engine.dispose()


def _sealed_for_itself(
    key_ring: KeyRing, table: str, original: Mapping[str, Any], copy: dict[str, Any]
) -> dict[str, Any]:
    """What a copy's lists and counts are read from, sealed for its own row."""
    name = {"cases": "details", "case_organisations": "report"}.get(table)
    if name is not None:
        before, after = (each.get("ref") or each["case_ref"] for each in (original, copy))
        plain = key_ring.open_row(table, name, before, original[f"{name}_sealed"])
        if table == "case_organisations":
            renamed = line_of(report_in(plain)._replace(reporter_tag=after))
        else:
            renamed = plain.replace(before.encode(), after.encode())
        copy[f"{name}_sealed"] = key_ring.seal_row(table, name, after, renamed)
    return copy


def _let_the_log_be_short(settings: Settings) -> None:
    """The write-ahead log of a million cases would take as much room as they."""
    path = settings.effective_database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _kinds(engine: Engine) -> list[tuple[Any, list[list[Mapping[str, Any]]]]]:
    """Table by table, cases first: the rows of each original case."""
    with engine.connect() as connection:
        order = [each.ref for each in connection.execute(select(METADATA.tables["cases"].c.ref))]
        found = []
        for table in METADATA.sorted_tables:
            if table.name != "cases" and "case_ref" not in table.c:
                continue
            name = "ref" if table.name == "cases" else "case_ref"
            by_ref: dict[str, list[Mapping[str, Any]]] = {ref: [] for ref in order}
            for each in connection.execute(select(table)).mappings():
                by_ref.setdefault(each[name], []).append(dict(each))
            found.append((table, [by_ref[ref] for ref in order]))
    return found


def _release(kept: Records, filed_on: date, size: int) -> Row:
    """The quarter in which they were filed, released as the chore does it."""
    later = filed_on + timedelta(days=93)
    salt = kept.key_ring.salt("releases")
    due = kept.read(lambda tx: due_releases(tx, later))
    while kept.write(lambda tx: tx.releases.gather()):
        pass  # The rounds of earlier nights did this.
    began = time.perf_counter()
    for organisation_id, quarter in due:
        kept.write(
            lambda tx, o=organisation_id, q=quarter: release_quarter(  # type: ignore[misc]  # bound now
                tx, o, q, later, salt=salt
            )
        )
    seconds = time.perf_counter() - began
    name = f"release of a quarter with {size:,} cases"
    return row(name, "s", [seconds], at_most=_MOST_RELEASE_SECONDS)


def _refresh_all(tx: SqlTransaction) -> None:
    for organisation in tuple(tx.sites.organisations()):
        refresh_organisation(tx, organisation.id, now().date())


async def _ask(settings: Settings, people: Mapping[str, NewAccount], size: int) -> list[Row]:
    house = open_house(settings, receipt_cost=TEST_COST)
    port = await house.server.start("127.0.0.1", 0)
    base = f"http://127.0.0.1:{port}"
    try:
        found = []
        async with browser() as officer:
            await sign_in(officer, base, "officer", people["officer"])
            for path in ("/company/heat-map", "/company/register", "/company/score"):
                figures = await _timed(officer, base + path)
                found.append(_as_row(path, figures, size, _MOST_OFFICER_MS))
        async with browser() as handler:
            await sign_in(handler, base, "busy", people["handler"])
            reads = await house.database.read(lambda tx: _one_of(tx, people["handler"]))
            pages = ("/desk", f"/desk/cases/{reads}")
            for path, name in zip(pages, ("inbox", "case page"), strict=True):
                figures = await _timed(handler, base + path)
                found.append(_as_row(name, figures, size, _MOST_HANDLER_MS))
        return found
    finally:
        await house.close()


def _one_of(tx: SqlTransaction, made: NewAccount) -> str:
    """A real case, not a copy: one that opens."""
    for ref in tx.cases.refs(after="9", limit=_ORIGINALS):
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
