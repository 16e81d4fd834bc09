"""A handler asks a company about a case, the company answers, and learns nothing more by it."""

from datetime import timedelta
from typing import Any

import pytest

from flows.submission import AccountEntry
from flows.values import Text
from register.alerts import AlertKind
from register.consent import PartAnswer
from register.requests import LONGEST_REQUEST, Request, RequestState
from tests.house import ASHA, BEN, IMPORTER
from tests.web.desk.test_acts import SUMMARY, reporter_decides
from tests.web.inside_house import OLGA, OTHER, RIVAL, TOLD, Filed, Inside
from tests.web.sharing import taken_back
from tests.web.visiting import Visiting

NAME = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Kamala Sample")
ASKED = "Please see that the doors are open while people work."
ANSWERED = "All doors have been open since Monday. CANARY-ANSWER"


async def shared(inside: Inside) -> tuple[Filed, Visiting]:
    """A case with a summary that the company reads, and the handler at her page for asking."""
    filed = await inside.filed(NAME)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Keep as a draft", summary=SUMMARY)
    await asha.presses("Show it to the reporter")
    await reporter_decides(inside, filed, PartAnswer.YES)
    await asha.goes(filed.address)
    await asha.presses("Share it with the company")
    await asha.goes(f"{filed.address}/company")
    return filed, asha


async def asks(asha: Visiting, **fields: str) -> Any:
    return await asha.presses("Ask the company", **{"kind": "stop", "words": ASKED, **fields})


async def requests(inside: Inside, filed: Filed) -> tuple[Request, ...]:
    return await inside.house.database.read(lambda tx: tx.requests.of_case(filed.case.ref))


async def test_a_company_is_asked_and_answers_and_the_handler_is_told(inside: Inside) -> None:
    filed, asha = await shared(inside)
    page = await asks(asha)
    assert "The company is asked." in page.text
    assert ASKED in page.text
    waiting = await inside.house.database.read(lambda tx: tx.outbox.due(inside.house.clock.today))
    told = [alert for _, alert in waiting if alert.kind is AlertKind.COMPANY_ASKED]
    assert [(each.organisation_id, each.to) for each in told] == [(IMPORTER.id, ())]

    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company")
    assert "You are asked 1 thing about cases" in page.text
    page = await olga.goes("/company/requests")
    assert ASKED in page.text
    (asked,) = await requests(inside, filed)
    page = await olga.goes(f"/company/requests/{asked.id}")
    assert SUMMARY in page.text
    page = await olga.presses("Send the answer", kind="done", words=ANSWERED)
    assert page.status == 422
    assert "Please say the day" in page.text
    assert ANSWERED in page.html
    today = inside.house.clock.today
    page = await olga.presses("Send the answer", kind="done", words=ANSWERED, day=str(today))
    assert "Your answer is with the handlers now." in page.text

    page = await asha.goes(f"{filed.address}/company")
    assert ANSWERED in page.text
    waiting = await inside.house.database.read(lambda tx: tx.outbox.due(today))
    told = [alert.to for _, alert in waiting if alert.kind is AlertKind.COMPANY_ANSWERED]
    assert told == [(await inside.case(filed.case.ref)).handler_ids]
    page = await asha.presses("This is settled")
    assert "The company can no longer answer this." in page.text
    assert [each.state for each in await requests(inside, filed)] == [RequestState.SETTLED]
    page = await olga.goes(f"/company/requests/{asked.id}")
    assert not page.has_button("Send the answer")
    actions = [action for action, _ in await inside.log(filed.case.ref)]
    assert actions[-3:] == ["company_asked", "company_answered", "company_request_ended"]


async def test_nobody_is_asked_about_a_case_of_which_the_company_reads_nothing(
    inside: Inside,
) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(f"{filed.address}/company")
    assert "The company reads nothing of this case yet." in page.text
    assert not page.has_button("Ask the company")
    seen = (await inside.case(filed.case.ref)).log.length
    page = await inside.posts(
        asha,
        f"{filed.address}/company",
        kind="stop",
        words=ASKED,
        company=IMPORTER.id,
        due=str(inside.house.clock.today),
        seen=str(seen),
    )
    assert page.status in (409, 422)
    assert await requests(inside, filed) == ()


