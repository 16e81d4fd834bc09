"""Forms, cookies and logins as somebody attacks them who has a browser of their own."""

import asyncio
import itertools
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from accounts.login import digest_of
from sealing import stretching
from sealing.identifiers import new_token
from tests.house import ASHA
from tests.security.crowd import Ground, prepared
from tests.security.permissions import DOORS, Door, Who
from tests.security.whole_house import public_token, whole_house
from tests.web.inside_house import OLGA, PASSPHRASE, Inside
from tests.web.visiting import SeenPage, Visiting
from web.security_forms import GUARD

FORMS = tuple(door for door in DOORS if door.verb == "POST" and "telegram" not in door.pattern)
PUBLIC = ("/language", "/move", "/receipt", "/report", "/receipt/kept")


def holder_of(door: Door, browser: Visiting) -> str:
    """What a token of this form is bound to, in this browser."""
    cookies = browser.cookies
    if door.pattern in PUBLIC:
        return cookies.get("visit", "")
    return cookies["entrance"] if door.pattern == "/sign-in" else digest_of(cookies["desk"])


def forged_tokens(ground: Ground, door: Door, other: Visiting, old: str) -> Iterator[str]:
    """Tokens that are wrong each in its own way."""
    path = ground.address(door.pattern)
    issue = ground.inside.app[GUARD].issue
    right = issue(holder_of(door, ground.browser), path)
    yield ""
    yield "0" * 64
    yield right[:-1] + ("0" if right[-1] != "0" else "1")
    yield right.upper()
    yield issue(holder_of(door, other), path)
    yield issue(holder_of(door, ground.browser), "/elsewhere")
    yield issue("", path)
    yield issue(old, path)


@pytest.mark.parametrize("who", [Who.READER, Who.OFFICER])
async def test_no_form_is_taken_with_a_token_of_another_browser_form_or_time(
    inside: Inside, who: Who
) -> None:
    ground = await prepared(inside, who)
    person = {Who.READER: ASHA.id, Who.OFFICER: OLGA.id}[who]
    # A login that is over, and another browser of the same person.
    old = digest_of(ground.browser.cookies["desk"])
    await ground.browser.goes("/sign-in")
    await ground.browser.presses("Sign out")
    await inside.signs_in(person, ground.browser)
    other = await inside.signs_in(person)
    for browser in (ground.browser, other):
        browser.session.cookie_jar.update_cookies({"entrance": new_token(), "visit": new_token()})
    foreign = "/company" if who is Who.READER else "/desk"
    for door in FORMS:
        if door.pattern.startswith(foreign):
            continue
        path = ground.address(door.pattern)
        for token in forged_tokens(ground, door, other, old):
            fields = {"form_token": token, **door.sent}
            page = await ground.browser.sends("POST", path, data=fields)
            assert page.status == 403, (door.pattern, token)
        page = await ground.browser.sends("POST", path, data=door.sent)
        assert page.status == 403, door.pattern
        page = await ground.browser.sends(
            "POST",
            path,
            data={"form_token": token_of(ground, door), **door.sent},
            headers={"Sec-Fetch-Site": "cross-site"},
        )
        assert page.status == 403, door.pattern
    assert (await ground.browser.goes("/desk" if who is Who.READER else "/company")).status == 200


def token_of(ground: Ground, door: Door) -> str:
    path = ground.address(door.pattern)
    return ground.inside.app[GUARD].issue(holder_of(door, ground.browser), path)


async def test_a_token_in_the_address_or_in_json_is_no_token(inside: Inside) -> None:
    visitor = inside.visitor()
    await visitor.goes("/")
    token = public_token(inside, visitor.cookies["visit"], "/report")
    assert (await visitor.sends("POST", f"/report?form_token={token}")).status in {400, 403}
    page = await visitor.sends("POST", "/report", json={"form_token": token, "do": "report"})
    assert page.status == 400


@pytest.mark.parametrize("who", [Who.NOBODY, Who.READER, Who.STRANGER, Who.OFFICER])
async def test_no_answer_to_anybody_may_be_framed_sniffed_or_kept(inside: Inside, who: Who) -> None:
    ground = await prepared(inside, who)
    strange = (
        Door(verb="GET", pattern="/nowhere", column={}),
        Door(verb="DELETE", pattern="/desk", column={}),
        Door(verb="PROPFIND", pattern="/", column={}),
    )
    statuses = set()
    for door in itertools.chain(strange, DOORS):
        answer = await ground.knocks(door, is_new=who is Who.NOBODY)
        statuses.add(answer.status)
        headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, door.pattern
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers
        if not door.pattern.startswith("/static") or answer.status >= 400:
            assert headers["Cache-Control"] == "no-store", door.pattern
    assert {200, 303, 403, 404, 405} <= statuses


