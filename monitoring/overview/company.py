"""Everything that an officer's pages show of an organisation, and nothing that may not be shown.

Called by the officer's pages in a transaction that reads. This is the only way from the shelves to
those pages: what is not in a `CompanyView` an officer does not see (K1-K7, K10). Nothing in it
depends on a report that was not released: the quarters are always the same number of quarters,
whether anything was heard in them or not, and a number that is too small looks like none at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from consultations.invitation import Invitation
from consultations.ratings import StakeholderRating
from consultations.round import RoundStatus
from monitoring.heat_map import HeatMap, Row
from monitoring.limits import COUNTED, LimitFigure, QuarterLimits
from monitoring.overview.company_values import (
    CompanyFinding,
    CompanyView,
    OpenVoice,
    QuarterView,
    RoundView,
    SharedJudgement,
    SharedSummary,
)
from monitoring.overview.maps import company_map, findings_at, telling_releases
from monitoring.ports import Shelves
from monitoring.risk.findings import Judgement
from monitoring.risk.rating_figures import open_ratings
from register.particulars import AnonymityLevel, Theme
from register.places import Place, places_of
from register.quarters import Quarter
from register.sites import Site
from register.summary import words_for_company

__all__ = [
    "QUARTERS_SHOWN",
    "CompanyFinding",
    "CompanyView",
    "OpenVoice",
    "QuarterView",
    "RoundView",
    "SharedJudgement",
    "SharedSummary",
    "closed_quarters",
    "company_view",
    "shared_summaries",
    "shown_quarters",
]

QUARTERS_SHOWN = 8
"""Two years of closed quarters, always, so that their number tells nothing."""


def company_view(tx: Shelves, organisation_id: str, today: date) -> CompanyView | None:
    """What the organisation may see today; None for an organisation that is not known."""
    organisation = tx.sites.organisation(organisation_id)
    if organisation is None:
        return None
    sites = tx.sites.sites_of(organisation_id)
    by_id = {site.id: site for site in sites}
    heat_map = company_map(tx, organisation_id, today)
    quarters = shown_quarters(tx, organisation_id, sites, today)
    return CompanyView(
        organisation=organisation,
        day=today,
        sites=sites,
        quarters=quarters,
        heat_map=heat_map,
        findings=_findings(tx, organisation_id, heat_map, quarters, by_id),
        unheard=tuple(
            by_id[site_id] for row in heat_map.rows for site_id in row.unheard if site_id in by_id
        ),
        summaries=shared_summaries(tx, organisation_id),
        rounds=tuple(_rounds(tx, organisation_id, today)),
    )


def shown_quarters(
    tx: Shelves, organisation_id: str, sites: Iterable[Site], today: date
) -> tuple[QuarterView, ...]:
    """The last `QUARTERS_SHOWN` that are over, newest first; `sites` are the organisation's."""
    rows = places_of(sites, tx.sites.holders(organisation_id))
    return tuple(_quarters(tx, organisation_id, rows, today))


def shared_summaries(
    tx: Shelves, organisation_id: str, *, after: str | None = None, limit: int = 50
) -> tuple[SharedSummary, ...]:
    """A page of the summaries that reporters approved, by id, which is random."""
    page = tx.summaries.shared_with(organisation_id, after=after, limit=limit)
    told = ((each, words_for_company(each)) for each in page)
    return tuple(
        SharedSummary(id=each.id, words=words, shared_in=Quarter.of(each.day))
        for each, words in told
        if words is not None
    )


def closed_quarters(today: date, number: int = QUARTERS_SHOWN) -> tuple[Quarter, ...]:
    """The last so many quarters that are over, newest first."""
    found: list[Quarter] = []
    quarter = Quarter.of(today)
    for _ in range(number):
        quarter = Quarter.of(quarter.first_day - timedelta(days=1))
        found.append(quarter)
    return tuple(found)