async def test_a_request_goes_with_the_summary_that_the_reporter_takes_back(
    inside: Inside,
) -> None:
    filed, asha = await shared(inside)
    await asks(asha)
    (asked,) = await requests(inside, filed)
    olga = await inside.signs_in(OLGA.id)
    await olga.goes(f"/company/requests/{asked.id}")
    summary = await inside.house.database.read(lambda tx: tx.summaries.of_case(filed.case.ref))
    await taken_back(inside, summary)
    page = await olga.presses("Send the answer", kind="refused", words=ANSWERED)
    assert page.status == 404
    assert ASKED not in (await olga.goes("/company/requests")).text
    assert (await requests(inside, filed))[0].answers == ()


async def test_another_company_sees_no_request_and_answers_none(inside: Inside) -> None:
    filed, asha = await shared(inside)
    await asks(asha)
    (asked,) = await requests(inside, filed)
    rival = await inside.signs_in(RIVAL.id)
    assert ASKED not in (await rival.goes("/company/requests")).text
    assert (await rival.goes(f"/company/requests/{asked.id}")).status == 404
    page = await inside.posts(
        rival, f"/company/requests/{asked.id}", kind="refused", words=ANSWERED
    )
    assert page.status == 404
    assert (await requests(inside, filed))[0].answers == ()


async def test_a_company_that_the_case_is_not_about_cannot_be_asked(inside: Inside) -> None:
    filed, asha = await shared(inside)
    page = await asks(asha, company=OTHER.id)
    assert page.status == 422
    assert "not about a site of that company" in page.text
    assert await requests(inside, filed) == ()


async def test_the_company_learns_no_name_no_case_and_no_word_of_the_reporter(
    inside: Inside,
) -> None:
    filed, asha = await shared(inside)
    page = await asks(asha, words="Kamala says the doors are locked.")
    assert page.status == 422
    assert "A name that the reporter gave is still in it." in page.text
    await asks(asha)
    (asked,) = await requests(inside, filed)
    olga = await inside.signs_in(OLGA.id)
    for path in ("/company", "/company/requests", f"/company/requests/{asked.id}"):
        html = (await olga.goes(path)).html
        for secret in (filed.case.ref, filed.case.ref[:8], TOLD, "Kamala", ASHA.name):
            assert secret not in html, path


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ""}, "Please write something first."),
        ({"words": "x" * (LONGEST_REQUEST + 1)}, "too long"),
        ({"due": "2020-01-01"}, "This day is past."),
        ({"due": "2999-01-01"}, "within the next 90 days"),
        ({"due": "soon"}, "Please choose what you ask"),
        ({"kind": "dance"}, "Please choose what you ask"),
    ],
)
async def test_what_cannot_be_asked_says_why_and_keeps_the_words(
    inside: Inside, fields: dict[str, str], said: str
) -> None:
    filed, asha = await shared(inside)
    page = await asks(asha, **fields)
    assert page.status == 422
    assert said in page.text
    assert await requests(inside, filed) == ()


async def test_what_is_late_says_so_on_both_sides(inside: Inside) -> None:
    filed, asha = await shared(inside)
    await asks(asha, due=str(inside.house.clock.today))
    inside.house.clock.pass_days(2)
    ben, olga = await inside.signs_in(BEN.id), await inside.signs_in(OLGA.id)
    assert "Overdue since" in (await ben.goes(f"{filed.address}/company")).text
    assert "1 is late" in (await olga.goes("/company")).text


async def test_a_handler_takes_a_request_back_and_the_company_sees_it_no_more(
    inside: Inside,
) -> None:
    _, asha = await shared(inside)
    await asks(asha)
    await asha.presses("Take it back")
    olga = await inside.signs_in(OLGA.id)
    assert ASKED not in (await olga.goes("/company/requests")).text


async def test_of_a_handler_and_a_company_who_act_at_once_nothing_is_lost(inside: Inside) -> None:
    filed, asha = await shared(inside)
    await asks(asha)
    (asked,) = await requests(inside, filed)
    olga = await inside.signs_in(OLGA.id)
    await olga.goes(f"/company/requests/{asked.id}")
    await olga.presses("Send the answer", kind="explanation", words=ANSWERED)
    page = await asha.presses("This is settled")
    assert page.status == 409
    (now,) = await requests(inside, filed)
    assert (now.state, len(now.answers)) == (RequestState.ANSWERED, 1)
    assert now.due_on == inside.house.clock.today + timedelta(days=30)
