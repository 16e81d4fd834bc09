"""A conversation on the pages, as a browser without script has it."""

import asyncio
import random
from datetime import date, time
from decimal import Decimal

import aiohttp
import pytest

from flows.values import Place, StoredFile
from intake.words import HARMFUL_FILE
from tests.clamd_server import EICAR
from tests.web.conftest import Served
from tests.web.small_house import RECEIPT
from tests.web.visiting import Visiting
from web.public.moves import Shape

QUESTIONS = (
    "Which colour?", "Which colours?", "What happened?", "How many people?", "How many metres?",
    "Which day?", "What time?", "How bad?", "In which order?", "Where exactly?", "Which site?",
    "Any photos?", "One photo?", "Have you read this?",
)  # fmt: skip


async def begun(served: Served, language: str = "en") -> Visiting:
    visitor = served.visitor(language)
    await visitor.goes("/")
    await visitor.presses("Tell what goes wrong")
    return visitor


async def at(served: Served, question: str) -> Visiting:
    """A visitor who has skipped everything up to one question."""
    visitor = await begun(served)
    if question != QUESTIONS[0]:
        await visitor.presses("Next", choice="red")
    for _ in QUESTIONS:
        if question in visitor.page.text:
            return visitor
        await visitor.presses("Skip")
    raise AssertionError(f"{question} is not asked")


async def at_review(served: Served) -> Visiting:
    visitor = await at(served, "Have you read this?")
    await visitor.presses("OK")
    return visitor


async def test_a_whole_conversation_gives_every_kind_of_answer(served: Served) -> None:
    visitor = await begun(served)
    assert "Welcome here" in visitor.page.text
    await visitor.presses("Next", choice="green")
    await visitor.presses("Next", choice=["red", "blue"])
    await visitor.presses("Next", text="Dust everywhere.\r\nधूल")
    await visitor.presses("Next", text="१२")
    await visitor.presses("Next", text="2.5")
    await visitor.presses("Next", text="2026-03-01")
    await visitor.presses("Next", text="14:05")
    await visitor.presses("Next", text="4")
    await visitor.presses("Next", **{"rank.red": "3", "rank.green": "1", "rank.blue": "2"})
    await visitor.presses("Next", latitude="15.5", longitude="75.25")
    await visitor.presses("Search", text="jai")
    await visitor.presses("Next", choice="s1")
    await visitor.presses("Next", files=[("one.png", b"1"), ("two.png", b"22")])
    await visitor.presses("Skip")
    page = await visitor.presses("OK")
    assert "Is this right?" in page.text
    for words in ("Green", "Red and Blue", "Jaipur Stone Works", "1 March 2026"):
        assert words in page.text
    page = await visitor.presses("Send")
    assert RECEIPT.replace("-", " ") in page.text
    assert "27 November 2026" in page.text

    (submission,) = served.house.submissions
    values = {entry.path: entry.value for entry in submission.account}
    assert values["one"] == "green"
    assert values["some"] == ("red", "blue")
    assert values["people"] == 12
    assert values["metres"] == Decimal("2.5")
    assert values["day"] == date(2026, 3, 1)
    assert values["hour"] == time(14, 5)
    assert values["order"] == ("green", "blue", "red")
    assert values["spot"] == Place(latitude=15.5, longitude=75.25)
    photos = values["photos"]
    assert isinstance(photos, tuple)
    assert [file.name for file in photos if isinstance(file, StoredFile)] == ["one.png", "two.png"]


async def test_a_reload_shows_the_same_question_and_changes_nothing(served: Served) -> None:
    visitor = await begun(served)
    before = visitor.page.html
    assert (await visitor.goes("/report")).html == before


