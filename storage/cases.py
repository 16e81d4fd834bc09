"""The shelf of cases: sealed details and envelopes, with the columns that lists are made from."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.sql import ColumnElement

from register.case import Case, CaseStatus
from register.errors import StaleCaseError
from register.filing import Filing
from register.log import LogEntry, LogTip
from register.ports import HeldCursor, InboxCursor, InboxFilter, InboxPage
from register.quarters import Quarter
from register.release import report_of
from register.routing import Urgency
from sealing.envelope import SealedEnvelope
from sealing.key_ring import KeyRing
from sealing.recipients import Recipient
from storage.locks import locking
from storage.logs import append
from storage.report_lines import line_of
from storage.sealed_values import SealedValues
from storage.statements import add, add_new, put
from storage.tables import (
    CASE_BLOBS,
    CASE_HELPERS,
    CASE_ORGANISATIONS,
    CASE_PAPERS,
    CASE_READERS,
    CASES,
    COMPANY_REQUESTS,
    LETTERS,
    READER_COUNTS,
    SUMMARIES,
)

CASE = SealedValues(Case, "cases", "details")
_RANK: Mapping[Urgency, int] = {Urgency.URGENT: 0, Urgency.SOON: 1, Urgency.NORMAL: 2}
_NEVER = date.max
_NAMING_IT = (
    CASE_ORGANISATIONS,
    CASE_HELPERS,
    COMPANY_REQUESTS,
    CASE_READERS,
    CASE_BLOBS,
    LETTERS,
    CASE_PAPERS,
    SUMMARIES,
)
"""Rows that belong to a case; its log goes through `storage.logs`."""

_GET = select(CASES.c.ref, CASES.c.details_sealed).where(CASES.c.ref == bindparam("of_case"))
_ENVELOPE = select(CASES.c.envelope).where(CASES.c.ref == bindparam("of_case"))
_REPORTER = select(CASES.c.reporter_key).where(CASES.c.ref == bindparam("of_case"))
_KEEP = update(CASES).where(CASES.c.ref == bindparam("of_case"))
_BY_LOOKUP = select(CASES.c.ref).where(CASES.c.lookup == bindparam("receipt"))


class SqlCaseShelf:
    """Implements `register.ports.CaseShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def add(self, filing: Filing) -> None:
        """Stores case, envelope, log entries, receipt look-up, reporter's key and blob ids."""
        case = filing.case
        row = {
            **self._columns(case),
            "lookup": filing.receipt_lookup,
            "reporter_key": filing.reporter.encode(),
            "envelope": filing.envelope.encode(),
        }
        add_new(self._connection, CASES, row)
        self._put_report(case, earlier=None)
        self._put_readers(case, earlier=None)
        append(self._connection, filing.entries)
        self.note_blobs(case.ref, filing.blobs)

    def get(self, ref: str) -> Case | None:
        """The case with this reference, locked until the transaction ends if it writes."""
        chosen = locking(self._connection, _GET)
        row = self._connection.execute(chosen, {"of_case": ref}).one_or_none()
        return None if row is None else self._open(row)

    def keep(self, case: Case, *entries: LogEntry) -> None:
        """Replaces the case and appends the entries; StaleCaseError if somebody else was first."""
        stored, first = self.get(case.ref), entries[0]
        before = LogTip(length=first.number - 1, digest=first.previous)
        if stored is None or stored.log != before:
            raise StaleCaseError("somebody else changed this case first")
        columns = self._columns(case)
        columns["of_case"] = columns.pop("ref")
        self._connection.execute(_KEEP, columns)
        self._put_report(case, earlier=stored)
        self._put_readers(case, earlier=stored)
        append(self._connection, entries)

    def envelope(self, ref: str) -> SealedEnvelope:
        """The case's envelope."""
        data = self._connection.execute(_ENVELOPE, {"of_case": ref}).scalar_one()
        return SealedEnvelope.decode(data, ref)

    def replace_envelope(self, envelope: SealedEnvelope) -> None:
        """After a hand-over or the erasure of the identity; the old bytes are gone."""
        changed = {"of_case": envelope.case_ref, "envelope": envelope.encode()}
        self._connection.execute(_KEEP, changed)

    def reporter(self, ref: str) -> Recipient:
        """The public key that letters to the reporter are sealed to."""
        return Recipient.decode(self._connection.execute(_REPORTER, {"of_case": ref}).scalar_one())

    def by_receipt(self, lookup: str) -> str | None:
        """The reference of the case that a receipt belongs to."""
        return self._connection.execute(_BY_LOOKUP, {"receipt": lookup}).scalar_one_or_none()

    def inbox(
        self,
        handler_id: str,
        *,
        wanted: InboxFilter,
        after: InboxCursor | None = None,
        limit: int = 50,
    ) -> InboxPage:
        """A page of the cases that this handler reads."""
        readers = CASE_READERS.c
        order = (readers.urgency_rank, readers.due_or_never, readers.case_ref)
        conditions: list[ColumnElement[bool]] = [readers.handler_id == handler_id]
        if CaseStatus.CLOSED not in wanted.statuses:
            # Said as an equation, which the index of this order begins with.
            conditions.append(readers.is_open == true())
        for column, allowed in (
            (readers.status, wanted.statuses),
            (readers.theme, wanted.themes),
            (readers.site_id, wanted.site_ids),
        ):
            if allowed:
                conditions.append(column.in_(sorted(allowed)))
        if after is not None:
            last = (after.rank, after.due_on or _NEVER, after.ref)
            conditions.append(tuple_(*order) > last)
        chosen = (
            select(CASES.c.ref, CASES.c.details_sealed)
            .join(CASE_READERS, readers.case_ref == CASES.c.ref)
            .where(*conditions)
            .order_by(*order)
            .limit(limit + 1)
        )
        found = [self._open(row) for row in self._connection.execute(chosen)]
        cases = tuple(found[:limit])
        is_last = len(found) <= limit
        return InboxPage(cases=cases, next=None if is_last else _cursor(cases[-1]))

    def read_by(self, handler_id: str, beginning: str, limit: int = 2) -> tuple[str, ...]:
        """References that begin so, among the cases that this handler reads."""
        if not beginning:
            return ()
        chosen = select(CASE_READERS.c.case_ref).where(
            CASE_READERS.c.handler_id == handler_id,
            CASE_READERS.c.case_ref.startswith(beginning, autoescape=True),
        )
        rows = self._connection.execute(chosen.order_by(CASE_READERS.c.case_ref).limit(limit))
        return tuple(row.case_ref for row in rows)

    def beginning(self, beginning: str, limit: int = 2) -> tuple[str, ...]:
        """References that begin so, of all cases."""
        chosen = select(CASES.c.ref).where(CASES.c.ref.startswith(beginning, autoescape=True))
        return tuple(self._connection.execute(chosen.order_by(CASES.c.ref).limit(limit)).scalars())

    def open_with(
        self,
        handler_ids: Collection[str],
        *,
        without: Collection[str],
        after: str | None = None,
        limit: int = 1000,
    ) -> tuple[str, ...]:
        """References of open cases that one of these reads and none of those, in their order."""
        readers = CASE_READERS.c
        chosen = select(readers.case_ref).where(*_open_with(handler_ids, without))
        page = chosen.where(readers.case_ref > (after or "")).distinct()
        rows = self._connection.execute(page.order_by(readers.case_ref).limit(limit))
        return tuple(rows.scalars())

    def count_open_with(
        self, handler_ids: Collection[str], *, without: Collection[str]
    ) -> Mapping[Urgency, int]:
        """How many there are of them, by urgency."""
        readers = CASE_READERS.c
        number = func.count(readers.case_ref.distinct()).label("number")
        chosen = select(readers.urgency_rank, number).where(*_open_with(handler_ids, without))
        rows = self._connection.execute(chosen.group_by(readers.urgency_rank))
        found = {row.urgency_rank: row.number for row in rows}
        return {urgency: found[rank] for urgency, rank in _RANK.items() if rank in found}

    def counts(self, handler_id: str) -> Mapping[CaseStatus, int]:
        """How many cases this handler reads, by status; from kept counts."""
        chosen = select(READER_COUNTS).where(READER_COUNTS.c.handler_id == handler_id)
        rows = self._connection.execute(chosen)
        return {CaseStatus(row.status): row.number for row in rows if row.number}

    def overdue(self, today: date, handler_id: str, *, most: int) -> int:
        """How many open cases that this handler reads have a due day before `today`.

        Counted no further than to one more than `most`: with a million it would take a tenth of a
        second each time, and tell nobody more.
        """
        readers = CASE_READERS.c
        late = (
            select(readers.case_ref)
            .where(readers.handler_id == handler_id, readers.is_open == true())
            .where(readers.due_or_never < today)
            .limit(most + 1)
        )
        counted = select(func.count()).select_from(late.subquery())
        return self._connection.execute(counted).scalar_one()

    def due_before(
        self, day: date, *, after: str | None = None, limit: int = 100
    ) -> tuple[Case, ...]:
        """Cases that owe something before a day, by reference, for the escalation round."""
        return self._page(CASES.c.due_on < day, CASES.c.ref > (after or ""), limit=limit)

    def to_erase(
        self, today: date, *, after: str | None = None, limit: int = 100
    ) -> tuple[Case, ...]:
        """Closed cases of which something is to be erased by now (L4), by reference."""
        return self._page(CASES.c.erase_on <= today, CASES.c.ref > (after or ""), limit=limit)

    def held(
        self,
        today: date,
        *,
        handler_id: str | None = None,
        until: date | None = None,
        after: HeldCursor | None = None,
        limit: int = 100,
    ) -> tuple[Case, ...]:
        """Cases that are held back from erasure today, those whose hold ends first before others.

        With `handler_id` those alone that they read; with `until` those that end by that day.
        """
        order = (CASES.c.held_until, CASES.c.ref)
        chosen = select(CASES.c.ref, CASES.c.details_sealed).where(CASES.c.held_until >= today)
        if handler_id is not None:
            # Asked of each that is held, and not the other way round: a handler may read 100,000.
            theirs = (CASE_READERS.c.handler_id == handler_id) & (
                CASE_READERS.c.case_ref == CASES.c.ref
            )
            chosen = chosen.where(exists().where(theirs))
        if until is not None:
            chosen = chosen.where(CASES.c.held_until <= until)
        if after is not None:
            chosen = chosen.where(tuple_(*order) > (after.until, after.ref))
        rows = self._connection.execute(chosen.order_by(*order).limit(limit))
        return tuple(self._open(row) for row in rows)

    def holds_ending(
        self, by: date, *, after: str | None = None, limit: int = 100
    ) -> tuple[Case, ...]:
        """Cases whose hold ends by a day or has ended, by reference, for the reminding round."""
        return self._page(CASES.c.held_until <= by, CASES.c.ref > (after or ""), limit=limit)

    def erase_files(self, ref: str) -> tuple[str, ...]:
        """Lets go of the case's sealed files; gives their ids, to be dropped once it is durable."""
        theirs = CASE_BLOBS.c.case_ref == ref
        blobs = tuple(self._connection.execute(select(CASE_BLOBS.c.blob).where(theirs)).scalars())
        self._connection.execute(delete(CASE_BLOBS).where(theirs))
        return blobs

    def note(self, case: Case) -> None:
        """Replaces what is kept of the case where nobody did anything: its log stays as it is."""
        columns = self._columns(case)
        del columns["ref"]
        self._connection.execute(update(CASES).where(CASES.c.ref == case.ref), columns)

    def erase(self, case: Case) -> None:
        """The case and all that belongs to it are gone (L4). Its log is to be buried as well."""
        for table in _NAMING_IT:
            self._connection.execute(delete(table).where(table.c.case_ref == case.ref))
        self._connection.execute(delete(CASES).where(CASES.c.ref == case.ref))
        self._count(case.handler_ids, case.status, -1)

    def refs(self, *, after: str | None = None, limit: int = 1000) -> tuple[str, ...]:
        """All references in their own order, for the audit."""
        chosen = select(CASES.c.ref).where(CASES.c.ref > (after or ""))
        return tuple(self._connection.execute(chosen.order_by(CASES.c.ref).limit(limit)).scalars())

    def owned_blobs(self, blobs: Collection[str]) -> frozenset[str]:
        """Those of these blobs that a case or a letter names; the others are nobody's here."""
        chosen = select(CASE_BLOBS.c.blob).where(CASE_BLOBS.c.blob.in_(blobs))
        return frozenset(self._connection.execute(chosen).scalars())

    def note_blobs(self, ref: str, blobs: tuple[str, ...]) -> None:
        """These sealed files belong to the case."""
        for blob in blobs:
            put(self._connection, CASE_BLOBS, {"blob": blob, "case_ref": ref}, key=("blob",))

    def _page(self, *conditions: ColumnElement[bool], limit: int) -> tuple[Case, ...]:
        chosen = select(CASES.c.ref, CASES.c.details_sealed).where(*conditions)
        rows = self._connection.execute(chosen.order_by(CASES.c.ref).limit(limit))
        return tuple(self._open(row) for row in rows)

    def _open(self, row: Row[*tuple[Any, ...]]) -> Case:
        return CASE.open(self._key_ring, row.ref, row.details_sealed)

    def _columns(self, case: Case) -> dict[str, object]:
        return {
            "ref": case.ref,
            "site_id": case.site_id,
            "theme": case.theme,
            "status": case.status,
            "is_open": case.is_open,
            "filed_on": case.filed_on,
            "due_on": case.due_on,
            "erase_on": case.erase_on,
            "held_until": None if case.hold is None else case.hold.until,
            "details_sealed": CASE.seal(self._key_ring, case.ref, case),
        }

    def _put_report(self, case: Case, *, earlier: Case | None) -> None:
        """What a release will count of the case, beside each organisation it concerns."""
        report = report_of(case)
        if report is None or (earlier is not None and report == report_of(earlier)):
            return
        place = ("case_organisations", "report", case.ref)
        sealed = self._key_ring.seal_row(*place, line_of(report))
        for organisation_id in case.organisation_ids:
            row = {
                "organisation_id": organisation_id,
                "quarter": str(Quarter.of(case.filed_on)),
                "case_ref": case.ref,
                "report_sealed": sealed,
                "is_gathered": False,
            }
            key = ("organisation_id", "quarter", "case_ref")
            put(self._connection, CASE_ORGANISATIONS, row, key=key)

    def _put_readers(self, case: Case, *, earlier: Case | None) -> None:
        """Who reads the case, with what their lists are sorted and filtered by."""
        before = () if earlier is None else earlier.handler_ids
        for gone in set(before) - set(case.handler_ids):
            theirs = (CASE_READERS.c.handler_id == gone, CASE_READERS.c.case_ref == case.ref)
            self._connection.execute(delete(CASE_READERS).where(*theirs))
        for handler_id in case.handler_ids:
            row = {
                "handler_id": handler_id,
                "case_ref": case.ref,
                "is_open": case.is_open,
                "urgency_rank": _RANK[case.urgency],
                "due_or_never": case.due_on or _NEVER,
                "status": case.status,
                "theme": case.theme,
                "site_id": case.site_id,
            }
            put(self._connection, CASE_READERS, row, key=("handler_id", "case_ref"))
        if earlier is not None:
            self._count(before, earlier.status, -1)
        self._count(case.handler_ids, case.status, 1)

    def _count(self, handler_ids: tuple[str, ...], status: CaseStatus, number: int) -> None:
        for handler_id in handler_ids:
            row = {"handler_id": handler_id, "status": status}
            add(self._connection, READER_COUNTS, row, key=tuple(row), counts={"number": number})


def _open_with(
    handler_ids: Collection[str], without: Collection[str]
) -> tuple[ColumnElement[bool], ...]:
    """Open, read by one of the first and by none of the second."""
    others = CASE_READERS.alias("others")
    read_by_others = exists().where(
        others.c.case_ref == CASE_READERS.c.case_ref, others.c.handler_id.in_(sorted(without))
    )
    return (
        CASE_READERS.c.handler_id.in_(sorted(handler_ids)),
        CASE_READERS.c.is_open,
        ~read_by_others,
    )


def _cursor(case: Case) -> InboxCursor:
    return InboxCursor(rank=_RANK[case.urgency], due_on=case.due_on, ref=case.ref)
