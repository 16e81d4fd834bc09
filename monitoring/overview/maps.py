"""The heat map that an organisation sees, worked out from what is kept, or as it was kept.

Called by `organisations.refresh_organisation`, which keeps it, by the officer's pages
(`company.company_view`) and by `monitoring.evaluation.facts`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from monitoring.company_heat_map import company
from monitoring.heat_map import HeatMap, Viewer
from monitoring.ports import Shelves
from monitoring.risk.findings import Finding
from monitoring.risk.unheard import SiteFacts
from monitoring.round_figures import RoundFigures
from monitoring.signals import at_site
from register.places import places_of
from register.release import Release
from register.sites import Site


def map_for_company(
    tx: Shelves,
    organisation_id: str,
    sites: Sequence[Site],
    findings: Iterable[Finding],
    facts: Iterable[SiteFacts],
    today: date,
    new: Iterable[RoundFigures] = (),
) -> HeatMap:
    """The map of what the organisation may see, worked out from released figures.

    `new` are figures of rounds that will be kept together with the map.

    The map of everything that is known is `monitoring.heat_map.analyst`, of the same findings and
    facts.
    """
    rounds = sorted((*tx.figures.ratings(organisation_id), *new), key=lambda each: each.round_id)
    return company(
        releases=telling_releases(tx, organisation_id),
        ratings=[figure for each in rounds for figure in each.figures],
        findings=findings,
        sites=facts,
        places=places_of(sites, tx.sites.holders(organisation_id)),
        today=today,
    )


def company_map(tx: Shelves, organisation_id: str, today: date) -> HeatMap:
    """The map that the company sees: of the last daily round, or of now where there was none."""
    kept = tx.assessments.heat_map(organisation_id, Viewer.COMPANY)
    if kept is not None:
        return kept[1]
    sites = tx.sites.sites_of(organisation_id)
    site_ids = [site.id for site in sites]
    findings, facts = findings_at(tx, site_ids), tx.hearings.facts(site_ids, today)
    return map_for_company(tx, organisation_id, sites, findings, facts, today)


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
