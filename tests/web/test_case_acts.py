"""What the holder of a receipt does with their case on the pages, over a real installation."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from register.account import message
from register.case import Actor, Case, CaseStatus
from register.hold import HoldReason
from register.holding import OPERATOR, HoldChanged, hold_back
from register.letters import Sent, write
from register.people import Handler, Role, Team, TeamKind
from register.summary import SummaryAction, SummaryState, change, draft
from register.transitions import Action, Moved, MoveReason, move
from sealing.identifiers import new_id
from sealing.identities import Identity, new_identity
from sealing.opening import can_open
from tests.web.test_real_house import Real, real, report, visitor, walk
from tests.web.visiting import SeenPage, Visiting

__all__ = ["real", "visitor"]
SUMMARY = "At this site people cough from dust."


async def by_handler(real: Real, work: Callable[[Any, Case, Actor], None]) -> None:
    def unit(tx: Any) -> None:
        (ref,) = tx.cases.refs()
        case = tx.cases.get(ref)
        work(tx, case, Actor(role=Role.HANDLER, id=case.handler_ids[0]))

    await real.house.database.transaction(unit)


async def moved(real: Real, *steps: str) -> None:
    def work(tx: Any, case: Case, actor: Actor) -> None:
        for step in steps:
            action, _, reason = step.partition(":")
            why = MoveReason(reason) if reason else None
            after = move(case, Action(action), actor, real.house.clock.today, why)
            assert isinstance(after, Moved), step
            tx.cases.keep(after.case, after.entry)
            case = after.case

    await by_handler(real, work)


async def offered(real: Real, words: str = SUMMARY) -> None:
    def work(tx: Any, case: Case, actor: Actor) -> None:
        today = real.house.clock.today
        made = draft(
            case,
            words,
            actor,
            today,
            summary_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(case.ref),
            earlier=tx.summaries.of_case(case.ref),
        )
        shown = change(made, case, SummaryAction.OFFER, actor, today)
        tx.summaries.put(shown.summary)
        tx.cases.keep(shown.case, shown.entry)

    await by_handler(real, work)


async def opens(visitor: Visiting, digits: str) -> SeenPage:
    await visitor.goes("/receipt")
    return await visitor.presses("Open", receipt=digits)


async def the_case(real: Real) -> Case:
    return await real.house.database.read(lambda tx: tx.cases.get(tx.cases.refs()[0]))


async def test_a_decision_says_why_and_an_appeal_takes_the_case_to_others(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    team = Team(id=new_id(), name="Appeals", kind=TeamKind.APPEAL)
    hears, identity = Handler(id=new_id(), name="Zoe Sample", team_id=team.id), new_identity()

    def begins(tx: Any) -> None:
        tx.people.put_team(team)
        tx.people.put_handler(hears, identity.recipient)

    await real.house.database.transaction(begins)
    await moved(
        real, "acknowledge", "assess", "investigate", "find_unfounded:facts_not_established"
    )
    before = (await the_case(real)).handler_ids
    page = await opens(visitor, digits)
    assert "We could not find out whether it happened." in page.text
    assert "You keep every right to go to a court" in page.text
    page = await visitor.presses("I do not agree: others should look again")
    assert "type your receipt once more" in page.text
    assert (await the_case(real)).status is CaseStatus.UNFOUNDED
    page = await visitor.presses("Next", receipt=digits)
    assert "Your appeal is kept." in page.text
    case = await the_case(real)
    assert case.status is CaseStatus.APPEALED
    assert case.handler_ids == (hears.id,)
    assert case.earlier_handler_ids == before
    envelope = await real.house.database.read(lambda tx: tx.cases.envelope(case.ref))
    assert can_open(envelope, "account", identity)
    for earlier in before:
        assert not can_open(envelope, "account", real.house.identities[earlier])


async def test_an_appeal_that_nobody_can_hear_is_kept_and_the_operator_is_told(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge", "assess", "find_not_admissible:out_of_scope")
    await opens(visitor, digits)
    await visitor.presses("I do not agree: others should look again")
    page = await visitor.presses("Next", receipt=digits)
    assert "Nobody is free to look at it right now" in page.text
    assert (await the_case(real)).status is CaseStatus.APPEALED
    due = real.house.clock.today
    alerts = await real.house.database.transaction(lambda tx: tx.outbox.due(due))
    assert "unrouted" in {alert.kind for _, alert in alerts}


async def test_a_wrong_receipt_appeals_nothing(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge", "assess", "find_not_admissible:out_of_scope")
    await opens(visitor, digits)
    await visitor.presses("I do not agree: others should look again")
    page = await visitor.presses("Next", receipt="1234 5678")
    assert page.status == 422
    assert (await the_case(real)).status is CaseStatus.NOT_ADMISSIBLE


async def test_withdrawing_is_asked_twice_and_closes(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    await opens(visitor, digits)
    page = await visitor.presses("Withdraw my report")
    assert "nothing more is done about it" in page.text
    assert (await the_case(real)).status is CaseStatus.RECEIVED
    page = await visitor.presses("Yes, withdraw it")
    assert "Your report is withdrawn and closed." in page.text
    case = await the_case(real)
    assert case.status is CaseStatus.CLOSED
    assert case.erase_on is not None


async def test_a_message_to_a_closed_case_is_taken(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    await opens(visitor, digits)
    await visitor.presses("Withdraw my report")
    await visitor.presses("Yes, withdraw it")
    await opens(visitor, digits)
    await visitor.presses("write_back")
    await walk(visitor)
    await visitor.presses("submit")
    letters = await real.house.database.read(lambda tx: tx.letters.of_case(tx.cases.refs()[0]))
    assert len(letters) == 1


async def test_whether_it_was_put_right_and_how_they_were_treated_is_kept(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    steps = ("acknowledge", "assess", "investigate", "find_founded:facts_established")
    await moved(real, *steps, "agree_remedy", "start_remedy", "close:remedy_unanswered")
    await opens(visitor, digits)
    await visitor.presses("It was not put right")
    page = await visitor.presses("I was treated well here")
    assert "It helps us to do better." in page.text
    case = await the_case(real)
    assert (case.satisfaction, case.treatment) == ("not_put_right", "well")
    assert not page.has_button("I was treated well here")


async def test_a_missed_promise_is_said_to_be_missed(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    real.house.clock.now += timedelta(days=9)
    page = await opens(visitor, digits)
    assert re.search(r"It should have been by .{4,40}\. It is late, and we are sorry\.", page.text)


@pytest.mark.parametrize("act", ["appeal", "withdraw_now", "decide_summary", "say_put_right"])
async def test_nothing_can_be_done_without_opening_the_case(
    real: Real, visitor: Visiting, act: str
) -> None:
    await report(visitor)
    stranger = Visiting(real.base)
    await stranger.goes("/receipt")
    form = stranger.page.form_with("Open")[0]
    token = dict(form.fields)["form_token"]
    page = await stranger.sends("POST", "/report", data={"form_token": token, "do": act})
    assert page.status in {200, 403, 409}
    assert (await the_case(real)).status is CaseStatus.RECEIVED
    await stranger.session.close()


async def helper_receipt(visitor: Visiting) -> str:
    """As the reporter gets it on the page; the visitor stands at their case."""
    await visitor.presses("Let a helper follow along")
    page = await visitor.presses("Make a receipt for my helper")
    found = re.findall(r"<span>(\d{1,4})</span>", page.html)
    assert "It is shown only now." in page.text
    return "".join(found)


async def letter(real: Real, words: str) -> None:
    def work(tx: Any, case: Case, actor: Actor) -> None:
        sent = write(
            case,
            message(words, language="en"),
            actor,
            real.house.clock.today,
            letter_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(case.ref),
            helpers=tx.helpers.of_case(case.ref),
        )
        assert isinstance(sent, Sent)
        tx.cases.keep(sent.case, sent.entry)
        tx.letters.add(sent.letter)

    await by_handler(real, work)


async def test_a_helper_sees_what_is_new_and_nothing_of_before(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    await letter(real, "CANARY-BEFORE")
    page = await opens(visitor, digits)
    assert "CANARY-BEFORE" in page.text
    helper = await helper_receipt(visitor)
    await letter(real, "CANARY-AFTER")
    page = await opens(visitor, helper)
    assert page.status == 200
    assert "You follow along as a helper." in page.text
    assert "CANARY-AFTER" in page.text
    assert "CANARY-BEFORE" not in page.html
    assert not page.has_button("Write to the handler")


async def test_a_helpers_receipt_decides_nothing(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    await moved(real, "acknowledge", "assess", "investigate")
    await moved(real, "find_unfounded:facts_refuted")
    await offered(real)
    at_case = await opens(visitor, digits)
    helper = await helper_receipt(visitor)
    for label in ("Say what the company may read", "Withdraw my report", "Make a receipt"):
        await opens(visitor, helper)
        if at_case.has_button(label):
            await visitor.presses(label, page=at_case)
    # Asked for the receipt once more, a helper gives theirs.
    for label in ("I do not agree: others should look again", "Say what the company may read"):
        await opens(visitor, digits)
        await visitor.presses(label)
        page = await visitor.presses("Next", receipt=helper)
        assert "It cannot decide anything." in page.text
        assert SUMMARY not in page.text
    case = await the_case(real)
    summary = await real.house.database.read(lambda tx: tx.summaries.of_case(tx.cases.refs()[0]))
    assert case.status is CaseStatus.UNFOUNDED
    assert summary.state is SummaryState.OFFERED
    assert len(await real.house.database.read(lambda tx: tx.helpers.of_case(case.ref))) == 1


async def test_a_helper_who_was_let_go_finds_nothing(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    await opens(visitor, digits)
    helper = await helper_receipt(visitor)
    await opens(visitor, digits)
    page = await visitor.presses("My helper should no longer follow along")
    assert "Your helper can no longer follow along." in page.text
    page = await opens(visitor, helper)
    assert page.status == 422
    assert "We found nothing with this receipt." in page.text


async def test_no_more_helpers_than_three(real: Real, visitor: Visiting) -> None:
    digits = await report(visitor)
    for _ in range(3):
        await opens(visitor, digits)
        await helper_receipt(visitor)
    page = await opens(visitor, digits)
    assert not page.has_button("Let a helper follow along")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (HoldReason.COURT, "A court is dealing with this."),
        (HoldReason.AUTHORITY, "An authority has asked us to keep this."),
        (HoldReason.APPEAL_OUTSIDE, "Somebody outside is looking at how this was handled."),
    ],
)
async def test_the_reporter_sees_that_it_is_kept_longer_and_why(
    real: Real, visitor: Visiting, reason: HoldReason, told: str
) -> None:
    digits = await report(visitor)
    assert "Kept longer" not in (await opens(visitor, digits)).text
    await moved(real, "acknowledge")
    until = real.house.clock.today + timedelta(days=90)

    def held(tx: Any, case: Case, _: Actor) -> None:
        changed = hold_back(case, reason, until, OPERATOR, real.house.clock.today)
        assert isinstance(changed, HoldChanged)
        tx.cases.keep(changed.case, changed.entry)

    await by_handler(real, held)
    page = await opens(visitor, digits)
    assert told in page.text
    assert f"So your report is kept longer than usual, until {until.day} " in page.text
    assert "If you told us who you are, that is kept as well" in page.text
    await visitor.presses("Withdraw my report")
    await visitor.presses("Yes, withdraw it")
    page = await opens(visitor, digits)
    is_erased = "that is still erased on the usual day" in page.text
    assert is_erased is (reason is HoldReason.APPEAL_OUTSIDE)
    real.house.clock.pass_days(91)
    assert "Kept longer" not in (await opens(visitor, digits)).text


@pytest.mark.parametrize("act", ["Withdraw my report", "Let a helper follow along"])
async def test_after_it_was_said_what_it_means_a_plain_no_changes_nothing(
    real: Real, visitor: Visiting, act: str
) -> None:
    digits = await report(visitor)
    await opens(visitor, digits)
    await visitor.presses(act)
    before = await the_case(real)
    page = await visitor.presses("No, go back")
    assert "Nothing has changed." in page.text
    assert page.has_button(act)
    assert await the_case(real) == before


async def test_a_no_without_an_open_case_leads_to_the_start(visitor: Visiting) -> None:
    await visitor.goes("/")
    await visitor.presses("report")
    form = next(form for form in visitor.page.forms if form.action == "/report")
    page = await visitor.sends("POST", "/report", data=[*form.fields[:1], ("do", "leave_as_it_is")])
    assert page.status == 200
    assert "You began something here" in page.text


async def hears_appeals(real: Real) -> Identity:
    """Somebody to whom appeals go."""
    team = Team(id=new_id(), name="Appeals", kind=TeamKind.APPEAL)
    hears, identity = Handler(id=new_id(), name="Zoe Sample", team_id=team.id), new_identity()

    def begins(tx: Any) -> None:
        tx.people.put_team(team)
        tx.people.put_handler(hears, identity.recipient)

    await real.house.database.transaction(begins)
    return identity


async def says_who_they_are(visitor: Visiting, digits: str) -> None:
    await opens(visitor, digits)
    await visitor.presses("Change who may know who I am")
    await visitor.presses("next", choice="confidential")
    await visitor.presses("next", text="CANARY-NAME Ravi Kumar")
    await visitor.presses("skip")
    await visitor.presses("submit")


async def test_a_name_in_a_letter_stays_closed_to_those_who_hear_the_appeal(
    real: Real, visitor: Visiting
) -> None:
    digits, zoe = await report(visitor), await hears_appeals(real)
    await says_who_they_are(visitor, digits)
    handler = real.house.identities[(await the_case(real)).handler_ids[0]]
    (letter,) = await real.house.database.read(lambda tx: tx.letters.of_case(tx.cases.refs()[0]))
    assert can_open(letter.envelope, letter.teller_part, handler)
    kept = b"".join(path.read_bytes() for path in real.house.home.rglob("*") if path.is_file())
    assert b"CANARY-NAME" not in kept
    await moved(
        real, "acknowledge", "assess", "investigate", "find_unfounded:facts_not_established"
    )
    await opens(visitor, digits)
    await visitor.presses("I do not agree: others should look again")
    page = await visitor.presses("Next", receipt=digits)
    assert "Your appeal is kept." in page.text
    (letter,) = await real.house.database.read(lambda tx: tx.letters.of_case(tx.cases.refs()[0]))
    assert can_open(letter.envelope, letter.part, zoe)
    assert not can_open(letter.envelope, letter.teller_part, zoe)
    # Said again, it is the new handlers' to know.
    await says_who_they_are(visitor, digits)
    _, again = await real.house.database.read(lambda tx: tx.letters.of_case(tx.cases.refs()[0]))
    assert can_open(again.envelope, again.teller_part, zoe)


@pytest.mark.parametrize("reason", [None, HoldReason.APPEAL_OUTSIDE, HoldReason.COURT])
async def test_who_wants_to_be_known_to_nobody_is_forgotten_unless_a_court_needs_it(
    real: Real, visitor: Visiting, reason: HoldReason | None
) -> None:
    digits = await report(visitor)
    await says_who_they_are(visitor, digits)
    if reason is not None:
        today = real.house.clock.today
        case = await the_case(real)
        held = hold_back(case, reason, today + timedelta(days=90), OPERATOR, today)
        assert isinstance(held, HoldChanged)
        await real.house.database.transaction(lambda tx: tx.cases.keep(held.case, held.entry))
    await opens(visitor, digits)
    await visitor.presses("Change who may know who I am")
    await visitor.presses("next", choice="anonymous")
    page = await visitor.presses("submit")
    letters = await real.house.database.read(lambda tx: tx.letters.of_case(tx.cases.refs()[0]))
    is_kept = reason is HoldReason.COURT
    assert any(each.has_teller for each in letters) is is_kept
    assert ("is erased here" in page.text) is not is_kept
    assert (await the_case(real)).particulars.anonymity == "anonymous"
