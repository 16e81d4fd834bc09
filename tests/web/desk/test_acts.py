"""What handlers do with a case: moves, letters, summaries; logged, and never over one another."""

import sqlite3

from flows.submission import AccountEntry
from flows.values import Text
from register.account import message, read_account
from register.alerts import AlertKind
from register.case import CaseStatus
from register.consent import PartAnswer, PartSaid, Said
from register.letters import write_back
from register.summary import SummaryChanged, SummaryState, decide
from sealing.identifiers import new_id
from sealing.receipts import derive
from tests.house import ASHA, BEN
from tests.web.inside_house import OLGA, Filed, Inside
from tests.web.sharing import says
from tests.web.visiting import Visiting

WORDS = "नमस्ते। हम देख रहे हैं। CANARY-LETTER"
SUMMARY = "At this site fire doors are locked at night."


async def reporter_writes(inside: Inside, filed: Filed, words: str) -> None:
    def work(tx: object) -> None:
        sent = write_back(
            tx.cases.get(filed.case.ref),
            message(words, language="hi"),
            inside.house.clock.today,
            letter_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(filed.case.ref),
        )
        tx.cases.keep(sent.case, sent.entry)
        tx.letters.add(sent.letter)

    await inside.house.database.transaction(work)


async def reporter_decides(
    inside: Inside, filed: Filed, answer: PartAnswer, words: str = SUMMARY
) -> None:
    await inside.house.database.transaction(
        lambda tx: says(tx, tx.summaries.of_case(filed.case.ref), answer, words, inside)
    )


