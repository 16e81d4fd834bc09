"""The reporter says on the pages what a company may read, part by part; over a real house."""

from typing import Any

import pytest

from register.account import read_account
from register.case import Actor, Case
from register.summary import Summary, SummaryAction, SummaryState, change
from sealing.opening import open_part
from tests.web.test_case_acts import SUMMARY, by_handler, moved, offered, opens, the_case
from tests.web.test_real_house import Real, real, report, visitor
from tests.web.visiting import SeenPage, Visiting

__all__ = ["real", "visitor"]


async def withdrawn_by_handler(real: Real) -> None:
    def work(tx: Any, case: Case, actor: Actor) -> None:
        summary = tx.summaries.of_case(case.ref)
        changed = change(summary, case, SummaryAction.WITHDRAW, actor, real.house.clock.today)
        tx.summaries.put(changed.summary)
        tx.cases.keep(changed.case, changed.entry)

    await by_handler(real, work)


async def decides(visitor: Visiting, digits: str) -> SeenPage:
    """From the receipt to the first question about what the company may read."""
    await opens(visitor, digits)
    await visitor.presses("Say what the company may read")
    return await visitor.presses("Next", receipt=digits)


async def asked(real: Real, visitor: Visiting, words: str = SUMMARY) -> str:
    """Somebody with a receipt stands at the first question about these words; the receipt."""
    digits = await report(visitor)
    await moved(real, "acknowledge")
    await offered(real, words)
    await decides(visitor, digits)
    return digits


async def the_summary(real: Real) -> Summary:
    return await real.house.database.read(lambda tx: tx.summaries.of_case(tx.cases.refs()[0]))


async def company_would_read(real: Real) -> str:
    """As a handler opens it."""
    summary, case = await the_summary(real), await the_case(real)
    identity = real.house.identities[case.handler_ids[0]]
    content = open_part(summary.envelope, summary.part, identity)
    return "|".join(read_account(content).words)


