"""After a year nothing is unaccounted for: the log, every promise, and what should be gone."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from intake.arrivals import AskForReceipt, OpenCase
from intake.screens import CaseShown
from monitoring.limits import COUNTED, QuarterLimits
from monitoring.overview.company import company_view
from register.case import Case, CaseStatus
from register.clocks import ClockKind, deadlines
from register.log import LogAction
from register.quarters import Quarter
from register.release import LEAST_PEOPLE
from service.audit import audit
from tests.house import IMPORTER, House, small_house
from tests.year.paths import PATHS
from tests.year.playing import KEEP_ACCOUNT_DAYS, Year, year_settings


class Played(NamedTuple):
    """The installation at the end, and the diary."""

    house: House
    year: Year
    cases: dict[str, Case]
    bytes_kept: bytes


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    home = tmp_path_factory.mktemp("year") / "home"
    async with small_house(home) as house:
        settings = year_settings(house)
        year = Year(house, settings, seed=20260803)
        await year.play()
        kept: dict[str, Case] = {}

        def look(tx: Any) -> None:
            kept.update({ref: tx.cases.get(ref) for ref in tx.cases.refs()})

        await house.database.read(look)
        found = b"".join(_bytes(home))
        yield Played(house, year, kept, found)


def _bytes(home: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()]


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_report_is_a_case_and_every_path_was_walked(played: Played) -> None:
    assert len(played.cases) == len(played.year.people)
    assert set(Counter(who.path for who in played.year.people)) == set(PATHS)
    statuses = {case.status for case in played.cases.values()}
    assert statuses >= {
        CaseStatus.RECEIVED,
        CaseStatus.FOUNDED,
        CaseStatus.PARTLY_FOUNDED,
        CaseStatus.INVESTIGATING,
        CaseStatus.CLOSED,
    }


async def test_the_logs_verify(played: Played) -> None:
    found = await played.house.database.read(audit)
    assert found.is_clean
    assert found.cases == len(played.cases)
    assert found.last is not None


async def test_every_promise_is_kept_or_visibly_missed(played: Played) -> None:
    today = played.house.clock.today
    overdue = set()
    seen = Counter[str]()
    for case in played.cases.values():
        for each in deadlines(case):
            if each.kind in (ClockKind.ERASE_IDENTITY, ClockKind.ERASE_RECORD):
                continue
            if each.met_on is None and today > each.due_on:
                overdue.add(case.ref)
            outcome = "open" if each.met_on is None else "late" if each.was_late else "kept"
            seen[outcome] += 1
    assert all(seen[outcome] for outcome in ("kept", "late", "open")), seen
    listed = await played.house.database.read(lambda tx: tx.cases.due_before(today, limit=1000))
    assert {case.ref for case in listed} == overdue


async def test_released_numbers_are_what_the_diary_says(played: Played) -> None:
    """Of each quarter in which people reported: how many."""
    filed = Counter(Quarter.of(case.filed_on) for case in played.cases.values())

    def look(tx: Any) -> dict[Quarter, int | None]:
        return {each: tx.releases.get(IMPORTER.id, each).number() for each in over}

    over = [each for each in filed if each.is_closed(played.house.clock.today)]
    shown = await played.house.database.read(look)
    assert len(over) >= 3
    assert shown == {each: filed[each] for each in over}


async def test_released_limits_are_what_the_diary_says(played: Played) -> None:
    """Counted anew from the cases, by other means than the release."""
    today = played.house.clock.today
    limits: tuple[QuarterLimits, ...] = await played.house.database.read(
        lambda tx: tx.figures.limits(IMPORTER.id)
    )
    assert len(limits) >= 4
    shown = 0
    for released in limits:
        for kind in COUNTED:
            kept, missed = _counted(played.cases.values(), kind, released.quarter)
            figure = released.of(kind)
            assert figure.in_time == (kept if kept >= LEAST_PEOPLE else None)
            assert figure.missed == (missed if missed >= LEAST_PEOPLE else None)
            shown += (figure.in_time is not None) + (figure.missed is not None)
    assert shown >= 3
    assert max(each.quarter for each in limits) < Quarter.of(today)


def _counted(cases: Any, kind: ClockKind, quarter: Quarter) -> tuple[int, int]:
    kept = missed = 0
    for case in cases:
        for each in deadlines(case):
            if each.kind is kind and quarter.first_day <= each.due_on <= quarter.last_day:
                in_time = each.met_on is not None and each.met_on <= each.due_on
                kept, missed = kept + in_time, missed + (not in_time)
    return kept, missed


async def test_what_should_be_gone_is_in_no_byte_and_the_rest_is(played: Played) -> None:
    today, erased, kept = played.house.clock.today, 0, 0
    for who in played.year.people:
        case = played.cases[who.ref]
        sealed = played.year.sealed[who.ref]
        if _is_over(case, today):
            assert case.account_erased_on is not None, who.path
            erased += 1
            assert not any(each in played.bytes_kept for each in sealed.values()), who.path
        elif not case.earlier_handler_ids:
            assert case.account_erased_on is None, who.path
            kept += 1
            assert sealed["account"] in played.bytes_kept, who.path
    assert erased >= 20
    assert kept >= 20


def _is_over(case: Case, today: date) -> bool:
    return case.closed_on is not None and (today - case.closed_on).days > KEEP_ACCOUNT_DAYS


async def test_receipts_still_open_what_is_there(played: Played) -> None:
    for who in played.year.people[::7]:
        await played.house.take(who.chat, AskForReceipt())
        reply = await played.house.take(who.chat, OpenCase(receipt=who.receipt))
        (shown,) = (screen for screen in reply.screens if isinstance(screen, CaseShown))
        is_gone = played.cases[who.ref].account_erased_on is not None
        assert not (is_gone and shown.letters), who.path


async def test_appeals_went_to_others_and_were_decided(played: Played) -> None:
    appealed = [played.cases[who.ref] for who in played.year.people if who.path == "appealed"]
    assert appealed
    for case in appealed:
        assert case.earlier_handler_ids
        assert not set(case.handler_ids) & set(case.earlier_handler_ids)


async def test_the_company_reads_what_is_shared_and_nothing_that_was_taken_back(
    played: Played,
) -> None:
    today = played.house.clock.today
    view = await played.house.database.read(lambda tx: company_view(tx, IMPORTER.id, today))
    assert view is not None
    remedied = [who for who in played.year.people if who.path == "remedied"]
    shared = {each.id for each in view.summaries}
    assert len(shared) == len(remedied)
    for who in played.year.people:
        actions = {
            entry.action
            for entry in await played.house.database.read(
                lambda tx, ref=who.ref: tx.log.of_case(ref)
            )
        }
        assert (LogAction.SUMMARY_SHARED in actions) == (who.path in ("remedied", "taken_back"))
