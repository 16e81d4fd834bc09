"""Quarters that are over are released, each once (K4).

Called by the service's daily round: `due_releases`, then `release_quarter` for each of them in a
transaction of its own. With the numbers of reports goes how the time limits were kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from monitoring.limits import LimitCount, QuarterLimits, quarters_read
from monitoring.ports import ReleaseShelves
from register.clocks import TIMETABLE, Timetable
from register.places import Holders, Place, parts_of, row_of
from register.quarters import Quarter
from register.release import Release, ReleaseRefused, Report, Thresholds, is_open, release


def due_releases(tx: ReleaseShelves, today: date) -> tuple[tuple[str, Quarter], ...]:
    """Each organisation's id with each quarter that is over and not released, oldest first.

    Releases begin with the quarter of the installation's first case, for all organisations alike:
    if they began with an organisation's own first case, their beginning would tell of it.
    """
    first = tx.releases.first_quarter()
    if first is None:
        return ()
    over = tuple(_over(first, today))
    return tuple(
        (organisation.id, quarter)
        for organisation in tx.sites.organisations()
        for quarter in sorted({*over} - {*tx.releases.quarters(organisation.id)})
    )


def release_quarter(
    tx: ReleaseShelves,
    organisation_id: str,
    quarter: Quarter,
    today: date,
    *,
    salt: bytes,
    thresholds: Thresholds | None = None,
    timetable: Timetable = TIMETABLE,
) -> Release | None:
    """The quarter's release, kept; None if it was released before or is not over yet (K4).

    `salt` is the installation's secret for releases, of 16 to 64 bytes (`register.suppression`).
    """
    figures = quarter_figures(
        tx,
        organisation_id,
        quarter,
        today,
        salt=salt,
        thresholds=thresholds,
        timetable=timetable,
    )
    return None if figures is None else keep_quarter(tx, figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFigures:
    """Everything that is released of a quarter, worked out and not yet kept."""

    release: Release
    limits: QuarterLimits
    beside: frozenset[str] = frozenset()
    """The organisations whose releases of the quarter were known."""


def quarter_figures(
    tx: ReleaseShelves,
    organisation_id: str,
    quarter: Quarter,
    today: date,
    *,
    salt: bytes,
    thresholds: Thresholds | None = None,
    timetable: Timetable = TIMETABLE,
) -> QuarterFigures | None:
    """The first half of `release_quarter`: reads alone, so that it need not hold up the writer.

    Of a million cases a quarter that takes seconds.
    """
    if quarter in tx.releases.quarters(organisation_id):
        return None
    least = thresholds or Thresholds()
    count = LimitCount(quarter, timetable)
    sites, holders = tx.sites.sites_of(organisation_id), tx.sites.holders(organisation_id)
    earlier = tuple(tx.releases.of_quarter(quarter))
    own = _counted(tx.releases.reports(organisation_id, quarter), count)
    shared = _shared(parts_of(sites, holders), holders, earlier)
    released = release(
        organisation_id,
        quarter,
        chain(own, _of_others(tx, organisation_id, quarter, shared, holders)),
        sites,
        today=today,
        salt=salt,
        thresholds=least,
        holders=holders,
        earlier=earlier,
    )
    if isinstance(released, ReleaseRefused):
        return None
    count.leave_out_all_but(released.told_sites)
    for filed_in in quarters_read(quarter)[:-1]:
        before = tx.releases.get(organisation_id, filed_in)
        told = before.told_sites if before else frozenset()
        for report in tx.releases.reports(organisation_id, filed_in) if told else ():
            if report.site_id in told:
                count.note(report)
    return QuarterFigures(
        release=released,
        limits=count.limits(organisation_id, least),
        beside=frozenset(each.organisation_id for each in earlier),
    )


def _shared(
    parts: Iterable[tuple[Place, ...]], holders: Holders, earlier: tuple[Release, ...]
) -> frozenset[str]:
    """The sites that others have too, of the parts of which nobody was told anything yet."""
    still_open = (row_of(rows) for rows in parts if is_open(rows, earlier))
    return frozenset(each for rows in still_open for each in rows if len(holders[each]) > 1)


def _of_others(
    tx: ReleaseShelves,
    organisation_id: str,
    quarter: Quarter,
    shared: frozenset[str],
    holders: Holders,
) -> Iterator[Report]:
    """Reports of these sites that were filed before the organisation had them."""
    others = frozenset().union(*(holders[each] for each in shared)) - {organisation_id}
    return tx.releases.reports_of_others(organisation_id, others, quarter, shared)


def keep_quarter(tx: ReleaseShelves, figures: QuarterFigures) -> Release | None:
    """The second half: the release, kept; None if anybody else released the quarter meanwhile.

    To another organisation, too: they may share sites, and must be told the same of them.
    """
    released = figures.release
    if tx.releases.released_to(released.quarter) != figures.beside:
        return None
    tx.releases.put(released)
    tx.figures.put_limits(figures.limits)
    return released


def _counted(reports: Iterable[Report], count: LimitCount) -> Iterator[Report]:
    """The reports, each noted on its way: there may be a million, so they are read once."""
    for report in reports:
        count.note(report)
        yield report


def _over(first: Quarter, today: date) -> Iterator[Quarter]:
    quarter = first
    while quarter.is_closed(today):
        yield quarter
        quarter = quarter.next
