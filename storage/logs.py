"""The shelf of the cases' logs: entries are added, and nothing here changes one.

A log goes as a whole and with its record, and leaves a tombstone (`register.checkpoints`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, case, delete, func, insert, select
from sqlalchemy.sql import ColumnElement

from register.case import CaseStatus
from register.checkpoints import (
    Checkpoint,
    Ends,
    LogEnd,
    StoneFault,
    StoneFaultKind,
    Tombstone,
    buried,
    is_old_enough,
)
from register.log import LogEntry, LogTip
from register.people import Role
from sealing.key_ring import KeyRing
from storage.errors import StorageError
from storage.statements import add_new
from storage.tables import CASES, CHECKPOINTS, LOG_ENTRIES, TOMBSTONES

_NAMES = "logs"
_PROOFS = "tombstones"
_COLUMNS = tuple(column.name for column in LOG_ENTRIES.columns)
_CHECKPOINT_COLUMNS = tuple(column.name for column in CHECKPOINTS.columns)
_OPEN_NUMBER = case((LOG_ENTRIES.c.status != CaseStatus.CLOSED, LOG_ENTRIES.c.number), else_=0)
_CLOSING = LOG_ENTRIES.alias("closing")


def _ends(*of_case: ColumnElement[bool]) -> Select[Any]:
    """Where logs ended at the end of the day `last_day`: all of them, or those of a case."""
    last = (
        select(
            LOG_ENTRIES.c.case_ref,
            func.max(LOG_ENTRIES.c.number).label("number"),
            func.max(_OPEN_NUMBER).label("open_number"),
        )
        .where(LOG_ENTRIES.c.day <= bindparam("last_day"), *of_case)
        .group_by(LOG_ENTRIES.c.case_ref)
        .subquery()
    )
    columns = (
        LOG_ENTRIES.c.case_ref,
        LOG_ENTRIES.c.number,
        LOG_ENTRIES.c.digest,
        LOG_ENTRIES.c.day,
        _CLOSING.c.day.label("closed_on"),
    )
    return (
        select(*columns)
        .join(
            last,
            (LOG_ENTRIES.c.case_ref == last.c.case_ref) & (LOG_ENTRIES.c.number == last.c.number),
        )
        # The first entry since which it was closed, if it was at that end.
        .outerjoin(
            _CLOSING,
            and_(
                _CLOSING.c.case_ref == last.c.case_ref,
                _CLOSING.c.number == last.c.open_number + 1,
                _CLOSING.c.number <= last.c.number,
            ),
        )
    )


_ALL_ENDS = _ends()
_ONE_END = _ends(LOG_ENTRIES.c.case_ref == bindparam("of_case"))


def append(connection: Connection, entries: Iterable[LogEntry]) -> None:
    """Add entries to the logs of their cases; a number that is taken is an error."""
    for entry in entries:
        row = {name: getattr(entry, name) for name in _COLUMNS}
        add_new(connection, LOG_ENTRIES, row)


class SqlLogShelf:
    """Implements `register.ports.LogShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def of_case(self, ref: str) -> tuple[LogEntry, ...]:
        """A case's log in its order."""
        chosen = select(LOG_ENTRIES).where(LOG_ENTRIES.c.case_ref == ref)
        rows = self._connection.execute(chosen.order_by(LOG_ENTRIES.c.number)).mappings()
        return tuple(LogEntry(**{**row, "role": Role(row["role"])}) for row in rows)

    def without_case(self) -> tuple[str, ...]:
        """References of logs whose case is gone, by reference: there should be none."""
        cases = select(CASES.c.ref).where(CASES.c.ref == LOG_ENTRIES.c.case_ref)
        chosen = select(LOG_ENTRIES.c.case_ref).distinct().where(~cases.exists())
        return tuple(self._connection.execute(chosen.order_by(LOG_ENTRIES.c.case_ref)).scalars())

    def ends_on(self, day: date) -> Ends:
        """Where every log ended at the end of a day, those that are erased among them."""
        rows = self._connection.execute(_ALL_ENDS, {"last_day": day})
        buried_ends = [stone.end_on(day) for stone in self._tombstones()]
        known = [end for end in buried_ends if end is not None]
        return Ends(
            ends=(*(self._end(row) for row in rows), *known),
            unknown=len(buried_ends) - len(known),
        )

    def tips_on(self, day: date) -> tuple[tuple[str, LogTip], ...]:
        """As `ends_on`, by case and without those that are erased: for checkpoints of format 1."""
        rows = self._connection.execute(_ALL_ENDS, {"last_day": day})
        return tuple((row.case_ref, LogTip(length=row.number, digest=row.digest)) for row in rows)

    def bury(self, ref: str, erased_on: date) -> None:
        """Removes the log of a closed case and puts a tombstone in its place."""
        given = {"last_day": date.max, "of_case": ref}
        row = self._connection.execute(_ONE_END, given).one_or_none()
        if row is None or row.closed_on is None:
            raise StorageError("only the log of a closed case can be removed")
        stone = buried(self._end(row), erased_on)
        columns = {
            "name": stone.name,
            "length": stone.tip.length,
            "digest": stone.tip.digest,
            "last_on": stone.last_on,
            "closed_on": stone.closed_on,
            "erased_on": stone.erased_on,
            "proof": self._proof(stone),
        }
        add_new(self._connection, TOMBSTONES, columns)
        self._connection.execute(delete(LOG_ENTRIES).where(LOG_ENTRIES.c.case_ref == ref))

    def erased(self) -> int:
        """How many logs were erased."""
        counted = select(func.count()).select_from(TOMBSTONES)
        return self._connection.execute(counted).scalar_one()

    def stone_faults(self) -> tuple[StoneFault, ...]:
        """What is wrong with tombstones, by name."""
        there = {self._name(ref) for ref in self._connection.execute(select(CASES.c.ref)).scalars()}
        found = []
        for row in self._connection.execute(select(TOMBSTONES).order_by(TOMBSTONES.c.name)):
            stone = _stone(row)
            for kind, is_so in (
                (StoneFaultKind.FORGED, row.proof != self._proof(stone)),
                (StoneFaultKind.TOO_YOUNG, not is_old_enough(stone)),
                (StoneFaultKind.LOG_IS_THERE, stone.name in there),
            ):
                if is_so:
                    found.append(StoneFault(kind=kind, name=stone.name))
        return tuple(found)

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Stores a day's checkpoint. A second one for a day is an error."""
        row = {name: getattr(checkpoint, name) for name in _CHECKPOINT_COLUMNS}
        self._connection.execute(insert(CHECKPOINTS), row)

    def last_checkpoint(self) -> Checkpoint | None:
        """The newest checkpoint."""
        chosen = select(CHECKPOINTS).order_by(CHECKPOINTS.c.day.desc()).limit(1)
        row = self._connection.execute(chosen).mappings().one_or_none()
        return None if row is None else Checkpoint(**row)

    def _tombstones(self) -> Iterable[Tombstone]:
        return (_stone(row) for row in self._connection.execute(select(TOMBSTONES)))

    def _end(self, row: Row[*tuple[Any, ...]]) -> LogEnd:
        return LogEnd(
            name=self._name(row.case_ref),
            tip=LogTip(length=row.number, digest=row.digest),
            last_on=row.day,
            closed_on=row.closed_on,
        )

    def _name(self, ref: str) -> str:
        return self._key_ring.pseudonym(_NAMES, ref)

    def _proof(self, stone: Tombstone) -> str:
        days = (stone.last_on, stone.closed_on, stone.erased_on)
        return self._key_ring.pseudonym(
            _PROOFS,
            stone.name,
            str(stone.tip.length),
            stone.tip.digest,
            *(day.isoformat() for day in days),
        )


def _stone(row: Row[*tuple[Any, ...]]) -> Tombstone:
    return Tombstone(
        name=row.name,
        tip=LogTip(length=row.length, digest=row.digest),
        last_on=row.last_on,
        closed_on=row.closed_on,
        erased_on=row.erased_on,
    )
