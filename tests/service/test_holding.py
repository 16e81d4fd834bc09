"""The operator holds a case back from erasure, and lets it go."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from register.case import Case
from register.hold import HoldReason
from register.holding import LONGEST_HOLD
from register.log import LogAction
from register.people import Role
from sealing.stretching import TEST_COST
from service.clock import today
from service.foundations import records
from service.settings import read_settings
from service.wiring import open_house
from tests.service.talking import Reporter
from tests.service.terminal import Gehoor


@pytest.fixture
def reported(installed: Gehoor) -> Gehoor:
    """One report."""

    async def report() -> None:
        house = open_house(read_settings(), clock=lambda: datetime.now(UTC), receipt_cost=TEST_COST)
        try:
            await Reporter(house, "one").tell(send=True)
        finally:
            await house.close()

    asyncio.run(report())
    return installed


def the_case() -> Case:
    with records(read_settings()) as kept:
        case = kept.read(lambda tx: tx.cases.get(tx.cases.refs()[0]))
    assert case is not None
    return case


def test_a_case_is_held_for_a_year_renewed_and_let_go(reported: Gehoor) -> None:
    ref = the_case().ref
    said = reported("cases", "hold", ref, "--reason", "court")
    assert said.status == 0
    assert f"Held up to and including {LONGEST_HOLD.after(today())}" in said.out
    hold = the_case().hold
    assert hold is not None
    assert (hold.reason, hold.until) == (HoldReason.COURT, LONGEST_HOLD.after(today()))
    soon = today() + timedelta(days=30)
    short = ref[:6].upper()
    said = reported("cases", "hold", short, "--reason", "authority", "--until", soon.isoformat())
    assert said.status == 0
    assert the_case().hold.until == soon  # type: ignore[union-attr]  # it is held
    assert reported("cases", "release-hold", ref).status == 0
    assert the_case().hold is None
    with records(read_settings()) as kept:
        entries = kept.read(lambda tx: tx.log.of_case(ref))[-3:]
    assert [(each.action, each.reason) for each in entries] == [
        (LogAction.HELD, "court"),
        (LogAction.HELD, "authority"),
        (LogAction.HOLD_RELEASED, "authority"),
    ]
    assert {(each.role, each.actor_id) for each in entries} == {(Role.OPERATOR, None)}
    assert reported("audit", "verify").status == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--reason", "because"), "it is one of court, authority, appeal_outside"),
        (("--reason", "court", "--until", "2020-01-01"), "ends tomorrow at the earliest"),
        (("--reason", "court", "--until", "2999-01-01"), "lasts a year at most"),
        (("--reason", "court", "--until", "tomorrow"), "is no day"),
    ],
)
def test_a_hold_that_cannot_be_is_refused(
    reported: Gehoor, more: tuple[str, ...], told: str
) -> None:
    said = reported("cases", "hold", the_case().ref, *more)
    assert said.status == 1
    assert told in said.err
    assert the_case().hold is None


def test_held_twice_alike_and_let_go_twice_are_refused(reported: Gehoor) -> None:
    hold = ("cases", "hold", the_case().ref, "--reason", "court")
    assert reported("cases", "release-hold", the_case().ref).status == 1
    assert reported(*hold).status == 0
    again = reported(*hold)
    assert again.status == 1
    assert "held like this already" in again.err
    assert reported("cases", "release-hold", the_case().ref).status == 0
    again = reported("cases", "release-hold", the_case().ref)
    assert again.status == 1
    assert "not held" in again.err


@pytest.mark.parametrize("ref", ["a" * 26, "aaaaaa", "%", "a", ""])
def test_a_case_that_is_not_there_is_named_as_it_was_typed(reported: Gehoor, ref: str) -> None:
    for command in (("hold", ref, "--reason", "court"), ("release-hold", ref)):
        said = reported("cases", *command)
        assert said.status == 1
        assert f"there is no case {ref}" in said.err
