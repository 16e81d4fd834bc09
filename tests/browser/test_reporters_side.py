"""What the holder of a receipt does on an old phone without script, and what handlers see of it."""

import re

import pytest
from playwright.sync_api import Browser, expect

from flows.submission import AccountEntry
from flows.values import Text
from tests.browser.both_sides import (
    BothSides,
    at_desk,
    decided,
    moves,
    opens,
    press,
    unfold,
    with_receipt,
)
from tests.house import ASHA, BEN
from tests.intake.recordings.samples import ogg
from tests.web.test_real_house import photo

pytestmark = pytest.mark.browser


def test_state_dates_letters_and_the_decision_with_its_reasons_are_seen(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed()
    reporter = with_receipt(browser, sides, filed)
    expect(reporter.locator("main")).to_contain_text("We have your report.")
    expect(reporter.locator("main")).to_contain_text("You will see that somebody has read it")
    asha, ben = (at_desk(browser, sides, each, filed) for each in (ASHA.id, BEN.id))
    asha.get_by_label("Your letter to the reporter").fill("Since when is the door locked?")
    press(asha, "Seal and send")
    decided(asha, ben, filed, "find_unfounded:facts_not_established")
    opens(reporter, filed.receipt.receipt.grouped)
    for words in (
        "Since when is the door locked?",
        "We could not find out whether it happened.",
        "you can ask others to look again",
        "You keep every right to go to a court",
    ):
        expect(reporter.locator("main")).to_contain_text(words)
    wide = reporter.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_words_a_voice_and_papers_are_added_at_any_time(browser: Browser, sides: BothSides) -> None:
    filed = sides.filed()
    reporter = with_receipt(browser, sides, filed)
    press(reporter, "Write to the handler")
    reporter.get_by_text("No", exact=True).click()
    press(reporter, "Next")
    reporter.get_by_label("What do you want to tell us?").fill("It began again.")
    press(reporter, "Next")
    for name, kind, content in (
        ("voice.ogg", "audio/ogg", ogg()),
        ("slip.jpg", "image/jpeg", photo()),
    ):
        reporter.locator("input[type=file]").set_input_files(
            [{"name": name, "mimeType": kind, "buffer": content}]
        )
        press(reporter, "Next")
    press(reporter, "Skip")
    press(reporter, "Skip")
    press(reporter, "Send")
    expect(reporter.locator("main")).to_contain_text("Your message is sent")
    asha = at_desk(browser, sides, ASHA.id, filed)
    letter = asha.locator("article.letter")
    expect(letter).to_contain_text("It began again.")
    expect(letter.locator("audio")).to_have_count(1)
    expect(letter.get_by_role("link", name="cleaned copy")).to_have_count(1)


def test_the_summary_is_read_agreed_to_and_taken_back(browser: Browser, sides: BothSides) -> None:
    filed = sides.filed()
    asha = at_desk(browser, sides, ASHA.id, filed)
    asha.locator("textarea[name=summary]").fill("Doors are locked at this site.")
    press(asha, "Keep as a draft")
    press(asha, "Show it to the reporter")
    reporter = with_receipt(browser, sides, filed)
    expect(reporter.locator("blockquote")).to_have_text("Doors are locked at this site.")
    press(reporter, "Say what the company may read")
    opens(reporter, filed.receipt.receipt.grouped)
    reporter.get_by_text("Yes, all of it", exact=True).click()
    press(reporter, "Next")
    press(reporter, "Send")
    expect(reporter.locator("main")).to_contain_text("You said yes.")
    press(reporter, "Take my yes back")
    expect(reporter.locator("main")).to_contain_text("You took your yes back.")
    asha.goto(filed.address)
    expect(asha.locator("main")).not_to_contain_text("Share it with the company")


def test_punishment_goes_its_own_urgent_way(browser: Browser, sides: BothSides) -> None:
    filed = sides.filed()
    reporter = with_receipt(browser, sides, filed)
    press(reporter, "I was threatened or punished")
    expect(reporter.locator("main")).to_contain_text("Nobody may punish you for speaking.")
    reporter.get_by_text("No", exact=True).click()
    press(reporter, "Next")
    for _ in range(5):
        press(reporter, "Skip")
    press(reporter, "Send")
    expect(reporter.locator("main")).to_contain_text("Your message is sent")
    asha = at_desk(browser, sides, ASHA.id, filed)
    expect(asha.locator("p.chips").first).to_contain_text("Urgent")


def test_whether_it_was_put_right_and_how_they_were_treated_is_said(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed()
    asha, ben = (at_desk(browser, sides, each, filed) for each in (ASHA.id, BEN.id))
    decided(asha, ben, filed, "find_founded:facts_established")
    reporter = with_receipt(browser, sides, filed)
    press(reporter, "I was treated well here")
    expect(reporter.locator("main")).to_contain_text("It helps us to do better.")
    moves(asha, filed, "agree_remedy", "start_remedy")
    opens(reporter, filed.receipt.receipt.grouped)
    press(reporter, "It was put right in part")
    expect(reporter.locator("main")).to_contain_text("it counts")
    asha.goto(filed.address)
    expect(asha.locator("ol.timeline")).to_contain_text("Those harmed say: in part")
    expect(asha.locator("ol.timeline")).to_contain_text("Treated well")


def test_an_appeal_and_a_withdrawal_each_take_two_steps(browser: Browser, sides: BothSides) -> None:
    filed = sides.filed()
    asha, ben = (at_desk(browser, sides, each, filed) for each in (ASHA.id, BEN.id))
    decided(asha, ben, filed, "find_unfounded:facts_refuted")
    reporter = with_receipt(browser, sides, filed)
    press(reporter, "I do not agree: others should look again")
    reporter.get_by_label(re.compile("receipt")).fill(filed.receipt.receipt.grouped)
    press(reporter, "Next")
    expect(reporter.locator("main")).to_contain_text("Your appeal is kept.")
    other = sides.filed()
    opens(reporter, other.receipt.receipt.grouped)
    press(reporter, "Withdraw my report")
    expect(reporter.locator("main")).to_contain_text("nothing more is done about it")
    press(reporter, "Yes, withdraw it")
    expect(reporter.locator("main")).to_contain_text("Your report is withdrawn and closed.")


def test_who_may_know_is_changed_and_a_name_is_gone_when_nobody_may(
    browser: Browser, sides: BothSides
) -> None:
    name = AccountEntry(path="contact_name", label=Text(msgid="What is your name?"), value="Ravi")
    filed = sides.filed(name, anonymity="confidential")
    reporter = with_receipt(browser, sides, filed)
    press(reporter, "Change who may know who I am")
    reporter.get_by_text("They may also use my name").click()
    press(reporter, "Next")
    reporter.get_by_label("What is your name?").fill("Ravi Kumar")
    press(reporter, "Next")
    press(reporter, "Skip")
    press(reporter, "Send")
    asha = at_desk(browser, sides, ASHA.id, filed)
    expect(asha.locator("main")).not_to_contain_text("Ravi Kumar")
    press(asha, "Open who told it")
    expect(asha.locator("main")).to_contain_text("Ravi Kumar")
    opens(reporter, filed.receipt.receipt.grouped)
    press(reporter, "Change who may know who I am")
    reporter.get_by_text("Nobody knows who I am").click()
    press(reporter, "Next")
    press(reporter, "Send")
    expect(reporter.locator("body")).to_contain_text("who you are is erased here")
    asha.goto(filed.address)
    expect(asha.locator("main")).to_contain_text("Who told it is not known here.")


def test_a_helper_follows_with_a_receipt_of_their_own_and_decides_nothing(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed()
    reporter = with_receipt(browser, sides, filed)
    press(reporter, "Let a helper follow along")
    press(reporter, "Make a receipt for my helper")
    theirs = re.sub(r"\D", "", reporter.locator(".digits").inner_text())
    moves(at_desk(browser, sides, ASHA.id), filed, "acknowledge")
    helper = with_receipt(browser, sides, filed)
    opens(helper, theirs)
    expect(helper.get_by_role("heading", level=1)).to_have_text("The report that you follow")
    expect(helper.locator("main")).to_contain_text("A handler has read your report.")
    for act in ("Write to the handler", "Withdraw my report", "Let a helper follow along"):
        expect(helper.get_by_role("button", name=act)).to_have_count(0)


def test_what_the_other_side_hears_is_the_reporters_to_say(
    browser: Browser, sides: BothSides
) -> None:
    filed = sides.filed(told="Ravi saw it on 12 March 2026, call 0141-2345678")
    asha = at_desk(browser, sides, ASHA.id, filed)
    asha.get_by_role("link", name="Prepare what may be said to the other side").click()
    expect(asha.locator("textarea[name=paper]")).to_have_value("Ravi saw it on […], call […]")
    asha.locator("textarea[name=paper]").fill("It was seen in spring.")
    press(asha, "Ask the reporter whether this may be said")
    expect(asha.locator("#extract")).to_contain_text("The reporter is asked")
    expect(asha.get_by_role("button", name="I said this to the other side")).to_have_count(0)
    reporter = with_receipt(browser, sides, filed)
    expect(reporter.locator("blockquote")).to_have_text("It was seen in spring.")
    press(reporter, "Yes, this may be said")
    asha.goto(filed.address)
    press(asha, "I said this to the other side")
    unfolded = asha.locator("select[name=kind]")
    unfolded.select_option("other_side")
    asha.locator("textarea[name=paper]").fill("They say that nobody was there.")
    press(asha, "Seal and keep")
    expect(asha.locator("#papers ~ *").first).to_be_visible()
    expect(asha.locator("main")).to_contain_text("They say that nobody was there.")
    opens(reporter, filed.receipt.receipt.grouped)
    expect(reporter.locator("main")).to_contain_text("The handler has said these words")
    expect(reporter.get_by_role("button", name="Stop: this may not be said")).to_have_count(0)
    unfold(asha, "Classify")
