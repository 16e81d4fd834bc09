"""The whole table of addresses: who is let in where, and that every form has its token."""

import re
from dataclasses import replace

import pytest

from tests.house import ASHA
from tests.web.inside_house import OLGA, Inside
from web.company.routes import ROUTES as COMPANY_ROUTES
from web.desk.routes import ROUTES as DESK_ROUTES
from web.inside.routes import Row, Show, Take

ANY = {
    "ref": "a" * 26,
    "blob": "b" * 26,
    "finding": "x.living_wage",
    "question": "2.2.5",
    "request": "q" * 26,
    "report": "risks",
}


def address(row: Row) -> str:
    return re.sub(r"\{(\w+):(?:[^{}]|\{[^{}]*\})*\}", lambda found: ANY[found[1]], row.path)


def rows(*tables: tuple[Row, ...]) -> list[object]:
    return [
        pytest.param(row, id=f"{type(row).__name__} {row.path.split(':')[0]}")
        for table in tables
        for row in table
    ]


def method(row: Row) -> str:
    return "GET" if isinstance(row, Show) else "POST"


def test_the_tables_hold_every_page_behind_the_sign_in(inside: Inside) -> None:
    assert all(row.path.startswith("/desk") for row in DESK_ROUTES)
    assert all(row.path.startswith("/company") for row in COMPANY_ROUTES)
    assert all("{" not in address(row) for row in (*DESK_ROUTES, *COMPANY_ROUTES))


@pytest.mark.parametrize("row", rows(DESK_ROUTES, COMPANY_ROUTES))
async def test_nobody_gets_in_without_signing_in(inside: Inside, row: Row) -> None:
    page = await inside.visitor().sends(method(row), address(row))
    assert page.title.startswith("Sign in")
    forged = inside.visitor()
    forged.session.cookie_jar.update_cookies({"desk": "f" * 32})
    assert (await forged.sends(method(row), address(row))).title.startswith("Sign in")


async def test_no_officer_gets_to_any_page_of_the_desk(inside: Inside) -> None:
    filed = await inside.filed()
    olga = await inside.signs_in(OLGA.id)
    for row in DESK_ROUTES:
        path = address(row).replace(ANY["ref"], filed.case.ref)
        page = await olga.sends(method(row), path)
        assert page.status == 403, path
        assert filed.case.ref not in page.html


async def test_no_handler_gets_to_any_page_of_a_company(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    for row in COMPANY_ROUTES:
        page = await asha.sends(method(row), address(row))
        assert page.status == 403, row.path


@pytest.mark.parametrize("row", rows(tuple(r for r in DESK_ROUTES if isinstance(r, Take))))
async def test_no_form_of_the_desk_is_taken_without_its_token(inside: Inside, row: Row) -> None:
    asha = await inside.signs_in(ASHA.id)
    path = address(row)
    assert (await asha.sends("POST", path, data={"move": "acknowledge"})).status == 403
    other = await inside.signs_in(ASHA.id)
    token = dict(other.page.forms[-1].fields)["form_token"]
    assert (await asha.sends("POST", path, data={"form_token": token})).status == 403
    assert (await asha.sends("POST", path, json={"form_token": token})).status == 400


@pytest.mark.parametrize("row", rows(tuple(r for r in COMPANY_ROUTES if isinstance(r, Take))))
async def test_no_form_of_a_company_is_taken_without_its_token(inside: Inside, row: Row) -> None:
    olga = await inside.signs_in(OLGA.id)
    assert (await olga.sends("POST", address(row), data={"part": "1"})).status == 403


async def test_no_page_is_kept_by_a_cache_or_framed(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


async def test_the_pages_speak_the_persons_language(inside: Inside) -> None:
    dutch = replace(inside.accounts[ASHA.id], language="nl")
    await inside.house.database.transaction(lambda tx: tx.accounts.put(dutch))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert '<html lang="nl"' in page.html
