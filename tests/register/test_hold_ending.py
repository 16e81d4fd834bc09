"""A hold that ends soon: those who placed it are told once, in good time, and the log says so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register.alerts import AlertKind
from register.case import Case
from register.deliveries import Notice, notice_of
from register.hold import Hold, HoldReason
from register.hold_ending import (
    IN_GOOD_TIME,
    Reminded,
    ends_soon,
    remind,
    remind_on,
    told_of,
    without_what_is_over,
)
from register.holding import HoldChanged, hold_back
from register.log import LogAction, verify
from register.people import Role, Staff
from register.routing import Urgency
from tests.register.making import HANDLER, STAFF, TODAY, case, handler

DAY = timedelta(days=1)
UNTIL = TODAY + timedelta(days=100)
HOLD = Hold(reason=HoldReason.COURT, until=UNTIL, since=TODAY, asked_by="asha", seconded_by="zoe")


def held(hold: Hold = HOLD, **more: object) -> Case:
    return case(hold=hold, **more)


def reminded(found: Reminded | None) -> Reminded:
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "is_time"),
    [
        (TODAY, False),
        (UNTIL - IN_GOOD_TIME - DAY, False),
        (UNTIL - IN_GOOD_TIME, True),
        (UNTIL, True),
        (UNTIL + DAY, False),
    ],
)
def test_it_is_said_from_two_weeks_before_to_the_last_day(day: date, is_time: bool) -> None:
    assert (remind(held(), STAFF, day) is not None) is is_time
    assert ends_soon(HOLD, day) is is_time


@pytest.mark.parametrize("days", [1, 2, 9, 27, 28, 29, 365])
def test_every_hold_is_told_of_after_its_first_day_and_before_its_end(days: int) -> None:
    hold = replace(HOLD, until=TODAY + timedelta(days=days))
    assert TODAY < remind_on(hold) <= hold.until
    assert hold.until - remind_on(hold) <= IN_GOOD_TIME


def test_it_is_said_once_without_content_and_the_log_stays_whole() -> None:
    before = held()
    made = reminded(remind(before, STAFF, UNTIL - DAY))
    assert (made.alert.kind, made.alert.urgency) == (AlertKind.HOLD_ENDING, Urgency.NORMAL)
    assert notice_of(made.alert) is Notice.WORK
    assert (made.entry.action, made.entry.role) == (LogAction.HOLD_ENDING, Role.RULE)
    assert (made.entry.reason, made.entry.actor_id) == (HoldReason.COURT, None)
    assert verify((made.entry,), before.ref, made.case.log) == ()
    assert made.case.hold == replace(HOLD, reminded_on=UNTIL - DAY)
    for day in (UNTIL - DAY, UNTIL):
        assert remind(made.case, STAFF, day) is None


def test_a_hold_that_is_placed_anew_is_told_of_anew() -> None:
    told = reminded(remind(held(handler_ids=("asha",)), STAFF, UNTIL)).case
    renewed = hold_back(told, HoldReason.COURT, UNTIL + 100 * DAY, HANDLER, UNTIL)
    assert isinstance(renewed, HoldChanged)
    assert remind(renewed.case, STAFF, UNTIL + DAY) is None
    assert remind(renewed.case, STAFF, UNTIL + 99 * DAY) is not None


def test_those_who_placed_it_are_told_as_far_as_they_still_read_the_case() -> None:
    assert told_of(held(), HOLD, STAFF) == ("asha", "zoe")
    assert told_of(held(handler_ids=("asha", "ben")), HOLD, STAFF) == ("asha",)
    alone = replace(HOLD, seconded_by=None)
    assert told_of(held(handler_ids=("asha", "ben")), alone, STAFF) == ("asha",)


def test_where_they_no_longer_read_it_all_who_do_are_told_and_at_last_the_operator() -> None:
    others = held(handler_ids=("ben", "carl"))
    assert told_of(others, HOLD, STAFF) == ("ben", "carl")
    assert told_of(held(), replace(HOLD, asked_by=None, seconded_by=None), STAFF) == ("asha", "zoe")
    nobody = Staff(
        teams=STAFF.teams, handlers=(handler("asha", is_active=False),), recovery_id="recovery"
    )
    made = reminded(remind(held(handler_ids=("asha",)), nobody, UNTIL))
    assert notice_of(made.alert) is Notice.OPERATOR


def test_what_the_operator_placed_is_told_to_the_operator() -> None:
    hold = Hold(reason=HoldReason.AUTHORITY, until=UNTIL, since=TODAY, is_operators=True)
    assert reminded(remind(held(hold), STAFF, UNTIL)).alert.to == ()


def test_a_case_without_a_hold_has_nothing_to_be_told_of() -> None:
    assert remind(case(), STAFF, UNTIL) is None


def test_what_is_over_is_dropped_and_what_holds_stays() -> None:
    assert without_what_is_over(held(), UNTIL) == held()
    over = without_what_is_over(held(closed_on=TODAY), UNTIL + DAY)
    assert over.hold is None
    assert over.erase_on == case(closed_on=TODAY).erase_on
    assert without_what_is_over(case(), UNTIL) == case()