async def test_the_summary_is_read_approved_and_taken_back(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge")
    await offered(real)
    page = await opens(visitor, digits)
    assert SUMMARY in page.text
    assert "Somebody there may guess who spoke" in page.text
    page = await visitor.presses("Say what the company may read")
    assert "type your receipt once more" in page.text
    page = await visitor.presses("Next", receipt=digits)
    assert SUMMARY in page.text
    page = await visitor.presses("next", choice="yes")
    assert "The company would read exactly these words" in page.text
    assert (await the_summary(real)).state is SummaryState.OFFERED
    page = await visitor.presses("submit")
    assert "You said yes." in page.text
    assert (await the_summary(real)).state is SummaryState.APPROVED
    assert await company_would_read(real) == SUMMARY
    entries = await real.house.database.read(lambda tx: tx.log.of_case(tx.cases.refs()[0]))
    assert [each.action for each in entries][-1] == "summary_approved"
    assert "cough" not in repr(entries)
    page = await visitor.presses("Take my yes back")
    assert "You took your yes back." in page.text
    assert (await the_summary(real)).state is SummaryState.WITHDRAWN


async def test_what_the_company_reads_is_what_was_read_back(real: Real, visitor: Visiting) -> None:
    await asked(real, visitor, "One <b>part</b>.\nAnother part.\nA third part.")
    page = await visitor.presses("next", choice="each")
    assert "Part 1 of 3" in page.text
    assert "One <b>part</b>." in page.text
    assert "<b>" not in page.html
    await visitor.presses("next", choice="other_words")
    page = await visitor.presses("next", text="")
    assert page.status == 422
    page = await visitor.presses("next", text="x" * 501)
    assert page.status == 422
    assert "That is too long." in page.text
    await visitor.presses("next", text="Said <i>otherwise</i>.")
    await visitor.presses("next", choice="no")
    page = await visitor.presses("next", choice="yes")
    assert "Said <i>otherwise</i>. A third part." in page.text
    assert "<i>" not in page.html
    page = await visitor.presses("change.part[2].answer")
    assert "Another part." in page.text
    page = await visitor.presses("next", choice="yes")
    assert "Said <i>otherwise</i>. Another part. A third part." in page.text
    await visitor.presses("submit")
    read = "Said <i>otherwise</i>.\n\nAnother part.\n\nA third part."
    assert await company_would_read(real) == read
    summary = await the_summary(real)
    assert (summary.version, summary.state) == (2, SummaryState.APPROVED)


async def test_no_to_every_part_is_said_to_be_a_no(real: Real, visitor: Visiting) -> None:
    await asked(real, visitor, "One part.\nAnother part.")
    await visitor.presses("next", choice="each")
    await visitor.presses("next", choice="no")
    page = await visitor.presses("next", choice="no")
    assert "The company would read nothing of this." in page.text
    page = await visitor.presses("submit")
    assert "You said no." in page.text
    summary = await the_summary(real)
    assert (summary.version, summary.state) == (1, SummaryState.DECLINED)


@pytest.mark.parametrize("field", ["choice", "text"])
@pytest.mark.parametrize("answer", ["", "maybe", "each_", "other_words"])
async def test_an_answer_that_is_not_offered_decides_nothing(
    real: Real, visitor: Visiting, answer: str, field: str
) -> None:
    await asked(real, visitor)
    page = await visitor.presses("next", **{field: answer})
    assert page.status == 422
    page = await visitor.presses("next", choice="yes")
    assert (await the_summary(real)).state is SummaryState.OFFERED


async def test_what_is_not_sent_is_not_decided(real: Real, visitor: Visiting) -> None:
    digits = await asked(real, visitor)
    await visitor.presses("next", choice="yes")
    page = await visitor.presses("stop")
    assert "What you had not sent is gone." in page.text
    assert (await the_summary(real)).state is SummaryState.OFFERED
    page = await opens(visitor, digits)
    assert page.has_button("Say what the company may read")


async def test_words_that_changed_meanwhile_are_not_decided_about(
    real: Real, visitor: Visiting
) -> None:
    digits = await asked(real, visitor, "Old words.")
    review = await visitor.presses("next", choice="yes")
    await withdrawn_by_handler(real)
    await offered(real, "New words.")
    page = await visitor.presses("submit", page=review)
    assert "These words are no longer as you saw them." in page.text
    summary = await the_summary(real)
    assert (summary.version, summary.state) == (2, SummaryState.OFFERED)
    await visitor.presses("Say what the company may read")
    page = await visitor.presses("Next", receipt=digits)
    assert "New words." in page.text
    assert "Old words." not in page.text
    await visitor.presses("next", choice="yes")
    await visitor.presses("submit")
    assert await company_would_read(real) == "New words."


async def test_words_that_were_taken_back_are_not_asked_any_more(
    real: Real, visitor: Visiting
) -> None:
    await asked(real, visitor)
    await withdrawn_by_handler(real)
    page = await visitor.goes("/report")
    assert "These words are no longer as you saw them." in page.text
    assert not page.has_button("Say what the company may read")


async def test_of_two_answers_the_first_counts_and_the_other_is_told(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge")
    await offered(real)
    elsewhere = Visiting(real.base)
    for each, answer in ((visitor, "yes"), (elsewhere, "no")):
        await decides(each, digits)
        await each.presses("next", choice=answer)
    await elsewhere.presses("submit")
    page = await visitor.presses("submit")
    await elsewhere.session.close()
    assert "This was answered in another place already" in page.text
    assert (await the_summary(real)).state is SummaryState.DECLINED
    entries = await real.house.database.read(lambda tx: tx.log.of_case(tx.cases.refs()[0]))
    decided = [each.action for each in entries if each.action.startswith("summary_")]
    assert decided == ["summary_offered", "summary_declined"]


async def test_words_that_were_erased_meanwhile_are_not_decided_about(
    real: Real, visitor: Visiting
) -> None:
    await asked(real, visitor)
    await by_handler(real, lambda tx, case, _: tx.summaries.erase(case.ref))
    page = await visitor.presses("next", choice="yes")
    assert "These words have been erased meanwhile" in page.text
    page = await visitor.goes("/report")
    assert SUMMARY not in page.text


async def test_two_presses_of_send_are_one_answer(real: Real, visitor: Visiting) -> None:
    await asked(real, visitor)
    review = await visitor.presses("next", choice="yes")
    await visitor.presses("submit", page=review)
    await visitor.presses("submit", page=review)
    summary = await the_summary(real)
    assert (summary.version, summary.state) == (2, SummaryState.APPROVED)


async def test_what_the_reporter_reads_is_not_asked_of_a_stranger_with_the_page(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge")
    await offered(real)
    page = await opens(visitor, digits)
    await visitor.presses("Say what the company may read", page=page)
    page = await visitor.presses("Next", receipt="1234 5678")
    assert page.status == 422
    assert (await visitor.goes("/report")).text.count(SUMMARY) == 0


async def test_a_button_that_is_no_longer_offered_is_answered_kindly(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge")
    await offered(real)
    page = await opens(visitor, digits)
    await withdrawn_by_handler(real)
    again = await visitor.presses("Say what the company may read", page=page)
    assert "Something changed with your report meanwhile" in again.text
    await offered(real, "New words.")
    page = await opens(visitor, digits)
    asked = await visitor.presses("Say what the company may read", page=page)
    await withdrawn_by_handler(real)
    again = await visitor.presses("Next", page=asked, receipt=digits)
    assert "Something changed with your report meanwhile" in again.text
