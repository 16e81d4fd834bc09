"""The headers of every response."""

from collections.abc import Awaitable, Callable

import pytest

from tests.web.conftest import Served

EVERYWHERE = [
    "/", "/about", "/safety", "/report", "/receipt", "/receipt/kept", "/s/JPR01", "/r/token",
    "/leave", "/healthz", "/static/gehoor.css", "/static/nothing.css", "/nowhere", "/language",
]  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_response_is_protected(served: Served, path: str) -> None:
    page = await served.visitor().goes(path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert "Server" not in page.headers
    is_file = path == "/static/gehoor.css"
    assert ("no-store" in page.headers["Cache-Control"]) is not is_file


async def test_browsers_are_told_to_insist_on_https_only_where_there_is_https(
    serve: Callable[..., Awaitable[Served]],
) -> None:
    plain = await (await serve()).visitor().goes("/")
    safe = await (await serve(is_https=True)).visitor().goes("/")
    assert "Strict-Transport-Security" not in plain.headers
    assert "max-age=" in safe.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/", "/about", "/safety", "/receipt", "/report"])
async def test_pages_have_no_inline_script_or_style_and_load_nothing_from_elsewhere(
    served: Served, path: str
) -> None:
    html = (await served.visitor().goes(path)).html
    assert "style=" not in html
    assert "<script>" not in html
    assert "onclick" not in html
    assert 'src="http' not in html
    assert 'rel="stylesheet" href="/static/' in html
