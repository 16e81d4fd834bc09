"""A case is held back from erasure by two readers, or by the operator, for a year at most."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register.case import Actor, Case, CaseStatus
from register.clocks import ClockKind, deadlines, erasures, timed
from register.erasing import Erasable, due
from register.hold import Hold, HoldReason
from register.holding import (
    LONGEST_HOLD,
    OPERATOR,
    HoldChanged,
    HoldRefusal,
    HoldRefused,
    drop_hold_proposal,
    hold_back,
    let_go,
)
from register.log import LogAction, verify
from register.people import Role
from register.transitions import Action, Moved, MoveReason, move
from tests.register.making import APPEAL_HANDLER, HANDLER, OFFICER, REPORTER, TODAY, case

COURT, OUTSIDE = HoldReason.COURT, HoldReason.APPEAL_OUTSIDE
UNTIL = TODAY + timedelta(days=200)
DAY = timedelta(days=1)


def changed(found: HoldChanged | HoldRefused) -> Case:
    assert isinstance(found, HoldChanged)
    return found.case


def refused(found: HoldChanged | HoldRefused) -> HoldRefusal:
    assert isinstance(found, HoldRefused)
    return found.reason


def held(before: Case, reason: HoldReason = COURT, until: date = UNTIL) -> Case:
    return changed(hold_back(before, reason, until, OPERATOR, TODAY))


def closed(**more: object) -> Case:
    return case(CaseStatus.CLOSED, **{"closed_on": TODAY, **more})


def test_it_takes_two_readers_who_say_the_same() -> None:
    first = hold_back(closed(), COURT, UNTIL, HANDLER, TODAY)
    assert isinstance(first, HoldChanged)
    assert first.is_proposed
    assert first.case.hold is None
    assert (first.entry.action, first.entry.reason) == (LogAction.HOLD_PROPOSED, COURT)
    second = hold_back(first.case, COURT, UNTIL, APPEAL_HANDLER, TODAY + DAY)
    assert isinstance(second, HoldChanged)
    assert not second.is_proposed
    assert second.case.hold == Hold(
        reason=COURT,
        until=UNTIL,
        since=TODAY + DAY,
        asked_by=HANDLER.id,
        seconded_by=APPEAL_HANDLER.id,
    )
    assert second.case.hold_proposal is None
    assert (second.entry.action, second.entry.reason) == (LogAction.HELD, COURT)
    assert second.entry.actor_id == "zoe"
    assert verify((first.entry, second.entry), "case1", second.case.log) == ()


def test_the_same_person_twice_is_one_person() -> None:
    proposed = changed(hold_back(closed(), COURT, UNTIL, HANDLER, TODAY))
    again = hold_back(proposed, COURT, UNTIL, HANDLER, TODAY)
    assert refused(again) is HoldRefusal.WAITS_FOR_ANOTHER


@pytest.mark.parametrize(
    ("reason", "until"), [(OUTSIDE, UNTIL), (COURT, UNTIL + DAY), (HoldReason.AUTHORITY, UNTIL)]
)
def test_who_says_something_else_proposes_otherwise(reason: HoldReason, until: date) -> None:
    proposed = changed(hold_back(closed(), COURT, UNTIL, HANDLER, TODAY))
    other = hold_back(proposed, reason, until, APPEAL_HANDLER, TODAY)
    assert isinstance(other, HoldChanged)
    assert other.is_proposed
    assert other.case.hold is None
    assert other.case.hold_proposal is not None
    assert other.case.hold_proposal.by == "zoe"


def test_a_proposal_is_dropped_by_whoever_looks_at_it() -> None:
    proposed = changed(hold_back(closed(), COURT, UNTIL, HANDLER, TODAY))
    dropped = drop_hold_proposal(proposed, APPEAL_HANDLER, TODAY)
    assert changed(dropped).hold_proposal is None
    nothing = drop_hold_proposal(changed(dropped), APPEAL_HANDLER, TODAY)
    assert refused(nothing) is HoldRefusal.NOTHING_PROPOSED


def test_a_proposal_that_waited_too_long_is_refused_by_its_day() -> None:
    proposed = changed(hold_back(closed(), COURT, UNTIL, HANDLER, TODAY))
    late = hold_back(proposed, COURT, UNTIL, APPEAL_HANDLER, UNTIL)
    assert refused(late) is HoldRefusal.DAY_PAST


def test_a_lone_reader_decides_alone() -> None:
    alone = closed(handler_ids=("asha",))
    hold = changed(hold_back(alone, COURT, UNTIL, HANDLER, TODAY)).hold
    assert hold is not None
    assert (hold.asked_by, hold.seconded_by, hold.is_operators) == ("asha", None, False)


def test_the_operator_seconds_nobody() -> None:
    proposed = changed(hold_back(closed(), COURT, UNTIL, HANDLER, TODAY))
    hold = held(proposed).hold
    assert hold is not None
    assert (hold.asked_by, hold.seconded_by, hold.is_operators) == (None, None, True)


def test_letting_go_takes_two_as_well() -> None:
    before = held(closed())
    proposed = let_go(before, HANDLER, TODAY)
    assert isinstance(proposed, HoldChanged)
    assert proposed.entry.action == LogAction.HOLD_RELEASE_PROPOSED
    assert proposed.case.hold == before.hold
    assert refused(let_go(proposed.case, HANDLER, TODAY)) is HoldRefusal.WAITS_FOR_ANOTHER
    free = let_go(proposed.case, APPEAL_HANDLER, TODAY)
    assert isinstance(free, HoldChanged)
    assert free.case.hold is None
    assert free.case.erase_on == closed().erase_on
    assert (free.entry.action, free.entry.reason) == (LogAction.HOLD_RELEASED, COURT)


def test_the_operator_holds_and_lets_go_alone() -> None:
    kept = hold_back(closed(), COURT, UNTIL, OPERATOR, TODAY)
    assert isinstance(kept, HoldChanged)
    assert (kept.entry.role, kept.entry.actor_id) == (Role.OPERATOR, None)
    assert changed(let_go(kept.case, OPERATOR, TODAY)).hold is None


@pytest.mark.parametrize("who", [REPORTER, OFFICER, Actor(role=Role.HANDLER, id="ben")])
def test_who_does_not_read_the_case_changes_nothing(who: Actor) -> None:
    before = held(closed())
    for found in (
        hold_back(before, COURT, UNTIL + DAY, who, TODAY),
        let_go(before, who, TODAY),
        drop_hold_proposal(before, who, TODAY),
    ):
        assert refused(found) is HoldRefusal.NOT_YOUR_CASE


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (TODAY - DAY, HoldRefusal.DAY_PAST),
        (TODAY, HoldRefusal.DAY_PAST),
        (TODAY + DAY, None),
        (LONGEST_HOLD.after(TODAY), None),
        (LONGEST_HOLD.after(TODAY) + DAY, HoldRefusal.TOO_LONG),
        (date.max, HoldRefusal.TOO_LONG),
    ],
)
def test_a_hold_ends_after_today_and_within_a_year(until: date, why: HoldRefusal | None) -> None:
    found = hold_back(closed(), COURT, until, OPERATOR, TODAY)
    assert (found.reason if isinstance(found, HoldRefused) else None) is why


def test_held_twice_alike_is_refused_and_a_later_day_renews_it() -> None:
    before = held(closed())
    again = hold_back(before, COURT, UNTIL, OPERATOR, TODAY)
    assert refused(again) is HoldRefusal.ALREADY
    renewed = held(before, until=UNTIL + DAY)
    assert renewed.hold is not None
    assert renewed.hold.until == UNTIL + DAY


def test_what_is_not_held_or_no_longer_is_not_let_go() -> None:
    assert refused(let_go(closed(), OPERATOR, TODAY)) is HoldRefusal.NOT_HELD
    over = let_go(held(closed()), OPERATOR, UNTIL + DAY)
    assert refused(over) is HoldRefusal.NOT_HELD


def test_while_it_is_held_nothing_is_due_and_after_it_the_usual_days_count() -> None:
    long_ago = closed(closed_on=date(2018, 1, 1), moved_on=date(2018, 1, 1))
    assert due(long_ago, TODAY) == {Erasable.RECORD}
    kept = held(long_ago)
    assert due(kept, UNTIL) == frozenset()
    assert kept.erase_on == UNTIL + DAY
    assert due(kept, UNTIL + DAY) == {Erasable.RECORD}
    young = held(closed())
    assert due(young, UNTIL) == frozenset()
    assert due(young, UNTIL + DAY) == {Erasable.IDENTITY}
    assert young.erase_on == UNTIL + DAY


def test_a_short_hold_moves_no_later_day() -> None:
    kept = held(closed(), until=TODAY + DAY)
    assert kept.erase_on == closed().erase_on
    assert erasures(kept) == erasures(closed())


def test_a_hold_that_is_over_is_not_shown_as_late() -> None:
    kept = held(closed())
    (identity,) = (e for e in deadlines(kept) if e.kind is ClockKind.ERASE_IDENTITY)
    assert identity.due_on == UNTIL + DAY
    assert not identity.is_overdue(UNTIL + DAY)


@pytest.mark.parametrize(
    ("reason", "goes"), [(COURT, False), (HoldReason.AUTHORITY, False), (OUTSIDE, True)]
)
def test_a_report_that_was_withdrawn_forgets_its_reporter_unless_the_law_forbids_it(
    reason: HoldReason, goes: bool
) -> None:
    withdrawn = move(case(), Action.WITHDRAW, REPORTER, TODAY)
    assert isinstance(withdrawn, Moved)
    kept = held(withdrawn.case, reason)
    usual = erasures(withdrawn.case)
    assert usual is not None
    assert due(kept, usual.identity_on) == ({Erasable.IDENTITY} if goes else frozenset())
    nobody = timed(replace(kept, identity_erased_on=usual.identity_on))
    assert due(nobody, UNTIL) == frozenset()
    assert nobody.erase_on == usual.account_on


def test_a_withdrawn_case_that_is_opened_again_is_no_longer_withdrawn() -> None:
    withdrawn = move(case(), Action.WITHDRAW, REPORTER, TODAY)
    assert isinstance(withdrawn, Moved)
    assert withdrawn.case.withdrawn_on == TODAY
    opened = move(withdrawn.case, Action.REOPEN, REPORTER, TODAY, MoveReason.NEW_FACTS)
    assert isinstance(opened, Moved)
    assert opened.case.withdrawn_on is None


def test_an_open_case_can_be_held_beforehand() -> None:
    kept = held(case())
    assert kept.erase_on is None
    after = move(kept, Action.WITHDRAW, REPORTER, TODAY)
    assert isinstance(after, Moved)
    assert after.case.erase_on == UNTIL + DAY