async def test_a_move_is_made_logged_and_told_to_monitoring(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Do it and write it into the log", move="acknowledge")
    assert "Done, and written into the log." in page.text
    case = await inside.case(filed.case.ref)
    assert case.status is CaseStatus.ACKNOWLEDGED
    assert case.acknowledged_on == inside.house.clock.today
    assert ("acknowledge", None) in await inside.log(case.ref)


async def test_a_decision_goes_with_its_reason_all_the_way_to_closing(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    for step in ("acknowledge", "assess", "investigate", "find_founded:facts_established"):
        await asha.goes(filed.address)
        page = await asha.presses("Do it and write it into the log", move=step)
        assert page.status == 200, step
    await ben.goes(filed.address)
    await ben.presses("I say the same: decide")
    for step in ("agree_remedy", "start_remedy", "close:remedy_satisfies"):
        await asha.goes(filed.address)
        page = await asha.presses("Do it and write it into the log", move=step)
        assert page.status == 200, step
    assert (await inside.case(filed.case.ref)).status is CaseStatus.CLOSED
    assert "Those harmed say that it is put right" in page.text


async def test_a_move_without_a_choice_or_with_a_foreign_reason_is_refused(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    for wrong in ("", "close", "acknowledge:to_union", "nonsense", "acknowledge:nonsense"):
        await asha.goes(filed.address)
        page = await asha.presses("Do it and write it into the log", move=wrong)
        assert page.status == 422, wrong
    assert (await inside.case(filed.case.ref)).status is CaseStatus.RECEIVED


async def test_who_was_second_is_told_and_keeps_their_words(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    await asha.goes(filed.address)
    await ben.goes(filed.address)
    await ben.presses("Do it and write it into the log", move="acknowledge")
    page = await asha.presses("Seal and send", letter=WORDS)
    assert page.status == 409
    assert "Somebody else did something with this case" in page.text
    assert "Ben Sample" in page.text
    assert WORDS in page.text
    page = await asha.presses("Seal and send", page=page)
    assert "Your letter is sent." in page.text


async def test_that_a_colleague_reads_the_case_stops_nobody(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    await asha.goes(filed.address)
    await ben.goes(filed.address)
    page = await asha.presses("Seal and send", letter=WORDS)
    assert "Your letter is sent." in page.text


async def test_a_letter_opens_with_the_receipt_and_lies_nowhere_in_clear(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Seal and send", letter=WORDS)
    assert WORDS in page.text
    (letter,) = await inside.house.database.read(lambda tx: tx.letters.of_case(filed.case.ref))
    key = derive(filed.receipt.receipt, inside.terms)
    assert read_account(key.read(letter.envelope, letter.part)).words == (WORDS,)
    with sqlite3.connect(inside.house.home / "gehoor.db") as kept:
        dump = "\n".join(kept.iterdump()).casefold()
    assert b"CANARY-LETTER".hex() not in dump
    assert "canary-letter" not in dump


async def test_an_empty_letter_is_not_sent(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Seal and send", letter="   ")
    assert page.status == 422
    assert "Please write something first." in page.text


async def test_what_the_reporter_writes_back_is_read_at_the_desk(inside: Inside) -> None:
    filed = await inside.filed()
    await reporter_writes(inside, filed, "अब दरवाज़ा खुला है <i>")
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert "अब दरवाज़ा खुला है <i>" in page.text
    assert "<i>" not in page.html


async def test_only_what_the_reporter_said_yes_to_reaches_the_company(inside: Inside) -> None:
    filed = await inside.filed()
    asha, olga = await inside.signs_in(ASHA.id), await inside.signs_in(OLGA.id)

    async def company_reads() -> bool:
        return SUMMARY in (await olga.goes("/company/register")).text

    await asha.goes(filed.address)
    page = await asha.presses("Keep as a draft", summary=SUMMARY)
    assert not page.has_button("Share it with the company")
    assert not await company_reads()
    page = await asha.presses("Show it to the reporter")
    assert not page.has_button("Share it with the company")
    assert not await company_reads()
    await reporter_decides(inside, filed, PartAnswer.YES)
    await asha.goes(filed.address)
    page = await asha.presses("Share it with the company")
    assert "The company can read the summary now." in page.text
    assert await company_reads()
    assert await _told_outside(inside) == [AlertKind.SUMMARY_SHARED]
    await asha.presses("Take it back")
    assert not await company_reads()


async def _told_outside(inside: Inside) -> list[AlertKind]:
    today = inside.house.clock.today
    due = await inside.house.database.read(lambda tx: tx.outbox.due(today))
    return [alert.kind for _, alert in due]


async def test_a_summary_cannot_be_shared_by_a_form_alone(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Keep as a draft", summary=SUMMARY)
    await inside.posts(asha, f"{filed.address}/summary-step", step="share", version="1", seen="1")
    kept = await inside.house.database.read(lambda tx: tx.summaries.of_case(filed.case.ref))
    assert kept is not None
    assert kept.state is not SummaryState.SHARED


async def test_a_draft_does_not_overwrite_a_colleagues(inside: Inside) -> None:
    filed = await inside.filed()
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    await asha.goes(filed.address)
    await ben.goes(filed.address)
    await ben.presses("Keep as a draft", summary="Ben's words")
    page = await asha.presses("Keep as a draft", summary=SUMMARY)
    assert page.status == 409
    assert SUMMARY in page.text


async def test_a_declined_summary_is_written_anew(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Keep as a draft", summary=SUMMARY)
    await asha.presses("Show it to the reporter")
    await reporter_decides(inside, filed, PartAnswer.NO)
    page = await asha.goes(filed.address)
    assert "The reporter said no" in page.text
    page = await asha.presses("Keep as a draft", summary="Other words")
    assert "The summary is kept as a draft." in page.text


async def test_the_log_says_who_and_what_and_no_word_of_it(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Seal and send", letter=WORDS)
    entries = await inside.house.database.read(lambda tx: tx.log.of_case(filed.case.ref))
    assert {each.actor_id for each in entries} == {None, ASHA.id}
    assert not any("CANARY" in repr(each) for each in entries)


async def test_words_of_somebody_whose_login_lapsed_are_given_back_and_not_sent(
    inside: Inside,
) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    inside.house.clock.pass_days(1)
    page = await asha.presses("Seal and send", letter=f"{WORDS} </textarea><b>")
    assert page.status == 401
    assert WORDS in page.text
    assert "<b>" not in page.html
    assert "Nothing was sent." in page.text
    letters = await inside.house.database.read(lambda tx: tx.letters.of_case(filed.case.ref))
    assert letters == ()


async def test_a_summary_with_a_name_that_the_reporter_gave_is_not_kept(inside: Inside) -> None:
    name = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Kamala Sample")
    filed = await inside.filed(name)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Keep as a draft", summary="Kamala coughs from dust.")
    assert page.status == 422
    assert "A name that the reporter gave is still in it." in page.text
    assert await inside.house.database.read(lambda tx: tx.summaries.of_case(filed.case.ref)) is None


async def offers(inside: Inside, filed: Filed, words: str) -> Visiting:
    """Asha at the case's page, whose summary in these words is shown to the reporter."""
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Keep as a draft", summary=words)
    await asha.presses("Show it to the reporter")
    return asha


async def reporter_says(inside: Inside, filed: Filed, *answers: tuple[str, str, str]) -> None:
    """To each part: what was offered, the answer, own words."""
    parts = tuple(
        PartSaid(offered=offered, answer=PartAnswer(answer), own_words=own)
        for offered, answer, own in answers
    )

    def work(tx: object) -> None:
        changed = decide(
            tx.summaries.of_case(filed.case.ref),
            tx.cases.get(filed.case.ref),
            Said(version=1, parts=parts),
            inside.house.clock.today,
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(filed.case.ref),
        )
        assert isinstance(changed, SummaryChanged), changed
        tx.summaries.put(changed.summary)
        tx.cases.keep(changed.case, changed.entry)

    await inside.house.database.transaction(work)


async def test_the_handler_sees_part_by_part_what_will_be_asked(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Keep as a draft", summary="One part.\r\nAnother <part>.\r\n")
    assert "about each of these by itself: One part.Another <part>." in page.text
    page = await asha.presses("Keep as a draft", summary="line\n" * 21)
    assert page.status == 422
    assert "These are too many lines" in page.text


async def test_what_the_reporter_changed_is_marked_until_the_rest_is_shared(
    inside: Inside,
) -> None:
    filed = await inside.filed()
    asha = await offers(inside, filed, "Doors are locked.\nOn Monday too.\nTen people work there.")
    await reporter_says(
        inside,
        filed,
        ("Doors are locked.", "yes", ""),
        ("On Monday too.", "no", ""),
        ("Ten people work there.", "other_words", "People <b>work</b> there."),
    )
    page = await asha.goes(filed.address)
    assert "As it was written Doors are locked." in page.text
    assert "Left out On Monday too." in page.text
    assert "In the reporter's words Ten people work there. People <b>work</b> there." in page.text
    assert "<b>work" not in page.html
    page = await asha.presses("Share it with the company")
    assert "The company can read the summary now." in page.text
    assert "On Monday too." not in page.text
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/register")
    assert "Doors are locked. People <b>work</b> there." in page.text
    assert "Monday" not in page.text
    assert "Ten people" not in page.text


async def test_yes_to_all_marks_nothing(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await offers(inside, filed, SUMMARY)
    await reporter_decides(inside, filed, PartAnswer.YES)
    page = await asha.goes(filed.address)
    assert SUMMARY in page.text
    assert "What the reporter said to each part" not in page.text


async def test_a_name_in_the_reporters_own_words_is_not_shared(inside: Inside) -> None:
    name = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Kamala Sample")
    filed = await inside.filed(name)
    asha = await offers(inside, filed, "Doors are locked.")
    own = "KAMALA says that doors are locked."
    await reporter_says(inside, filed, ("Doors are locked.", "other_words", own))
    await asha.goes(filed.address)
    page = await asha.presses("Share it with the company")
    assert page.status == 422
    assert "A name that the reporter gave is in their own words" in page.text
    kept = await inside.house.database.read(lambda tx: tx.summaries.of_case(filed.case.ref))
    assert kept.state is SummaryState.APPROVED
    olga = await inside.signs_in(OLGA.id)
    assert "KAMALA" not in (await olga.goes("/company/register")).text
    await asha.presses("Take it back")
    page = await asha.presses("Keep as a draft", summary="Doors are locked at night.")
    assert "The summary is kept as a draft." in page.text


async def test_a_form_from_before_the_reporter_decided_is_not_taken(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await offers(inside, filed, SUMMARY)
    before = await asha.goes(filed.address)
    await reporter_decides(inside, filed, PartAnswer.YES)
    page = await asha.presses("Take it back", page=before)
    assert page.status == 409
    kept = await inside.house.database.read(lambda tx: tx.summaries.of_case(filed.case.ref))
    assert kept.state is SummaryState.APPROVED


async def test_what_was_said_to_the_parts_is_sealed_to_all_who_read_the_case(
    inside: Inside,
) -> None:
    filed = await inside.filed()
    await offers(inside, filed, "One part.\nAnother part.")
    await reporter_says(inside, filed, ("One part.", "yes", ""), ("Another part.", "no", ""))
    ben = await inside.signs_in(BEN.id)
    assert "Left out Another part." in (await ben.goes(filed.address)).text
    with sqlite3.connect(inside.house.home / "gehoor.db") as kept:
        dump = "\n".join(kept.iterdump()).casefold()
    assert b"Another part.".hex() not in dump
    assert "another part." not in dump
