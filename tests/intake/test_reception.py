"""From an arrival to what is said, through a real database and real keys."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.events import AnswerRefused, Asked, Reason, Reviewed
from flows.moves import Back, Choose, Skip, Stop, Submit, SwitchLanguage, Write
from intake.arrivals import Arrive, AskForReceipt, Channel, OpenCase, Report, WriteBack
from intake.screens import (
    CaseShown,
    Ended,
    LanguagesOffered,
    LetterKept,
    MenuShown,
    ReceiptGiven,
    Reply,
    Told,
)
from locales.catalogue import catalogue
from register.account import read_account
from register.clocks import Timetable
from register.particulars import Theme
from register.referrals import Referral, ReferralKind
from register.spans import Span
from sealing.identifiers import new_id
from sealing.opening import open_part
from tests.house import ASHA, BEN, QUARRY, House, small_house

CHAT = "700100200"
STORY = "The dust is so thick that we cough blood."


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    async with small_house(tmp_path, database_url=database_url) as house:
        yield house


def asked(reply: Reply) -> Asked:
    found = [screen for screen in reply.screens if isinstance(screen, Asked)]
    assert found, reply.screens
    return found[-1]


ANSWERS: dict[str, str | tuple[str, ...]] = {
    "phone": ("own",),
    "safe_now": ("yes",),
    "reporter": ("worker",),
    "danger": ("no",),
    "urgent_kind": ("neither",),
    "theme_chosen": ("health_safety",),
    "since": ("month",),
    "people": ("many",),
    "group": ("men",),
    "story": STORY,
    "tried_local": ("no",),
    "retaliation": ("afraid",),
    "anonymity": ("anonymous",),
    "understood": ("ok",),
}


async def talk(
    house: House,
    chat: str,
    *,
    until: str | None = None,
    begins: Reply | None = None,
    channel: Channel = Channel.TELEGRAM,
    **answers: tuple[str, ...],
) -> Reply:
    """Answer whatever is asked, until the review or the named question; of a report, or of what
    `begins` asks."""
    reply = begins or await house.take(chat, Report(), channel=channel)
    for _ in range(60):
        if any(isinstance(screen, Reviewed) for screen in reply.screens):
            return reply
        prompt = asked(reply).prompt
        if prompt.path == until:
            return reply
        answer = answers.get(prompt.path) or ANSWERS.get(prompt.path)
        if answer is None:
            reply = await house.take(chat, Skip(turn=prompt.turn), channel=channel)
        elif isinstance(answer, str):
            reply = await house.take(chat, Write(text=answer), channel=channel)
        else:
            move = Choose(names=answer, turn=prompt.turn)
            reply = await house.take(chat, move, channel=channel)
        assert not any(isinstance(screen, AnswerRefused) for screen in reply.screens), prompt.path
    raise AssertionError("the conversation does not end")


async def submit(house: House, chat: str, **answers: tuple[str, ...]) -> ReceiptGiven:
    reply = await talk(house, chat, **answers)
    review = next(screen for screen in reply.screens if isinstance(screen, Reviewed))
    reply = await house.take(chat, Submit(turn=review.turn))
    (given,) = (screen for screen in reply.screens if isinstance(screen, ReceiptGiven))
    await house.reception.delivered(reply.dialogue)
    return given


async def test_somebody_new_is_greeted_and_chooses_a_language(house: House) -> None:
    reply = await house.take(CHAT, Arrive(site_code="RJ3"))
    assert [type(screen) for screen in reply.screens] == [Told, LanguagesOffered]
    reply = await house.take(CHAT, SwitchLanguage(language="hi"))
    assert reply.language == "hi"
    assert isinstance(reply.screens[-1], MenuShown)


async def test_a_report_becomes_a_sealed_case_and_a_receipt(house: House) -> None:
    await house.take(CHAT, Arrive(site_code="rj3"))
    await submit(house, CHAT)
    (ref,) = await house.database.read(lambda tx: tx.cases.refs())
    case = await house.database.read(lambda tx: tx.cases.get(ref))
    assert case.site_id == QUARRY.id
    assert case.theme is Theme.HEALTH_SAFETY
    assert set(case.handler_ids) == {ASHA.id, BEN.id}
    envelope = await house.database.read(lambda tx: tx.cases.envelope(ref))
    account = read_account(open_part(envelope, "account", house.identities[ASHA.id]))
    assert STORY in account.words


async def test_the_receipt_opens_the_case_and_no_copy_of_it_stays(house: House) -> None:
    given = await submit(house, CHAT)
    reply = await house.take(CHAT, OpenCase(receipt=given.receipt))
    (shown,) = (screen for screen in reply.screens if isinstance(screen, CaseShown))
    assert [promise.by for promise in shown.promises]
    everything = b"".join(path.read_bytes() for path in house.home.rglob("*") if path.is_file())
    assert given.receipt.encode() not in everything
    assert given.receipt.replace("-", "").encode() not in everything


async def written_back(house: House, receipt: str) -> Reviewed:
    """A letter that is written and not yet sent."""
    await house.take(CHAT, AskForReceipt())
    await house.take(CHAT, Write(text=receipt))
    reply = await house.take(CHAT, WriteBack())
    for _ in range(12):
        screens = reply.screens
        review = next((each for each in screens if isinstance(each, Reviewed)), None)
        if review is not None:
            return review
        prompt = asked(reply).prompt
        answer = {"danger": Choose(names=("no",), turn=prompt.turn)}.get(
            prompt.path, Write(text="More news") if prompt.path == "message" else None
        )
        reply = await house.take(CHAT, answer or Skip(turn=prompt.turn))
    raise AssertionError("there was no end of questions")


async def test_a_letter_to_a_report_that_was_erased_meanwhile_is_answered_kindly(
    house: House,
) -> None:
    given = await submit(house, CHAT)
    review = await written_back(house, given.receipt)
    await house.database.transaction(lambda tx: tx.cases.erase(tx.cases.get(tx.cases.refs()[0])))
    reply = await house.take(CHAT, Submit(turn=review.turn))
    (told,) = (screen for screen in reply.screens if isinstance(screen, Told))
    assert "has been erased, because its time was over" in told.text.msgid
    reply = await house.take(CHAT, OpenCase(receipt=given.receipt))
    assert not any(isinstance(screen, CaseShown) for screen in reply.screens)


async def test_the_reporter_writes_back_and_the_handler_can_read_it(house: House) -> None:
    given = await submit(house, CHAT)
    review = await written_back(house, given.receipt)
    reply = await house.take(CHAT, Submit(turn=review.turn))
    assert any(isinstance(screen, LetterKept) for screen in reply.screens)
    reply = await house.take(CHAT, OpenCase(receipt=given.receipt))
    (shown,) = (screen for screen in reply.screens if isinstance(screen, CaseShown))
    assert [letter.is_mine for letter in shown.letters] == [True]
    assert "More news" in shown.letters[0].text


async def test_the_same_update_is_taken_once(house: House) -> None:
    await talk(house, CHAT, until="story")
    house._updates = iter(["same", "same"])  # type: ignore[assignment]  # two deliveries of one update
    first = await house.take(CHAT, Write(text=STORY))
    second = await house.take(CHAT, Write(text=STORY))
    assert not first.is_repeat
    assert second.is_repeat
    assert second.screens == ()


async def test_an_old_button_is_refused_and_the_question_is_asked_again(house: House) -> None:
    reply = await talk(house, CHAT, until="danger")
    prompt = asked(reply).prompt
    reply = await house.take(CHAT, Choose(names=("own",), turn=prompt.turn - 3))
    refused, again = reply.screens
    assert isinstance(refused, AnswerRefused)
    assert refused.reason is Reason.OUT_OF_TURN
    assert refused.message is not None
    assert isinstance(again, Asked)
    assert again.prompt.path == "danger"


async def test_a_button_of_a_wiped_conversation_is_answered_kindly(house: House) -> None:
    reply = await house.take(CHAT, Choose(names=("yes",), turn=7))
    assert isinstance(reply.screens[0], Told)
    assert isinstance(reply.screens[-1], MenuShown)


async def test_stopping_wipes_the_draft(house: House) -> None:
    await talk(house, CHAT, until="tried_local")
    reply = await house.take(CHAT, Stop())
    assert isinstance(reply.screens[-1], Ended)
    reply = await house.take(CHAT, Report())
    assert asked(reply).prompt.path == "phone"


async def test_going_back_keeps_the_answer(house: House) -> None:
    await talk(house, CHAT, until="people")
    reply = await house.take(CHAT, Back())
    assert asked(reply).prompt.current == "month"


async def test_a_receipt_with_a_wrong_digit_gets_a_hint(house: House) -> None:
    given = await submit(house, CHAT)
    digits = given.receipt
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    await house.take(CHAT, AskForReceipt())
    reply = await house.take(CHAT, Write(text=wrong))
    (told,) = reply.screens
    assert isinstance(told, Told)
    assert "digits" in told.text.msgid


async def test_two_chats_do_not_meet(house: House) -> None:
    await talk(house, CHAT, until="story")
    reply = await house.take("700100201", Report())
    assert asked(reply).prompt.path == "phone"


async def test_lapsed_drafts_are_wiped_and_others_stay(house: House) -> None:
    await talk(house, CHAT, until="story")
    house.clock.pass_days(10)
    await talk(house, "700100201", until="story")
    house.clock.pass_days(6)
    assert await house.reception.wipe_lapsed() == 1
    reply = await house.take("700100201", Report())
    assert asked(reply).prompt.path == "story"


async def test_the_receipt_promises_the_days_that_the_operator_set(tmp_path: Path) -> None:
    async with small_house(tmp_path, timetable=Timetable(acknowledge=Span(days=3))) as house:
        shown = await submit(house, CHAT)
        assert shown.promises[0].by == house.clock.today + timedelta(days=3)


def _places(country: str) -> list[Referral]:
    number = Referral(
        id=new_id(),
        country=country,
        kind=ReferralKind.EMERGENCY,
        name={"en": "Emergency number", "hi": "आपातकालीन नंबर"},
        reach={"": "112"},
        checked_on=date(2026, 1, 1),
    )
    lawyers = replace(number, id=new_id(), kind=ReferralKind.LEGAL_AID, name={"en": "Lawyers"})
    return [number, lawyers]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Emergency number"), ("hi", "आपातकालीन नंबर")]
)
async def test_in_danger_the_receipt_says_where_help_is_in_that_country(
    house: House, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    await house.database.transaction(
        lambda tx: tx.referrals.replace(QUARRY.country, _places(QUARRY.country))
    )
    monkeypatch.setitem(ANSWERS, "danger", ("yes",))
    await house.take(CHAT, Arrive(site_code="rj3"))
    await house.take(CHAT, SwitchLanguage(language=language))
    given = await submit(house, CHAT)
    told = [catalogue(language).render(text) for text in given.referrals]
    assert "112" in told[-1]
    assert name in told[-1]
    assert not any("Lawyers" in each for each in told)


async def test_without_danger_the_receipt_names_no_place_to_turn_to(house: House) -> None:
    await house.database.transaction(
        lambda tx: tx.referrals.replace(QUARRY.country, _places(QUARRY.country))
    )
    await house.take(CHAT, Arrive(site_code="rj3"))
    assert (await submit(house, CHAT)).referrals == ()