def _quarters(
    tx: Shelves, organisation_id: str, places: tuple[Place, ...], today: date
) -> Iterator[QuarterView]:
    releases = {each.quarter: each for each in telling_releases(tx, organisation_id)}
    limits = {each.quarter: each for each in tx.figures.limits(organisation_id)}
    for quarter in closed_quarters(today):
        release = releases.get(quarter)
        yield QuarterView(
            quarter=quarter,
            places=release.places if release else places,
            cells=release.cells if release else (),
            limits=_limits(limits.get(quarter)),
        )


def _limits(kept: QuarterLimits | None) -> tuple[LimitFigure, ...]:
    nothing = (LimitFigure(kind=kind, in_time=None, missed=None) for kind in COUNTED)
    return tuple(kept.of(kind) for kind in COUNTED) if kept else tuple(nothing)


def _findings(
    tx: Shelves,
    organisation_id: str,
    heat_map: HeatMap,
    quarters: tuple[QuarterView, ...],
    sites: Mapping[str, Site],
) -> tuple[CompanyFinding, ...]:
    kept = tx.assessments.priorities(organisation_id)
    ranked = {each.finding_id: each for each in (kept[1] if kept else ())}
    logs = {each.finding_id: each for each in tx.involvements.of_organisation(organisation_id)}
    rated = [each for kept in tx.figures.ratings(organisation_id) for each in kept.figures]
    judged = _judgements(tx, heat_map)
    found = (
        CompanyFinding(
            cell=cell,
            row=row,
            sites=tuple(sites[each] for each in row.site_ids if each in sites),
            ranked=ranked.get(cell.id),
            numbers=tuple(
                (each.quarter, each.number(place=row.key, theme=cell.theme)) for each in quarters
            ),
            ratings=tuple(
                each for each in rated if (each.place, each.theme) == (row.key, cell.theme)
            ),
            judgements=tuple(_shared(judged, row, cell.theme)),
            involvement=logs.get(cell.id),
        )
        for row in heat_map.rows
        for cell in row.cells
    )
    return tuple(sorted(found, key=_place))


def _place(finding: CompanyFinding) -> tuple[bool, int, str]:
    ranked = finding.ranked
    return (ranked is None, ranked.place if ranked else 0, finding.id)


def _judgements(
    tx: Shelves, heat_map: HeatMap
) -> Mapping[tuple[str, Theme], tuple[Judgement, ...]]:
    """The judgements that are for the company, by site and theme."""
    judged_rows = (row for row in heat_map.rows if any(cell.is_judged for cell in row.cells))
    findings = findings_at(tx, (site_id for row in judged_rows for site_id in row.site_ids))
    return {
        (each.subject.id, each.theme): tuple(
            judgement for judgement in each.judgements if judgement.is_for_company
        )
        for each in findings
    }


def _shared(
    judged: Mapping[tuple[str, Theme], tuple[Judgement, ...]], row: Row, theme: Theme
) -> Iterator[SharedJudgement]:
    every = (each for site_id in row.site_ids for each in judged.get((site_id, theme), ()))
    for each in sorted(every, key=lambda judgement: judgement.day):
        yield SharedJudgement(day=each.day, weight=each.weight, reason=each.reason)


def _rounds(tx: Shelves, organisation_id: str, today: date) -> Iterator[RoundView]:
    figures = {each.round_id: each.figures for each in tx.figures.ratings(organisation_id)}
    for round_ in tx.rounds.of_organisation(organisation_id):
        if round_.status is RoundStatus.DRAFT:
            continue
        ratings = open_ratings(round_, tx.ratings.of_round(round_.id))
        yield RoundView(
            round=round_,
            figures=figures.get(round_.id, ()),
            open_voices=tuple(_voices(tx.invitations.of_round(round_.id), ratings)),
            is_feedback_due=round_.is_feedback_due(today),
        )


def _voices(
    invitations: Iterable[Invitation], ratings: Iterable[StakeholderRating]
) -> Iterator[OpenVoice]:
    said = list(ratings)
    for invitation in invitations:
        theirs = tuple(each for each in said if each.participant == invitation.participant)
        if theirs and invitation.anonymity is AnonymityLevel.OPEN:
            yield OpenVoice(name=invitation.label, ratings=theirs)
