"""The shelf of signals, and of the tallies that are kept of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, or_, select
from sqlalchemy.sql import ColumnElement

from monitoring.signals import Signal, SignalKind, Subject
from monitoring.tallies import Tally, TallyKey
from register.particulars import Theme
from register.quarters import Quarter
from sealing.key_ring import KeyRing
from storage.locks import hold
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import SIGNALS, TALLIES
from storage.tally_lines import TallyLines

_SIGNAL = SealedValues(Signal, "signals", "details")
_TALLY = SealedValues(Tally, "tallies", "details")
_ONE_TALLY = [column == bindparam(column.name) for column in TALLIES.primary_key.columns]
_LINES = select(TALLIES.c.lines_sealed).where(*_ONE_TALLY)
_DROP_TALLY = delete(TALLIES).where(*_ONE_TALLY)


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
        if earlier != (signal,):  # a case that moves on weighs the same most of the time
            self._recount(earlier, (signal,))

    def remove(self, kind: SignalKind, reference: str) -> None:
        """Take away every signal with this reference: a participant left with it (C62)."""
        same = (SIGNALS.c.kind == kind, SIGNALS.c.reference == reference)
        _hold_cells(self._connection, self._where(*same))
        gone = self._where(*same)
        self._connection.execute(delete(SIGNALS).where(*same))
        self._recount(gone, ())

    def forget(self, kind: SignalKind, reference: str) -> None:
        """Take away every signal with this reference, and count it on: its record is erased (L4).

        Tallies keep lines of what they count; one of an earlier version gets them now.
        """
        same = (SIGNALS.c.kind == kind, SIGNALS.c.reference == reference)
        _hold_cells(self._connection, self._where(*same))
        for key in {_tally_key(each) for each in self._where(*same)}:
            if self._lines(key) is None:
                self._put_tally(key, TallyLines.of(self._of_tally(key)))
        self._connection.execute(delete(SIGNALS).where(*same))

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

    def _recount(self, gone: Iterable[Signal], come: Iterable[Signal]) -> None:
        """Take the lines of those that are gone out of their tallies, and add those that came."""
        changed: dict[TallyKey, tuple[list[Signal], list[Signal]]] = {}
        for which, signals in enumerate((gone, come)):
            for signal in signals:
                changed.setdefault(_tally_key(signal), ([], []))[which].append(signal)
        for key, (out, into) in sorted(changed.items()):
            lines = self._lines(key)
            if lines is None:  # of an earlier version: counted from the signals, this one time
                lines = TallyLines.of(each for each in self._of_tally(key) if each not in into)
            for signal in out:
                lines = lines.without(signal)
            for signal in into:
                lines = lines.with_signal(signal)
            self._put_tally(key, lines)

    def _lines(self, key: TallyKey) -> TallyLines | None:
        """The lines that are kept of this tally; None where there are signals and no lines."""
        row = self._connection.execute(_LINES, _columns(key)).one_or_none()
        if row is None:
            return TallyLines()
        if row.lines_sealed is None:
            return None
        name = "|".join(_columns(key).values())
        opened = self._key_ring.open_row(TALLIES.name, "lines", name, row.lines_sealed)
        return TallyLines.load(opened)

    def _of_tally(self, key: TallyKey) -> tuple[Signal, ...]:
        subject, theme, quarter, kind, standing = key
        signals = self._where(*_cell(subject, theme, quarter), SIGNALS.c.kind == kind)
        return tuple(each for each in signals if each.standing is standing)

    def _put_tally(self, key: TallyKey, lines: TallyLines) -> None:
        columns = _columns(key)
        counted = lines.counted(key)
        if counted is None:
            self._connection.execute(_DROP_TALLY, columns)
            return
        name = "|".join(columns.values())
        row = {
            **columns,
            "details_sealed": _TALLY.seal(self._key_ring, name, counted),
            "lines_sealed": self._key_ring.seal_row(TALLIES.name, "lines", name, lines.dump()),
        }
        put(self._connection, TALLIES, row, key=tuple(columns))


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


def _tally_key(signal: Signal) -> TallyKey:
    quarter = Quarter.of(signal.day)
    return (signal.subject, signal.theme, quarter, signal.kind, signal.standing)


def _columns(key: TallyKey) -> dict[str, str]:
    subject, theme, quarter, kind, standing = key
    return {
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "theme": theme,
        "quarter": str(quarter),
        "kind": kind,
        "standing": standing,
    }
