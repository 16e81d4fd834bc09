"""Every verb at every address, as a reporter, handler, officer and program; and the watchers' port.

What is struck is the table of `tests.security.permissions`, which has a row for every route; that
every row is really struck is `test_fuzzing.test_every_route_is_struck`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from urllib.parse import quote

import aiohttp

from accounts.login import new_login
from tests.house import ASHA
from tests.security.crowd import ACCOUNTS, Ground, prepared, shows_token
from tests.security.fuzzing.making import encodable, some, text
from tests.security.fuzzing.surface import Strike, Surface
from tests.security.permissions import DOORS, TECHNICAL, VERBS, Door, Who
from tests.security.whole_house import technical_app, whole_house
from tests.web.inside_house import Inside
from tests.web.visiting import SeenPage, Visiting
from web.serving import WebServer

FIELDS = (
    "do", "turn", "shape", "asked", "text", "choice", "latitude", "longitude", "rank.a", "rank.b",
    "file", "site", "language", "here", "receipt", "name", "passphrase", "code", "case", "move",
    "letter", "summary", "version", "seen", "step", "tie", "subject", "part", "percent", "document",
    "stated_by", "day", "reason", "to", "handler", "colleague", "due", "group", "how",
    "involvement", "kind", "measure", "of", "other", "owner", "paper", "people", "reasons",
    "relation", "remedy", "theme", "also_other", "cause_other", "quarter", "after",
)  # fmt: skip
WORDS = (
    "report", "next", "back", "skip", "submit", "stop", "search", "change.story", "remove.a",
    "language.ar", "write_back", "take_part", "leave_round", "resume", "choose", "write", "place",
    "rank", "files", "acknowledge", "yes", "no", "own", "en", "offer", "share", "withdraw", "case",
    "site", "organisation", "person", "acknowledge:none", "RJ3", "postpone", "1", "3", "2026-08-03",
    ASHA.id,
)  # fmt: skip
ENDING = ("/sign-out", "/sign-out-everywhere", "/leave")
"""They end what a browser stands on: it gets another login afterwards."""
SPENDING = "/desk/cases/{ref}/hand-on"
"""It may take the case away: it is struck with one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Three people and a program who knock, and the watchers' port."""

    people: dict[Who, Ground]
    technical: str
    watcher: Visiting


@asynccontextmanager
async def grounds(folder: Path) -> AsyncIterator[Grounds]:
    async with whole_house(folder / "home") as inside:
        people = {}
        for who in (Who.REPORTER, Who.READER, Who.OFFICER):
            people[who] = await prepared(inside, who)
        people[Who.PROGRAM] = await as_program(people[Who.OFFICER])
        # A quarter went by while the officer's ground was laid: the handler's login is over.
        await signs_in_again(people[Who.READER], Who.READER)
        server = WebServer(technical_app())
        port = await server.start("127.0.0.1", 0)
        base = f"http://127.0.0.1:{port}"
        watcher = Visiting(base)
        try:
            yield Grounds(people=people, technical=base, watcher=watcher)
        finally:
            await watcher.session.close()
            await server.stop()


async def as_program(ground: Ground) -> Ground:
    """Who knocks with a token at the same doors."""
    browser = ground.inside.visitor()
    await shows_token(ground.inside, browser)
    return replace(ground, browser=browser)


@asynccontextmanager
async def addresses(folder: Path) -> AsyncIterator[Strike]:
    async with grounds(folder) as ready:

        async def strike(random: Random) -> None:
            door = random.choice((*DOORS, *TECHNICAL))
            await knock(random, ready, door, random.choice(tuple(ready.people)))

        yield strike


async def knock(random: Random, ready: Grounds, door: Door, who: Who) -> int:
    """One request there as this person, with whatever in it; the status, which is no fault."""
    if door in TECHNICAL:
        verb = door.verb if random.random() < 0.7 else random.choice(VERBS)
        path = door.pattern + "?" * (random.random() < 0.3) + quote(encodable(text(random)))[:200]
        page = await ready.watcher.sends(verb, path if random.random() < 0.5 else door.pattern)
        assert page.status < 500, (verb, door.pattern)
        return page.status
    ground = ready.people[who]
    if door.pattern == SPENDING:
        ground = replace_case(ground, await _another_case(ground.inside))
    status = await _knock(random, ground, door)
    if door.pattern in ENDING or status == 401:
        await signs_in_again(ready.people[who], who)
    return status


