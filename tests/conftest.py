"""Fixtures that tests of several packages share."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from service import clock
from tests.made_once import made_once
from tests.postgres import KINDS, new_database

# Machines are shared: how long an example takes says nothing about whether the law holds.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


LONGEST_FIRST = (
    "tests/storage/test_crash.py",
    "tests/browser",
    "tests/year",
    "tests/attackers",
    "tests/web/company",
    "tests/service",
    "tests/storage",
    "tests/transcripts",
    "tests/security",
)
"""Files that take longest. Begun last, one of them would keep the other processor waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order above, and otherwise as they were found."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(item.config.rootpath).as_posix()
        places = (n for n, start in enumerate(LONGEST_FIRST) if path.startswith(start))
        return next(places, len(LONGEST_FIRST))

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def what_is_the_same_for_all() -> Iterator[None]:
    """Empty tables and compiled templates are made once."""
    with made_once():
        yield


class OneDay:
    """The machine's clock, which reaches the last moment of this day and waits there."""

    def __init__(self) -> None:
        self.day = datetime.now(UTC).date()

    def now(self, zone: tzinfo) -> datetime:
        """This moment."""
        return min(datetime.now(zone), datetime.combine(self.day, time.max, zone))


@pytest.fixture(autouse=True)
def midnight_waits_for_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that was asked for at the beginning is the same day at the end."""
    monkeypatch.setattr(clock, "datetime", OneDay())


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database, of every kind that an installation can live in."""
    with new_database(request.param, tmp_path) as url:
        yield url
