"""The shelf of what is counted for releases, and of the releases, each final once stored (K4)."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from register.errors import ReleasedBeforeError
from register.quarters import Quarter
from register.release import Release, Report
from sealing.key_ring import KeyRing
from storage.cases import REPORT
from storage.sealed_values import SealedValues
from storage.statements import put_if_new
from storage.tables import CASE_ORGANISATIONS, CASES, RELEASES

_RELEASE = SealedValues(Release, "releases", "details")


class SqlReleaseShelf:
    """Implements `register.ports.ReleaseShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def reports(self, organisation_id: str, quarter: Quarter) -> Iterator[Report]:
        """What `report_of` gives of the cases filed in a quarter with this organisation's id."""
        chosen = (
            select(CASE_ORGANISATIONS.c.case_ref, CASE_ORGANISATIONS.c.report_sealed)
            .where(CASE_ORGANISATIONS.c.organisation_id == organisation_id)
            .where(CASE_ORGANISATIONS.c.quarter == str(quarter))
        )
        for row in self._connection.execute(chosen):
            yield REPORT.open(self._key_ring, row.case_ref, row.report_sealed)

    def filed(self, organisation_id: str, quarter: Quarter) -> tuple[str, ...]:
        """The references of those cases, for counting how their time limits were kept."""
        chosen = (
            select(CASE_ORGANISATIONS.c.case_ref)
            .where(CASE_ORGANISATIONS.c.organisation_id == organisation_id)
            .where(CASE_ORGANISATIONS.c.quarter == str(quarter))
        )
        rows = self._connection.execute(chosen.order_by(CASE_ORGANISATIONS.c.case_ref))
        return tuple(rows.scalars())

    def put(self, release: Release) -> None:
        """Stores a release. Raises ReleasedBeforeError if the quarter has one: it is final (K4)."""
        name = f"{release.organisation_id}|{release.quarter}"
        row = {
            "organisation_id": release.organisation_id,
            "quarter": str(release.quarter),
            "details_sealed": _RELEASE.seal(self._key_ring, name, release),
        }
        if not put_if_new(self._connection, RELEASES, row, key=("organisation_id", "quarter")):
            raise ReleasedBeforeError("this quarter has been released before")

    def get(self, organisation_id: str, quarter: Quarter) -> Release | None:
        """The release of a quarter."""
        chosen = select(RELEASES.c.details_sealed).where(
            RELEASES.c.organisation_id == organisation_id, RELEASES.c.quarter == str(quarter)
        )
        sealed = self._connection.execute(chosen).scalar_one_or_none()
        name = f"{organisation_id}|{quarter}"
        return None if sealed is None else _RELEASE.open(self._key_ring, name, sealed)

    def quarters(self, organisation_id: str) -> tuple[Quarter, ...]:
        """The quarters that have been released, oldest first."""
        chosen = select(RELEASES.c.quarter).where(RELEASES.c.organisation_id == organisation_id)
        names = self._connection.execute(chosen.order_by(RELEASES.c.quarter)).scalars()
        return tuple(_quarter(name) for name in names)

    def first_quarter(self) -> Quarter | None:
        """In which the installation's first case was filed; None before there is one."""
        first = self._connection.execute(select(func.min(CASES.c.filed_on))).scalar_one()
        return None if first is None else Quarter.of(first)


def _quarter(name: str) -> Quarter:
    year, number = name.split("-Q")
    return Quarter(year=int(year), number=int(number))
