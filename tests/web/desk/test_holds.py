"""A case is held back from erasure on the desk, and everybody concerned sees it."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from register.case import Case
from register.hold import Hold, HoldReason
from register.holding import LONGEST_HOLD
from register.log import LogAction
from register.people import ConflictOfInterest, TieTo
from service.erasing import erase_what_is_due
from tests.house import ASHA, BEN, QUARRY, URSULA
from tests.web.desk.test_erasing import Round, everything, filed_with_all, sealed_now, withdrawn
from tests.web.inside_house import Filed, Inside


async def two_readers(inside: Inside) -> Filed:
    filed = await inside.filed(language="en")
    if BEN.id in filed.case.handler_ids:
        return filed
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await inside.posts(asha, f"{filed.address}/colleague", colleague=BEN.id, how="also")
    return filed


def in_days(inside: Inside, days: int) -> str:
    return (inside.house.clock.today + timedelta(days=days)).isoformat()


async def seen(inside: Inside, filed: Filed) -> str:
    return str(len(await inside.log(filed.case.ref)))


async def test_two_readers_hold_it_back_and_both_see_until_when_and_why(inside: Inside) -> None:
    filed = await two_readers(inside)
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    await asha.goes(filed.address)
    page = await asha.presses("Keep it until then", hold="court", until=in_days(inside, 100))
    assert "Your proposal is kept" in page.text
    assert "Somebody else who reads this case has to say the same" in page.text
    assert (await inside.case(filed.case.ref)).hold is None
    page = await ben.goes(filed.address)
    assert "I say the same: hold it back" in page.text
    page = await ben.presses("I say the same: hold it back")
    assert "The case is held back from erasure." in page.text
    assert "Kept until" in page.text
    assert "because a court is dealing with it." in page.text
    case = await inside.case(filed.case.ref)
    assert case.hold is not None
    assert case.hold.reason is HoldReason.COURT
    log = await inside.log(filed.case.ref)
    assert (LogAction.HOLD_PROPOSED, "court") in log
    assert (LogAction.HELD, "court") in log
    await ben.goes(filed.address)
    await ben.presses("Hold it back no longer")
    await asha.goes(filed.address)
    page = await asha.presses("I say the same: let it go")
    assert "The case is held back no longer" in page.text
    assert (await inside.case(filed.case.ref)).hold is None


async def test_what_is_proposed_can_be_dropped(inside: Inside) -> None:
    filed = await two_readers(inside)
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    await asha.goes(filed.address)
    await asha.presses("Keep it until then", hold="authority", until=in_days(inside, 9))
    await ben.goes(filed.address)
    page = await ben.presses("Drop what is proposed")
    assert "The proposal is dropped." in page.text
    assert (await inside.case(filed.case.ref)).hold_proposal is None


@pytest.mark.parametrize(
    ("reason", "days", "told"),
    [
        ("court", -1, "This day is over."),
        ("court", 0, "This day is over."),
        ("court", 400, "for a year at most"),
        ("", 10, "Please choose why"),
        ("because", 10, "Please choose why"),
        ("court", None, "Please choose why"),
    ],
)
async def test_a_hold_that_cannot_be_is_refused_in_words(
    inside: Inside, reason: str, days: int | None, told: str
) -> None:
    filed = await two_readers(inside)
    asha = await inside.signs_in(ASHA.id)
    until = "some day" if days is None else in_days(inside, days)
    page = await inside.posts(
        asha,
        f"{filed.address}/hold",
        hold=reason,
        until=until,
        seen=await seen(inside, filed),
    )
    assert page.status == 422
    assert told in page.text
    case = await inside.case(filed.case.ref)
    assert (case.hold, case.hold_proposal) == (None, None)


async def test_a_hold_is_not_proposed_twice_by_one_person_nor_ended_where_there_is_none(
    inside: Inside,
) -> None:
    filed = await two_readers(inside)
    asha = await inside.signs_in(ASHA.id)
    fields = {"hold": "court", "until": in_days(inside, 30)}
    await asha.goes(filed.address)
    await asha.presses("Keep it until then", **fields)
    again = {**fields, "seen": await seen(inside, filed)}
    page = await inside.posts(asha, f"{filed.address}/hold", **again)
    assert page.status == 422
    assert "Somebody else who reads the case has to say the same" in page.text
    page = await inside.posts(
        asha, f"{filed.address}/hold-step", step="let_go", seen=await seen(inside, filed)
    )
    assert page.status == 422
    assert "The case is not held back." in page.text
    page = await inside.posts(
        asha, f"{filed.address}/hold-step", step="burn", seen=await seen(inside, filed)
    )
    assert page.status == 400


async def test_who_is_no_reader_and_a_case_that_is_no_more_get_the_same_answer(
    inside: Inside,
) -> None:
    filed = await two_readers(inside)
    ursula = await inside.signs_in(URSULA.id)
    fields = {"hold": "court", "until": in_days(inside, 30), "seen": "9"}
    assert URSULA.id not in filed.case.handler_ids
    gone = f"/desk/cases/{'a' * 26}"
    for address in (filed.address, gone):
        for path, sent in (("hold", fields), ("hold-step", {"step": "let_go"})):
            page = await inside.posts(ursula, f"{address}/{path}", **sent)
            assert page.status == 404
    assert (await inside.case(filed.case.ref)).hold_proposal is None


async def hold(inside: Inside, filed: Filed, reason: str, until: date) -> None:
    """By both readers."""
    for who in (ASHA, BEN):
        if who.id not in (await inside.case(filed.case.ref)).handler_ids:
            continue
        visitor = await inside.signs_in(who.id)
        page = await inside.posts(
            visitor,
            f"{filed.address}/hold",
            hold=reason,
            until=until.isoformat(),
            seen=await seen(inside, filed),
        )
        assert page.status in {200, 303}, page.text
    assert (await inside.case(filed.case.ref)).hold is not None


@pytest.mark.parametrize("reason", ["court", "appeal_outside"])
async def test_nothing_of_a_held_case_is_erased_until_its_end(inside: Inside, reason: str) -> None:
    """Of one that was withdrawn, who told it goes all the same unless the law forbids it."""
    filed = await filed_with_all(inside)
    closing, before = Round(inside), await sealed_now(inside, filed)
    await withdrawn(inside, filed)
    today = inside.house.clock.today
    until = LONGEST_HOLD.after(today)
    await hold(inside, filed, reason, until)
    await asyncio.to_thread(inside.house.database.let_go_of_what_was)
    await erase_what_is_due(closing, until)
    kept = everything(inside)
    for name, sealed in before.items():
        goes = name == "identity" and reason == "appeal_outside"
        assert (sealed in kept) is not goes, name
    assert await erase_what_is_due(closing, until + timedelta(days=1)) == 1
    kept = everything(inside)
    assert not any(sealed in kept for sealed in before.values())


async def test_held_cases_are_listed_with_who_asked_and_who_seconded(inside: Inside) -> None:
    filed = await two_readers(inside)
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert 'href="/desk/holds"' in page.html
    page = await asha.goes("/desk/holds")
    assert "No case of yours is held back" in page.text
    assert "say why and until when" in page.text
    await hold(inside, filed, "court", inside.house.clock.today + timedelta(days=100))
    page = await asha.goes("/desk/holds")
    assert filed.address in page.html
    (row,) = re.findall(r'<th scope="row">.*?</tr>', page.html, re.DOTALL)
    told = re.sub("<[^>]*>", " ", row)
    assert told.index("A court is dealing with it") < told.index(ASHA.name) < told.index(BEN.name)
    assert "11 August 2026" not in told
    assert "Ends soon" not in told
    assert "foreman" not in page.html
    ursula = await inside.signs_in(URSULA.id)
    page = await ursula.goes("/desk/holds")
    assert filed.address not in page.html
    assert "No case of yours is held back" in page.text


async def test_a_hold_that_ends_soon_is_said_in_the_inbox_on_the_case_and_in_the_list(
    inside: Inside,
) -> None:
    filed = await two_readers(inside)
    await hold(inside, filed, "authority", inside.house.clock.today + timedelta(days=15))
    asha = await inside.signs_in(ASHA.id)
    assert "the hold ends on" not in (await asha.goes("/desk")).text
    assert "The hold ends on" not in (await asha.goes(filed.address)).text
    inside.house.clock.pass_days(1)
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert "1 case is held back from erasure, and the hold ends on" in page.text
    assert "The hold ends on" in (await asha.goes(filed.address)).text
    assert "Ends soon" in (await asha.goes("/desk/holds")).text
    inside.house.clock.pass_days(15)
    asha = await inside.signs_in(ASHA.id)
    assert "the hold ends on" not in (await asha.goes("/desk")).text
    assert "No case of yours is held back" in (await asha.goes("/desk/holds")).text


async def test_of_a_held_case_with_a_tie_nothing_is_listed(inside: Inside) -> None:
    filed = await two_readers(inside)
    await hold(inside, filed, "court", inside.house.clock.today + timedelta(days=9))
    tie = ConflictOfInterest(
        tie=TieTo.SITE, subject=QUARRY.id, declared_on=inside.house.clock.today
    )
    await inside.house.database.transaction(lambda tx: tx.people.declare(ASHA.id, tie))
    asha, ben = await inside.signs_in(ASHA.id), await inside.signs_in(BEN.id)
    for path in ("/desk", "/desk/holds"):
        assert "held back from erasure, and" not in (await asha.goes(path)).text
    assert filed.address not in (await asha.goes("/desk/holds")).html
    assert filed.address in (await ben.goes("/desk/holds")).html


async def test_what_an_operator_or_an_earlier_version_placed_is_said_so(inside: Inside) -> None:
    filed = await two_readers(inside)
    today = inside.house.clock.today
    for placed, told in (
        (Hold(reason=HoldReason.COURT, until=today, since=today, is_operators=True), "operator"),
        (Hold(reason=HoldReason.COURT, until=today, since=today), "The log of the case says it"),
        (
            Hold(reason=HoldReason.COURT, until=today, since=today, asked_by="x" * 26),
            "Somebody who is no longer here",
        ),
    ):
        case = replace(await inside.case(filed.case.ref), hold=placed)
        await inside.house.database.transaction(partial(_note, case=case))
        asha = await inside.signs_in(ASHA.id)
        assert told in (await asha.goes("/desk/holds")).text


def _note(tx: Any, case: Case) -> None:
    tx.cases.note(case)


async def test_the_list_goes_on_where_its_page_ends(inside: Inside) -> None:
    filed = await two_readers(inside)
    await hold(inside, filed, "court", inside.house.clock.today + timedelta(days=9))
    case = await inside.case(filed.case.ref)
    assert case.hold is not None
    asha = await inside.signs_in(ASHA.id)
    here = f"{case.hold.until}.{case.ref}"
    before = f"{case.hold.until - timedelta(days=1)}.{case.ref}"
    assert filed.address not in (await asha.goes(f"/desk/holds?after={here}")).html
    page = await asha.goes(f"/desk/holds?after={before}")
    assert filed.address in page.html
    assert "To the first page" in page.text
    for bad in ("", "x", f"2026-13-40.{case.ref}", f"{case.hold.until}", "9" * 5000, "'--"):
        page = await asha.goes(f"/desk/holds?after={bad}")
        assert page.status == 200
        assert filed.address in page.html
