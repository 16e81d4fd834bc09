"""The public pages in a real browser: with and without script, small, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Site, serious_findings

pytestmark = pytest.mark.browser

QUESTIONS = {
    "Which colour?": lambda page: page.get_by_text("Green").click(),
    "Which colours?": lambda page: page.get_by_text("Red").click(),
    "What happened?": lambda page: page.get_by_label("What happened?").fill("Dust"),
    "How many people?": lambda page: page.get_by_label("How many people?").fill("3"),
    "How many metres?": lambda page: page.get_by_label("How many metres?").fill("2.5"),
    "Which day?": lambda page: page.get_by_label("Which day?").fill("2026-03-01"),
    "What time?": lambda page: page.get_by_label("What time?").fill("14:05"),
    "How bad?": lambda page: page.get_by_role("radio", name="4").check(),
    "In which order?": lambda page: [
        page.get_by_label(re.compile(f"{colour}$")).select_option(place)
        for colour, place in (("Red", "3"), ("Green", "1"), ("Blue", "2"))
    ],
    "Where exactly?": lambda page: [
        page.get_by_label("First number").fill("15.5"),
        page.get_by_label("Second number").fill("75.25"),
    ],
    "Which site?": lambda page: [
        page.get_by_label("Type a part").fill("jai"),
        page.get_by_role("button", name="Search").click(),
        page.get_by_label("Jaipur Stone Works").check(),
    ],
    "Any photos?": lambda page: page.get_by_label("Any photos?").set_input_files(
        [{"name": "a.png", "mimeType": "image/png", "buffer": b"1"}]
    ),
    "One photo?": lambda page: None,
}


def asks(page: Page, question: str) -> None:
    """Wait until this question is put."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)


def begin(page: Page) -> Page:
    page.get_by_role("button", name="Tell what goes wrong").click()
    return page


def walk_to(page: Page, question: str) -> Page:
    """Answer everything before one question."""
    begin(page)
    for asked, answer in QUESTIONS.items():
        asks(page, asked)
        if asked == question:
            return page
        answer(page)
        page.get_by_role("button", name="Next").click()
    return page


def send(page: Page) -> Page:
    walk_to(page, "")
    page.get_by_role("button", name="OK").click()
    page.get_by_role("button", name="Send").click()
    return page


@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_a_whole_report_can_be_made(open_page: Open, site: Site, scripts: bool) -> None:
    page = open_page("/about", scripts=scripts)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("It is safely kept")
    expect(page.locator(".digits")).to_have_text(re.compile("1234 5678 9012 3456 7"))
    assert len(site.house.submissions) == 1
    page.reload()
    expect(page.locator(".digits")).to_be_visible()
    page.get_by_role("button", name="I have written it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    # Nothing broke the pages' own rules (CSP), and nothing came from elsewhere.
    assert said == []
    assert all(address.startswith(site.address) for address in asked)


def test_the_back_button_of_the_browser_never_posts_anything_twice(
    open_page: Open, site: Site
) -> None:
    page = walk_to(open_page("/", scripts=False), "What happened?")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/report")
    asks(page, "What happened?")
    assert site.house.submissions == []


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark"), ("hi", "light")])
def test_nothing_on_the_pages_shuts_people_out(open_page: Open, language: str, scheme: str) -> None:
    page = open_page("/", language=language, color_scheme=scheme)
    for path in ("/", "/about", "/safety", "/receipt", "/receipt/kept", "/nowhere", "/r/abc"):
        page.goto(path)
        assert serious_findings(page) == [], path
        assert_it_fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_question_shuts_people_out_or_needs_scrolling_sideways(
    open_page: Open, scheme: str
) -> None:
    page = begin(open_page("/", color_scheme=scheme))
    for asked, answer in QUESTIONS.items():
        asks(page, asked)
        assert serious_findings(page) == [], asked
        assert_it_fits(page)
        answer(page)
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="OK").click()
    asks(page, "Is this right?")
    assert serious_findings(page) == []
    assert_it_fits(page)