async def _another_case(inside: Inside) -> object:
    return await inside.filed()


def replace_case(ground: Ground, filed: object) -> Ground:
    """The same person before another case."""
    return replace(ground, filed=filed)  # type: ignore[arg-type]  # what `filed` gives


async def signs_in_again(ground: Ground, who: Who) -> None:
    """The browser as it was: with a visit, and a login that has just begun."""
    browser, inside = ground.browser, ground.inside
    browser.session.cookie_jar.update_cookies({"entrance": "e" * 32})
    if "visit" not in browser.cookies:
        await browser.goes("/")
    if who not in ACCOUNTS:
        return
    fresh = new_login(inside.accounts[ACCOUNTS[who]], inside.house.clock.now)
    await inside.house.database.transaction(lambda tx: tx.logins.put(fresh.login))
    browser.session.cookie_jar.update_cookies({"desk": fresh.token})


async def _knock(random: Random, ground: Ground, door: Door) -> int:
    if "visit" not in ground.browser.cookies:
        await ground.browser.goes("/")
    path = ground.address(door.pattern)
    token = ground.token_for(door.pattern, path)
    if random.random() < 0.15:
        path += quote(encodable(text(random)))[:200]
    fields = [(name, _value(random)) for name in some(random, FIELDS, 8)]
    if door.pattern == "/report" and random.random() < 0.7:
        fields = [*_answer(random, ground.browser), *fields[:2]]
    if random.random() < 0.9:
        fields.append(("form_token", token))
    verb = door.verb if random.random() < 0.9 else random.choice(VERBS)
    status = await _sent(random, ground, verb, path, fields)
    assert status < 500, (verb, door.pattern)
    return status


def _value(random: Random) -> str:
    return random.choice(WORDS) if random.random() < 0.6 else encodable(text(random))


def _answer(random: Random, browser: Visiting) -> list[tuple[str, str]]:
    """The form of the page that the browser has open, filled in somehow."""
    page = getattr(browser, "page", None)
    forms = [form for form in page.forms if form.action == "/report"] if page else []
    if not forms:
        return [("do", "report")]
    form = random.choice(forms)
    names = [name for name, _ in form.fields] or ["text"]
    buttons = [(name, value) for name, value, _ in form.buttons if name]
    filled = [*form.fields, (random.choice((*names, "choice", "text")), _value(random))]
    return [*filled, random.choice(buttons)] if buttons else filled


async def _sent(
    random: Random, ground: Ground, verb: str, path: str, fields: list[tuple[str, str]]
) -> int:
    body: object = None
    headers: dict[str, str] = {}
    if verb in {"POST", "PUT", "PATCH"}:
        body = fields
        if random.random() < 0.1:
            form = aiohttp.FormData(default_to_multipart=True)
            for name, value in fields:
                form.add_field(name, value)
            form.add_field("file", random.randbytes(50), filename="a.jpg")
            body = form
        elif random.random() < 0.05:
            body, headers["Content-Type"] = random.randbytes(99), random.choice(_TYPES)
    else:
        path += "?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in fields)[:1500]
    async with ground.browser.session.request(
        verb, ground.inside.base + path, data=body, headers=headers, allow_redirects=False
    ) as answer:
        html = await answer.text(errors="replace")
    if answer.status == 303 and answer.headers["Location"].startswith("/report"):
        await ground.browser.goes("/report")
    elif "/report" in path:
        ground.browser.page = SeenPage(answer.status, answer.headers, html, path, [])
    return answer.status


_TYPES = (
    "application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain",
    "application/x-www-form-urlencoded; charset=utf-16", "a/b",
    "application/x-www-form-urlencoded; charset=nonsense",
)  # fmt: skip

SURFACES = (
    Surface(
        name="addresses",
        claim="whatever is sent to whatever address is answered, never by a fault of ours",
        open=addresses,
        strikes=200,
    ),
)
