"""A handler's work on a case, in a real browser without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from flows.submission import AccountEntry
from flows.values import Text
from tests.browser.both_sides import BothSides, at_desk, decided, moves, press, unfold
from tests.house import ASHA, BEN, URSULA

pytestmark = pytest.mark.browser


def test_the_list_stands_by_what_is_urgent_and_due_and_can_be_narrowed(
    browser: Browser, sides: BothSides
) -> None:
    sides.filed(theme="land_rights")
    urgent = sides.filed(theme="land_rights", danger="yes")
    asha = at_desk(browser, sides, ASHA.id)
    asha.get_by_label("Theme").select_option("land_rights")
    press(asha, "Show")
    lines = asha.locator("li.case")
    first = lines.filter(has_text=urgent.case.ref[:6])
    if first.count():  # the urgent team alone may read it
        expect(lines.first).to_contain_text(urgent.case.ref[:6])
    expect(lines.first).to_contain_text("By ")


def test_a_letter_begins_with_a_saved_one_in_the_reporters_language(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed(language="hi")
    asha = at_desk(browser, sides, ASHA.id, filed)
    unfold(asha, "Begin with a saved letter")
    asha.get_by_role("link", name="Asking for more").click()
    begun = asha.get_by_label("Your letter to the reporter").input_value()
    assert re.search("[\u0900-\u097f]", begun)
    press(asha, "Seal and send")
    expect(asha.locator("article.letter.mine")).to_have_count(1)


def test_a_note_is_read_by_colleagues_of_the_case(browser: Browser, sides: BothSides) -> None:
    filed = sides.filed()
    asha, ben = (at_desk(browser, sides, each, filed) for each in (ASHA.id, BEN.id))
    asha.locator("textarea[name=paper]").fill("Call the union first.")
    press(asha, "Seal and keep")
    ben.goto(filed.address)
    expect(ben.locator("article.paper")).to_contain_text("Call the union first.")


def test_it_is_classified_with_people_group_causes_and_involvement(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed()
    asha = at_desk(browser, sides, ASHA.id, filed)
    unfold(asha, "Classify")
    for name, choice in {
        "theme": "forced_labour",
        "gravity": "4",
        "scope": "3",
        "irremediability": "5",
        "likelihood": "4",
        "people": "many",
        "group": "migrants",
        "involvement": "contribute",
    }.items():
        asha.locator(f"select[name={name}]").select_option(choice)
    asha.locator("input[name=cause_price_pressure]").check()
    asha.locator("textarea[name=reasons]").fill("Passports are kept.")
    asha.locator("textarea[name=involvement_reasons]").fill("It pays late.")
    press(asha, "Keep the classification")
    shown = asha.locator("section", has=asha.locator("#classification"))
    for words in ("Buyers press the price", "The company contributes"):
        expect(shown).to_contain_text(words)
    expect(asha.locator("select[name=group]")).to_have_value("migrants")


def test_a_tie_takes_a_handler_out_and_the_case_is_closed_to_them(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed()
    asha = at_desk(browser, sides, ASHA.id, filed)
    unfold(asha, "I have a tie")
    asha.locator("input[name=tie][value=case]").check()
    press(asha, "Take me out of this case")
    expect(asha.get_by_role("status")).to_contain_text("You can no longer open it.")
    answer = asha.goto(filed.address)
    assert answer is not None
    assert answer.status == 404
    ben = at_desk(browser, sides, BEN.id, filed)
    expect(ben.locator("#told")).to_be_visible()


def test_a_colleague_is_let_in_and_a_case_is_handed_over(
    browser: Browser, sides: BothSides
) -> None:
    for how, done in (("also", "can read the case now"), ("instead", "has the case now")):
        filed = sides.filed()
        asha = at_desk(browser, sides, ASHA.id, filed)
        unfold(asha, "Let a colleague in")
        asha.locator("select[name=colleague]").select_option(URSULA.id)
        asha.locator(f"input[name=how][value={how}]").check()
        press(asha, "Seal it anew")
        expect(asha.get_by_role("status")).to_contain_text(done)
        answer = asha.goto(filed.address)
        assert answer is not None
        assert answer.status == (200 if how == "also" else 404)
        ursula = at_desk(browser, sides, URSULA.id, filed)
        expect(ursula.locator("#told")).to_be_visible()


def test_a_decision_takes_two_and_a_referral_is_one(browser: Browser, sides: BothSides) -> None:
    filed, other = sides.filed(), sides.filed()
    asha, ben = (at_desk(browser, sides, each) for each in (ASHA.id, BEN.id))
    decided(asha, ben, filed, "find_founded:facts_established")
    expect(asha.locator("p.chips").first).to_contain_text("Founded")
    moves(asha, other, "acknowledge", "assess", "refer:to_union")
    ben.goto(other.address)
    press(ben, "I say the same: decide")
    expect(ben.locator("p.chips").first).to_contain_text("Referred to others")


def test_what_puts_it_right_is_planned_done_and_judged_by_those_harmed(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed()
    asha, ben = (at_desk(browser, sides, each) for each in (ASHA.id, BEN.id))
    decided(asha, ben, filed, "find_founded:facts_established")
    unfold(asha, "Add a measure")
    asha.locator("select[name=remedy]").select_option("compensation")
    asha.locator("select[name=owner]").select_option("company")
    due = sides.inside.house.clock.today + timedelta(days=30)
    asha.locator("input[name=due]").fill(due.isoformat())
    asha.locator("textarea[name=measure]").fill("Pay what is owed.")
    press(asha, "Put it into the plan")
    press(asha, "It is done")
    measure = asha.locator("article.measure")
    measure.locator("select[name=step]").select_option("partly")
    press(asha, "Note it")
    expect(measure).to_contain_text("Those harmed say: in part")
    expect(asha.locator("ul.clocks")).to_contain_text("The harm has stopped")


def test_two_reports_of_one_thing_are_tied_and_stay_two(browser: Browser, sides: BothSides) -> None:
    filed, other = sides.filed(), sides.filed()
    asha = at_desk(browser, sides, ASHA.id, filed)
    unfold(asha, "Tie to another case")
    asha.locator("details[open] input[name=other], details input[name=other]").last.fill(
        other.case.ref
    )
    press(asha, "Tie them together")
    asha.get_by_role("link", name=other.case.ref[:6]).click()
    expect(asha.get_by_role("link", name=filed.case.ref[:6])).to_be_visible()


def test_a_name_that_the_reporter_gave_never_stays_in_what_others_hear(
    browser: Browser, sides: BothSides
) -> None:
    name = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Ravi Kumar")
    filed = sides.filed(name, told="Ravi saw it, write to ravi@stone.example")
    asha = at_desk(browser, sides, ASHA.id, filed)
    asha.goto(f"{filed.address}/extract")
    expect(asha.locator("textarea[name=paper]")).to_have_value("[…] saw it, write to […]")
    asha.locator("textarea[name=paper]").fill("KUMAR saw it.")
    press(asha, "Ask the reporter whether this may be said")
    expect(asha.get_by_role("alert")).to_contain_text("A name that the reporter gave")
