"""Everybody of `permissions.Who`, each in a browser, and a case and a finding to try it on."""

from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from accounts.login import IDLE, digest_of
from flows.submission import AccountEntry
from flows.values import Text
from register.desk import short_ref
from register.people import ConflictOfInterest, TieTo
from tests.house import ASHA, BEN, QUARRY, URSULA
from tests.security.permissions import Answer, Door, Who
from tests.security.whole_house import public_token
from tests.web.inside_house import OLGA, RIVAL, TOLD, Filed, Inside
from tests.web.programs import token_of
from tests.web.visiting import Visiting

ACCOUNTS = {
    Who.LAPSED: ASHA.id,
    Who.READER: ASHA.id,
    Who.TIED: BEN.id,
    Who.STRANGER: URSULA.id,
    Who.OFFICER: OLGA.id,
    Who.RIVAL: RIVAL.id,
}

ENOUGH = (
    ("living_wage", 9),
    ("health_safety", 3),
    ("land_rights", 4),
    ("living_environment", 4),
    ("other", 4),
)
"""For the first number to be shown: enough in the hidden ones for each to hide behind (K3)."""


@dataclass(slots=True, kw_only=True)
class Ground:
    """What the doors of the table lead to, and one person who knocks."""

    inside: Inside
    filed: Filed
    blob: str
    browser: Visiting

    def address(self, door_pattern: str) -> str:
        """The pattern with this ground's own things in it."""
        return door_pattern.format(
            ref=self.filed.case.ref,
            blob=self.blob,
            finding=f"{QUARRY.id}.living_wage",
            question="2.2.5",
            request="q" * 26,
            report="risks",
            token="t" * 32,
            site_code="RJ3",
            name="gehoor.css",
            rest="hook",
            quarter="2026-Q2",
        )

    async def knocks(self, door: Door, *, is_new: bool) -> aiohttp.ClientResponse:
        """One request, not followed further; a form has the token that its page would give."""
        if is_new:
            self.browser.session.cookie_jar.clear()
        elif "visit" not in self.browser.cookies:
            await self.browser.goes("/")
        path = self.address(door.pattern)
        fields = {"form_token": self.token_for(door.pattern, path), **door.sent}
        answer = await self.browser.session.request(
            door.verb,
            self.inside.base + path,
            allow_redirects=False,
            data=fields if door.verb == "POST" else None,
        )
        await answer.read()
        return answer

    def token_for(self, pattern: str, path: str) -> str:
        """What this browser would find in the form; nothing where it has no cookie to bind to."""
        cookies = self.browser.cookies
        if pattern == "/sign-in":
            return public_token(self.inside, cookies.get("entrance", ""), path)
        if pattern in ("/language", "/move", "/receipt", "/report", "/receipt/kept"):
            return public_token(self.inside, cookies.get("visit", ""), path)
        return public_token(self.inside, digest_of(cookies.get("desk", "")), path)


def answered(answer: aiohttp.ClientResponse) -> Answer | int:
    """Which answer it was; the bare status where it is none of those."""
    if answer.status == 401 or answer.headers.get("Location") == "/sign-in":
        return Answer.SIGN_IN
    match answer.status:
        case 200 | 303 | 409 | 422:
            return Answer.OPEN
        case 403:
            return Answer.FORBIDDEN
        case 404:
            return Answer.NOT_THERE
        case other:
            return other


async def prepared(inside: Inside, who: Who) -> Ground:
    """A case with a photo and an identity, a released finding, and `who` at the door."""
    photo = await inside.photo()
    files = AccountEntry(path="files", label=Text(msgid="Photos"), value=(photo,))
    filed = await inside.filed(files, theme="living_wage")
    for theme, people in ENOUGH:
        for _ in range(people):
            await inside.filed(theme=theme)
    await inside.closes_quarter()
    browser = await _arrives(inside, who)
    if who is Who.TIED:
        await _declares_tie(inside, filed)
    assert photo.blob
    return Ground(inside=inside, filed=filed, blob=photo.blob, browser=browser)


async def _arrives(inside: Inside, who: Who) -> Visiting:
    browser = inside.visitor()
    if who is Who.NOBODY:
        return browser
    if who is Who.PROGRAM:
        await shows_token(inside, browser)
        return browser
    await browser.goes("/")
    if who is Who.REPORTER:
        await browser.presses("Tell what goes wrong")
        await browser.goes("/sign-in")
        return browser
    await inside.signs_in(ACCOUNTS[who], browser)
    if who is Who.LAPSED:
        inside.house.clock.now += IDLE + timedelta(minutes=1)
    # The sign-in form's own cookie goes with the sign-in: this one is as new.
    browser.session.cookie_jar.update_cookies({"entrance": "e" * 32})
    return browser


async def shows_token(inside: Inside, browser: Visiting) -> None:
    """From now on, with all that it asks: a token that is good for everything."""
    made = await token_of(inside)
    browser.session.headers["Authorization"] = f"Bearer {made.token}"


async def _declares_tie(inside: Inside, filed: Filed) -> None:
    tie = ConflictOfInterest(
        tie=TieTo.CASE, subject=filed.case.ref, declared_on=inside.house.clock.today
    )
    await inside.house.database.transaction(lambda tx: tx.people.declare(BEN.id, tie))


def secrets_of(ground: Ground) -> tuple[str, ...]:
    """What must stand on no page and in no log line of whoever is refused."""
    ref = ground.filed.case.ref
    cookies = ground.browser.cookies
    return (TOLD, ref, short_ref(ref), ground.blob, *cookies.values())
