"""What the application stands on: health, the bot's webhook, further parts."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from intake.arrivals import Arrival
from tests.web.conftest import SECRET, Served
from web.services import WebServices

Serve = Callable[..., Awaitable[Served]]


async def test_health_says_whether_the_database_answers(serve: Serve) -> None:
    async def is_down() -> bool:
        return False

    assert (await (await serve()).visitor().goes("/healthz")).status == 200
    ill = await serve(services={"is_ready": is_down})
    assert (await ill.visitor().goes("/healthz")).status == 503


async def test_an_update_goes_to_the_bot_whose_answer_is_ours(serve: Serve) -> None:
    seen: list[tuple[str | None, bytes]] = []

    async def bot(secret: str | None, body: bytes) -> int:
        seen.append((secret, body))
        return 200 if secret == "right" else 403

    visitor = (await serve(services={"telegram": bot})).visitor()
    header = "X-Telegram-Bot-Api-Secret-Token"
    right = await visitor.sends("POST", "/telegram/hook", data=b"{}", headers={header: "right"})
    wrong = await visitor.sends("POST", "/telegram/hook", data=b"{}")
    assert (right.status, wrong.status) == (200, 403)
    assert seen == [("right", b"{}"), (None, b"{}")]


async def test_without_a_bot_there_is_no_webhook(served: Served) -> None:
    assert (await served.visitor().sends("POST", "/telegram/x", data=b"{}")).status == 404


async def test_a_part_puts_its_pages_behind_the_same_headers(serve: Serve) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="inside")

    def part(app: web.Application) -> None:
        app.router.add_get("/desk", answer)

    page = await (await serve(services={"parts": (part,)})).visitor().goes("/desk")
    assert page.html == "inside"
    assert "no-store" in page.headers["Cache-Control"]


def test_a_short_form_secret_is_refused(served: Served) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        WebServices(reception=served.house, form_secret=b"short")
    assert SECRET.decode() not in repr(WebServices(reception=served.house, form_secret=SECRET))


def test_a_visitors_token_is_not_in_an_arrival_as_python_shows_it() -> None:
    fields = Arrival.__dataclass_fields__
    assert not fields["correspondent"].repr
