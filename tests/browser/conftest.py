"""A real browser and a served application for it. Where there is no Chromium these tests skip."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.both_sides import BothSides
from tests.browser.office import MOST_MILLISECONDS, Office
from tests.browser.served import Served
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
class Site(Served):
    """The pages alone, and the house behind them; its quick exit leads to a page of ours, since
    nothing outside may be reached."""

    house: SmallHouse = field(default_factory=SmallHouse)
    address: str = ""

    @asynccontextmanager
    async def opened(self, home: Path) -> AsyncIterator[None]:
        del home  # nothing is kept
        services = WebServices(
            reception=self.house,
            form_secret=b"s" * 32,
            settings=WebSettings(exit_address="/healthz"),
            chat_link=lambda code: f"https://t.me/loopback_bot?start=m_{code}",
        )
        server = WebServer(make_app(services))
        self.address = f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}"
        yield
        await server.stop()


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
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site()
    with site.served(tmp_path):
        yield site


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
    office = Office()
    with office.served(tmp_path_factory.mktemp("office")):
        yield office


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BothSides]:
    """One installation for the file, to both of whose sides people come."""
    both = BothSides()
    with both.served(tmp_path_factory.mktemp("sides")):
        yield both
