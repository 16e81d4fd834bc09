"""What cookies are set, and how."""

from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie

import pytest

from sealing.identifiers import new_token
from tests.web.conftest import Served
from web.cookies import is_token


def cookie(set_cookies: list[str], name: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for header in set_cookies:
        jar.load(header)
    return dict(jar[name].items())


async def test_the_visits_cookie_is_for_this_browser_session_and_no_script(served: Served) -> None:
    page = await served.visitor().goes("/")
    morsel = cookie(page.set_cookies, "visit")
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert (morsel["max-age"], morsel["expires"], morsel["domain"]) == ("", "", "")
    assert morsel["secure"] == ""


async def test_with_https_cookies_are_secure_and_bound_to_the_host(
    serve: Callable[..., Awaitable[Served]],
) -> None:
    page = await (await serve(is_https=True)).visitor().goes("/")
    assert cookie(page.set_cookies, "__Host-visit")["secure"] is True


async def test_a_browser_keeps_the_token_that_it_has(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/")
    assert (await visitor.goes("/about")).set_cookies == []


@pytest.mark.parametrize("planted", ["x", "../../etc", "a" * 44, "ü" * 43])
async def test_a_token_that_is_not_ours_is_replaced(served: Served, planted: str) -> None:
    assert not is_token(planted)
    visitor = served.visitor()
    page = await visitor.sends(
        "GET", "/", headers={"Cookie": "visit=" + planted.encode().hex()[:9]}
    )
    assert is_token(visitor.cookies["visit"])
    assert len(page.set_cookies) == 1


def test_two_tokens_are_never_the_same() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert is_token(new_token())
