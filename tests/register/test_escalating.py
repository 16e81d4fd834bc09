"""A day that the desk missed: the team is told once for each, and the log says so."""

from dataclasses import replace
from datetime import date, timedelta

from register.alerts import AlertKind
from register.case import CaseStatus
from register.clocks import ClockKind, timed
from register.escalating import escalate, told_of
from register.log import LogAction, verify
from register.people import ConflictOfInterest, Role, TieTo
from register.routing import Urgency
from tests.register.making import STAFF, TODAY, case, handler

LATE = TODAY + timedelta(days=8)


def test_nothing_is_said_before_the_day_is_over() -> None:
    assert escalate(case(), STAFF, TODAY + timedelta(days=7)) is None


def test_it_is_said_once_and_logged_as_a_rule_with_the_clock_that_was_missed() -> None:
    late = case()
    made = escalate(late, STAFF, LATE)
    assert made is not None
    assert (made.alert.kind, made.alert.urgency) == (AlertKind.OVERDUE, Urgency.URGENT)
    assert (made.entry.action, made.entry.role) == (LogAction.ESCALATED, Role.RULE)
    assert (made.entry.reason, made.entry.actor_id) == (ClockKind.ACKNOWLEDGE, None)
    assert made.case.log == made.entry.tip
    assert made.case.due_on == late.due_on
    for days in (0, 1, 100):
        assert escalate(made.case, STAFF, LATE + timedelta(days=days)) is None


def test_the_next_clock_that_is_missed_counts_for_itself() -> None:
    made = escalate(case(), STAFF, LATE)
    assert made is not None
    acknowledged = timed(replace(made.case, status=CaseStatus.ACKNOWLEDGED, acknowledged_on=LATE))
    assert escalate(acknowledged, STAFF, LATE) is None
    again = escalate(acknowledged, STAFF, date(2027, 6, 1))
    assert again is not None
    assert again.entry.reason == ClockKind.FEEDBACK


def test_a_closed_case_owes_nothing() -> None:
    closed = case(CaseStatus.CLOSED, acknowledged_on=TODAY, feedback_on=TODAY, closed_on=TODAY)
    assert escalate(closed, STAFF, date(2040, 1, 1)) is None


def test_its_readers_and_the_others_of_its_team_are_told_and_nobody_with_a_tie() -> None:
    tie = ConflictOfInterest(tie=TieTo.SITE, subject="quarry", declared_on=TODAY)
    staff = replace(
        STAFF,
        handlers=(
            handler("asha"),
            handler("ben"),
            handler("tied", ties=(tie,)),
            handler("gone", is_active=False),
            handler("other", "urgent"),
            handler("helping", "urgent"),
        ),
    )
    base = case(team_id="regular", handler_ids=("asha", "helping", "gone"))
    touched = replace(base, particulars=replace(base.particulars, site_id="quarry"))
    assert told_of(touched, staff, TODAY) == ("asha", "ben", "helping")
    assert told_of(replace(touched, kept_out_ids=("ben",)), staff, TODAY) == ("asha", "helping")


def test_where_nobody_is_left_the_operator_is_told() -> None:
    gone = replace(STAFF, handlers=(handler("gone", is_active=False),))
    made = escalate(case(team_id="regular", handler_ids=("gone",)), gone, LATE)
    assert made is not None
    assert made.alert.to == ()


def test_the_log_stays_whole() -> None:
    late = case()
    made = escalate(late, STAFF, LATE)
    assert made is not None
    assert verify((made.entry,), late.ref, made.case.log) == ()
