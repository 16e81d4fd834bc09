"""One real installation, served to real browsers on both sides: who reports, and who handles.

What the one side does is what the other side sees. Every test has a case of its own.
"""

import asyncio
import re
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, Page, expect

from flows.submission import AccountEntry
from tests.browser import office
from tests.web.inside_house import Filed, Inside, inside_house

Result = TypeVar("Result")
PHONE = {"width": 360, "height": 740}


@dataclass
class BothSides:
    """The installation, served from a thread of its own."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    inside: Inside = field(init=False)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, home: Path, is_ready: threading.Event) -> None:
        """Serve until it is over."""
        async with inside_house(home, takes_reports=True) as self.inside:
            is_ready.set()
            await self.is_over.wait()

    def does(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Let the house do something, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def filed(self, *entries: AccountEntry, **codes: Any) -> Filed:
        """A case that came in, told in English."""
        return self.does(self.inside.filed(*entries, **{"language": "en", **codes}))


def at_desk(browser: Browser, sides: BothSides, person: str, filed: Filed | None = None) -> Page:
    """A handler's browser, without script, at the case."""
    page = office.opened(browser, sides, person, java_script_enabled=False)  # type: ignore[arg-type]  # it has an `inside`, as an office has
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
