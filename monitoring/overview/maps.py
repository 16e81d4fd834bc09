"""The two heat maps of an organisation, worked out from what is kept today.

Called by `organisations.refresh_organisation`, which keeps them, and by `company.company_view`
for an organisation whose maps were never kept.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from monitoring.company_heat_map import company
from monitoring.heat_map import HeatMap, analyst
from monitoring.ports import Shelves
from monitoring.risk.findings import Finding
from monitoring.signals import at_site
from register.places import places_of
from register.release import Release
from register.sites import Site


def map_for_analyst(
    tx: Shelves, sites: Sequence[Site], findings: Iterable[Finding], today: date
) -> HeatMap:
    """The map of everything that is known, for handlers and the operator alone."""
    return analyst(findings, tx.hearings.facts([each.id for each in sites], today), today)


def map_for_company(
    tx: Shelves,
    organisation_id: str,
    sites: Sequence[Site],
    findings: Iterable[Finding],
    today: date,
) -> HeatMap:
    """The map of what the organisation may see, worked out from released figures."""
    rounds = tx.figures.ratings(organisation_id)
    return company(
        releases=telling_releases(tx, organisation_id),
        ratings=[figure for each in rounds for figure in each.figures],
        findings=findings,
        sites=tx.hearings.facts([each.id for each in sites], today),
        places=places_of(sites),
        today=today,
    )


def telling_releases(tx: Shelves, organisation_id: str) -> tuple[Release, ...]:
    """The releases that show any number, oldest first.

    A quarter with too few to show and one without a release must look the same. So nothing is
    ever read from a release without numbers, not even which rows it had.
    """
    quarters = tx.releases.quarters(organisation_id)
    found = (tx.releases.get(organisation_id, quarter) for quarter in quarters)
    return tuple(each for each in found if each is not None and each.cells)


def findings_at(tx: Shelves, site_ids: Iterable[str]) -> tuple[Finding, ...]:
    """The findings at these sites as they were last worked out."""
    return tx.findings.of_subjects([at_site(site_id) for site_id in site_ids])
