"""One real installation, served to real browsers on both sides: who reports, and who handles.

What the one side does is what the other side sees. Every test has a case of its own.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from flows.submission import AccountEntry
from tests.browser import office
from tests.browser.served import ServedInside
from tests.web.inside_house import Filed, inside_house

PHONE = {"width": 360, "height": 740}


@dataclass
class BothSides(ServedInside):
    """The installation."""

    @asynccontextmanager
    async def opened(self, home: Path) -> AsyncIterator[None]:
        async with inside_house(home, takes_reports=True) as self.inside:
            yield

    def filed(self, *entries: AccountEntry, **codes: Any) -> Filed:
        """A case that came in, told in English."""
        return self.does(self.inside.filed(*entries, **{"language": "en", **codes}))


def at_desk(browser: Browser, sides: BothSides, person: str, filed: Filed | None = None) -> Page:
    """A handler's browser, without script, at the case."""
    page = office.opened(browser, sides, person, java_script_enabled=False)
    if filed is not None:
        page.goto(filed.address)
    return page


def with_receipt(browser: Browser, sides: BothSides, filed: Filed) -> Page:
    """The reporter's phone, without script, where the receipt opened the case."""
    context = browser.new_context(
        base_url=sides.inside.base, viewport=PHONE, java_script_enabled=False, locale="en"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    opens(page, filed.receipt.receipt.grouped)
    return page


def opens(page: Page, receipt: str) -> None:
    """The receipt is typed, and opens the case."""
    page.goto("/receipt")
    page.get_by_label(re.compile("receipt")).fill(receipt)
    press(page, "Open")


def press(page: Page, label: str) -> None:
    """A button with just this name."""
    page.get_by_role("button", name=label, exact=True).click()


def moves(page: Page, filed: Filed, *steps: str) -> None:
    """A handler's steps, each with its reason."""
    for step in steps:
        page.goto(filed.address)
        page.locator(f"input[name=move][value='{step}']").check()
        press(page, "Do it and write it into the log")
        expect(page.get_by_role("status")).to_be_visible()


def decided(one: Page, other: Page, filed: Filed, decision: str) -> None:
    """From the first step to a decision, which takes two."""
    moves(one, filed, "acknowledge", "assess", "investigate", decision)
    other.goto(filed.address)
    press(other, "I say the same: decide")
    expect(other.get_by_role("status")).to_contain_text("written into the log")
    one.goto(filed.address)


def unfold(page: Page, summary: str) -> None:
    """Open what is folded away."""
    page.locator("summary", has_text=summary).first.click()
