"""The shelf of what is counted for releases, and of the releases, each final once stored (K4)."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, delete, func, select, update

from register.errors import ReleasedBeforeError
from register.quarters import Quarter
from register.release import Release, Report, report_of
from sealing.key_ring import KeyRing
from storage.cases import CASE
from storage.errors import StorageError
from storage.locks import locking
from storage.report_lines import digest_of, is_line, line_of, page_of, report_in, reports_in
from storage.sealed_values import RememberedValues
from storage.statements import add_new, put_if_new
from storage.tables import CASE_ORGANISATIONS, CASES, RELEASES, REPORT_PAGES

WORTH_A_PAGE = 500
LINES_OF_A_PAGE = 4000
_REPORT = ("case_organisations", "report")
_PAGE = ("report_pages", "reports")

_RELEASE = RememberedValues(Release, "releases", "details", most=200)


class SqlReleaseShelf:
    """Implements `register.ports.ReleaseShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def reports(self, organisation_id: str, quarter: Quarter) -> Iterator[Report]:
        """What `report_of` gives of the cases filed in a quarter with this organisation's id."""
        newest = set[bytes]()
        for ref, line in self._apart(organisation_id, quarter):
            newest.add(digest_of(ref))
            yield report_in(line)
        for page in self._pages(organisation_id, quarter):
            for case, report in reports_in(page):
                if case not in newest:
                    newest.add(case)
                    yield report

    def reports_of_others(
        self,
        organisation_id: str,
        other_ids: Iterable[str],
        quarter: Quarter,
        site_ids: Collection[str],
    ) -> Iterator[Report]:
        """The same of cases at these sites that the others have and the organisation has not.

        There are few: of cases that were filed before a site came into the organisation's chain.
        What the others have at sites of their own may be many, so those are not even opened.
        """
        seen = set[str]()
        mine = CASE_ORGANISATIONS.alias()
        is_mine = select(mine.c.case_ref).where(
            mine.c.organisation_id == organisation_id,
            mine.c.quarter == str(quarter),
            mine.c.case_ref == CASE_ORGANISATIONS.c.case_ref,
        )
        is_here = select(CASES.c.ref).where(
            CASES.c.ref == CASE_ORGANISATIONS.c.case_ref, CASES.c.site_id.in_(sorted(site_ids))
        )
        for other_id in sorted(other_ids):
            chosen = (
                select(CASE_ORGANISATIONS.c.case_ref, CASE_ORGANISATIONS.c.report_sealed)
                .where(CASE_ORGANISATIONS.c.organisation_id == other_id)
                .where(CASE_ORGANISATIONS.c.quarter == str(quarter))
                .where(~is_mine.exists())
                .where(is_here.exists())
            )
            for ref, sealed in self._connection.execute(chosen):
                if ref not in seen:
                    seen.add(ref)
                    yield report_in(self._line(ref, sealed))

    def gather(self) -> int:
        """Keeps a page of reports together, so that a release reads them at once; how many.

        None while no organisation has enough of them in a quarter to be worth a page.
        """
        columns = (CASE_ORGANISATIONS.c.organisation_id, CASE_ORGANISATIONS.c.quarter)
        many = (
            select(*columns)
            .where(~CASE_ORGANISATIONS.c.is_gathered)
            .group_by(*columns)
            .having(func.count() >= WORTH_A_PAGE)
        )
        found = self._connection.execute(many.order_by(*columns).limit(1)).one_or_none()
        if found is None:
            return 0
        lines = tuple(self._apart(*found, limit=LINES_OF_A_PAGE))
        self._put_page(*found, page_of(lines))
        theirs = (
            CASE_ORGANISATIONS.c.organisation_id == found.organisation_id,
            CASE_ORGANISATIONS.c.quarter == found.quarter,
            CASE_ORGANISATIONS.c.case_ref.in_([ref for ref, _ in lines]),
        )
        self._connection.execute(update(CASE_ORGANISATIONS).where(*theirs), {"is_gathered": True})
        return len(lines)

    def forget_gathered(self, before: Quarter) -> None:
        """Drops the pages of quarters before this one."""
        old = REPORT_PAGES.c.quarter < str(before)
        self._connection.execute(delete(REPORT_PAGES).where(old))

    def _put_page(self, organisation_id: str, quarter: str, page: bytes) -> None:
        theirs = (
            REPORT_PAGES.c.organisation_id == organisation_id,
            REPORT_PAGES.c.quarter == quarter,
        )
        last = select(func.coalesce(func.max(REPORT_PAGES.c.number), 0)).where(*theirs)
        number = self._connection.execute(last).scalar_one() + 1
        name = f"{organisation_id}|{quarter}|{number}"
        row = {
            "organisation_id": organisation_id,
            "quarter": quarter,
            "number": number,
            "reports_sealed": self._key_ring.seal_row(*_PAGE, name, page),
        }
        add_new(self._connection, REPORT_PAGES, row)

    def _apart(
        self, organisation_id: str, quarter: Quarter | str, limit: int | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """The cases that are in no page as they are now, each with its line."""
        chosen = (
            select(CASE_ORGANISATIONS.c.case_ref, CASE_ORGANISATIONS.c.report_sealed)
            .where(CASE_ORGANISATIONS.c.organisation_id == organisation_id)
            .where(CASE_ORGANISATIONS.c.quarter == str(quarter))
            .where(~CASE_ORGANISATIONS.c.is_gathered)
            .order_by(CASE_ORGANISATIONS.c.case_ref)
            .limit(limit)
        )
        for ref, sealed in self._connection.execute(locking(self._connection, chosen)):
            yield ref, self._line(ref, sealed)

    def _line(self, ref: str, sealed: bytes) -> bytes:
        stored = self._key_ring.open_row(*_REPORT, ref, sealed)
        return stored if is_line(stored) else self._line_anew(ref)

    def _line_anew(self, ref: str) -> bytes:
        """The line of a case that was filed when lines had no days."""
        chosen = select(CASES.c.details_sealed).where(CASES.c.ref == ref)
        case = CASE.open(self._key_ring, ref, self._connection.execute(chosen).scalar_one())
        report = report_of(case)
        if report is None:
            raise StorageError("a case without a site is counted")
        return line_of(report)

    def _pages(self, organisation_id: str, quarter: Quarter) -> Iterator[bytes]:
        """The newest first: what it says of a case is what counts."""
        chosen = (
            select(REPORT_PAGES.c.number, REPORT_PAGES.c.reports_sealed)
            .where(REPORT_PAGES.c.organisation_id == organisation_id)
            .where(REPORT_PAGES.c.quarter == str(quarter))
            .order_by(REPORT_PAGES.c.number.desc())
        )
        for number, sealed in self._connection.execute(chosen):
            name = f"{organisation_id}|{quarter}|{number}"
            yield self._key_ring.open_row(*_PAGE, name, sealed)

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

    def of_quarter(self, quarter: Quarter) -> Iterator[Release]:
        """All releases of a quarter, by organisation."""
        chosen = select(RELEASES.c.organisation_id, RELEASES.c.details_sealed).where(
            RELEASES.c.quarter == str(quarter)
        )
        for row in self._connection.execute(chosen.order_by(RELEASES.c.organisation_id)):
            name = f"{row.organisation_id}|{quarter}"
            yield _RELEASE.open(self._key_ring, name, row.details_sealed)

    def released_to(self, quarter: Quarter) -> frozenset[str]:
        """The organisations that have a release of a quarter."""
        chosen = select(RELEASES.c.organisation_id).where(RELEASES.c.quarter == str(quarter))
        return frozenset(self._connection.execute(chosen).scalars())

    def quarters(self, organisation_id: str) -> tuple[Quarter, ...]:
        """The quarters that have been released, oldest first."""
        chosen = select(RELEASES.c.quarter).where(RELEASES.c.organisation_id == organisation_id)
        names = self._connection.execute(chosen.order_by(RELEASES.c.quarter)).scalars()
        return tuple(_quarter(name) for name in names)

    def first_quarter(self) -> Quarter | None:
        """In which the installation's first case was filed; None before there is one.

        Cases are erased one day, and what was released tells of them on.
        """
        first = self._connection.execute(select(func.min(CASES.c.filed_on))).scalar_one()
        released = self._connection.execute(select(func.min(RELEASES.c.quarter))).scalar_one()
        known = [_quarter(released)] if released is not None else []
        return min([*known, *([] if first is None else [Quarter.of(first)])], default=None)


def _quarter(name: str) -> Quarter:
    year, number = name.split("-Q")
    return Quarter(year=int(year), number=int(number))
