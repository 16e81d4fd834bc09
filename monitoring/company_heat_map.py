"""The heat map that a company sees: of released figures, and of nothing else that people said.

Shown on the officer's pages.

Theory. A level that moves gives away what moved it. If the company's map were made of all that
is known and only the numbers were hidden, one complaint at a small site would turn its square
red on the day it came in. So this map is worked out again, by the same tables, from what may be
seen anyway:
- numbers of people out of the register's releases (K1-K5), which weigh what their theme weighs;
- figures of ratings out of rounds that are over (`monitoring.risk.rating_figures`);
- audits, documents and indicators, which no reporter is behind;
- judgements that whoever made them lets the company see.
A number that is not released and a zero look the same: "too few to show". Whether a site is
unheard depends on nothing hidden either: where no number is released it is judged by its country,
its known risks and its awareness alone, so the mark does not tell whether anybody spoke.

Worked example. A quarry of 300 workers; in the last quarter nine people report low wages and
three report dust. The release shows 9 for wages and nothing for dust (10 are needed). The map
says: living wage, gravity 3, nine voices; on health and safety nothing, as if nobody had spoken.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from monitoring.heat_map import Figure, HeatMap, Row, ThemeCell, Viewer, heat_map, in_theme_order
from monitoring.risk.estimate import FRESH_YEARS, estimate, full_years
from monitoring.risk.findings import Finding, Judgement, in_force
from monitoring.risk.first_estimate import first_estimate
from monitoring.risk.rating_figures import RatingFigure
from monitoring.risk.severity import Weight, highest
from monitoring.risk.stakeholders import NOBODY_RATED
from monitoring.risk.unheard import Hearing, SiteFacts, hearing
from monitoring.signals import SignalKind, Subject, SubjectKind
from monitoring.standing import Standing
from monitoring.tallies import Tally
from register.particulars import Particulars, Theme
from register.places import Place, PlaceKind, row_of
from register.release import LEAST_PEOPLE, Release

WITHOUT_PEOPLE = frozenset({SignalKind.AUDIT, SignalKind.DOCUMENT, SignalKind.INDICATOR})
"""Sources that no reporter and no participant is behind."""

CellKey: TypeAlias = tuple[str, Theme]
"""The key of a row, and a theme."""


def company(
    *,
    releases: Iterable[Release],
    ratings: Iterable[RatingFigure],
    findings: Iterable[Finding],
    sites: Iterable[SiteFacts],
    places: Iterable[Place],
    today: date,
) -> HeatMap:
    """The company's map, with a row for each of `places` (`register.places.places_of` its sites).

    `releases` are all of the organisation's, `ratings` the figures of all its rounds that are
    over, `findings` those at its sites and chains: only their sources without people, and the
    judgements that are for the company, are read. Rows that only earlier releases had are kept.
    """
    known_releases = list(releases)
    rows = _rows(places, known_releases)
    cells = _cells(known_releases, list(ratings), list(findings), rows, today)
    by_row: dict[str, list[ThemeCell]] = {key: [] for key in rows}
    for (key, _), cell in cells.items():
        by_row.setdefault(key, []).append(cell)
    facts = {site.site_id: site for site in sites}
    return heat_map(
        Viewer.COMPANY,
        (_row(key, rows.get(key), listed, facts, today) for key, listed in by_row.items()),
    )


def _rows(places: Iterable[Place], releases: list[Release]) -> dict[str, Place]:
    """All rows by key, those of now last, so that a site is found in the row that it has now."""
    now = {place.key: place for place in places}
    earlier: dict[str, Place] = {}
    for release in sorted(releases, key=lambda each: each.quarter):
        earlier |= {place.key: place for place in release.places if place.key not in now}
    return earlier | now


def _cells(
    releases: list[Release],
    ratings: list[RatingFigure],
    findings: list[Finding],
    rows: Mapping[str, Place],
    today: date,
) -> dict[CellKey, ThemeCell]:
    tallies: dict[CellKey, list[Tally]] = defaultdict(list)
    rated: dict[CellKey, list[RatingFigure]] = defaultdict(list)
    judged: dict[CellKey, list[tuple[Judgement, ...]]] = defaultdict(list)
    for tally in (each for release in releases for each in _released(release)):
        tallies[tally.subject.id, tally.theme].append(tally)
    for figure in ratings:
        rated[figure.place, figure.theme].append(figure)
    row_of_site = row_of(rows.values())
    for finding in findings:
        key = _key(finding, row_of_site)
        if key is not None:
            tallies[key] += (each for each in finding.sources if each.kind in WITHOUT_PEOPLE)
            judged[key].append(tuple(each for each in finding.judgements if each.is_for_company))
    return {
        key: _cell(key, rows.get(key[0]), tallies[key], rated[key], judged[key], today)
        for key in {*tallies, *rated, *judged}
        if tallies[key] or rated[key] or any(judged[key])
    }


def _key(finding: Finding, row_of_site: Mapping[str, Place]) -> CellKey | None:
    subject = finding.subject
    if subject.kind is SubjectKind.CHAIN:
        return f"{subject.kind}:{subject.id}", finding.theme
    row = row_of_site.get(subject.id)
    return (row.key, finding.theme) if row else None


def _released(release: Release) -> Iterable[Tally]:
    """The numbers by place and theme; those by group, and totals, say nothing more of a risk."""
    for cell in release.cells:
        if cell.place and cell.theme and cell.group is None:
            yield Tally(
                subject=Subject(kind=SubjectKind.ROW, id=cell.place),
                theme=cell.theme,
                quarter=release.quarter,
                kind=SignalKind.CASE,
                standing=Standing.HEARD,
                signals=cell.number,
                voices=cell.number,
                weight=first_estimate(Particulars(theme=cell.theme), Standing.HEARD),
            )


def _cell(
    key: CellKey,
    place: Place | None,
    tallies: list[Tally],
    rated: list[RatingFigure],
    judged: list[tuple[Judgement, ...]],
    today: date,
) -> ThemeCell:
    fresh = (each for each in rated if full_years(each.quarter, today) < FRESH_YEARS)
    estimated = highest([estimate(tallies, NOBODY_RATED, today), *(each.weight for each in fresh)])
    return ThemeCell(
        id=_id(key, place),
        theme=key[1],
        weight=_weight(estimated, judged, is_one_subject=place is None or _is_site(place)),
        figures=_figures(tallies, rated),
        is_disputed=any(len(each.close) < len(each.middles) for each in rated),
        is_judged=any(judged),
    )


def _weight(
    estimated: Weight, judged: list[tuple[Judgement, ...]], *, is_one_subject: bool
) -> Weight:
    in_use = [in_force(estimated, each) for each in judged if each]
    if is_one_subject:
        return highest(in_use) if in_use else estimated
    # A judgement of one small site cannot speak for the others in its row.
    return highest([estimated, *in_use])


def _figures(tallies: list[Tally], rated: list[RatingFigure]) -> tuple[Figure, ...]:
    voices: dict[SignalKind, int | None] = {SignalKind.CASE: None, SignalKind.RATING: None}
    for tally in tallies:
        voices[tally.kind] = max(voices.get(tally.kind) or 0, tally.voices)
    if rated:
        voices[SignalKind.RATING] = max(each.participants for each in rated)
    return tuple(Figure(kind=kind, voices=voices[kind]) for kind in SignalKind if kind in voices)


def _id(key: CellKey, place: Place | None) -> str:
    row, theme = key
    if place is None or not _is_site(place):
        return f"{row.removeprefix(f'{SubjectKind.CHAIN}:')}.{theme}"
    return f"{place.name}.{theme}"


def _is_site(place: Place) -> bool:
    return place.kind is PlaceKind.SITE


def _row(
    key: str,
    place: Place | None,
    cells: list[ThemeCell],
    facts: Mapping[str, SiteFacts],
    today: date,
) -> Row:
    site_ids = place.site_ids if place else ()
    released = _voices(cells) if place and _is_site(place) else 0
    worst = max((cell.severity for cell in cells), default=0)
    return Row(
        key=key,
        site_ids=site_ids,
        cells=in_theme_order(cells),
        hearings={
            site_id: _hearing_shown(facts[site_id], released, worst, today)
            for site_id in site_ids
            if site_id in facts
        },
    )


def _hearing_shown(site: SiteFacts, released: int, worst: int, today: date) -> Hearing:
    """What silence means as far as may be told: of hidden voices and a few readers nothing."""
    readers = site.readers if site.readers >= LEAST_PEOPLE else 0
    shown = replace(site, voices=released, readers=readers, worst_severity=worst)
    return hearing(shown, today)


def _voices(cells: list[ThemeCell]) -> int:
    people = {SignalKind.CASE, SignalKind.RATING}
    return max(
        (figure.voices or 0 for cell in cells for figure in cell.figures if figure.kind in people),
        default=0,
    )
