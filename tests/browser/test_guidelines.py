"""Every page against what WCAG 2.2 AA lets a machine measure: desk, company and public."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Open
from tests.browser.guidelines import (
    faults_of_structure,
    hidden_stops,
    illegible_words,
    sideways,
    small_targets,
    without_border,
)
from tests.browser.office import Office, opened, pages_of
from tests.browser.test_public_pages import QUESTIONS, asks, begin
from tests.house import ASHA
from tests.web.inside_house import OLGA

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 640}
"""A laptop of 1280 pixels at 400 % (1.4.10), and an old phone."""
ZOOMED = {"width": 640, "height": 360}
"""A laptop of 1280 by 720 pixels at 200 % (1.4.4)."""
PUBLIC = ("/", "/about", "/safety", "/receipt", "/s/JAIPUR", "/nowhere")

Look = Callable[[Page], list[str]]
LOOKS: tuple[Look, ...] = (faults_of_structure, small_targets, sideways)


def visit(page: Page, path: str) -> None:
    """Go there; what is not there has nothing wrong with it and proves nothing."""
    answer = page.goto(path)
    assert answer is not None
    expected = {"/nowhere": 404, "/company/reports/risks.pdf": 409}.get(path, 200)
    assert answer.status == expected, path


def faults(page: Page, *looks: Look) -> list[str]:
    return [f"{page.url}: {fault}" for look in looks for fault in look(page)]


@pytest.mark.parametrize("size", [SMALL, ZOOMED], ids=["320 pixels", "200 %"])
@pytest.mark.parametrize("person", [ASHA.id, OLGA.id])
def test_pages_inside_can_be_followed_pressed_and_need_no_scrolling_sideways(
    browser: Browser, office: Office, person: str, size: dict[str, int]
) -> None:
    page = opened(browser, office, person, viewport=size)
    found: list[str] = []
    for path in pages_of(person, office):
        visit(page, path)
        found += faults(page, *LOOKS)
    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("person", [ASHA.id, OLGA.id])
def test_wherever_the_tab_key_goes_inside_can_be_seen(
    browser: Browser, office: Office, person: str
) -> None:
    page = opened(browser, office, person, viewport={"width": 640, "height": 360})
    found: list[str] = []
    for path in pages_of(person, office):
        visit(page, path)
        found += faults(page, hidden_stops)
    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("person", [ASHA.id, OLGA.id])
def test_no_two_pages_inside_have_the_same_title(
    browser: Browser, office: Office, person: str
) -> None:
    page = opened(browser, office, person)
    titles: dict[str, str] = {}
    for path in pages_of(person, office):
        visit(page, path)
        # One place that was led to from two addresses is one page.
        titles[page.url] = page.title()
    assert all(titles.values())
    assert sorted(titles.values()) == sorted(set(titles.values()))
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("person", [ASHA.id, OLGA.id])
def test_pages_inside_stay_legible_in_high_contrast(
    browser: Browser, office: Office, person: str, scheme: str
) -> None:
    page = opened(browser, office, person, forced_colors="active", color_scheme=scheme)
    found: list[str] = []
    for path in pages_of(person, office):
        visit(page, path)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        found += faults(page, illegible_words, without_border)
    assert not found, "\n".join(found)
    page.context.close()


def refused_forms(office: Office, person: str) -> Iterator[tuple[str, str]]:
    """Pages with a form that says no to nothing, and the button that sends it."""
    if person == OLGA.id:
        risk = next(path for path in pages_of(person, office) if path.endswith("/involvement"))
        yield risk, "Keep this judgement"
        yield office.asked, "Send the answer"
        yield "/company/score/questions/1.1.8", "State it"
        yield risk.removesuffix("/involvement"), "Put it off"
    else:
        yield office.filed.address, "Keep the classification"
        yield office.filed.address, "Seal and keep"
        yield office.filed.address, "Tie them together"


@pytest.mark.parametrize("person", [ASHA.id, OLGA.id])
def test_what_is_wrong_with_a_form_leads_to_its_fields(
    browser: Browser, office: Office, person: str
) -> None:
    page = opened(browser, office, person, viewport=SMALL)
    for path, button in refused_forms(office, person):
        page.goto(path)
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true })"
        )
        page.get_by_role("button", name=button).click()
        summary = page.locator("#errors")
        assert summary.is_visible(), (path, button)
        assert faults(page, *LOOKS) == []
        for link in summary.locator("a").all():
            link.click()
            field = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
            assert field.is_visible(), (path, button)
            box = field.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] > 0, (path, button)
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar", "vi"])
@pytest.mark.parametrize("size", [SMALL, ZOOMED], ids=["320 pixels", "200 %"])
def test_public_pages_can_be_followed_pressed_and_need_no_scrolling_sideways(
    open_page: Open, size: dict[str, int], language: str
) -> None:
    page = open_page("/", language=language, width=size["width"])
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    found: list[str] = []
    for path in PUBLIC:
        visit(page, path)
        found += faults(page, *LOOKS, hidden_stops)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 640])
def test_every_question_can_be_followed_pressed_and_needs_no_scrolling_sideways(
    open_page: Open, width: int
) -> None:
    page = open_page("/", width=width)
    found: list[str] = []
    begin(page)
    for asked, answer in QUESTIONS.items():
        asks(page, asked)
        found += faults(page, *LOOKS, hidden_stops)
        answer(page)
        page.get_by_role("button", name="Next").click()
    found += faults(page, *LOOKS, hidden_stops)
    page.get_by_role("button", name="OK").click()
    found += faults(page, *LOOKS, hidden_stops)
    page.get_by_role("button", name="Send").click()
    found += faults(page, *LOOKS, hidden_stops)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_stay_legible_in_high_contrast(open_page: Open, scheme: str) -> None:
    page = open_page("/", forced_colors="active", color_scheme=scheme)
    found: list[str] = []
    for path in PUBLIC:
        visit(page, path)
        found += faults(page, illegible_words, without_border)
    page.goto("/")
    begin(page)
    for asked, answer in QUESTIONS.items():
        asks(page, asked)
        found += faults(page, illegible_words, without_border)
        answer(page)
        page.get_by_role("button", name="Next").click()
    assert not found, "\n".join(found)


def test_no_two_public_pages_have_the_same_title(open_page: Open) -> None:
    page = open_page("/")
    titles = []
    # A poster leads to the first page, which then knows the site.
    for path in (each for each in PUBLIC if not each.startswith("/s/")):
        page.goto(path)
        titles.append(page.title())
    page.goto("/")
    begin(page)
    for asked, answer in QUESTIONS.items():
        asks(page, asked)
        titles.append(page.title())
        answer(page)
        page.get_by_role("button", name="Next").click()
    assert all(titles)
    assert sorted(titles) == sorted(set(titles))


def test_the_looks_can_see_what_is_wrong(open_page: Open) -> None:
    """A page that does all of it wrong, so that nothing passes because nothing is looked at."""
    page = open_page("/")
    # Away from our own pages, whose policy keeps a page from dressing itself.
    page.goto("about:blank")
    page.set_content(
        """<title>x</title><style>:focus { outline: 3px solid }</style>
        <h2>First</h2><h4>Deep</h4><main><p id="a"></p><p id="a"></p>
        <table><tr><th>A</th></tr><tr><td>1</td></tr></table>
        <a href="#none">nowhere</a> <a href="#a" aria-label="something else">this</a>
        <button style="width: 10px; height: 10px; padding: 0; border: 0">.</button>
        <p style="color: #999; background: #aaa">pale</p>
        <a href="/about" style="outline: 0 !important">no ring</a>
        <div style="width: 3000px">wide</div></main>
        <div style="position: fixed; inset: 0; background: #fff"></div>"""
    )
    structure = " ".join(faults_of_structure(page))
    for wrong in (
        "skips a level", "not one h1", "no language", "no caption", "without scope",
        "without a head", "twice: a", "leads nowhere", "called otherwise",
    ):  # fmt: skip
        assert wrong in structure, wrong
    assert any("10x10" in each for each in small_targets(page))
    assert sideways(page)
    assert any("pale" in each for each in illegible_words(page))
    assert without_border(page)
    stops = hidden_stops(page)
    assert any(each.startswith("no ring") for each in stops)
    assert any(each.startswith("out of sight") for each in stops)
