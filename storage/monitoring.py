"""Shelves of monitoring: findings, involvement, kept maps and orders."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pydantic.dataclasses import dataclass as checked_dataclass
from sqlalchemy import Connection, select
from sqlalchemy.sql import ColumnElement

from monitoring.heat_map import HeatMap, Viewer
from monitoring.risk.findings import Finding
from monitoring.risk.involvement import InvolvementLog
from monitoring.risk.priorities import Ranked
from monitoring.signals import Subject
from sealing.key_ring import KeyRing
from storage.locks import hold
from storage.sealed_values import RememberedValues
from storage.signals import of_subjects
from storage.statements import put
from storage.tables import (
    FINDINGS,
    HEAT_MAPS,
    INVOLVEMENTS,
    PRIORITIES,
)

Line = TypeVar("Line")


@checked_dataclass(frozen=True)
class _Order:
    """Findings in the order of one day."""

    ranked: tuple[Ranked, ...]


_FINDING = RememberedValues(Finding, "findings", "details", most=5_000)
_INVOLVEMENT = RememberedValues(InvolvementLog, "involvements", "details", most=500)
_HEAT_MAP = RememberedValues(HeatMap, "heat_maps", "details", most=50)
_ORDER = RememberedValues(_Order, "priorities", "details", most=50)


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
        """Keep the finding as it is now. Judgements that were kept before stay as they were."""
        hold(self._connection, FINDINGS.name, finding.id)
        kept = self.get(finding.id)
        if kept is not None:
            judgements = _joined(kept.judgements, finding.judgements)
            finding = replace(finding, judgements=judgements)
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
        found = self._where(of_subjects(subjects, FINDINGS.c.subject_kind, FINDINGS.c.subject_id))
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
        """The log, or None where nobody has looked. Whoever writes holds it, so that no line that
        was added meanwhile goes unseen."""
        hold(self._connection, INVOLVEMENTS.name, organisation_id, finding_id)
        found = self._where(
            INVOLVEMENTS.c.organisation_id == organisation_id,
            INVOLVEMENTS.c.finding_id == finding_id,
        )
        return found[0] if found else None

    def put(self, log: InvolvementLog) -> None:
        """Keep the log: what it has more than before is added."""
        hold(self._connection, INVOLVEMENTS.name, log.organisation_id, log.finding_id)
        kept = self.get(log.organisation_id, log.finding_id)
        if kept is not None:
            entries = _joined(kept.entries, log.entries)
            efforts = _joined(kept.efforts, log.efforts)
            log = replace(log, entries=entries, efforts=efforts)
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


def _joined(kept: tuple[Line, ...], given: tuple[Line, ...]) -> tuple[Line, ...]:
    """What was kept, then what is new: nobody's line is lost when two add one at once."""
    return (*kept, *(line for line in given if line not in kept))


def _log_name(log: InvolvementLog) -> str:
    return f"{log.organisation_id}|{log.finding_id}"