@pytest.mark.parametrize(
    ("question", "typed", "words"),
    [
        ("Which colour?", {}, "We need an answer here"),
        ("Which colour?", {"choice": "purple"}, "not one of the choices"),
        ("How many people?", {"text": "many"}, "type a"),
        ("How many people?", {"text": "0"}, "At least one"),
        ("How many metres?", {"text": "x"}, "type a number"),
        ("Which day?", {"text": "someday"}, "type a date"),
        ("What time?", {"text": "noonish"}, "type a time"),
        ("In which order?", {"rank.red": "1", "rank.green": "1"}, "its own number"),
        ("Where exactly?", {"latitude": "91", "longitude": "0"}, ""),
        ("Where exactly?", {"latitude": "north", "longitude": "up"}, "place"),
        ("What happened?", {"text": "x" * 20_000}, "too long"),
    ],
)  # fmt: skip
async def test_a_refused_answer_is_said_beside_the_question_and_kept_in_the_field(
    served: Served, question: str, typed: dict[str, str], words: str
) -> None:
    visitor = await at(served, question)
    page = await visitor.presses("Next", without=("choice", "text"), **typed)
    assert page.status == 422
    assert question in page.text
    assert words in page.text
    assert 'id="answer-error"' in page.html
    assert 'aria-invalid="true"' in page.html
    assert 'href="#answer"' in page.html
    assert 'id="answer"' in page.html
    assert page.title.startswith("Please look at this again")
    if "text" in typed and len(typed["text"]) < 100:
        assert typed["text"] in page.html


async def test_back_shows_what_was_answered(served: Served) -> None:
    visitor = await begun(served)
    await visitor.presses("Next", choice="green")
    page = await visitor.presses("Back")
    assert "Which colour?" in page.text
    assert 'value="green" checked' in page.html


async def test_the_first_question_has_no_way_back_and_a_needed_one_no_skip(served: Served) -> None:
    visitor = await begun(served)
    assert not visitor.page.has_button("Back")
    assert not visitor.page.has_button("Skip")


async def test_a_language_switched_in_the_middle_keeps_answers_and_what_is_being_typed(
    served: Served,
) -> None:
    visitor = await at(served, "What happened?")
    page = await visitor.presses("العربية", text="I am still typ")
    assert 'dir="rtl"' in page.html
    assert "I am still typ" in page.html
    assert "What happened?" in page.text
    assert 'dir="rtl"' in (await visitor.goes("/about")).html


async def test_a_language_chosen_on_another_page_holds_in_the_conversation(served: Served) -> None:
    visitor = await begun(served)
    await visitor.goes("/about")
    await visitor.presses("العربية")
    assert 'dir="rtl"' in (await visitor.goes("/report")).html


async def test_a_second_tab_is_told_where_the_person_is(served: Served) -> None:
    visitor = await begun(served)
    other_tab = visitor.page
    await visitor.presses("Next", choice="green")
    page = await visitor.presses("Next", page=other_tab, choice="red")
    assert page.status == 409
    assert "already answered" in page.text
    assert "Which colours?" in page.text
    assert 'value="red" checked' not in page.html


async def test_a_double_press_on_send_files_once_and_shows_the_receipt_both_times(
    served: Served,
) -> None:
    visitor = await at_review(served)
    review = visitor.page
    first = await visitor.presses("Send", page=review)
    second = await visitor.presses("Send", page=review)
    assert "It is safely kept" in first.text
    assert "It is safely kept" in second.text
    assert len(served.house.submissions) == 1


async def test_two_tabs_that_send_at_once_file_once(served: Served) -> None:
    visitor = await at_review(served)
    review = visitor.page
    await asyncio.gather(*(visitor.presses("Send", page=review) for _ in range(4)))
    assert len(served.house.submissions) == 1


async def test_each_answer_can_be_changed_from_the_review(served: Served) -> None:
    visitor = await at_review(served)
    page = await visitor.presses("Change")
    assert "Which colour?" in page.text
    page = await visitor.presses("Next", choice="blue")
    assert "Is this right?" in page.text
    assert "Blue" in page.text


async def test_the_receipt_stays_until_it_is_written_down_and_is_then_forgotten(
    served: Served,
) -> None:
    visitor = await at_review(served)
    await visitor.presses("Send")
    assert "1234 5678 9012 3456 7" in (await visitor.goes("/report")).text
    page = await visitor.presses("I have written it down")
    assert page.address == "/receipt/kept"
    assert RECEIPT not in page.html
    assert served.house.stays == {}
    assert "1234" not in (await visitor.goes("/report")).text


