"""The pages behind the sign-in in a real browser: without script, small, by keyboard, on paper."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.submission import AccountEntry
from flows.values import Text
from register.case import Actor
from register.people import Role
from register.requests import RequestKind, ask
from register.summary import SummaryAction, change, draft
from sealing.identifiers import new_id
from tests.browser.conftest import serious_findings
from tests.house import ASHA, IMPORTER, QUARRY
from tests.intake.recordings.samples import ogg
from tests.web.desk.test_unsent import did_not_arrive
from tests.web.inside_house import OLGA, PASSPHRASE, Filed, Inside, inside_house

pytestmark = pytest.mark.browser
SUMMARY = "At this site doors are locked while people work."

OFFICERS_PAGES = (
    "/company",
    "/company/register",
    "/company/heat-map",
    "/company/findings",
    f"/company/findings/{QUARRY.id}.living_wage",
    "/company/score",
    "/company/score/print",
    "/company/score/questions/1.1.8",
)


@dataclass
class Office:
    """A furnished installation, served from a thread of its own, and a case in it."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    inside: Inside = field(init=False)
    filed: Filed = field(init=False)
    asked: str = field(init=False)
    """The address of what the company is asked about it."""
    is_over: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, home: Path, is_ready: threading.Event) -> None:
        """Serve until it is over."""
        async with inside_house(home) as self.inside:
            for theme, people in (("living_wage", 9), ("health_safety", 4), ("other", 9)):
                for _ in range(people):
                    await self.inside.filed(theme=theme)
            await self.inside.closes_quarter()
            files = (
                await self.inside.photo(),
                await self.inside.upload("v.ogg", ogg()),
            )
            label = Text(msgid="Do you want to add photos or recordings?")
            self.filed = await self.inside.filed(
                AccountEntry(path="photos", label=label, value=files), danger="unsure"
            )
            self.asked = await self._asked()
            await did_not_arrive(self.inside, to=ASHA.id)
            is_ready.set()
            await self.is_over.wait()

    async def _asked(self) -> str:
        """The case is shared with the company, which is asked something; the request's address."""
        ref, today = self.filed.case.ref, self.inside.house.clock.today
        handler = Actor(role=Role.HANDLER, id=ASHA.id)
        steps = (
            (SummaryAction.OFFER, handler, None),
            (SummaryAction.APPROVE, Actor(role=Role.REPORTER), None),
            (SummaryAction.SHARE, handler, SUMMARY),
        )

        def work(tx: Any) -> str:
            case = tx.cases.get(ref)
            reporter, keys = tx.cases.reporter(ref), tx.people.keys()
            summary = draft(
                case, SUMMARY, handler, today, summary_id=new_id(), keys=keys, reporter=reporter
            )
            for action, actor, words in steps:
                changed = change(summary, case, action, actor, today, words)
                summary, case = changed.summary, changed.case
                tx.cases.keep(case, changed.entry)
            tx.summaries.put(summary)
            asked = ask(
                case,
                summary,
                RequestKind.STOP,
                "Please see that the doors are open.",
                today + timedelta(days=9),
                handler,
                today,
                request_id=new_id(),
                organisation_id=IMPORTER.id,
            )
            tx.cases.keep(asked.case, asked.entry)
            tx.requests.put(asked.request)
            return f"/company/requests/{asked.request.id}"

        return await self.inside.house.database.transaction(work)


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


def opened(browser: Browser, office: Office, person: str, **options: Any) -> Page:
    """A new browser in which this person is signed in."""
    options.setdefault("viewport", {"width": 360, "height": 740})
    context = browser.new_context(base_url=office.inside.base, **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/sign-in")
    office.inside.house.clock.now += timedelta(seconds=30)
    page.get_by_label("Account name").fill(office.inside.names[person])
    page.get_by_label("Pass phrase").fill(PASSPHRASE)
    page.get_by_label("Code").fill(office.inside.code(person))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    return page


def pages_of(person: str, office: Office) -> tuple[str, ...]:
    if person == OLGA.id:
        return (*OFFICERS_PAGES, "/company/requests", office.asked)
    photo = f"{office.filed.address}/files/"
    case = office.filed.address
    return (
        "/desk",
        case,
        f"{case}/company",
        f"{case}/extract",
        "/desk/ties",
        "/desk/unsent",
        "/desk?status=closed",
        photo,
    )


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
    # Nothing broke the pages' own rules (CSP).
    assert [line for line in said if "404" not in line] == []
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
    expect(page.locator(".question-line").last.locator(".parts, p").first).to_be_visible()
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
