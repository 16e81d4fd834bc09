"""The nightly look at holds: told once, however many look; what ended is looked at no more."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from register.alerts import AlertKind
from register.case import Case
from register.log import LogAction
from sealing.stretching import TEST_COST
from service.clock import today
from service.foundations import records
from service.holding import hold_case, release_hold
from service.reminding import remind_of_holds
from service.settings import read_settings
from service.wiring import House, open_house
from tests.service.talking import Reporter
from tests.service.terminal import Gehoor

SOON = timedelta(days=100)


async def one_report(house: House) -> str:
    await Reporter(house, "one").tell(send=True)
    (ref,) = await house.database.read(lambda tx: tx.cases.refs())
    until, timetable = (today() + SOON).isoformat(), house.settings.timetable
    await house.database.transaction(
        lambda tx: hold_case(tx, ref, "court", until, today(), timetable)
    )
    return ref


async def alerts(house: House) -> list[str]:
    """Refs of the cases that somebody is to be told of because a hold ends."""
    far = date(2999, 1, 1)
    due = await house.database.read(lambda tx: tx.outbox.due(far, 100))
    return [alert.case_ref for _, alert in due if alert.kind is AlertKind.HOLD_ENDING]


async def case_of(house: House, ref: str) -> Case:
    case = await house.database.read(lambda tx: tx.cases.get(ref))
    assert case is not None
    return case


def open_one() -> House:
    return open_house(read_settings(), clock=lambda: datetime.now(UTC), receipt_cost=TEST_COST)


async def test_it_is_told_once_by_many_at_once_and_after_a_restart(installed: Gehoor) -> None:
    house, other = open_one(), open_one()
    try:
        ref = await one_report(house)
        early, day = today() + SOON - timedelta(days=15), today() + SOON - timedelta(days=14)
        assert await remind_of_holds(house, early) == 0
        assert await alerts(house) == []
        told = await asyncio.gather(*(remind_of_holds(each, day) for each in (house, other) * 2))
        assert sum(told) == 1
        await other.close()
        other = open_one()
        for later in range(20):
            assert await remind_of_holds(other, day + timedelta(days=later)) == 0
        assert await alerts(house) == [ref]
        log = await house.database.read(lambda tx: tx.log.of_case(ref))
        assert [each.action for each in log].count(LogAction.HOLD_ENDING) == 1
    finally:
        await other.close()
        await house.close()


async def test_a_hold_that_has_ended_is_dropped_and_looked_at_no_more(installed: Gehoor) -> None:
    house = open_one()
    try:
        ref = await one_report(house)
        last = today() + SOON
        assert await remind_of_holds(house, last) == 1
        assert (await case_of(house, ref)).hold is not None
        assert await remind_of_holds(house, last + timedelta(days=1)) == 0
        assert (await case_of(house, ref)).hold is None
        assert await house.database.read(lambda tx: tx.cases.holds_ending(date(2999, 1, 1))) == ()
        assert await alerts(house) == [ref]
    finally:
        await house.close()


async def test_what_was_let_go_is_told_of_to_nobody(installed: Gehoor) -> None:
    house = open_one()
    try:
        ref = await one_report(house)
        timetable = house.settings.timetable
        await house.database.transaction(lambda tx: release_hold(tx, ref, today(), timetable))
        assert await remind_of_holds(house, today() + SOON) == 0
        assert await alerts(house) == []
    finally:
        await house.close()


def test_the_operator_lists_what_is_held_without_content(installed: Gehoor) -> None:
    said = installed("cases", "holds")
    assert (said.status, said.out.strip()) == (0, "No case is held back from erasure.")

    async def report() -> str:
        house = open_one()
        try:
            return await one_report(house)
        finally:
            await house.close()

    ref = asyncio.run(report())
    said = installed("cases", "holds")
    assert said.status == 0
    (line,) = said.out.splitlines()
    assert line.split() == [ref, "court", "since", f"{today()}", "until", f"{today() + SOON}"]
    assert installed("cases", "release-hold", ref).status == 0
    assert "No case is held back" in installed("cases", "holds").out


def test_the_list_goes_on_over_its_pages_in_the_order_of_the_ends(
    installed: Gehoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def three() -> None:
        house = open_one()
        try:
            for number in range(3):
                await Reporter(house, str(number)).tell(send=True)
        finally:
            await house.close()

    asyncio.run(three())
    with records(read_settings()) as kept:
        refs = kept.read(lambda tx: tx.cases.refs())
    for number, ref in enumerate(refs):
        until = (today() + timedelta(days=30 - number)).isoformat()
        assert installed("cases", "hold", ref, "--reason", "court", "--until", until).status == 0
    from storage.cases import SqlCaseShelf

    usual = SqlCaseShelf.held

    def one_at_a_time(self: SqlCaseShelf, *args: object, **more: object) -> tuple[Case, ...]:
        return usual(self, *args, **{**more, "limit": 1})  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(SqlCaseShelf, "held", one_at_a_time)
    said = installed("cases", "holds")
    assert [line.split()[0] for line in said.out.splitlines()] == list(refs[::-1])
