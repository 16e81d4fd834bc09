"""What is said outside is next to nothing; pauses grow to two days; a wrong clock loses nothing."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.alerts import Alert, AlertKind
from register.deliveries import (
    HELD_BACK,
    JITTER,
    LONGEST_PAUSE,
    MAIL,
    MOST_TRIES,
    Delivery,
    DeliveryFault,
    DeliveryState,
    Notice,
    concerns_all,
    delivered,
    failed,
    gathered,
    held_until,
    in_turn,
    is_due,
    notice_of,
    once_more,
    pause_after,
    woken,
)
from register.routing import Urgency

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
NEW = Delivery(id="d", line=MAIL, notice=Notice.WORK, made_on=TODAY, changed_on=TODAY, to="asha")


def alert(kind: AlertKind, urgency: Urgency = Urgency.NORMAL, *to: str) -> Alert:
    return Alert(kind=kind, case_ref="case", urgency=urgency, to=to)


def test_pauses_begin_at_a_minute_double_and_end_at_six_hours() -> None:
    pauses = [pause_after(tries, 0.5) for tries in range(1, 14)]
    assert pauses[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert pauses[-1] == LONGEST_PAUSE
    assert pause_after(10_000, 0.5) == LONGEST_PAUSE


@given(st.integers(min_value=1, max_value=50), st.floats(min_value=0, max_value=1))
def test_a_pause_is_never_more_than_a_quarter_off(tries: int, chance: float) -> None:
    middle = pause_after(tries, 0.5)
    assert middle * (1 - JITTER) <= pause_after(tries, chance) <= middle * (1 + JITTER)


def test_the_last_try_comes_about_two_days_after_the_first() -> None:
    dice, now, each = random.Random(1), NOW, NEW
    while each.state is DeliveryState.WAITING:
        each = failed(each, DeliveryFault.LATE, now, dice.random())
        now = each.again_at or now
    assert each.tries == MOST_TRIES
    assert timedelta(hours=40) < now - NOW < timedelta(hours=60)
    assert once_more(each, TODAY) == replace(NEW, changed_on=TODAY)


@pytest.mark.parametrize("kind", AlertKind)
def test_no_kind_of_alert_is_told_apart_outside_beyond_work_and_today(kind: AlertKind) -> None:
    told = notice_of(alert(kind, Urgency.URGENT, "asha"))
    rest = {Notice.OPERATOR, Notice.SUMMARY, Notice.ASKED, None}
    assert told is Notice.WORK_TODAY or told in rest
    assert notice_of(alert(kind, Urgency.SOON, "asha")) in {Notice.WORK, *rest}


def test_what_is_for_nobody_in_particular_is_the_operators() -> None:
    assert notice_of(alert(AlertKind.OVERDUE, Urgency.URGENT)) is Notice.OPERATOR
    assert notice_of(alert(AlertKind.UNROUTED)) is Notice.OPERATOR
    assert notice_of(alert(AlertKind.ANSWER)) is None


def test_what_is_for_today_goes_at_once_and_the_rest_at_a_moment_that_tells_little() -> None:
    assert held_until(Notice.WORK_TODAY, NOW, 0.9) is None
    assert held_until(Notice.WORK, NOW, 1) == NOW + HELD_BACK
    assert not is_due(replace(NEW, again_at=NOW + HELD_BACK), NOW)
    assert is_due(replace(NEW, again_at=NOW + HELD_BACK), NOW + HELD_BACK)


def test_a_moment_that_a_wrong_clock_wrote_keeps_nothing_waiting() -> None:
    assert is_due(replace(NEW, again_at=NOW + timedelta(days=400)), NOW)
    assert not is_due(replace(NEW, again_at=NOW + LONGEST_PAUSE), NOW)


def test_one_that_waits_speaks_for_what_comes_meanwhile() -> None:
    held = replace(NEW, again_at=NOW + HELD_BACK)
    more = gathered(held, Notice.WORK)
    assert (more.again_at, more.notice, more.gathers) == (held.again_at, Notice.WORK, 2)
    pressing = gathered(held, Notice.WORK_TODAY)
    assert (pressing.again_at, pressing.notice) == (None, Notice.WORK_TODAY)
    assert gathered(pressing, Notice.WORK).notice is Notice.WORK_TODAY


def test_a_fault_of_one_wakes_nobody_and_a_fault_of_all_is_over_for_all() -> None:
    mine = failed(NEW, DeliveryFault.REFUSED, NOW, 0.5)
    ours = failed(NEW, DeliveryFault.UNREACHABLE, NOW, 0.5)
    assert woken(mine) == mine
    assert woken(ours).again_at is None
    assert not concerns_all(None)


def test_todays_work_goes_first_and_then_what_was_tried_least() -> None:
    tried = replace(NEW, id="tried", tries=3)
    pressing = replace(NEW, id="pressing", notice=Notice.WORK_TODAY, tries=5)
    dead = replace(NEW, id="dead", state=DeliveryState.DEAD)
    order = in_turn((tried, dead, NEW, pressing), NOW)
    assert [each.id for each in order] == ["pressing", "d", "tried"]


def test_what_arrived_is_not_due_again() -> None:
    arrived = delivered(NEW, date(2026, 11, 25))
    assert arrived.changed_on == date(2026, 11, 25)
    assert not is_due(arrived, NEW.again_at or NOW)
