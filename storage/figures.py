"""The shelf of figures that a company has been shown, each final once kept (K4)."""

from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select

from monitoring.limits import QuarterLimits
from monitoring.round_figures import RoundFigures
from sealing.key_ring import KeyRing
from storage.sealed_values import SealedValues
from storage.statements import put_if_new
from storage.tables import FIGURES

_LIMITS = SealedValues(QuarterLimits, "figures", "details")
_RATINGS = SealedValues(RoundFigures, "figures", "details")
_KEY = ("organisation_id", "kind", "name")
_OF_KIND = (
    select(FIGURES)
    .where(FIGURES.c.organisation_id == bindparam("organisation"))
    .where(FIGURES.c.kind == bindparam("of_kind"))
    .order_by(FIGURES.c.name)
)

Figures = TypeVar("Figures", QuarterLimits, RoundFigures)


class _Kind(StrEnum):
    """Which figures a row holds. Stored: never reuse a value."""

    LIMITS = "limits"
    """One row for each quarter."""
    RATINGS = "ratings"
    """One row for each round."""


class SqlFigureShelf:
    """Implements `monitoring.ports.FigureShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put_limits(self, limits: QuarterLimits) -> None:
        """Keep how a quarter's limits were kept; what was kept of that quarter before stays."""
        key = (limits.organisation_id, _Kind.LIMITS, str(limits.quarter))
        self._put(key, _LIMITS, limits)

    def limits(self, organisation_id: str) -> tuple[QuarterLimits, ...]:
        """Those of all quarters that were kept, oldest first."""
        return self._all(organisation_id, _Kind.LIMITS, _LIMITS)

    def put_ratings(self, organisation_id: str, ratings: RoundFigures) -> None:
        """Keep what a round's ratings come to; what was kept of that round before stays."""
        self._put((organisation_id, _Kind.RATINGS, ratings.round_id), _RATINGS, ratings)

    def ratings(self, organisation_id: str) -> tuple[RoundFigures, ...]:
        """Those of all the organisation's rounds that were kept, by round."""
        return self._all(organisation_id, _Kind.RATINGS, _RATINGS)

    def _put(
        self, key: tuple[str, _Kind, str], values: SealedValues[Figures], figures: Figures
    ) -> None:
        sealed = values.seal(self._key_ring, "|".join(key), figures)
        row = {**dict(zip(_KEY, key, strict=True)), "details_sealed": sealed}
        put_if_new(self._connection, FIGURES, row, key=_KEY)

    def _all(
        self, organisation_id: str, kind: _Kind, values: SealedValues[Figures]
    ) -> tuple[Figures, ...]:
        found = self._connection.execute(
            _OF_KIND, {"organisation": organisation_id, "of_kind": kind}
        )
        return tuple(
            values.open(self._key_ring, "|".join(row[:3]), row.details_sealed) for row in found
        )
