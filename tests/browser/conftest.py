"""A real browser and a served application for it. Where there is no Chromium these tests skip."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.both_sides import BothSides
from tests.browser.office import MOST_MILLISECONDS, Office
from tests.web.small_house import SmallHouse
from web.app import make_app
from web.services import WebServices, WebSettings
from web.serving import WebServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Site:
    """The pages, served from a thread of their own, and the house behind them."""

    house: SmallHouse
    address: str = ""
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file: its loop holds the thread, and other files' tests need that."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """Pages whose quick exit leads to a page of ours, since nothing outside may be reached."""
    served = Site(SmallHouse())
    settings = WebSettings(exit_address="/healthz")
    services = WebServices(
        reception=served.house,
        form_secret=b"s" * 32,
        settings=settings,
        chat_link=lambda code: f"https://t.me/loopback_bot?start=m_{code}",
    )
    app = make_app(services)
    server = WebServer(app)
    # The browser's own loop runs in this thread, so the pages are served from another.
    thread = threading.Thread(target=served.loop.run_forever)
    thread.start()
    starting = asyncio.run_coroutine_threadsafe(server.start("127.0.0.1", 0), served.loop)
    served.address = f"http://127.0.0.1:{starting.result(60)}"
    yield served
    asyncio.run_coroutine_threadsafe(server.stop(), served.loop).result(60)
    served.loop.call_soon_threadsafe(served.loop.stop)
    thread.join()
    served.loop.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Open]:
    """Open an address: `open_page("/", scripts=False, width=360, language="ar")`."""
    contexts = []

    def open_it(
        path: str,
        *,
        scripts: bool = True,
        width: int = 360,
        language: str = "en",
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 740},
            locale=language,
            **more,
        )
        context.set_default_timeout(MOST_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()


def serious_findings(page: Page) -> list[str]:
    """What axe finds that shuts people out; empty when nothing does."""
    found = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {node['html']}"
        for finding in found
        if finding["impact"] in {"serious", "critical", "moderate"}
        for node in finding["nodes"]
    ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for the file: the tests look, and what they change is each a case's own."""
    office, is_ready = Office(), threading.Event()
    serving = office.run(tmp_path_factory.mktemp("office"), is_ready)
    # The browser's own loop runs in this thread, so the pages are served from another.
    thread = threading.Thread(target=lambda: office.loop.run_until_complete(serving))
    thread.start()
    assert is_ready.wait(60)
    yield office
    office.loop.call_soon_threadsafe(office.is_over.set)
    thread.join()
    office.loop.close()


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BothSides]:
    """One installation for the file, to both of whose sides people come."""
    both, is_ready = BothSides(), threading.Event()
    serving = both.run(tmp_path_factory.mktemp("sides"), is_ready)
    thread = threading.Thread(target=lambda: both.loop.run_until_complete(serving))
    thread.start()
    assert is_ready.wait(60)
    yield both
    both.loop.call_soon_threadsafe(both.is_over.set)
    thread.join()
    both.loop.close()
