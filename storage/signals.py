"""The shelf of signals, and of the tallies that are kept of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, delete, or_, select
from sqlalchemy.sql import ColumnElement

from monitoring.signals import Signal, SignalKind, Subject
from monitoring.tallies import Tally, tally
from register.particulars import Theme
from register.quarters import Quarter
from sealing.key_ring import KeyRing
from storage.locks import hold
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import SIGNALS, TALLIES

_SIGNAL = SealedValues(Signal, "signals", "details")
_TALLY = SealedValues(Tally, "tallies", "details")


class SqlSignalShelf:
    """Implements `monitoring.ports.SignalShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, signal: Signal) -> None:
        """Keep the signal in the place of an earlier one with its kind, reference and theme."""
        _hold_cells(self._connection, (signal,))
        same = (
            SIGNALS.c.kind == signal.kind,
            SIGNALS.c.reference == signal.reference,
            SIGNALS.c.subject_kind == signal.subject.kind,
            SIGNALS.c.subject_id == signal.subject.id,
            SIGNALS.c.theme == signal.theme,
        )
        earlier = self._where(*same)
        row = {
            "kind": signal.kind,
            "reference": signal.reference,
            "subject_kind": signal.subject.kind,
            "subject_id": signal.subject.id,
            "theme": signal.theme,
            "quarter": str(Quarter.of(signal.day)),
            "details_sealed": _SIGNAL.seal(self._key_ring, _signal_name(signal), signal),
        }
        put(
            self._connection,
            SIGNALS,
            row,
            key=("kind", "reference", "subject_kind", "subject_id", "theme"),
        )
        self._count_again((*earlier, signal))

    def remove(self, kind: SignalKind, reference: str) -> None:
        """Take away every signal with this reference: a participant left with it (C62)."""
        same = (SIGNALS.c.kind == kind, SIGNALS.c.reference == reference)
        _hold_cells(self._connection, self._where(*same))
        gone = self._where(*same)
        self._connection.execute(delete(SIGNALS).where(*same))
        self._count_again(gone)

    def tallies(self, subjects: Sequence[Subject]) -> tuple[Tally, ...]:
        """All tallies of these subjects, ordered by key. Reads no signal."""
        if not subjects:
            return ()
        chosen = select(TALLIES).where(
            of_subjects(subjects, TALLIES.c.subject_kind, TALLIES.c.subject_id)
        )
        found = [
            _TALLY.open(self._key_ring, "|".join(row[:6]), row.details_sealed)
            for row in self._connection.execute(chosen)
        ]
        return tuple(sorted(found, key=lambda each: each.key))

    def page(
        self, subject: Subject, theme: Theme, quarter: Quarter, *, after: str = "", limit: int = 50
    ) -> tuple[Signal, ...]:
        """Signals of one cell by reference, from after `after` on: from a figure to its cases."""
        return self._where(
            *_cell(subject, theme, quarter), SIGNALS.c.reference > after, limit=limit
        )

    def _where(
        self, *conditions: ColumnElement[bool], limit: int | None = None
    ) -> tuple[Signal, ...]:
        chosen = select(SIGNALS).where(*conditions).order_by(SIGNALS.c.reference).limit(limit)
        return tuple(
            _SIGNAL.open(self._key_ring, "|".join(row[:5]), row.details_sealed)
            for row in self._connection.execute(chosen)
        )

    def _count_again(self, changed: Iterable[Signal]) -> None:
        """Rewrite the tallies of the cells that these signals are in."""
        cells = {(each.subject, each.theme, Quarter.of(each.day)) for each in changed}
        for subject, theme, quarter in sorted(cells):
            kept = (
                TALLIES.c.subject_kind == subject.kind,
                TALLIES.c.subject_id == subject.id,
                TALLIES.c.theme == theme,
                TALLIES.c.quarter == str(quarter),
            )
            self._connection.execute(delete(TALLIES).where(*kept))
            for each in tally(self._where(*_cell(subject, theme, quarter))):
                self._put_tally(each)

    def _put_tally(self, each: Tally) -> None:
        key = {
            "subject_kind": each.subject.kind,
            "subject_id": each.subject.id,
            "theme": each.theme,
            "quarter": str(each.quarter),
            "kind": each.kind,
            "standing": each.standing,
        }
        sealed = _TALLY.seal(self._key_ring, "|".join(key.values()), each)
        put(self._connection, TALLIES, {**key, "details_sealed": sealed}, key=tuple(key))


def _hold_cells(connection: Connection, signals: Iterable[Signal]) -> None:
    """Who counts a cell again has to see all of its signals, so one process counts at a time."""
    for subject, theme in sorted({(each.subject, each.theme) for each in signals}):
        hold(connection, SIGNALS.name, subject.kind, subject.id, theme)


def of_subjects(
    subjects: Sequence[Subject], kind: ColumnElement[str], subject_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """Whether the columns name one of these subjects."""
    ids: dict[str, list[str]] = {}
    for subject in subjects:
        ids.setdefault(subject.kind, []).append(subject.id)
    return or_(*(and_(kind == each, subject_id.in_(of_kind)) for each, of_kind in ids.items()))


def _cell(subject: Subject, theme: Theme, quarter: Quarter) -> tuple[ColumnElement[bool], ...]:
    return (
        SIGNALS.c.subject_kind == subject.kind,
        SIGNALS.c.subject_id == subject.id,
        SIGNALS.c.theme == theme,
        SIGNALS.c.quarter == str(quarter),
    )


def _signal_name(signal: Signal) -> str:
    parts = (signal.kind, signal.reference, signal.subject.kind, signal.subject.id, signal.theme)
    return "|".join(parts)
