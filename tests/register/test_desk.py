"""The desk and hand-overs: who may open, and to whom a case can go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register import log
from register.case import Actor, CaseStatus
from register.clocks import ClockKind
from register.conflicts import ExclusionReason
from register.desk import (
    OpenRefusal,
    OpenRefused,
    actor_of,
    lines,
    refused_opening,
)
from register.handover import (
    HandedOver,
    HandoverRefusal,
    HandoverRefused,
    hand_over,
    reroute,
)
from register.people import ConflictOfInterest, Role, TieTo
from register.transitions import Action, Moved, MoveReason, move
from tests.register.making import HANDLER, OFFICER, REPORTER, STAFF, TODAY, case, handler

RULE = Actor(role=Role.RULE)


def test_a_line_says_what_is_owed_and_offered() -> None:
    (line,) = lines([case()], HANDLER, TODAY + timedelta(days=8))
    assert (line.owed, line.due_on) == (ClockKind.ACKNOWLEDGE, date(2026, 12, 1))
    assert line.is_overdue
    assert line.actions == (Action.ACKNOWLEDGE,)
    assert line.short_ref == "case1"


def test_cases_of_others_are_no_lines() -> None:
    assert lines([case()], Actor(role=Role.HANDLER, id="ben"), TODAY) == ()
    assert lines([case()], OFFICER, TODAY) == ()


def test_a_reader_may_open() -> None:
    assert refused_opening(case(), handler("asha"), TODAY) is None


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (handler("ben"), OpenRefusal.NOT_A_READER),
        (handler("asha", is_active=False), OpenRefusal.NOT_ACTIVE),
    ],
)
def test_others_may_not(who: object, reason: OpenRefusal) -> None:
    assert refused_opening(case(), who, TODAY) == OpenRefused(reason=reason)  # type: ignore[arg-type]  # a handler


def test_a_tie_that_is_declared_later_closes_the_case_to_them() -> None:
    tie = ConflictOfInterest(tie=TieTo.SITE, subject="s1", declared_on=TODAY)
    refused = refused_opening(case(), handler("asha", ties=(tie,)), TODAY)
    assert refused is not None
    assert refused.reason is OpenRefusal.CONFLICT_OF_INTEREST
    assert refused.exclusion is not None
    assert refused.exclusion.reason is ExclusionReason.TIED_TO_SITE


def test_handlers_act_in_the_role_of_their_team() -> None:
    assert actor_of(handler("zoe", "appeal"), STAFF) == Actor(role=Role.APPEAL_HANDLER, id="zoe")
    assert actor_of(handler("x", "nowhere"), STAFF) is None


def test_an_appeal_goes_to_people_who_did_not_handle_the_case() -> None:
    handled = case(CaseStatus.UNFOUNDED, handler_ids=("asha",), decided_on=TODAY)
    appealed = move(handled, Action.APPEAL, REPORTER, TODAY, MoveReason.DISAGREES)
    assert isinstance(appealed, Moved)
    routing = reroute(appealed.case, STAFF, TODAY, country="IN")
    handed = hand_over(appealed.case, routing, RULE, TODAY)
    assert isinstance(handed, HandedOver)
    assert (handed.case.handler_ids, handed.removed_ids) == (("zoe",), ("asha",))
    assert handed.alerts[0].to == ("zoe",)
    entries = (appealed.entry, handed.entry)
    assert log.verify(entries, "case1", handed.case.log) == ()
    heard = move(handed.case, Action.ASSESS, Actor(role=Role.APPEAL_HANDLER, id="zoe"), TODAY)
    assert isinstance(heard, Moved)


def test_who_was_kept_out_at_filing_does_not_get_the_case_later() -> None:
    kept_out = case(handler_ids=("asha",), kept_out_ids=("ben",))
    routing = reroute(kept_out, STAFF, TODAY, country=None)
    assert routing.handler_ids == ("asha",)


def test_a_tie_that_is_declared_later_hands_the_case_on() -> None:
    tie = ConflictOfInterest(tie=TieTo.CASE, subject="case1", declared_on=TODAY)
    staff = replace(STAFF, handlers=(handler("asha", ties=(tie,)), *STAFF.handlers[1:]))
    before = case(handler_ids=("asha", "ben"))
    handed = hand_over(before, reroute(before, staff, TODAY, country=None), RULE, TODAY)
    assert isinstance(handed, HandedOver)
    assert (handed.case.handler_ids, handed.removed_ids) == (("ben",), ("asha",))
    assert handed.alerts == ()
    assert handed.case.kept_out_ids == ("asha",)


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (OFFICER, HandoverRefusal.NOT_YOUR_ROLE),
        (REPORTER, HandoverRefusal.NOT_YOUR_ROLE),
        (Actor(role=Role.HANDLER, id="ben"), HandoverRefusal.NOT_YOUR_CASE),
    ],
)
def test_only_readers_hand_a_case_over(actor: Actor, reason: HandoverRefusal) -> None:
    routing = reroute(case(), STAFF, TODAY, country=None)
    assert hand_over(case(), routing, actor, TODAY) == HandoverRefused(reason=reason)


def test_a_case_stays_where_it_is_if_nobody_can_take_it() -> None:
    nobody = replace(STAFF, handlers=())
    routing = reroute(case(), nobody, TODAY, country=None)
    assert hand_over(case(), routing, RULE, TODAY) == HandoverRefused(
        reason=HandoverRefusal.NOBODY_TO_TAKE_IT
    )
