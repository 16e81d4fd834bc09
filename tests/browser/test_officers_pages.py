"""What an officer does on the pages of their company, in a real browser without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from register.quarters import Quarter
from tests.browser.office import SUMMARY, Office, opened
from tests.web.inside_house import OLGA

pytestmark = pytest.mark.browser


def test_a_quarter_is_chosen_read_and_taken_away(browser: Browser, office: Office) -> None:
    page = opened(browser, office, OLGA.id, java_script_enabled=False)
    page.goto("/company/register")
    over = Quarter.of(office.inside.house.clock.today - timedelta(days=92))
    page.get_by_role("navigation", name="Quarters").get_by_role("link", name=str(over)).click()
    expect(page.get_by_role("table").first).to_contain_text("Health and safety")
    expect(page.locator("#limits")).to_contain_text("Time limits that ended in")
    expect(page.locator("section", has=page.locator("#limits"))).to_contain_text("Missed")
    for label, ending in (("Numbers as CSV", ".csv"), ("Numbers as XLSX", ".xlsx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=label).click()
        assert taken.value.suggested_filename.endswith(ending)
    page.context.close()


def test_a_summary_is_read_where_the_reporter_agreed(browser: Browser, office: Office) -> None:
    page = opened(browser, office, OLGA.id, java_script_enabled=False)
    page.goto("/company/register")
    expect(page.locator("article.summary")).to_contain_text(SUMMARY)
    with page.expect_download() as taken:
        page.get_by_role("link", name="All summaries as CSV").click()
    assert taken.value.suggested_filename.endswith(".csv")
    page.context.close()
