"""After its years a record is gone from every byte, and the audit still knows what is missing."""

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import structlog

from monitoring.signals import at_site
from register.case import Actor, Case, RelationKind
from register.checkpoints import StoneFaultKind
from register.clocks import REST_DAYS
from register.log import LogFaultKind
from register.people import ConflictOfInterest, Role, TieTo
from register.quarters import Quarter
from register.relating import Related, relate
from register.spans import Span
from register.transitions import Action, Moved, move
from sealing.key_ring import KeyRing
from service.audit import Audit, audit
from service.chore_list import checkpoint_logs, gather_reports, release_quarters
from service.erasing import erase_what_is_due
from service.log_receipt import ReceiptFault, check, receipt_of
from service.resealing import sealed_columns
from service.settings import Settings
from service.wiring import House
from storage.errors import StorageConflict
from storage.tables import METADATA
from tests.house import ASHA, IMPORTER, QUARRY, URSULA
from tests.web.inside_house import Filed, Inside
from tests.web.sharing import shared

YEARS = Span(months=7 * 12)
DAY = timedelta(days=1)
STORY = "CANARY the kiln door is locked"


@dataclass
class Nights:
    """What the chores ask of a house, and a night of those that matter here."""

    database: Any
    blobs: Any
    key_ring: KeyRing
    clock: Any
    settings: Settings

    @property
    def house(self) -> House:
        """As the chores take it: nothing else of a house is asked for."""
        return cast(House, self)

    async def night(self, today: date) -> int:
        """As `gehoor run` does them; how many cases something was erased of."""
        done = await erase_what_is_due(self.house, today)
        await gather_reports(self.house, today)
        await release_quarters(self.house, today)
        await checkpoint_logs(self.house, today)
        return done

    async def years(self, today: date) -> date:
        """All nights that matter until the last day of a case closed today, which it gives."""
        last_day = YEARS.after(today)
        for day in (today + DAY, today + 366 * DAY, today + 367 * DAY, last_day - DAY):
            await self.night(day)
        return last_day


@pytest.fixture
def nights(inside: Inside) -> Nights:
    house = inside.house
    return Nights(
        house.database, house.blobs, house.key_ring, house.clock, Settings(home=house.home)
    )


async def closed(inside: Inside, ref: str) -> date:
    """The reporter withdraws it; the day on which its record is to be erased."""
    today = inside.house.clock.today

    def work(tx: Any) -> None:
        moved = move(tx.cases.get(ref), Action.WITHDRAW, Actor(role=Role.REPORTER), today)
        assert isinstance(moved, Moved)
        tx.cases.keep(moved.case, moved.entry)

    await inside.house.database.transaction(work)
    return YEARS.after(today)


async def tied(inside: Inside, one: str, two: str) -> None:
    def work(tx: Any) -> None:
        actor = Actor(role=Role.HANDLER, id=ASHA.id)
        related = relate(
            tx.cases.get(one),
            tx.cases.get(two),
            RelationKind.RELATED,
            actor,
            inside.house.clock.today,
        )
        assert isinstance(related, Related)
        for case, entry in related.changed:
            tx.cases.keep(case, entry)

    await inside.house.database.transaction(work)


async def audited(inside: Inside) -> Audit:
    return await inside.house.database.read(audit)


async def case_of(inside: Inside, ref: str) -> Case | None:
    return await inside.house.database.read(lambda tx: tx.cases.get(ref))


async def full_case(inside: Inside) -> Filed:
    """With letters, papers, a file, a shared summary, a question to the company, ties."""
    summary = await shared(inside, STORY)
    case = await inside.case(summary.case_ref)
    asha = await inside.signs_in(ASHA.id)
    address = f"/desk/cases/{case.ref}"
    await asha.goes(address)
    await asha.presses("Seal and send", letter=STORY)
    await asha.goes(address)
    await asha.presses("Seal and keep", paper=STORY, kind="note")
    tie = ConflictOfInterest(tie=TieTo.CASE, subject=case.ref, declared_on=case.filed_on)
    await inside.house.database.transaction(lambda tx: tx.people.declare(URSULA.id, tie))
    return Filed(case=case, receipt=None)  # type: ignore[arg-type]  # nobody needs it here


def opened_values(home: Path, key_ring: KeyRing) -> bytes:
    """Every value that the key ring seals, opened: what its keeper could still read."""
    found = []
    with sqlite3.connect(home / "gehoor.db") as database:
        for column in sealed_columns():
            names = ", ".join((*column.key, column.column))
            for *key, sealed in database.execute(f"SELECT {names} FROM {column.table}"):
                if sealed is not None:
                    place = (column.table, column.column.removesuffix("_sealed"))
                    found.append(key_ring.open_row(*place, column.row_name(key), sealed))
    database.close()
    return b"\n".join(found)


