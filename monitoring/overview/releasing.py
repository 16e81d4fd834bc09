"""Quarters that are over are released, each once (K4).

Called by the service's daily round: `due_releases`, then `release_quarter` for each of them in a
transaction of its own. With the numbers of reports goes how the time limits were kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from monitoring.limits import LimitCount, QuarterLimits, quarters_read
from monitoring.ports import ReleaseShelves
from register.clocks import TIMETABLE, Timetable
from register.quarters import Quarter
from register.release import Release, ReleaseRefused, Report, Thresholds, release


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
    released = release(
        organisation_id,
        quarter,
        _counted(tx.releases.reports(organisation_id, quarter), count),
        tx.sites.sites_of(organisation_id),
        today=today,
        salt=salt,
        thresholds=least,
    )
    if isinstance(released, ReleaseRefused):
        return None
    for filed_in in quarters_read(quarter)[:-1]:
        for report in tx.releases.reports(organisation_id, filed_in):
            count.note(report)
    return QuarterFigures(release=released, limits=count.limits(organisation_id, least))


def keep_quarter(tx: ReleaseShelves, figures: QuarterFigures) -> Release | None:
    """The second half: the release, kept; None if somebody else released the quarter meanwhile."""
    released = figures.release
    if released.quarter in tx.releases.quarters(released.organisation_id):
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
