"""Signing in: three right parts, a code once, pauses that grow, and a session that ends."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from accounts.login import IDLE, LONGEST
from accounts.patience import FREE_TRIES
from tests.house import ASHA, BEN
from tests.web.inside_house import OLGA, PASSPHRASE, Inside, inside_house
from tests.web.visiting import SeenPage, Visiting

WRONG = "Name, pass phrase or code is not right."


async def tries(inside: Inside, visitor: Visiting, **typed: str) -> SeenPage:
    await visitor.goes("/sign-in")
    inside.next_code()
    right = {"name": ASHA.name, "passphrase": PASSPHRASE, "code": inside.code(ASHA.id)}
    return await visitor.presses("Sign in", **{**right, **typed})


@pytest.mark.parametrize(
    ("person", "first"), [(ASHA.id, "Cases"), (OLGA.id, "Sample Stone Import")]
)
async def test_three_right_parts_lead_to_ones_own_pages(
    inside: Inside, person: str, first: str
) -> None:
    visitor = await inside.signs_in(person)
    assert first in visitor.page.text
    again = await visitor.goes("/sign-in")
    assert first in again.text


@pytest.mark.parametrize(
    "wrong",
    [{"name": "Nobody"}, {"passphrase": "another pass phrase"}, {"code": "000000"}, {"code": ""}],
)
async def test_which_part_was_wrong_is_not_told(inside: Inside, wrong: dict[str, str]) -> None:
    page = await tries(inside, inside.visitor(), **wrong)
    assert page.status == 422
    assert WRONG in page.text
    assert PASSPHRASE not in page.html


async def test_a_code_that_was_used_is_refused_in_another_browser(inside: Inside) -> None:
    first = await inside.signs_in(ASHA.id)
    used = inside.code(ASHA.id)
    other = inside.visitor()
    await other.goes("/sign-in")
    page = await other.presses("Sign in", name=ASHA.name, passphrase=PASSPHRASE, code=used)
    assert WRONG in page.text
    assert (await first.goes("/desk")).status == 200


async def test_after_some_wrong_tries_a_right_one_has_to_wait_and_then_gets_in(
    inside: Inside,
) -> None:
    visitor = inside.visitor()
    for _ in range(FREE_TRIES + 4):
        page = await tries(inside, visitor, passphrase="wrong wrong wrong")
    inside.house.clock.now -= timedelta(seconds=30)
    await visitor.goes("/sign-in")
    page = await visitor.presses(
        "Sign in", name=ASHA.name, passphrase=PASSPHRASE, code=inside.code(ASHA.id)
    )
    assert page.status == 429
    assert "Please wait" in page.text
    assert int(page.headers["Retry-After"]) > 0
    inside.house.clock.now += timedelta(minutes=16)
    page = await tries(inside, visitor)
    assert "Cases" in page.text


async def test_a_name_that_nobody_has_is_slowed_just_the_same(inside: Inside) -> None:
    visitor = inside.visitor()
    for _ in range(FREE_TRIES):
        await tries(inside, visitor, name="Nobody At All")
    inside.house.clock.now -= timedelta(seconds=30)
    page = await tries(inside, visitor, name="Nobody At All")
    assert page.status == 429


async def test_a_stranger_who_tries_a_name_does_not_keep_its_owner_waiting(inside: Inside) -> None:
    owner = await inside.signs_in(ASHA.id)
    await owner.presses("Sign out")
    stranger = inside.visitor()
    for _ in range(FREE_TRIES + 3):
        await tries(inside, stranger, passphrase="guess guess guess")
        inside.house.clock.now -= timedelta(seconds=30)
    assert (await tries(inside, stranger, passphrase="guess guess guess")).status == 429
    assert "Cases" in (await tries(inside, owner)).text


async def test_a_mark_made_for_one_name_is_of_no_use_for_another(inside: Inside) -> None:
    ben = await inside.signs_in(BEN.id)
    await ben.presses("Sign out")
    for _ in range(FREE_TRIES):
        await tries(inside, inside.visitor(), passphrase="guess guess guess")
        inside.house.clock.now -= timedelta(seconds=30)
    assert (await tries(inside, ben)).status == 429


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(tmp_path: Path) -> None:
    async with inside_house(tmp_path, is_https=True) as inside:
        visitor = inside.visitor()
        await visitor.goes("/sign-in")
        inside.next_code()
        form = visitor.page.forms[0]
        entrance = visitor.page.set_cookies[0].split(";")[0]
        async with visitor.session.post(
            f"{inside.base}/sign-in",
            data=[
                *form.fields,
                ("name", ASHA.name),
                ("passphrase", PASSPHRASE),
                ("code", inside.code(ASHA.id)),
            ],
            headers={"Cookie": entrance},
            allow_redirects=False,
        ) as answer:
            cookies = answer.headers.getall("Set-Cookie")
    login = next(each for each in cookies if each.startswith("__Host-desk="))
    for wanted in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/"):
        assert wanted in login
    assert "Max-Age" not in login


async def test_a_token_that_was_planted_beforehand_opens_nothing(inside: Inside) -> None:
    planted = "a" * 32
    visitor = inside.visitor()
    visitor.session.cookie_jar.update_cookies({"desk": planted})
    await inside.signs_in(ASHA.id, visitor)
    assert visitor.cookies["desk"] != planted
    thief = inside.visitor()
    thief.session.cookie_jar.update_cookies({"desk": planted})
    assert (await thief.goes("/desk")).title.startswith("Sign in")


async def test_signing_in_again_ends_what_the_browser_had(inside: Inside) -> None:
    visitor = await inside.signs_in(ASHA.id)
    old = visitor.cookies["desk"]
    visitor.session.cookie_jar.clear()
    await visitor.goes("/sign-in")
    visitor.session.cookie_jar.update_cookies({"desk": old})
    inside.next_code()
    await visitor.presses(
        "Sign in", name=ASHA.name, passphrase=PASSPHRASE, code=inside.code(ASHA.id)
    )
    thief = inside.visitor()
    thief.session.cookie_jar.update_cookies({"desk": old})
    assert (await thief.goes("/desk")).title.startswith("Sign in")


async def test_an_idle_login_lapses(inside: Inside) -> None:
    visitor = await inside.signs_in(ASHA.id)
    inside.house.clock.now += IDLE - timedelta(minutes=1)
    assert "Cases" in (await visitor.goes("/desk")).title
    inside.house.clock.now += IDLE - timedelta(minutes=1)
    assert "Cases" in (await visitor.goes("/desk")).title
    inside.house.clock.now += IDLE
    assert (await visitor.goes("/desk")).title.startswith("Sign in")


async def test_a_login_that_is_used_all_day_ends_after_eight_hours(inside: Inside) -> None:
    visitor = await inside.signs_in(ASHA.id)
    began = inside.house.clock.now
    while inside.house.clock.now - began < LONGEST - timedelta(minutes=10):
        inside.house.clock.now += timedelta(minutes=10)
        assert "Cases" in (await visitor.goes("/desk")).title
    inside.house.clock.now += timedelta(minutes=10)
    assert (await visitor.goes("/desk")).title.startswith("Sign in")


async def test_signing_out_ends_the_login_and_not_only_the_cookie(inside: Inside) -> None:
    visitor = await inside.signs_in(ASHA.id)
    token = visitor.cookies["desk"]
    await visitor.presses("Sign out")
    visitor.session.cookie_jar.update_cookies({"desk": token})
    assert (await visitor.goes("/desk")).title.startswith("Sign in")


async def test_signing_out_everywhere_ends_other_browsers_too(inside: Inside) -> None:
    first, second = await inside.signs_in(ASHA.id), await inside.signs_in(ASHA.id)
    ben = await inside.signs_in(BEN.id)
    await first.goes("/desk")
    await first.presses("Sign out in every browser")
    assert (await second.goes("/desk")).title.startswith("Sign in")
    assert "Cases" in (await ben.goes("/desk")).title


async def test_an_account_that_was_switched_off_is_out_at_once(inside: Inside) -> None:
    visitor = await inside.signs_in(ASHA.id)
    off = replace(inside.accounts[ASHA.id], is_active=False)
    await inside.house.database.transaction(lambda tx: tx.accounts.put(off))
    assert (await visitor.goes("/desk")).title.startswith("Sign in")
    assert WRONG in (await tries(inside, inside.visitor())).text


async def test_a_form_of_another_browser_or_site_signs_nobody_in(inside: Inside) -> None:
    inside.next_code()
    typed = {"name": ASHA.name, "passphrase": PASSPHRASE, "code": inside.code(ASHA.id)}
    bare = await inside.visitor().sends("POST", "/sign-in", data=typed)
    assert bare.status == 403
    visitor = inside.visitor()
    await visitor.goes("/sign-in")
    token = dict(visitor.page.forms[0].fields)["form_token"]
    stolen = await inside.visitor().sends("POST", "/sign-in", data={**typed, "form_token": token})
    assert stolen.status == 403
    crossing = await visitor.sends(
        "POST",
        "/sign-in",
        data={**typed, "form_token": token},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert crossing.status == 403


async def test_the_database_holds_no_token_name_or_secret_of_an_account(inside: Inside) -> None:
    visitor = await inside.signs_in(ASHA.id)
    token = visitor.cookies["desk"]
    with sqlite3.connect(inside.house.home / "gehoor.db") as kept:
        dump = "\n".join(kept.iterdump())
    account = inside.accounts[ASHA.id]
    for secret in (token, ASHA.name, PASSPHRASE, account.totp_secret, account.passphrase_hash):
        assert secret not in dump
        assert secret.encode().hex() not in dump.casefold()
