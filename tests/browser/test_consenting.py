"""What a company may read, decided part by part in a browser of 360 points, over a real house."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.arrivals import Arrive
from register.account import read_account
from register.case import Actor
from register.people import Role
from register.summary import Summary, SummaryAction, SummaryState, change, draft
from sealing.identifiers import new_id
from sealing.opening import open_part
from tests.browser.conftest import serious_findings
from tests.browser.served import Served
from tests.browser.test_public_pages import asks, assert_it_fits
from tests.house import QUARRY, House, small_house
from tests.intake.test_reception import submit
from web.app import make_app
from web.services import WebServices
from web.serving import WebServer

pytestmark = pytest.mark.browser

PARTS = (
    "The saw hall is so loud that people's ears ring for hours after work.",
    "Somebody who asked for ear plugs was sent away.",
    "People want ear plugs at the door of the hall.",
)


@dataclass
class Offered(Served):
    """A house with a case whose summary waits for its reporter."""

    house: House = field(init=False)
    address: str = ""
    receipt: str = field(default="", repr=False)

    @asynccontextmanager
    async def opened(self, home: Path) -> AsyncIterator[None]:
        async with small_house(home) as self.house:
            server = WebServer(
                make_app(WebServices(reception=self.house.reception, form_secret=b"s" * 32))
            )
            self.address = f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}"
            await self.house.take("70010001", Arrive(site_code=QUARRY.code))
            self.receipt = (await submit(self.house, "70010001")).receipt
            await self.house.database.transaction(self._offers)
            yield
            await server.stop()

    def _offers(self, tx: Any) -> None:
        (ref,) = tx.cases.refs()
        case, today = tx.cases.get(ref), self.house.clock.today
        handler = Actor(role=Role.HANDLER, id=case.handler_ids[0])
        drafted = draft(
            case,
            "\n".join(PARTS),
            handler,
            today,
            summary_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(ref),
        )
        offered = change(drafted, case, SummaryAction.OFFER, handler, today)
        tx.summaries.put(offered.summary)
        tx.cases.keep(offered.case, offered.entry)

    def summary(self) -> Summary:
        return self.does(
            self.house.database.read(lambda tx: tx.summaries.of_case(tx.cases.refs()[0]))
        )

    def read(self, summary: Summary) -> tuple[str, ...]:
        """What a handler opens of it, to be shared."""
        wraps = summary.envelope.part(summary.part).recipient_ids
        identity = next(
            each for each in self.house.identities.values() if each.recipient.id in wraps
        )
        return read_account(open_part(summary.envelope, summary.part, identity)).words


@pytest.fixture
def offered(tmp_path: Path) -> Iterator[Offered]:
    made = Offered()
    with made.served(tmp_path):
        yield made


def opened(browser: Browser, offered: Offered, **options: Any) -> Page:
    """The reporter's page at the first question about the summary."""
    options = {"locale": "en", "viewport": {"width": 360, "height": 740}, **options}
    page = browser.new_context(base_url=offered.address, **options).new_page()
    page.set_default_timeout(10_000)
    page.goto("/receipt")
    page.locator("#receipt").fill(offered.receipt)
    page.locator("#receipt").press("Enter")
    expect(page.locator("blockquote")).to_contain_text(PARTS[0])
    page.locator("button[value=decide_summary]").click()
    page.locator("#receipt").fill(offered.receipt)
    page.locator("#receipt").press("Enter")
    expect(page.locator("blockquote")).to_contain_text(PARTS[1])
    return page


def answers(page: Page, choice: str) -> None:
    page.locator(f"input[value={choice}]").check()
    page.locator("button[value=next]").click()


@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_a_summary_is_decided_part_by_part(
    browser: Browser, offered: Offered, scripts: bool
) -> None:
    page = opened(browser, offered, java_script_enabled=scripts)
    asks(page, "May the company read this?")
    answers(page, "each")
    asks(page, PARTS[0])
    page.reload()
    asks(page, PARTS[0])
    answers(page, "yes")
    asks(page, PARTS[1])
    answers(page, "no")
    asks(page, PARTS[2])
    answers(page, "other_words")
    asks(page, "How should this be said instead?")
    page.locator("textarea").fill("Ear plugs are wanted.")
    page.locator("button[value=next]").click()
    asks(page, "Is this right?")
    expect(page.locator("blockquote")).to_have_text(f"{PARTS[0]}\n\nEar plugs are wanted.")
    page.locator("button[value='change.part[2].answer']").click()
    asks(page, PARTS[1])
    page.locator("button[value=back]").click()
    asks(page, "Is this right?")
    assert offered.summary().state is SummaryState.OFFERED
    page.locator("button[value=submit]").click()
    expect(page.get_by_text("You said yes.")).to_be_visible()
    summary = offered.summary()
    assert summary.state is SummaryState.APPROVED
    assert offered.read(summary) == (f"{PARTS[0]}\n\nEar plugs are wanted.",)


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark"), ("hi", "light")])
def test_deciding_shuts_nobody_out_and_fits_a_small_phone(
    browser: Browser, offered: Offered, language: str, scheme: str
) -> None:
    page = opened(browser, offered, locale=language, color_scheme=scheme)

    def look() -> None:
        assert serious_findings(page) == []
        assert_it_fits(page)

    look()
    answers(page, "each")
    look()
    answers(page, "no")
    answers(page, "other_words")
    look()
    page.locator("textarea").fill("x" * 120)
    page.locator("button[value=next]").click()
    answers(page, "yes")
    expect(page.locator("button[value=submit]")).to_be_visible()
    look()
    page.locator("button[value=submit]").click()
    expect(page.locator("button[value=take_back_summary]")).to_be_visible()
    look()
