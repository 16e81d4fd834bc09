"""Pauses after wrong tries: they grow, they end, and they lock nobody out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accounts.patience import (
    FORGET_AFTER,
    FREE_TRIES,
    LONGEST_PAUSE,
    MOST_FOR_EVERYBODY,
    Failures,
    failed,
    failed_by_anybody,
    pause,
)

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def after(tries: int, now: datetime = NOW) -> Failures | None:
    failures = None
    for _ in range(tries):
        failures = failed(failures, now)
    return failures


def test_a_few_slips_of_the_finger_cost_no_time() -> None:
    assert pause(after(FREE_TRIES - 1), None, NOW) == timedelta()


def test_pauses_double() -> None:
    waits = [pause(after(FREE_TRIES + more), None, NOW) for more in range(3)]
    assert waits == [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8)]


@given(tries=st.integers(0, 10_000))
def test_no_pause_is_longer_than_a_quarter_of_an_hour(tries: int) -> None:
    failures = Failures(count=tries, last_at=NOW)
    assert timedelta() <= pause(failures, None, NOW) <= LONGEST_PAUSE
    assert pause(failures, None, NOW + LONGEST_PAUSE) == timedelta()


def test_a_day_without_a_wrong_try_ends_it() -> None:
    later = NOW + FORGET_AFTER
    assert pause(after(50), None, later) == timedelta()
    assert failed(after(50), later).count == 1


def test_many_wrong_tries_of_all_names_slow_everybody_and_ease_by_the_second() -> None:
    everybody = None
    for _ in range(MOST_FOR_EVERYBODY + 10):
        everybody = failed_by_anybody(everybody, NOW)
    assert pause(None, everybody, NOW) == timedelta(seconds=10)
    assert pause(None, everybody, NOW + timedelta(seconds=10)) == timedelta()