def test_leaving_a_round_shuts_nobody_out(open_page: Open) -> None:
    page = open_page("/r/abc")
    page.get_by_text("I do not want to take part").click()
    page.get_by_role("button", name="Leave and delete my answers").click()
    expect(page.get_by_text("You no longer take part")).to_be_visible()
    assert serious_findings(page) == []


def test_a_refused_answer_shuts_nobody_out(open_page: Open) -> None:
    page = begin(open_page("/"))
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert serious_findings(page) == []


def test_the_receipt_and_the_case_shut_nobody_out_and_the_receipt_prints_alone(
    open_page: Open,
) -> None:
    page = send(open_page("/"))
    assert serious_findings(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".digits")).to_be_visible()
    expect(page.locator("footer")).to_be_hidden()
    expect(page.locator(".top")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto("/receipt")
    page.get_by_label(re.compile("receipt")).fill("12345678901234567")
    page.get_by_role("button", name="Open").click()
    assert serious_findings(page) == []
    assert_it_fits(page)


def test_a_refusal_takes_the_focus_and_leads_to_the_field(open_page: Open) -> None:
    page = begin(open_page("/"))
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#errors")).to_be_focused()
    page.get_by_role("link", name="We need an answer").click()
    expect(page.locator("#answer")).to_be_focused()


def test_a_report_can_be_made_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("/", width=1200)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
    press_until(page, "Tell what goes wrong")
    page.keyboard.press("Enter")
    asks(page, "Which colour?")
    tab_to(page, "#answer")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    asks(page, "Which colours?")
    tab_to(page, "#answer")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    asks(page, "What happened?")
    tab_to(page, "#answer")
    page.keyboard.type("Dust")
    press_until(page, "Next")
    page.keyboard.press("Enter")
    asks(page, "How many people?")
    tab_to(page, "#answer")
    page.keyboard.type("3")
    # Enter in a field sends the answer; it must not press a language or a way out.
    page.keyboard.press("Enter")
    asks(page, "How many metres?")


def test_every_thing_to_press_is_large_enough_for_a_thumb(open_page: Open) -> None:
    page = begin(open_page("/"))
    for path in ("/report", "/", "/receipt"):
        page.goto(path)
        for target in page.locator("button:visible, .choice:visible, header a:visible").all():
            box = target.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 30, target.inner_text()
            assert box["height"] >= 43.5, target.inner_text()


def test_quick_exit_leads_away_without_script_and_forgets(open_page: Open, site: Site) -> None:
    page = begin(open_page("/", scripts=False))
    page.get_by_role("link", name="Leave quickly").click()
    expect(page).to_have_url(site.address + "/healthz")
    assert site.house.stays == {}
    assert page.context.cookies() == []


@pytest.mark.parametrize("way", ["button", "keys"])
def test_quick_exit_with_script_leaves_no_page_to_go_back_to(
    open_page: Open, site: Site, way: str
) -> None:
    page = begin(open_page("/"))
    asks(page, "Which colour?")
    if way == "button":
        page.get_by_role("link", name="Leave quickly").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_url(site.address + "/healthz")
    assert site.house.stays == {}
    page.go_back()
    page.goto("/report")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")


def test_escape_and_two_shifts_lead_nowhere(open_page: Open) -> None:
    page = begin(open_page("/"))
    for key in ("Escape", "Escape", "Escape", "Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    asks(page, "Which colour?")


def test_arabic_runs_from_the_right(open_page: Open) -> None:
    page = open_page("/", language="ar")
    brand = page.locator(".brand").bounding_box()
    leave = page.locator(".exit").bounding_box()
    assert brand
    assert leave
    assert brand["x"] > leave["x"]
    assert_it_fits(page)


def press_until(page: Page, label: str) -> None:
    """Tab on until a button of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == label:
            return
    raise AssertionError(f"the keyboard does not reach {label}")


def tab_to(page: Page, selector: str) -> None:
    """Tab on until this element has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def assert_it_fits(page: Page) -> None:
    """Nothing stands out at the sides."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url
