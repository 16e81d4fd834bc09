"""The pages behind the sign-in in a real browser: without script, small, by keyboard, on paper."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serious_findings
from tests.browser.office import Office, opened, pages_of
from tests.house import ASHA
from tests.web.inside_house import OLGA

pytestmark = pytest.mark.browser


def assert_it_fits(page: Page) -> None:
    """Nothing stands out at the sides."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("person", [ASHA.id, OLGA.id])
def test_no_page_shuts_people_out_or_needs_scrolling_sideways(
    browser: Browser, office: Office, person: str, scheme: str
) -> None:
    page = opened(browser, office, person, color_scheme=scheme, java_script_enabled=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in pages_of(person, office):
        page.goto(path)
        assert serious_findings(page) == [], path
        assert_it_fits(page)
    # Nothing broke the pages' own rules (CSP); where nothing is printed, a page says so with a 409.
    assert [line for line in said if "409 (Conflict)" not in line] == []
    page.context.close()


def test_the_sign_in_page_and_its_refusal_shut_nobody_out(browser: Browser, office: Office) -> None:
    context = browser.new_context(
        base_url=office.inside.base, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/sign-in")
    assert serious_findings(page) == []
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert serious_findings(page) == []
    assert_it_fits(page)
    context.close()


def test_a_case_is_moved_without_script_and_with_the_keyboard_alone(
    browser: Browser, office: Office
) -> None:
    page = opened(browser, office, ASHA.id, java_script_enabled=False)
    page.goto(office.filed.address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("input[name=move]:focus").count():
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Do it and write it into the log")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("written into the log")
    page.context.close()


def test_a_cleaned_photo_is_shown_in_a_page_of_its_own(browser: Browser, office: Office) -> None:
    page = opened(browser, office, ASHA.id)
    page.goto(office.filed.address)
    with page.context.expect_page() as shown:
        page.get_by_role("link", name="cleaned copy").click()
    picture = shown.value
    picture.wait_for_load_state()
    assert picture.locator("img").evaluate("img => img.naturalWidth") == 8
    page.context.close()


def test_a_voice_without_its_notes_is_played_on_the_page(browser: Browser, office: Office) -> None:
    page = opened(browser, office, ASHA.id)
    page.goto(office.filed.address)
    seconds = page.locator("audio").evaluate(
        """audio => new Promise((done, failed) => {
            audio.onloadedmetadata = () => done(audio.duration);
            audio.onerror = () => failed(audio.error);
            audio.load();
        })"""
    )
    assert abs(seconds - 2) < 0.1
    page.context.close()


def test_every_thing_to_press_is_large_enough_for_a_thumb(browser: Browser, office: Office) -> None:
    page = opened(browser, office, ASHA.id)
    for path in ("/desk", office.filed.address, "/desk/ties", "/desk/unsent"):
        page.goto(path)
        for target in page.locator("button:visible, .choice:visible, nav a:visible").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 43.5, target.inner_text()
    page.context.close()


def test_the_score_prints_with_every_question_and_nothing_to_press(
    browser: Browser, office: Office
) -> None:
    page = opened(browser, office, OLGA.id, viewport={"width": 1200, "height": 800})
    page.goto("/company/score/print")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".question-lines > li").last.locator(".parts, p").first).to_be_visible()
    assert page.locator("button:visible").count() == 0
    page.context.close()


def test_a_browser_that_goes_back_after_signing_out_sees_nothing(
    browser: Browser, office: Office
) -> None:
    page = opened(browser, office, ASHA.id)
    page.goto(office.filed.address)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.context.close()


def test_an_officer_answers_on_a_small_phone_by_keyboard(browser: Browser, office: Office) -> None:
    page = opened(browser, office, OLGA.id, java_script_enabled=False)
    page.goto("/company/requests")
    page.get_by_role("link", name="Make it stop").click()
    page.get_by_label("A measure that is done").check()
    page.get_by_label("In your words").fill("The doors are open.")
    page.get_by_role("button", name="Send the answer").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Please say the day")
    expect(page.get_by_label("In your words")).to_have_value("The doors are open.")
    page.get_by_label("For a measure").fill(office.inside.house.clock.today.isoformat())
    page.get_by_role("button", name="Send the answer").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("with the handlers now")
    assert_it_fits(page)
    case = opened(browser, office, ASHA.id)
    case.goto(f"{office.filed.address}/company")
    expect(case.get_by_text("The doors are open.", exact=True)).to_be_visible()
    assert_it_fits(case)