def bytes_kept(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


async def test_no_byte_names_a_case_whose_record_is_erased(inside: Inside, nights: Nights) -> None:
    filed = await full_case(inside)
    ref, home, key_ring = filed.case.ref, inside.house.home, inside.house.key_ring
    other = await inside.filed()
    await tied(inside, ref, other.case.ref)
    assert (await case_of(inside, other.case.ref)).relations  # type: ignore[union-attr]  # it is filed
    await closed(inside, ref)
    last_day = await nights.years(inside.house.clock.today)
    await asyncio.to_thread(inside.house.database.let_go_of_what_was)
    assert ref.encode() in bytes_kept(home)
    assert ref.encode() in opened_values(home, key_ring)
    tallies = await inside.house.database.read(lambda tx: tx.signals.tallies([at_site(QUARRY.id)]))
    assert await nights.night(last_day) == 1
    assert await case_of(inside, ref) is None
    for table in METADATA.tables.values():
        assert ref.encode() not in opened_values(home, key_ring), table.name
    kept = bytes_kept(home)
    assert ref.encode() not in kept
    assert b"CANARY" not in kept
    assert (await case_of(inside, other.case.ref)).relations == ()  # type: ignore[union-attr]  # it is open
    now = await inside.house.database.read(lambda tx: tx.signals.tallies([at_site(QUARRY.id)]))
    assert now == tallies
    handler = await inside.house.database.read(lambda tx: tx.people.handler(URSULA.id))
    assert handler.ties == ()
    found = await audited(inside)
    assert found.is_clean
    assert (found.cases, found.erased) == (1, 1)


async def test_what_was_released_stays_as_it_was(inside: Inside, nights: Nights) -> None:
    for _ in range(12):
        filed = await inside.filed()
        await closed(inside, filed.case.ref)
    quarter = Quarter.of(inside.house.clock.today)
    await nights.night(quarter.last_day + 2 * DAY)

    def look(tx: Any) -> tuple[Any, ...]:
        return (
            tx.releases.get(IMPORTER.id, quarter),
            tx.figures.limits(IMPORTER.id)[0],
            tx.signals.tallies([at_site(QUARRY.id)]),
            tx.releases.first_quarter(),
        )

    before = await inside.house.database.read(look)
    assert before[0] is not None
    last_day = await nights.years(inside.house.clock.today)
    assert await nights.night(last_day) == 12
    assert await inside.house.database.read(look) == before
    assert await inside.house.database.read(lambda tx: tx.cases.counts(ASHA.id)) == {}
    assert await inside.house.database.read(lambda tx: tx.cases.refs()) == ()


async def test_a_case_that_a_late_release_will_read_waits_for_it(
    inside: Inside, nights: Nights
) -> None:
    filed = await inside.filed()
    last_day = await closed(inside, filed.case.ref)
    today = inside.house.clock.today
    await checkpoint_logs(nights.house, today + DAY)
    assert await erase_what_is_due(nights.house, last_day) == 0
    assert await case_of(inside, filed.case.ref) is not None
    await release_quarters(nights.house, last_day)
    assert await erase_what_is_due(nights.house, last_day) == 1


async def test_a_log_that_no_checkpoint_knows_is_not_erased(inside: Inside, nights: Nights) -> None:
    filed = await inside.filed()
    last_day = await closed(inside, filed.case.ref)
    await release_quarters(nights.house, last_day)
    assert await erase_what_is_due(nights.house, last_day) == 0
    await checkpoint_logs(nights.house, last_day)
    assert await erase_what_is_due(nights.house, last_day) == 1


async def test_what_is_left_when_the_process_dies_is_finished_by_the_next_round(
    inside: Inside, nights: Nights
) -> None:
    """Broken off at several steps of one case, and between two cases."""
    refs = [(await inside.filed()).case.ref for _ in range(3)]
    for ref in refs:
        await closed(inside, ref)
    last_day = await nights.years(inside.house.clock.today)
    for table in ("signals", "log_entries", "case_readers", "cases"):
        change(
            inside,
            f"CREATE TRIGGER breaks BEFORE DELETE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'broken off'); END",
        )
        with pytest.raises(StorageConflict):
            await erase_what_is_due(nights.house, last_day)
        change(inside, "DROP TRIGGER breaks")
        found = await audited(inside)
        assert (found.cases, found.erased, found.is_clean) == (3, 0, True), table
    whole, done = nights.database.transaction, []

    class OneCase:
        """The process dies after the first case."""

        def __getattr__(self, name: str) -> Any:
            return getattr(inside.house.database, name)

        async def transaction(self, work: Any) -> Any:
            if len(done) == 2:  # one for old alerts, one for a case
                raise ConnectionError
            done.append(work)
            return await whole(work)

    nights.database = OneCase()
    with pytest.raises(ConnectionError):
        await erase_what_is_due(nights.house, last_day)
    found = await audited(inside)
    assert (found.cases, found.erased, found.is_clean) == (2, 1, True)
    nights.database = inside.house.database
    assert await nights.night(last_day) == 2
    found = await audited(inside)
    assert (found.cases, found.erased, found.is_clean) == (0, 3, True)


async def test_a_log_that_is_not_whole_is_left_for_somebody_to_look_at(
    inside: Inside, nights: Nights
) -> None:
    filed = await inside.filed()
    await closed(inside, filed.case.ref)
    last_day = await nights.years(inside.house.clock.today)
    change(inside, "UPDATE log_entries SET reason = 'mistake' WHERE number = 2")
    with structlog.testing.capture_logs() as logged:
        assert await nights.night(last_day) == 0
    assert [each["number"] for each in logged if each["event"] == "records_not_erased"] == [1]
    assert filed.case.ref not in str(logged)
    assert not (await audited(inside)).is_clean


async def test_a_record_with_a_young_entry_rests_first(inside: Inside, nights: Nights) -> None:
    filed = await inside.filed()
    last_day = await closed(inside, filed.case.ref)
    await nights.night(last_day - 10 * DAY)  # what told who it was goes only now, with entries
    assert await nights.night(last_day) == 0
    assert await nights.night(last_day + (REST_DAYS - 11) * DAY) == 0
    assert await nights.night(last_day + (REST_DAYS - 10) * DAY) == 1


async def test_a_day_that_was_reckoned_by_another_setting_is_set_right(
    inside: Inside, nights: Nights
) -> None:
    filed = await inside.filed()
    last_day = await closed(inside, filed.case.ref)
    await nights.night(inside.house.clock.today + 370 * DAY)
    change(inside, "UPDATE cases SET erase_on = filed_on")
    assert await nights.night(inside.house.clock.today + 371 * DAY) == 0
    with sqlite3.connect(inside.house.home / "gehoor.db") as database:
        (stored,) = database.execute("SELECT erase_on FROM cases").fetchone()
    database.close()
    assert date.fromisoformat(stored) == last_day


# --- the audit ---


def change(inside: Inside, *statements: str) -> None:
    """Somebody who has the database alone."""
    with sqlite3.connect(inside.house.home / "gehoor.db") as database:
        for statement in statements:
            assert database.execute(statement).rowcount, statement
    database.close()


async def one_erased(inside: Inside, nights: Nights) -> tuple[str, date]:
    """One record erased by rule, and one case that is closed and young."""
    old = await inside.filed()
    await closed(inside, old.case.ref)
    last_day = await nights.years(inside.house.clock.today)
    inside.house.clock.pass_days((last_day - inside.house.clock.today).days - 100)
    young = await inside.filed()
    await closed(inside, young.case.ref)
    inside.house.clock.pass_days(100)
    await nights.night(last_day)
    await nights.night(last_day + DAY)
    found = await audited(inside)
    assert (found.cases, found.erased, found.is_clean) == (1, 1, True)
    return young.case.ref, last_day + DAY


def deleted(ref: str) -> list[str]:
    return [
        *(
            f"DELETE FROM {table} WHERE case_ref = '{ref}' OR 1 = 0"
            for table in ("log_entries", "case_readers", "case_organisations")
        ),
        f"DELETE FROM cases WHERE ref = '{ref}'",
    ]


async def test_a_log_that_a_thief_deleted_with_its_case_is_missed(
    inside: Inside, nights: Nights
) -> None:
    ref, _ = await one_erased(inside, nights)
    change(inside, *deleted(ref))
    found = await audited(inside)
    assert (found.faults, found.stone_faults) == ((), ())
    assert not found.is_last_true


async def test_a_log_that_is_gone_alone_is_a_fault(inside: Inside, nights: Nights) -> None:
    ref, _ = await one_erased(inside, nights)
    change(inside, f"DELETE FROM log_entries WHERE case_ref = '{ref}'")
    found = await audited(inside)
    assert {fault.kind for _, fault in found.faults} == {LogFaultKind.WRONG_END}


async def test_a_log_whose_case_is_gone_is_a_fault(inside: Inside, nights: Nights) -> None:
    ref, _ = await one_erased(inside, nights)
    change(inside, *deleted(ref)[1:])
    found = await audited(inside)
    assert [(each, fault.kind) for each, fault in found.faults] == [(ref, LogFaultKind.NO_CASE)]


async def test_a_tombstone_that_is_removed_is_missed(inside: Inside, nights: Nights) -> None:
    await one_erased(inside, nights)
    change(inside, "DELETE FROM tombstones")
    assert not (await audited(inside)).is_last_true


@pytest.mark.parametrize(
    "column",
    ["length = length + 1", "digest = 'x'", "last_on = closed_on", "erased_on = '2040-01-01'"],
)
async def test_a_tombstone_that_is_changed_is_found(
    inside: Inside, nights: Nights, column: str
) -> None:
    await one_erased(inside, nights)
    if column.startswith("last_on"):  # what it is already is no change
        column = "last_on = '2026-08-04'"
    change(inside, f"UPDATE tombstones SET {column}")
    found = await audited(inside)
    assert StoneFaultKind.FORGED in {each.kind for each in found.stone_faults}
    assert not found.is_last_true or "2040" in column


async def test_a_tombstone_by_somebody_without_the_key_ring_is_forged(
    inside: Inside, nights: Nights
) -> None:
    ref, _ = await one_erased(inside, nights)
    name = inside.house.key_ring.pseudonym("logs", ref)
    change(
        inside,
        "INSERT INTO tombstones SELECT '" + name + "', max(number), digest, day, '2026-01-01', "
        f"'2034-01-01', '{'z' * 26}' FROM log_entries WHERE case_ref = '{ref}'",
        *deleted(ref),
    )
    found = await audited(inside)
    assert {each.kind for each in found.stone_faults} >= {StoneFaultKind.FORGED}
    assert not found.is_last_true


async def test_a_tombstone_of_a_record_that_was_not_old_enough_is_a_fault(
    inside: Inside, nights: Nights
) -> None:
    """Made by somebody who has the key ring: by our own functions."""
    ref, today = await one_erased(inside, nights)

    def work(tx: Any) -> None:
        case = tx.cases.get(ref)
        tx.log.bury(ref, today)
        tx.cases.erase(case)

    await inside.house.database.transaction(work)
    found = await audited(inside)
    assert {each.kind for each in found.stone_faults} == {StoneFaultKind.TOO_YOUNG}
    assert found.is_last_true


async def test_a_tombstone_of_a_log_that_is_there_is_a_fault(
    inside: Inside, nights: Nights
) -> None:
    ref, today = await one_erased(inside, nights)
    await inside.house.database.transaction(lambda tx: tx.log.bury(ref, today))
    found = await audited(inside)
    assert StoneFaultKind.LOG_IS_THERE in {each.kind for each in found.stone_faults}


# --- receipts kept elsewhere ---


async def receipt_now(inside: Inside) -> bytes:
    head = await inside.house.database.read(lambda tx: tx.log.last_checkpoint())
    return receipt_of(head, inside.house.key_ring)


async def checked(inside: Inside, receipt: bytes) -> ReceiptFault | None:
    return await inside.house.database.read(lambda tx: check(tx, receipt, inside.house.key_ring))


async def test_a_receipt_outlives_the_erasing_of_a_log_that_had_ended_by_then(
    inside: Inside, nights: Nights
) -> None:
    filed = await inside.filed()
    first = inside.house.clock.today
    await nights.night(first + DAY)
    early = await receipt_now(inside)
    inside.house.clock.pass_days(2)
    last_day = await closed(inside, filed.case.ref)
    await nights.night(first + 500 * DAY)
    await nights.night(first + 501 * DAY)
    late = await receipt_now(inside)
    assert await checked(inside, early) is None
    assert await nights.night(last_day) == 1
    assert await checked(inside, late) is None
    assert await checked(inside, early) is ReceiptFault.TOO_OLD
    change(inside, "DELETE FROM tombstones")
    assert await checked(inside, late) is ReceiptFault.CHANGED


async def test_a_receipt_finds_a_log_that_was_buried_as_if_it_had_been_old(
    inside: Inside, nights: Nights
) -> None:
    """By somebody who has everything here, checkpoints and key ring too, and not the drawer."""
    ref, _ = await one_erased(inside, nights)
    kept_elsewhere = await receipt_now(inside)
    change(
        inside,
        f"UPDATE log_entries SET day = '2027-01-01' WHERE case_ref = '{ref}'",
    )

    def work(tx: Any) -> None:
        case = tx.cases.get(ref)
        tx.log.bury(ref, date(2034, 5, 1))
        tx.cases.erase(case)

    await inside.house.database.transaction(work)
    change(inside, "DELETE FROM checkpoints")
    today = inside.house.clock.today + 3 * DAY
    await checkpoint_logs(nights.house, today)
    assert (await audited(inside)).is_clean
    assert await checked(inside, kept_elsewhere) is ReceiptFault.CHANGED


def test_nothing_here_is_left_out() -> None:
    """A table that names cases is erased with them."""
    naming = {t.name for t in METADATA.tables.values() if "case_ref" in t.c}
    assert naming == {
        "case_organisations",
        "case_helpers",
        "company_requests",
        "case_readers",
        "case_blobs",
        "letters",
        "case_papers",
        "summaries",
        "log_entries",
    }
