"""An organisation's daily round: its findings, maps, order and involvement as they are today.

Called by the service once a day for every organisation, after its quarters were released. Doing
it twice on a day changes nothing.

An organisation may have a thousand sites, and whoever writes keeps all others waiting. So the round
goes in three steps, each of which may be a unit of work of its own:

    refresh_sites     writes the findings of some sites; they change with every case anyway
    work_out          reads alone: figures of rounds that are over, both maps, the order
    keep              writes all of that at once, so that nobody ever sees half of it

What was decided by people between the last two, and what they wrote, stays (`ordering`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from consultations.round import Round, RoundStatus
from monitoring.heat_map import HeatMap, analyst
from monitoring.overview.changes import refresh_findings
from monitoring.overview.maps import findings_at, map_for_company
from monitoring.overview.ordering import ROOM, carried_over
from monitoring.ports import Shelves
from monitoring.risk.involving import reviewed
from monitoring.risk.priorities import Ranked, prioritise
from monitoring.round_figures import RoundFigures, figures_of_round
from monitoring.signals import at_site
from register.places import places_of
from register.release import Thresholds
from register.sites import Site

SITES_AT_ONCE = 20
"""Whose findings are refreshed in one unit of work: some hundredths of a second."""
_NOT_OVER = frozenset({RoundStatus.DRAFT, RoundStatus.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What an organisation's round comes to, worked out and not yet kept."""

    organisation_id: str
    day: date
    ratings: tuple[RoundFigures, ...]
    """Of rounds that are over and were not kept before."""
    maps: tuple[HeatMap, ...]
    """What the company sees, and what is known."""
    ranked: tuple[Ranked, ...]
    """Before what people decided is carried over."""


def refresh_organisation(
    tx: Shelves,
    organisation_id: str,
    today: date,
    *,
    room: int | None = None,
    thresholds: Thresholds | None = None,
) -> None:
    """All three steps in one unit of work, for an organisation that is not large.

    `room` is how many risks can be dealt with at a time; by default what `ordering.ROOM` says for
    the organisation's size. `thresholds` are those of releases. An organisation that is not known
    has no sites, and nothing is shown of it.
    """
    for some in pieces_of(tx, organisation_id):
        refresh_sites(tx, some, today)
    keep(tx, work_out(tx, organisation_id, today, room=room, thresholds=thresholds))


def pieces_of(tx: Shelves, organisation_id: str) -> tuple[tuple[str, ...], ...]:
    """The ids of its sites, `SITES_AT_ONCE` at a time."""
    return tuple(_in_pieces([site.id for site in tx.sites.sites_of(organisation_id)]))


def refresh_sites(tx: Shelves, site_ids: Collection[str], today: date) -> None:
    """The first step: the findings of some sites as they are today; what is old fades."""
    refresh_findings(tx, (at_site(each) for each in site_ids), today)


def work_out(
    tx: Shelves,
    organisation_id: str,
    today: date,
    *,
    room: int | None = None,
    thresholds: Thresholds | None = None,
) -> Refreshed:
    """The second step: reads alone. As `refresh_organisation`."""
    sites = tx.sites.sites_of(organisation_id)
    ids = [each.id for each in sites]
    ratings = tuple(_new_figures(tx, organisation_id, sites, thresholds or Thresholds()))
    findings, facts = findings_at(tx, ids), tx.hearings.facts(ids, today)
    released = map_for_company(tx, organisation_id, sites, findings, facts, today, ratings)
    organisation = tx.sites.organisation(organisation_id)
    places = ROOM[organisation is not None and organisation.is_small] if room is None else room
    # Cells are ordered and not findings: the order is shown to the company, with its reasons.
    cells = [cell for row in released.rows for cell in row.cells]
    return Refreshed(
        organisation_id=organisation_id,
        day=today,
        ratings=ratings,
        maps=(released, analyst(findings, facts, today)),
        ranked=tuple(prioritise(cells, room=places, today=today)),
    )


def keep(tx: Shelves, refreshed: Refreshed) -> None:
    """The third step: all of it is seen from now on."""
    organisation_id, today = refreshed.organisation_id, refreshed.day
    for figures in refreshed.ratings:
        tx.figures.put_ratings(organisation_id, figures)
    for heat_map in refreshed.maps:
        tx.assessments.put_heat_map(organisation_id, today, heat_map)
    kept = tx.assessments.priorities(organisation_id)
    before = kept[1] if kept else ()
    now = carried_over(refreshed.ranked, before)
    if now != before:
        tx.assessments.put_priorities(organisation_id, today, now)
    _review_involvement(tx, organisation_id, today)


def _new_figures(
    tx: Shelves, organisation_id: str, sites: Sequence[Site], thresholds: Thresholds
) -> Iterator[RoundFigures]:
    """What the ratings of each round come to, once, when it is over (K4)."""
    kept = {each.round_id for each in tx.figures.ratings(organisation_id)}
    for round_ in tx.rounds.of_organisation(organisation_id):
        if round_.id not in kept and _is_over(round_):
            ratings = tx.ratings.of_round(round_.id)
            rows = places_of(sites, tx.sites.holders(organisation_id))
            yield figures_of_round(round_, ratings, rows, thresholds)


def _in_pieces(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(ids)
    while some := tuple(islice(left, SITES_AT_ONCE)):
        yield some


def _is_over(round_: Round) -> bool:
    return round_.status not in _NOT_OVER


def _review_involvement(tx: Shelves, organisation_id: str, today: date) -> None:
    """A year without effort moves linked to contribute (R96)."""
    for log in tx.involvements.of_organisation(organisation_id):
        now = reviewed(log, today)
        if now != log:
            tx.involvements.put(now)
