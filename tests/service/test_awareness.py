"""What was found on a visit is recorded, and counts where silence is judged."""

from datetime import timedelta

import pytest

from service.clock import today
from service.foundations import records
from service.settings import read_settings
from tests.service.terminal import Gehoor


@pytest.fixture
def supplied(installed: Gehoor) -> Gehoor:
    for code in ("RJ3", "FJ1"):
        installed("sites", "add", "--code", code, "--name", f"Place {code}", "--country", "IN")
    return installed


def test_a_visit_is_recorded_and_read_where_silence_is_judged(supplied: Gehoor) -> None:
    day = today() - timedelta(days=3)
    done = supplied(
        "awareness", "record", "rj3", "--asked", "40", "--aware", "28", "--day", str(day)
    )
    assert done.status == 0
    with records(read_settings()) as kept:
        site = kept.read(lambda tx: tx.sites.by_code("RJ3"))
        assert site is not None
        (facts,) = kept.read(lambda tx: tx.hearings.facts([site.id], today()))
    assert (facts.awareness_percent, facts.awareness_day) == (70, day)


def test_visits_and_sites_that_nobody_asked_are_listed(supplied: Gehoor) -> None:
    supplied("awareness", "record", "RJ3", "--asked", "40", "--aware", "28")
    supplied("awareness", "record", "RJ3", "--asked", "41", "--aware", "30")
    listed = supplied("awareness", "list").out
    assert f"RJ3           {today()}  30 of 41 know it" in listed
    assert "28 of 40" not in listed, "a second record of a day replaces the first"
    assert "Never asked: FJ1" in listed
    assert "Never asked" not in supplied("awareness", "list", "RJ3").out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("RJ3", "--asked", "5", "--aware", "6"), "no more know it than were asked"),
        (("RJ3", "--asked", "5", "--aware", "5", "--day", "2999-01-01"), "has not come yet"),
        (("XX", "--asked", "5", "--aware", "5"), "no site with the code XX"),
    ],
)
def test_what_cannot_be_is_refused(
    supplied: Gehoor, arguments: tuple[str, ...], reason: str
) -> None:
    refused = supplied("awareness", "record", *arguments)
    assert refused.status == 1
    assert reason in refused.err
    assert supplied("awareness", "record", "RJ3", "--asked", "0", "--aware", "0").status == 2
