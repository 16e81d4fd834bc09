"""Clocks: calendar months, promises that are kept known, nothing due before its day ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.case import CaseStatus
from register.clocks import (
    ClockKind,
    Timetable,
    deadlines,
    erasures,
    next_deadline,
    promise,
    timed,
)
from register.spans import Span, add_months
from tests.register.making import TODAY, case

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_are_the_calendars(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(DAYS, st.integers(min_value=0, max_value=120), st.integers(min_value=0, max_value=120))
def test_later_months_never_come_earlier(day: date, months: int, more: int) -> None:
    assert add_months(day, months) <= add_months(day, months + more)
    assert add_months(day, months) <= add_months(day + timedelta(days=more), months)
    assert add_months(day, 12 * months).month == day.month


def test_the_worked_example() -> None:
    promised = promise(date(2026, 11, 24))
    assert promised.acknowledge_by == date(2026, 12, 1)
    assert promised.feedback_by == date(2027, 3, 1)
    acknowledged = case(CaseStatus.ACKNOWLEDGED, acknowledged_on=date(2026, 11, 30))
    assert acknowledged.due_on == date(2027, 2, 28)


@given(DAYS, st.integers(min_value=0, max_value=7))
def test_what_was_promised_at_filing_holds_whenever_it_is_acknowledged_in_time(
    filed_on: date, days: int
) -> None:
    promised = promise(filed_on)
    acknowledged = replace(
        case(), filed_on=filed_on, acknowledged_on=filed_on + timedelta(days=days)
    )
    for deadline in deadlines(acknowledged):
        if deadline.kind is ClockKind.FEEDBACK:
            assert deadline.due_on <= promised.feedback_by


def test_overdue_begins_the_day_after() -> None:
    owed = next_deadline(case())
    assert owed is not None
    assert owed.due_on == TODAY + timedelta(days=7)
    assert not owed.is_overdue(owed.due_on)
    assert owed.is_overdue(owed.due_on + timedelta(days=1))


def test_a_met_deadline_is_late_and_no_longer_overdue() -> None:
    late = case(acknowledged_on=TODAY + timedelta(days=8))
    acknowledge = deadlines(late)[0]
    assert acknowledge.was_late
    assert not acknowledge.is_overdue(date(2030, 1, 1))


@pytest.mark.parametrize(("is_small", "year"), [(False, 2028), (True, 2029)])
def test_a_small_company_has_a_year_more_for_remedy(is_small: bool, year: int) -> None:
    founded = case(
        CaseStatus.FOUNDED,
        is_small_company=is_small,
        decision=CaseStatus.FOUNDED,
        decided_on=TODAY,
        stopped_on=TODAY,
    )
    by_kind = {each.kind: each.due_on for each in deadlines(founded)}
    assert by_kind[ClockKind.REMEDY] == date(year, 11, 24)
    assert by_kind[ClockKind.STOP] == date(2027, 11, 24)


def test_an_unfounded_case_owes_no_remedy() -> None:
    unfounded = case(CaseStatus.UNFOUNDED, decision=CaseStatus.UNFOUNDED, decided_on=TODAY)
    assert not {ClockKind.REMEDY, ClockKind.STOP} & {each.kind for each in deadlines(unfounded)}


def test_a_closed_case_owes_only_its_erasure() -> None:
    closed = case(
        CaseStatus.CLOSED,
        acknowledged_on=TODAY,
        feedback_on=TODAY,
        decided_on=TODAY,
        decision=CaseStatus.FOUNDED,
        closed_on=date(2026, 12, 31),
    )
    assert (closed.due_on, closed.erase_on) == (None, date(2027, 2, 28))
    nobody = replace(closed, identity_erased_on=date(2027, 2, 28))
    assert timed(nobody).erase_on == date(2027, 12, 31)
    record = replace(nobody, account_erased_on=date(2027, 12, 31))
    assert timed(record).erase_on == date(2033, 12, 31)
    assert timed(record, Timetable(keep_record_years=5)).erase_on == date(2031, 12, 31)


def test_a_record_rests_for_a_quarter_after_the_last_entry_of_its_log() -> None:
    closed = case(CaseStatus.CLOSED, closed_on=date(2026, 12, 31))
    late = replace(closed, moved_on=date(2033, 12, 1))
    days = erasures(late)
    assert days is not None
    assert days.record_on == date(2034, 3, 3)
    assert days.account_on == date(2027, 12, 31)


def test_nothing_of_an_open_case_is_to_be_erased() -> None:
    assert erasures(case(CaseStatus.RECEIVED)) is None


def test_settings_may_promise_sooner_and_never_later() -> None:
    assert Timetable(acknowledge=Span(days=3)).acknowledge == Span(days=3)
    for later in (
        {"acknowledge": Span(days=8)},
        {"feedback": Span(months=3, days=1)},
        {"feedback": Span(days=90)},
        {"erase_identity": Span(months=3)},
        {"keep_record_years": 4},
        {"keep_record_years": 8},
        {"erase_account_after_days": 366},
        {"erase_account_after_days": 30},
        {"stop": Span()},
    ):
        with pytest.raises(ValueError, match=next(iter(later))):
            Timetable(**later)
