"""Quarters that are over are released once, for everybody from the same one on."""

from datetime import date

import pytest

from monitoring.limits import LimitFigure
from monitoring.overview.releasing import (
    due_releases,
    keep_quarter,
    quarter_figures,
    release_quarter,
)
from register.clocks import ClockKind
from register.particulars import Theme
from register.quarters import Quarter
from register.transitions import Action
from storage.transaction import SqlTransaction
from tests.monitoring.overview.village import IMPORTER, OTHER, QUARRY, SALT, Village

DAY = date(2026, 2, 10)
Q1, Q2 = Quarter(year=2026, number=1), Quarter(year=2026, number=2)
PEOPLE = ("mina", "ravi", "sita", "om", "lal", "jaya")


def limits(village: Village, quarter: Quarter, kind: ClockKind) -> LimitFigure:
    kept = village.do(lambda tx: tx.figures.limits(IMPORTER.id))
    return next(each for each in kept if each.quarter == quarter).of(kind)


def test_nothing_is_due_before_the_first_case_and_in_its_quarter(village: Village) -> None:
    assert village.do(lambda tx: due_releases(tx, DAY)) == ()
    village.file("mina", QUARRY, DAY)
    assert village.do(lambda tx: due_releases(tx, Q1.last_day)) == ()


def test_an_organisation_without_cases_is_released_from_the_same_quarter_on(
    village: Village,
) -> None:
    village.file("mina", QUARRY, DAY)
    due = village.do(lambda tx: due_releases(tx, date(2026, 7, 1)))
    assert set(due) == {(each.id, quarter) for each in (IMPORTER, OTHER) for quarter in (Q1, Q2)}


def test_a_quarter_is_released_once_and_stays_as_it_was(village: Village) -> None:
    for person in PEOPLE:
        village.file(person, QUARRY, DAY, theme="living_wage")
    village.pass_to(date(2026, 4, 1))
    village.file("late", QUARRY, DAY, theme="living_wage")

    def again(tx: SqlTransaction) -> None:
        assert release_quarter(tx, IMPORTER.id, Q1, date(2026, 4, 2), salt=SALT) is None
        released = tx.releases.get(IMPORTER.id, Q1)
        assert released is not None
        assert released.number(theme=Theme.LIVING_WAGE) == len(PEOPLE)
        assert due_releases(tx, date(2026, 4, 2)) == ()

    village.do(again)


@pytest.mark.parametrize("today", [Q1.first_day, Q1.last_day])
def test_a_running_quarter_is_not_worked_out(village: Village, today: date) -> None:
    village.file("mina", QUARRY, DAY)
    figures = village.do(lambda tx: quarter_figures(tx, IMPORTER.id, Q1, today, salt=SALT))
    assert figures is None


def test_a_release_is_worked_out_again_if_another_organisation_had_its_own_meanwhile(
    village: Village,
) -> None:
    for person in PEOPLE:
        village.file(person, QUARRY, DAY)
    today = date(2026, 4, 1)
    figures = village.do(lambda tx: quarter_figures(tx, IMPORTER.id, Q1, today, salt=SALT))
    assert figures is not None
    village.do(lambda tx: release_quarter(tx, OTHER.id, Q1, today, salt=SALT))
    assert village.do(lambda tx: keep_quarter(tx, figures)) is None
    assert (IMPORTER.id, Q1) in village.do(lambda tx: due_releases(tx, today))
    assert village.do(lambda tx: release_quarter(tx, IMPORTER.id, Q1, today, salt=SALT))


def test_limits_kept_and_missed_are_told_of_enough_people(village: Village) -> None:
    refs = [village.file(person, QUARRY, DAY) for person in PEOPLE]
    for ref in refs[:5]:
        village.move(ref, Action.ACKNOWLEDGE, date(2026, 2, 12))
    village.pass_to(date(2026, 4, 1))
    found = limits(village, Q1, ClockKind.ACKNOWLEDGE)
    assert (found.in_time, found.missed) == (5, None)


def test_being_late_is_missed_even_when_it_was_done_after_all(village: Village) -> None:
    for person in PEOPLE:
        ref = village.file(person, QUARRY, DAY)
        village.move(ref, Action.ACKNOWLEDGE, date(2026, 2, 18))
    village.pass_to(date(2026, 4, 1))
    found = limits(village, Q1, ClockKind.ACKNOWLEDGE)
    assert (found.in_time, found.missed) == (None, len(PEOPLE))


def test_a_limit_belongs_to_the_quarter_of_its_last_day(village: Village) -> None:
    for person in PEOPLE:
        ref = village.file(person, QUARRY, date(2026, 3, 28))
        village.move(ref, Action.ACKNOWLEDGE, date(2026, 4, 1))
        village.move(ref, Action.GIVE_FEEDBACK, date(2026, 6, 1))
    village.pass_to(date(2026, 7, 1))
    assert limits(village, Q1, ClockKind.ACKNOWLEDGE).in_time is None
    assert limits(village, Q2, ClockKind.ACKNOWLEDGE).in_time == len(PEOPLE)
    assert limits(village, Q2, ClockKind.FEEDBACK).in_time is None
    village.pass_to(date(2026, 10, 1))
    last = Quarter(year=2026, number=3)
    assert limits(village, last, ClockKind.FEEDBACK).in_time == len(PEOPLE)


def test_six_cases_of_one_person_make_no_figure(village: Village) -> None:
    for _ in PEOPLE:
        village.file("mina", QUARRY, DAY)
    village.pass_to(date(2026, 4, 1))
    assert limits(village, Q1, ClockKind.ACKNOWLEDGE).missed is None
