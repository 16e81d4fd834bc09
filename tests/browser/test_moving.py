"""Going on elsewhere, in a real browser of 360 points: into the chat, and from a link here."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Site, serious_findings
from tests.browser.test_public_pages import asks, assert_it_fits, begin
from tests.web.small_house import MOVING

pytestmark = pytest.mark.browser


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_from_a_question_there_is_a_way_into_the_chat(open_page: Open, scripts: bool) -> None:
    page = begin(open_page("/", scripts=scripts))
    asks(page, "Which colour?")
    page.get_by_text("Go on elsewhere").click()
    page.get_by_role("button", name="Go on in the chat").click()
    heading(page, "Go on in the chat")
    link = page.get_by_role("link", name="Open the chat")
    expect(link).to_have_attribute("href", f"https://t.me/loopback_bot?start=m_{MOVING.link_code}")
    expect(page.locator(".code")).to_have_text(MOVING.typed_code)
    if scripts:
        assert serious_findings(page) == []
        assert_it_fits(page)
    page.get_by_role("link", name="Go on here instead").click()
    asks(page, "Which colour?")


def test_a_link_fills_the_code_in_and_takes_it_out_of_the_address(
    open_page: Open, site: Site
) -> None:
    page = open_page("/about")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(f"{request.url} {request.headers}"))
    page.goto(f"/move#{MOVING.link_code}")
    expect(page.get_by_role("textbox")).to_have_value(MOVING.link_code)
    assert page.evaluate("window.location.hash") == ""
    assert page.url == f"{site.address}/move"
    assert serious_findings(page) == []
    assert_it_fits(page)
    assert site.house.wishes == []  # opening it takes nothing over
    page.get_by_role("button", name="Go on here").click()
    asks(page, "Which colour?")
    # No server was ever sent the code in an address or a header.
    assert not any(MOVING.link_code in each for each in asked_for)
    page.go_back()
    assert MOVING.link_code not in page.url


def test_without_script_the_code_is_typed(open_page: Open) -> None:
    page = open_page(f"/move#{MOVING.link_code}", scripts=False)
    page.get_by_role("textbox").fill("half a code")
    page.get_by_role("button", name="Go on here").click()
    expect(page.get_by_role("alert")).to_contain_text("This code does not work")
    page.get_by_role("textbox").fill(MOVING.link_code)
    page.get_by_role("button", name="Go on here").click()
    asks(page, "Which colour?")


@pytest.mark.parametrize("language", ["ar", "hi", "vi"])
def test_the_pages_fit_in_other_scripts(open_page: Open, language: str) -> None:
    page = open_page("/move", language=language)
    assert serious_findings(page) == []
    assert_it_fits(page)
    page.goto("/")
    page.locator("button[value=report]").click()
    page.locator("button[value=move_to_chat]").dispatch_event("click")
    expect(page.locator(".code")).to_be_visible()
    assert serious_findings(page) == []
    assert_it_fits(page)
