"""A report becomes a PDF in a process of its own, which loads nothing from anywhere."""

import asyncio
import io
import sys
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from intake.errors import NotCleanable
from service.paper import press
from service.paper.press import print_apart
from service.paper.printing import report_of
from service.refusals import Refused
from tests.service.printing import kinds_in, needs_pango, words_in
from web.ports import PrintingFault

PAGE = '<html lang="en"><head><title>T</title></head><body style="font-family: Noto Sans">{}</body>'


@needs_pango
async def test_a_page_becomes_a_pdf_with_its_words_and_their_kinds() -> None:
    made = await print_apart(PAGE.format("<h1>Stone</h1><p>dust</p>"), "en")
    assert isinstance(made, bytes)
    assert words_in(made) == "Stone dust"
    assert ("/H1", "") in kinds_in(made)


@needs_pango
async def test_others_are_answered_while_a_report_is_made() -> None:
    long = PAGE.format("<p>Some words of a long report.</p>" * 2_000)
    making, turns = asyncio.create_task(print_apart(long, "en")), 0
    while not making.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert isinstance(await making, bytes)
    # Made in this process it would leave the others one turn, before or after it.
    assert turns >= 10


@needs_pango
@pytest.mark.parametrize(
    "loading",
    [
        '<img src="{address}/picture.png" alt="">',
        '<link rel="stylesheet" href="{address}/style.css">',
        "<style>@import url({address}/style.css)</style>",
        "<style>p {{ background: url({address}/b.png) }}</style>",
        "<style>@font-face {{ font-family: x; src: url({address}/f.woff) }}</style>",
        '<svg width="9" height="9"><image href="{address}/p.png" width="9" height="9"/></svg>',
        '<object data="{address}/o.svg"></object>',
        '<link rel="attachment" href="{address}/file.txt">',
    ],
)
def test_nothing_is_fetched_from_anywhere(loading: str, tmp_path: Path) -> None:
    from weasyprint.urls import FatalURLFetchingError

    asked: list[str] = []

    class Anywhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Anywhere)
    thread = Thread(target=server.serve_forever)
    thread.start()
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>CANARY</text></svg>', "utf-8")
    try:
        for address in (f"http://127.0.0.1:{server.server_port}", secret.as_uri()):
            html = PAGE.format("<p>dust</p>" + loading.format(address=address))
            # Refused outright, or left out; either way nobody is asked.
            with suppress(FatalURLFetchingError):
                assert words_in(report_of(html, "en")) == "dust"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []


async def test_where_pango_is_missing_the_pages_hear_that_nothing_can_be_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(press, "run_apart", lambda *_: b"cannot\n")
    assert await print_apart("x", "en") is PrintingFault.NOT_INSTALLED


def test_the_process_says_that_it_cannot_and_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_html: str, _language: str) -> bytes:
        raise Refused("no Pango")

    said = io.BytesIO()
    monkeypatch.setattr("service.paper.printing.report_of", missing)
    monkeypatch.setattr(press, "confine", lambda **_: None)
    monkeypatch.setattr(sys, "argv", ["press", "en"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=said))
    assert press.main() == 0
    assert said.getvalue() == b"cannot\n"


@pytest.mark.parametrize("fault", [NotCleanable("x"), OSError()])
async def test_a_process_that_breaks_is_a_report_that_failed(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def breaks(*_: object) -> bytes:
        raise fault

    monkeypatch.setattr(press, "run_apart", breaks)
    assert await print_apart("x", "en") is PrintingFault.FAILED
