"""When a level is due, when a company is late, and what follows."""

from datetime import date

import pytest

from monitoring.evaluation.time_path import Consequence, due_days, standing
from tests.shipped import FRAMEWORK

PATH = FRAMEWORK.time_path
JOINED = date(2024, 5, 1)
MODULES = Consequence.MODULES_OFFERED
EXPLAINED = Consequence.EXPLAINED_IN_LISTING
DECIDES = Consequence.STEERING_GROUP_DECIDES


def test_the_path_gives_one_year_one_year_and_two():
    assert due_days(PATH, JOINED, 1) == {
        2: date(2025, 5, 1),
        3: date(2026, 5, 1),
        4: date(2028, 5, 1),
    }


def test_who_joins_higher_starts_there():
    assert due_days(PATH, JOINED, 3) == {4: date(2026, 5, 1)}
    assert due_days(PATH, JOINED, 4) == {}


def test_who_reached_no_level_yet_walks_the_whole_path():
    assert due_days(PATH, JOINED, 0) == due_days(PATH, JOINED, 1)


@pytest.mark.parametrize(
    ("level", "today", "days_late", "consequences"),
    [
        (1, date(2025, 5, 1), 0, ()),
        (1, date(2025, 5, 2), 1, (MODULES,)),
        (1, date(2026, 5, 1), 365, (MODULES,)),
        (1, date(2026, 5, 2), 366, (MODULES, DECIDES)),
        (0, date(2025, 5, 2), 1, (MODULES,)),
        (2, date(2026, 5, 1), 0, ()),
        (2, date(2026, 5, 2), 1, (MODULES,)),
        (3, date(2028, 5, 1), 0, ()),
        (3, date(2028, 5, 2), 1, (EXPLAINED,)),
        (3, date(2029, 5, 2), 366, (EXPLAINED, DECIDES)),
        (4, date(2040, 1, 1), 0, ()),
    ],
)
def test_lateness_and_what_follows(level, today, days_late, consequences):
    found = standing(PATH, joined=JOINED, entry_level=1, level=level, today=today)
    assert found.days_late == days_late
    assert found.is_late == (days_late > 0)
    assert found.consequences == consequences


def test_who_is_too_late_has_a_year_to_recover():
    found = standing(PATH, joined=JOINED, entry_level=1, level=1, today=date(2026, 5, 2))
    assert found.recovery_until == date(2027, 5, 1)
    assert found.next_level_due == date(2025, 5, 1)


def test_being_quick_gives_room_later():
    early = standing(PATH, joined=JOINED, entry_level=1, level=3, today=date(2025, 1, 1))
    assert early.next_level_due == date(2028, 5, 1)
    assert early.recovery_until is None
