"""Quarters that are over are released, each once (K4).

Called by the service's daily round: `due_releases`, then `release_quarter` for each of them in a
transaction of its own.
"""

from collections.abc import Iterator
from datetime import date

from monitoring.ports import ReleaseShelves
from register.quarters import Quarter
from register.release import Release, ReleaseRefused, Thresholds, release


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
) -> Release | None:
    """The quarter's release, kept; None if it was released before or is not over yet (K4).

    `salt` is the installation's secret for releases, of 16 to 64 bytes (`register.suppression`).
    """
    if quarter in tx.releases.quarters(organisation_id):
        return None
    released = release(
        organisation_id,
        quarter,
        tx.releases.reports(organisation_id, quarter),
        tx.sites.sites_of(organisation_id),
        today=today,
        salt=salt,
        thresholds=thresholds,
    )
    if isinstance(released, ReleaseRefused):
        return None
    tx.releases.put(released)
    return released


def _over(first: Quarter, today: date) -> Iterator[Quarter]:
    quarter = first
    while quarter.is_closed(today):
        yield quarter
        quarter = quarter.next