async def test_stop_wipes_the_draft_and_the_cookie(served: Served) -> None:
    visitor = await at(served, "What happened?")
    page = await visitor.presses("Stop and delete")
    assert "Stopped" in page.text
    assert "history" in page.text
    assert "visit" not in visitor.cookies
    assert served.house.stays == {}


async def test_files_are_added_one_after_another(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    page = await visitor.presses("Add and choose more", files=[("a.png", b"1")])
    assert "1 file is added" in page.text
    page = await visitor.presses("Add and choose more", files=[("b.png", b"22")])
    assert "2 files are added" in page.text
    assert "One photo?" in (await visitor.presses("Next")).text


async def test_who_adds_a_harmful_file_is_told_beside_it(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    page = await visitor.presses("Add and choose more", files=[("a.png", EICAR), ("b.png", b"2")])
    assert "2 files are added" in page.text
    assert page.text.count(HARMFUL_FILE) == 1


async def test_added_files_can_be_removed(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    await visitor.presses("Add and choose more", files=[("a.png", b"1"), ("b.png", b"22")])
    page = await visitor.presses("Remove a.png")
    assert "Any photos?" in page.text
    assert "1 file is added" in page.text
    assert "b.png" in page.text


async def test_files_can_be_removed_from_the_review_too(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    await visitor.presses("Next", files=[("a.png", b"1")])
    await visitor.presses("Skip")
    await visitor.presses("OK")
    form, _ = visitor.page.form_with("Change")
    change = next(button for button in form.buttons if button[1] == "change.photos")
    await visitor.sends("POST", form.action, data=[*form.fields, change[:2]])
    page = await visitor.presses("Remove a.png")
    assert "Any photos?" in page.text
    assert "added" not in page.text


async def test_a_single_file_goes_on_to_the_next_question_and_skips_none(served: Served) -> None:
    visitor = await at(served, "One photo?")
    page = await visitor.presses("Next", files=[("a.png", b"1")])
    assert "Have you read this?" in page.text


async def test_files_chosen_while_another_is_removed_are_added(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    await visitor.presses("Add and choose more", files=[("a.png", b"1")])
    page = await visitor.presses("Remove a.png", files=[("b.png", b"22")])
    assert "1 file is added" in page.text
    assert "b.png" in page.text


async def test_a_file_that_is_not_taken_is_said_and_the_others_stay(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    page = await visitor.presses(
        "Next", files=[("a.png", b"1"), ("huge.png", b"x" * 1_500_000), ("c.png", b"333")]
    )
    assert page.status == 422
    assert "This file is too large." in page.text
    assert "2 files are added" in page.text


async def test_a_file_of_another_kind_is_told_what_is_wanted(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    page = await visitor.presses("Next", files=[("a.ogg", b"1")])
    assert page.status == 422
    assert "This file is not a photo. Choose another one, or skip this." in page.text
    assert "Any photos?" in page.text


async def test_the_words_of_a_search_stay_beside_what_they_found(served: Served) -> None:
    visitor = await at(served, "Which site?")
    page = await visitor.presses("Search", text="jai")
    assert 'value="jai"' in page.html
    assert 'name="choice"' in page.html


async def test_a_file_name_and_a_sites_name_are_never_markup(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    page = await visitor.presses("Add and choose more", files=[("<img src=x>.png", b"1")])
    assert "<img" not in page.html
    visitor = await at(served, "Which site?")
    page = await visitor.presses("Search", text="kota")
    assert "<b>" not in page.html


async def test_what_was_typed_is_never_markup(served: Served) -> None:
    visitor = await at(served, "What happened?")
    await visitor.presses("Next", text="</textarea><script>alert(1)</script>")
    page = await visitor.presses("Back")
    assert "<script>" not in page.html
    assert "</textarea><script>" in page.forms[0].fields[-1][1]


async def test_a_tab_never_says_what_it_is_about(served: Served) -> None:
    visitor = await at(served, "What happened?")
    assert visitor.page.title == "Question 3 – Gehoor"


@pytest.mark.parametrize("token", [None, "", "0" * 64])
async def test_a_form_without_its_token_moves_nothing(served: Served, token: str | None) -> None:
    visitor = await begun(served)
    count = len(served.house.wishes)
    data = {"turn": "1", "shape": "choose", "choice": "red", "do": "next"}
    if token is not None:
        data["form_token"] = token
    page = await visitor.sends("POST", "/report", data=data)
    assert page.status == 403
    assert "Nothing was sent" in page.text
    assert len(served.house.wishes) == count


async def test_a_token_of_another_visitor_moves_nothing(served: Served) -> None:
    mine, theirs = await begun(served), await begun(served)
    page = await mine.presses("Next", page=theirs.page, choice="red")
    assert page.status == 403


async def test_a_token_of_another_form_moves_nothing(served: Served) -> None:
    visitor = await begun(served)
    language_token = dict((await visitor.goes("/receipt")).form_with("English")[0].fields)
    page = await visitor.sends(
        "POST", "/report", data={"form_token": language_token["form_token"], "do": "stop"}
    )
    assert page.status == 403


async def test_a_form_that_another_site_sends_moves_nothing(served: Served) -> None:
    visitor = await begun(served)
    form, button = visitor.page.form_with("Stop and delete")
    page = await visitor.sends(
        "POST",
        form.action,
        data=[*form.fields, button[:2]],
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert page.status == 403


async def test_files_without_a_token_before_them_are_not_taken(served: Served) -> None:
    visitor = await at(served, "Any photos?")
    form, _ = visitor.page.form_with("Next")
    body = aiohttp.FormData(default_to_multipart=True)
    body.add_field("file", b"1", filename="a.png")
    for name, value in form.fields:
        body.add_field(name, value)
    assert (await visitor.sends("POST", "/report", data=body)).status == 403


async def test_an_answer_without_cookies_is_refused_kindly(served: Served) -> None:
    visitor = await begun(served)
    page = visitor.page
    visitor.session.cookie_jar.clear()
    assert (await visitor.presses("Next", page=page, choice="red")).status == 403


BUTTONS = (
    "next", "search", "back", "skip", "submit", "stop", "add", "remove.x", "report", "resume",
    "write_back", "take_part", "leave_round", "change.one", "change.nowhere", "change.",
    "language.hi", "language.xx", "language.", "nonsense", "", ".", "next.next",
)  # fmt: skip
TYPED = ("", " ", "red", "12", "-1", "2026-03-01", "x" * 300, "\x00", "\u202eevil", "1\n2", "💧")


@pytest.mark.parametrize("seed", range(4))
async def test_no_form_that_anybody_can_send_is_a_fault_of_ours(served: Served, seed: int) -> None:
    chance = random.Random(seed)
    visitor = await begun(served)
    for _ in range(120):
        page = await visitor.goes("/report")
        if not any(form.action == "/report" for form in page.forms):
            await visitor.goes("/")
            page = await visitor.presses("report")
        form = next(form for form in page.forms if form.action == "/report")
        known = dict(form.fields)
        sent = {
            "form_token": known["form_token"],
            "turn": chance.choice((known.get("turn", ""), known.get("turn", ""), "0", "x")),
            "shape": chance.choice((known.get("shape", ""), *Shape)),
            "asked": chance.choice((known.get("asked", ""), "other")),
            "do": chance.choice(BUTTONS),
            "choice": chance.choice(("red", "s1", "ok", *TYPED)),
            "text": chance.choice(TYPED),
            "latitude": chance.choice(TYPED),
            "longitude": chance.choice(TYPED),
            "rank.red": chance.choice(("1", "2", "3", *TYPED)),
            "site": chance.choice(("", "JPR01", "nowhere")),
        }
        page = await visitor.sends("POST", "/report", data=sent)
        assert page.status < 500, sent
        assert "<h1" in page.html
