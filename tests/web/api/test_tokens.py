"""What somebody gets with no token, a wrong one, one for something else, and a right one."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from accounts.api_tokens import PREFIX, Scope
from sealing.identifiers import new_token
from tests.house import IMPORTER, QUARRY
from tests.web.company.test_pages import FINDING, PAGES, quarter_of_wages
from tests.web.inside_house import OLGA, OTHER, RIVAL, Inside
from tests.web.programs import EVERYTHING, Program, kept, program, token_of
from web.api.house import API
from web.api.routes import ROUTES

ADDRESSES = tuple(each.described.path.format(quarter="2026-Q2") for each in ROUTES)
SCOPES = {each.described.path.format(quarter="2026-Q2"): each.described.scope for each in ROUTES}


@pytest.mark.parametrize("address", ADDRESSES)
async def test_without_a_token_nothing_is_told(inside: Inside, address: str) -> None:
    told = await Program(inside.base).asks(address)
    assert told.status == 401
    assert told.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert set(told.content) == {"type", "title", "status", "detail"}


async def test_a_token_opens_what_it_was_made_for_and_nothing_else(inside: Inside) -> None:
    for scope in Scope:
        mine = await program(inside, scope)
        for address, needed in SCOPES.items():
            told = await mine.asks(address)
            if needed in (None, scope):
                assert told.status == 200, address
                continue
            assert told.status == 403, address
            assert f"--scope {needed}" in told.content["detail"]
            challenge = told.headers["WWW-Authenticate"]
            assert challenge == f'Bearer realm="api", error="insufficient_scope", scope="{needed}"'


async def test_wrong_over_and_taken_back_are_told_the_same(inside: Inside) -> None:
    over, gone, right = [await token_of(inside, days=days) for days in (1, 30, 30)]
    await inside.house.database.transaction(lambda tx: tx.api_tokens.drop(gone.kept.id))
    inside.house.clock.now += timedelta(days=1)
    wrong = PREFIX + new_token()
    altered = right.token[:-1] + ("A" if right.token[-1] != "A" else "B")
    answers = [
        await Program(inside.base, token).asks("/api/v1/score")
        for token in (over.token, gone.token, wrong, altered, "nonsense", right.kept.digest)
    ]
    assert {each.status for each in answers} == {401}
    assert len({each.text for each in answers}) == 1
    assert len({each.headers["WWW-Authenticate"] for each in answers}) == 1
    assert (await Program(inside.base, right.token).asks("/api/v1/score")).status == 200


async def test_a_token_that_is_taken_back_opens_nothing_a_moment_later(inside: Inside) -> None:
    made = await token_of(inside)
    mine = Program(inside.base, made.token)
    assert (await mine.asks("/api/v1/quarters")).status == 200
    await inside.house.database.transaction(lambda tx: tx.api_tokens.drop(made.kept.id))
    assert (await mine.asks("/api/v1/quarters")).status == 401
    assert await kept(inside, made) is None


async def test_a_token_reads_of_its_own_company_whatever_the_address_says(inside: Inside) -> None:
    await quarter_of_wages(inside)
    rival = await program(inside, organisation_id=OTHER.id)
    for address in ADDRESSES:
        for query in ("", f"?organisation={IMPORTER.id}", f"?organisation_id={IMPORTER.id}"):
            told = await rival.asks(address + query)
            assert told.status == 200
            for theirs in (IMPORTER.name, QUARRY.name, QUARRY.id):
                assert theirs not in told.text, address
    figures = (await rival.asks("/api/v1/quarters/2026-Q3")).content
    assert (figures["places"], figures["figures"]) == ([], [])


async def test_a_login_is_no_token_and_a_token_is_no_login(inside: Inside) -> None:
    made = await token_of(inside)
    olga = await inside.signs_in(OLGA.id)
    for address in ADDRESSES:
        assert (await olga.sends("GET", address)).status == 401
    # Nor is the cookie a token, or the token a cookie, or either of them one in an address.
    cookie = olga.cookies["desk"]
    for shown in (f"Bearer {cookie}", f"Bearer {PREFIX}{cookie}", f"Basic {made.token}", ""):
        told = await Program(inside.base).asks("/api/v1/score", Authorization=shown)
        assert told.status == 401
    for name in ("access_token", "token", "authorization"):
        assert (await Program(inside.base).asks(f"/api/v1/score?{name}={made.token}")).status == 401
        told = await Program(inside.base).asks("/api/v1/score", Cookie=f"{name}={made.token}")
        assert told.status == 401
    for page in (*PAGES, FINDING, "/desk"):
        told = await Program(inside.base, made.token).asks(page)
        assert (told.status, told.headers["Location"]) == (303, "/sign-in")
        told = await Program(inside.base).asks(page, Cookie=f"desk={made.token}")
        assert (told.status, told.headers["Location"]) == (303, "/sign-in")


async def test_no_answer_sets_a_cookie_or_lets_another_site_read_it(inside: Inside) -> None:
    mine = await program(inside)
    for address in (*ADDRESSES, "/api/v1/nothing"):
        for verb in ("GET", "HEAD", "OPTIONS", "POST"):
            told = await mine.asks(address, verb, Origin="https://evil.example")
            assert "Set-Cookie" not in told.headers
            assert not any(name.startswith("Access-Control-") for name in told.headers)
            assert told.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert told.headers["X-Content-Type-Options"] == "nosniff"
            kept_by = told.headers["Cache-Control"]
            assert kept_by == ("private, no-cache" if told.status == 200 else "no-store")


async def test_an_officer_who_left_takes_no_token_along_and_ends_none(inside: Inside) -> None:
    """A token is the company's, and the operator's to take back."""
    mine = await program(inside)
    gone = replace(RIVAL, is_active=False)
    await inside.house.database.transaction(lambda tx: tx.people.put_officer(gone))
    assert (await mine.asks("/api/v1/quarters")).status == 200


async def test_only_the_day_of_the_last_use_is_kept(inside: Inside) -> None:
    made = await token_of(inside)
    mine = Program(inside.base, made.token)
    for _ in range(3):
        await mine.asks("/api/v1/quarters")
    found = await kept(inside, made)
    assert found is not None
    assert found == made.kept.used(inside.house.clock.today)
    assert type(found.last_used_on) is type(inside.house.clock.today)
    inside.house.clock.now += timedelta(days=3)
    await mine.asks("/api/v1/quarters")
    assert await kept(inside, made) == made.kept.used(inside.house.clock.today)


async def test_a_program_that_asks_too_often_waits_and_the_others_do_not(inside: Inside) -> None:
    made = await token_of(inside)
    busy, other = Program(inside.base, made.token), await program(inside)
    turns = inside.app[API].turns
    while not turns.take(made.kept.id):
        pass
    told = await busy.asks("/api/v1/quarters")
    assert told.status == 429
    assert int(told.headers["Retry-After"]) == 1
    assert (await other.asks("/api/v1/quarters")).status == 200


async def test_who_guesses_at_full_speed_is_told_to_wait_and_keeps_nobody_out(
    inside: Inside,
) -> None:
    known, new = await program(inside), await program(inside)
    assert (await known.asks("/api/v1/quarters")).status == 200
    guesses = [Program(inside.base, PREFIX + new_token()) for _ in range(150)]
    statuses = [
        told.status
        for told in await asyncio.gather(*(each.asks("/api/v1/score") for each in guesses[:60]))
    ]
    statuses += [(await each.asks("/api/v1/score")).status for each in guesses[60:]]
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= 20 + 10
    # Both that was here before and that comes for the first time get in all the same.
    assert (await known.asks("/api/v1/quarters")).status == 200
    assert (await new.asks("/api/v1/quarters")).status == 200


async def test_no_token_and_nothing_asked_is_in_any_line_of_the_log(inside: Inside) -> None:
    made = await token_of(inside, *EVERYTHING[:1])
    wrong = PREFIX + new_token()
    with structlog.testing.capture_logs() as logged:
        await Program(inside.base, made.token).asks("/api/v1/score?x=CANARY")
        await Program(inside.base, wrong).asks("/api/v1/quarters/CANARY")
        await Program(inside.base, wrong).asks("/api/v1/CANARY")
    assert [(entry["status"], entry["route"], entry["role"]) for entry in logged] == [
        (403, "/api/v1/score", ""),
        (401, "/api/v1/quarters/{quarter}", ""),
        (404, "", ""),
    ]
    for secret in ("CANARY", made.token, wrong, made.kept.digest, made.kept.id, IMPORTER.id):
        assert secret not in str(logged)
