"""Shelves of monitoring: signals with their tallies, findings, involvement, kept maps."""

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic.dataclasses import dataclass as checked_dataclass
from sqlalchemy import Connection, and_, delete, or_, select
from sqlalchemy.sql import ColumnElement

from monitoring.heat_map import HeatMap, Viewer
from monitoring.risk.findings import Finding
from monitoring.risk.involvement import InvolvementLog
from monitoring.risk.priorities import Ranked
from monitoring.signals import Signal, SignalKind, Subject
from monitoring.tallies import Tally, tally
from register.particulars import Theme
from register.quarters import Quarter
from sealing.key_ring import KeyRing
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import (
    FINDINGS,
    HEAT_MAPS,
    INVOLVEMENTS,
    PRIORITIES,
    SIGNALS,
    TALLIES,
)


@checked_dataclass(frozen=True)
class _Order:
    """Findings in the order of one day."""

    ranked: tuple[Ranked, ...]


_SIGNAL = SealedValues(Signal, "signals", "details")
_TALLY = SealedValues(Tally, "tallies", "details")
_FINDING = SealedValues(Finding, "findings", "details")
_INVOLVEMENT = SealedValues(InvolvementLog, "involvements", "details")
_HEAT_MAP = SealedValues(HeatMap, "heat_maps", "details")
_ORDER = SealedValues(_Order, "priorities", "details")


class SqlSignalShelf:
    """Implements `monitoring.ports.SignalShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, signal: Signal) -> None:
        """Keep the signal in the place of an earlier one with its kind, reference and theme."""
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
        gone = self._where(*same)
        self._connection.execute(delete(SIGNALS).where(*same))
        self._count_again(gone)

    def tallies(self, subjects: Sequence[Subject]) -> tuple[Tally, ...]:
        """All tallies of these subjects, ordered by key. Reads no signal."""
        if not subjects:
            return ()
        chosen = select(TALLIES).where(
            _of_subjects(subjects, TALLIES.c.subject_kind, TALLIES.c.subject_id)
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


class SqlFindingShelf:
    """Implements `monitoring.ports.FindingShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def get(self, finding_id: str) -> Finding | None:
        """The finding (`Finding.id`), or None."""
        found = self._where(FINDINGS.c.id == finding_id)
        return found[0] if found else None

    def put(self, finding: Finding) -> None:
        """Keep the finding as it is now."""
        row = {
            "id": finding.id,
            "subject_kind": finding.subject.kind,
            "subject_id": finding.subject.id,
            "theme": finding.theme,
            "details_sealed": _FINDING.seal(self._key_ring, finding.id, finding),
        }
        put(self._connection, FINDINGS, row)

    def of_subjects(self, subjects: Sequence[Subject]) -> tuple[Finding, ...]:
        """All findings on these subjects, ordered by key."""
        if not subjects:
            return ()
        found = self._where(_of_subjects(subjects, FINDINGS.c.subject_kind, FINDINGS.c.subject_id))
        return tuple(sorted(found, key=lambda each: each.key))

    def _where(self, condition: ColumnElement[bool]) -> tuple[Finding, ...]:
        chosen = select(FINDINGS.c.id, FINDINGS.c.details_sealed).where(condition)
        rows = self._connection.execute(chosen)
        return tuple(_FINDING.open(self._key_ring, row.id, row.details_sealed) for row in rows)


class SqlInvolvementShelf:
    """Implements `monitoring.ports.InvolvementShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def get(self, organisation_id: str, finding_id: str) -> InvolvementLog | None:
        """The log, or None where nobody has looked."""
        found = self._where(
            INVOLVEMENTS.c.organisation_id == organisation_id,
            INVOLVEMENTS.c.finding_id == finding_id,
        )
        return found[0] if found else None

    def put(self, log: InvolvementLog) -> None:
        """Keep the log: what it has more than before is added."""
        row = {
            "organisation_id": log.organisation_id,
            "finding_id": log.finding_id,
            "details_sealed": _INVOLVEMENT.seal(self._key_ring, _log_name(log), log),
        }
        put(self._connection, INVOLVEMENTS, row, key=("organisation_id", "finding_id"))

    def of_organisation(self, organisation_id: str) -> tuple[InvolvementLog, ...]:
        """All logs of an organisation, by finding."""
        return self._where(INVOLVEMENTS.c.organisation_id == organisation_id)

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[InvolvementLog, ...]:
        chosen = select(INVOLVEMENTS).where(*conditions).order_by(INVOLVEMENTS.c.finding_id)
        return tuple(
            _INVOLVEMENT.open(self._key_ring, "|".join(row[:2]), row.details_sealed)
            for row in self._connection.execute(chosen)
        )


class SqlAssessmentShelf:
    """Implements `monitoring.ports.AssessmentShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put_heat_map(self, organisation_id: str, day: date, heat_map: HeatMap) -> None:
        """Keep the map, in the place of the last one for the same organisation and viewer."""
        name = f"{organisation_id}|{heat_map.viewer}"
        row = {
            "organisation_id": organisation_id,
            "viewer": heat_map.viewer,
            "day": day,
            "details_sealed": _HEAT_MAP.seal(self._key_ring, name, heat_map),
        }
        put(self._connection, HEAT_MAPS, row, key=("organisation_id", "viewer"))

    def heat_map(self, organisation_id: str, viewer: Viewer) -> tuple[date, HeatMap] | None:
        """The last map kept and its day, or None."""
        chosen = select(HEAT_MAPS).where(
            HEAT_MAPS.c.organisation_id == organisation_id, HEAT_MAPS.c.viewer == viewer
        )
        row = self._connection.execute(chosen).one_or_none()
        if row is None:
            return None
        name = f"{organisation_id}|{viewer}"
        return row.day, _HEAT_MAP.open(self._key_ring, name, row.details_sealed)

    def put_priorities(self, organisation_id: str, day: date, ranked: Sequence[Ranked]) -> None:
        """Keep the order of a day. Earlier ones stay: reasons are evidence (R93)."""
        name = f"{organisation_id}|{day.isoformat()}"
        sealed = _ORDER.seal(self._key_ring, name, _Order(tuple(ranked)))
        row = {"organisation_id": organisation_id, "day": day, "details_sealed": sealed}
        put(self._connection, PRIORITIES, row, key=("organisation_id", "day"))

    def priorities(self, organisation_id: str) -> tuple[date, tuple[Ranked, ...]] | None:
        """The last order kept and its day, or None."""
        theirs = PRIORITIES.c.organisation_id == organisation_id
        chosen = select(PRIORITIES).where(theirs).order_by(PRIORITIES.c.day.desc()).limit(1)
        row = self._connection.execute(chosen).one_or_none()
        if row is None:
            return None
        name = f"{organisation_id}|{row.day.isoformat()}"
        return row.day, _ORDER.open(self._key_ring, name, row.details_sealed).ranked

    def priority_days(self, organisation_id: str) -> tuple[date, ...]:
        """The days of all orders kept, the last one first."""
        theirs = PRIORITIES.c.organisation_id == organisation_id
        chosen = select(PRIORITIES.c.day).where(theirs).order_by(PRIORITIES.c.day.desc())
        return tuple(self._connection.execute(chosen).scalars())


def _of_subjects(
    subjects: Sequence[Subject], kind: ColumnElement[str], subject_id: ColumnElement[str]
) -> ColumnElement[bool]:
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


def _log_name(log: InvolvementLog) -> str:
    return f"{log.organisation_id}|{log.finding_id}"
