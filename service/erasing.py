"""The nightly erasing of closed cases: who told it, what was told, and at last the record (L4).

Which of them is due is `register.erasing`'s to say; here it is done. Run by `service.chores`.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta

import structlog

from monitoring.limits import quarters_read
from monitoring.overview.releasing import due_releases
from monitoring.signals import SignalKind
from register import log as logs
from register.case import Case
from register.checkpoints import FORMAT
from register.clocks import REST_DAYS, Timetable, timed
from register.erasing import Erasable, due, emptied, erased, without_identity
from register.quarters import Quarter
from register.relating import without
from service.case_by_case import case_by_case
from service.wiring import House
from storage.transaction import SqlTransaction

log = structlog.get_logger("service")


async def erase_what_is_due(house: House, today: date) -> int:
    """Erase who told it, later what was told, at last the record, of cases that are long closed."""
    round_ = Round(
        today=today,
        timetable=house.settings.timetable,
        uncounted=await house.database.read(lambda tx: _uncounted(tx, today)),
    )
    # An alert is made with an entry of the log, after which a record rests for longer than this.
    await house.database.transaction(
        lambda tx: tx.outbox.forget_before(today - timedelta(days=REST_DAYS - 1))
    )
    done, faulty = 0, 0
    async for came in case_by_case(
        house.database, lambda tx, after: tx.cases.to_erase(today, after=after), round_.erase
    ):
        # Only now: a name without its file would be worse than a file without its name.
        for blob in came.blobs:
            await asyncio.to_thread(house.blobs.drop, blob)
        done += came.is_done
        faulty += came.is_faulty
    if faulty:
        log.warning("records_not_erased", number=faulty, hint="see `gehoor audit verify`")
    if done:
        await asyncio.to_thread(house.database.let_go_of_what_was)
    return done


def _uncounted(tx: SqlTransaction, today: date) -> frozenset[tuple[str, Quarter]]:
    """Organisations with the quarters whose reports a release that is due will still read."""
    return frozenset(
        (organisation_id, read)
        for organisation_id, quarter in due_releases(tx, today)
        for read in quarters_read(quarter)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of one case."""

    blobs: tuple[str, ...] = ()
    """Files that are nobody's from now on."""
    is_done: bool = True
    is_faulty: bool = False
    """Its log is not whole: it is left for somebody to look at."""


_NOTHING = Came(is_done=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One night's erasing."""

    today: date
    timetable: Timetable
    uncounted: frozenset[tuple[str, Quarter]]

    def erase(self, tx: SqlTransaction, ref: str) -> Came:
        """One case, all that is due of it or nothing."""
        case = tx.cases.get(ref)
        if case is None:
            return _NOTHING
        what = due(case, self.today, self.timetable)
        if Erasable.RECORD in what:
            return self._record(tx, case)
        if not what:
            # Its day was reckoned by other settings, or before something was added to its log.
            tx.cases.note(timed(case, self.timetable))
            return _NOTHING
        after, entries = erased(case, what, self.today, self.timetable)
        tx.cases.keep(after, *entries)
        tx.cases.replace_envelope(without_identity(tx.cases.envelope(ref)))
        for letter in tx.letters.of_case(ref):
            if letter.has_teller:
                tx.letters.replace(letter.without_teller())
        if Erasable.ACCOUNT not in what:
            return Came()
        tx.cases.replace_envelope(emptied(after, tx.people.keys(), tx.cases.reporter(ref)))
        tx.letters.erase(ref)
        tx.papers.erase(ref)
        tx.requests.erase(ref)
        tx.helpers.remove(ref)
        tx.summaries.erase(ref)
        return Came(blobs=tx.cases.erase_files(ref))

    def _record(self, tx: SqlTransaction, case: Case) -> Came:
        """All that is left. What was counted and released stays, and names no case."""
        if self._is_to_be_counted(case) or not _is_in_checkpoint(tx, case):
            return _NOTHING
        if logs.verify(tx.log.of_case(case.ref), case.ref, case.log):
            return Came(is_done=False, is_faulty=True)
        for relation in case.relations:
            other = tx.cases.get(relation.ref)
            if other is not None:
                tx.cases.note(without(other, case.ref))
        tx.people.forget_ties_to(case.ref)
        tx.signals.forget(SignalKind.CASE, case.ref)
        blobs = tx.cases.erase_files(case.ref)
        tx.log.bury(case.ref, self.today)
        tx.cases.erase(case)
        return Came(blobs=blobs)

    def _is_to_be_counted(self, case: Case) -> bool:
        """Whether a release that is late will still read it: then it waits for that."""
        quarter = Quarter.of(case.filed_on)
        return any((each, quarter) in self.uncounted for each in case.organisation_ids)


def _is_in_checkpoint(tx: SqlTransaction, case: Case) -> bool:
    """Whether a checkpoint knows where its log ends and since when it is closed."""
    last = tx.log.last_checkpoint()
    return last is not None and last.format == FORMAT and last.day >= case.moved_on
