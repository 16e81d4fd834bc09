"""An organisation's daily round: its findings, maps, order and involvement as they are today.

Called by the service once a day for every organisation, after its quarters were released. Doing
it twice on a day changes nothing.
"""

from collections.abc import Sequence
from datetime import date

from consultations.round import Round, RoundStatus
from monitoring.heat_map import HeatMap, analyst
from monitoring.overview.changes import refresh_findings
from monitoring.overview.maps import map_for_company
from monitoring.overview.ordering import ROOM, carried_over
from monitoring.ports import Shelves
from monitoring.risk.involving import reviewed
from monitoring.risk.priorities import prioritise
from monitoring.round_figures import figures_of_round
from monitoring.signals import at_site
from register.places import places_of
from register.release import Thresholds
from register.sites import Site

_NOT_OVER = frozenset({RoundStatus.DRAFT, RoundStatus.OPEN})


def refresh_organisation(
    tx: Shelves,
    organisation_id: str,
    today: date,
    *,
    room: int | None = None,
    thresholds: Thresholds | None = None,
) -> None:
    """Works out and keeps the findings, both heat maps, the order, and who is involved how.

    `room` is how many risks can be dealt with at a time; by default what `ordering.ROOM` says for
    the organisation's size. `thresholds` are those of releases. An organisation that is not known
    has no sites, and nothing is shown of it.
    """
    sites = tx.sites.sites_of(organisation_id)
    findings = refresh_findings(tx, (at_site(each.id) for each in sites), today)
    _keep_round_figures(tx, organisation_id, sites, thresholds or Thresholds())
    facts = tx.hearings.facts([each.id for each in sites], today)
    released = map_for_company(tx, organisation_id, sites, findings, facts, today)
    for heat_map in (released, analyst(findings, facts, today)):
        tx.assessments.put_heat_map(organisation_id, today, heat_map)
    _keep_order(tx, organisation_id, released, room, today)
    _review_involvement(tx, organisation_id, today)


def _keep_round_figures(
    tx: Shelves, organisation_id: str, sites: Sequence[Site], thresholds: Thresholds
) -> None:
    """What the ratings of each round come to, once, when it is over (K4)."""
    kept = {each.round_id for each in tx.figures.ratings(organisation_id)}
    for round_ in tx.rounds.of_organisation(organisation_id):
        if round_.id not in kept and _is_over(round_):
            ratings = tx.ratings.of_round(round_.id)
            rows = places_of(sites, tx.sites.holders(organisation_id))
            figures = figures_of_round(round_, ratings, rows, thresholds)
            tx.figures.put_ratings(organisation_id, figures)


def _is_over(round_: Round) -> bool:
    return round_.status not in _NOT_OVER


def _keep_order(
    tx: Shelves, organisation_id: str, released: HeatMap, room: int | None, today: date
) -> None:
    """The order of what the organisation may see, if it is another than the last one kept.

    Cells are ordered and not findings: the order is shown to the company, with its reasons.
    """
    organisation = tx.sites.organisation(organisation_id)
    places = ROOM[organisation is not None and organisation.is_small] if room is None else room
    cells = [cell for row in released.rows for cell in row.cells]
    kept = tx.assessments.priorities(organisation_id)
    before = kept[1] if kept else ()
    now = carried_over(prioritise(cells, room=places, today=today), before)
    if now != before:
        tx.assessments.put_priorities(organisation_id, today, now)


def _review_involvement(tx: Shelves, organisation_id: str, today: date) -> None:
    """A year without effort moves linked to contribute (R96)."""
    for log in tx.involvements.of_organisation(organisation_id):
        now = reviewed(log, today)
        if now != log:
            tx.involvements.put(now)