async def test_with_https_every_cookie_is_bound_to_the_host_and_kept_from_scripts(
    tmp_path: Path,
) -> None:
    async with whole_house(tmp_path / "home", is_https=True) as inside:
        visitor = inside.visitor()
        set_cookies = list((await visitor.goes("/sign-in")).set_cookies)
        jar = kept_in(set_cookies)
        inside.next_code()
        typed = {"name": ASHA.name, "passphrase": PASSPHRASE, "code": inside.code(ASHA.id)}
        token = public_token(inside, jar["__Host-entrance"], "/sign-in")
        page = await sends_with(visitor, jar, "/sign-in", form_token=token, **typed)
        set_cookies += page.set_cookies
        set_cookies += (await visitor.goes("/")).set_cookies
        jar |= kept_in(set_cookies)
        visit_token = public_token(inside, jar["__Host-visit"], "/language")
        page = await sends_with(visitor, jar, "/language", form_token=visit_token, language="nl")
        set_cookies += page.set_cookies
        out_token = public_token(inside, digest_of(jar["__Host-desk"]), "/sign-out")
        set_cookies += (
            await sends_with(visitor, jar, "/sign-out", form_token=out_token)
        ).set_cookies
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        set_cookies += (await visitor.sends("GET", "/leave", headers=headers)).set_cookies
    names = {each.partition("=")[0] for each in set_cookies}
    assert names == {
        f"__Host-{name}" for name in ("entrance", "desk", "known", "visit", "language")
    }
    for each in set_cookies:
        for wanted in ("Secure", "HttpOnly", "Path=/", "SameSite="):
            assert wanted in each, each
        assert "Domain" not in each


def kept_in(set_cookies: list[str]) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for header in set_cookies:
        jar.load(header)
    return {name: morsel.value for name, morsel in jar.items() if morsel.value}


async def sends_with(visitor: Visiting, jar: dict[str, str], path: str, **fields: str) -> SeenPage:
    """A form with Secure cookies, which no client sends over plain loopback by itself."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
    async with visitor.session.post(
        visitor._base + path, data=fields, headers=headers, allow_redirects=False
    ) as answer:
        cookies = answer.headers.getall("Set-Cookie", [])
        return SeenPage(answer.status, answer.headers, await answer.text(), path, cookies)


async def test_one_code_lets_one_browser_in_however_many_try_it_at_once(inside: Inside) -> None:
    browsers = [inside.visitor() for _ in range(4)]
    for browser in browsers:
        await browser.goes("/sign-in")
    inside.next_code()
    typed = {"name": ASHA.name, "passphrase": PASSPHRASE, "code": inside.code(ASHA.id)}
    pages = await asyncio.gather(*[each.presses("Sign in", **typed) for each in browsers])
    assert sorted(page.title.startswith("Cases") for page in pages) == [False, False, False, True]


async def test_a_name_that_nobody_has_is_answered_as_one_that_somebody_has(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words, the same status, and the same work: hashes are counted, not seconds."""
    import argon2.low_level

    hashed: list[int] = []
    verify = argon2.low_level.verify_secret

    def counted(*given: object) -> bool:
        hashed.append(1)
        return verify(*given)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr("argon2._password_hasher.verify_secret", counted)
    seen = {}
    for name in (ASHA.name, "Nobody At All"):
        visitor = inside.visitor()
        await visitor.goes("/sign-in")
        inside.next_code()
        hashed.clear()
        page = await visitor.presses(
            "Sign in", name=name, passphrase="not the pass phrase", code="000000"
        )
        words = re.sub(r'name="form_token" value="\w+"', "", page.html).replace(name, "")
        seen[name] = (page.status, words, len(hashed), sorted(page.headers))
    assert seen[ASHA.name] == seen["Nobody At All"]
    assert seen[ASHA.name][2] == 1
    assert stretching.PRODUCTION_COST.memory_kib >= 64 * 1024


async def test_a_login_of_one_person_opens_no_form_of_another(inside: Inside) -> None:
    asha, olga = await inside.signs_in(ASHA.id), await inside.signs_in(OLGA.id)
    stolen = inside.app[GUARD].issue(digest_of(asha.cookies["desk"]), "/sign-out-everywhere")
    page = await olga.sends("POST", "/sign-out-everywhere", data={"form_token": stolen})
    assert page.status == 403
    assert (await asha.goes("/desk")).title.startswith("Cases")


async def test_two_browsers_of_one_person_stand_beside_each_other(inside: Inside) -> None:
    first, second = await inside.signs_in(ASHA.id), await inside.signs_in(ASHA.id)
    await second.presses("Sign out")
    assert (await first.goes("/desk")).title.startswith("Cases")
    assert (await second.goes("/desk")).title.startswith("Sign in")
