"""What became of released complaints: a part of a finding, and weighed again.

Read by `facts`, as evidence for questions 2.1.2, 2.1.3 and 2.2.5. Only numbers of released quarters
are looked at, and each of them for itself, so that nothing here tells more than the release (K1,
K4). A complaint of the running quarter is in none of them (S5).

Theory. Mapped is a number of people behind which there is a finding whose reports are of the same
quarter. Weighed again is one whose finding somebody judged after the quarter was over, when all
its reports were known, and let the company see it. Either has three months from the end of the
quarter. A judgement within the quarter proves nothing, for more may have come after it, and one
that the company does not see is not its own; but where anybody judged, nobody is late.

Worked example. Twelve people report low wages in February, and the release says 12. The finding
was there the same day: mapped. An analyst judges it on 20 April and shares it: weighed again. Had
nobody judged it since 1 January, it would be overdue from 1 July on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TypeAlias

from monitoring.evaluation.register_facts import Handled
from monitoring.risk.findings import Finding, Judgement
from monitoring.signals import SignalKind
from register.particulars import Theme
from register.places import Place, PlaceKind
from register.quarters import Quarter
from register.release import Cell, Release
from register.spans import Span

LIMIT = Span(months=3)
"""From the end of a quarter, for mapping and for weighing again. As for feedback (L1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A released number, and the findings that hold reports of the same quarter."""

    quarter: Quarter
    cell: Cell
    place: Place | None
    findings: tuple[Finding, ...]

    @property
    def reference(self) -> str | None:
        """The id of the cell on the company's heat map; None for a total."""
        if self.place is None or self.cell.theme is None:
            return None
        is_site = self.place.kind is PlaceKind.SITE
        return f"{self.place.name if is_site else self.place.key}.{self.cell.theme}"


_Done: TypeAlias = Callable[[_Heard], date | None]


def complaints_mapped(
    releases: Iterable[Release], findings: Iterable[Finding], today: date
) -> Handled:
    """How far released complaints became part of a finding."""
    return _handled(_heard(releases, findings), _mapped_by, _is_unmapped, today)


def complaints_reassessed(
    releases: Iterable[Release], findings: Iterable[Finding], today: date
) -> Handled:
    """How far risks were weighed again after released complaints, by place and theme."""
    heard = (each for each in _heard(releases, findings) if each.reference is not None)
    return _handled(heard, _weighed_by, _is_unweighed, today)


def _heard(releases: Iterable[Release], findings: Iterable[Finding]) -> Iterator[_Heard]:
    known = tuple(findings)
    for release in releases:
        places = {place.key: place for place in release.places}
        reported = {
            (each.subject.id, each.theme): each
            for each in known
            if _is_reported(each, release.quarter)
        }
        for cell in release.cells:
            if cell.group is None:
                place = places.get(cell.place or "")
                yield _Heard(
                    quarter=release.quarter,
                    cell=cell,
                    place=place,
                    findings=tuple(_behind(cell, place, reported)),
                )


def _is_reported(finding: Finding, quarter: Quarter) -> bool:
    return any(
        source.kind is SignalKind.CASE and source.quarter == quarter for source in finding.sources
    )


def _behind(
    cell: Cell, place: Place | None, reported: Mapping[tuple[str, Theme], Finding]
) -> Iterator[Finding]:
    themes = tuple(Theme) if cell.theme is None else (cell.theme,)
    if place is None:
        yield from (each for each in reported.values() if each.theme in themes)
        return
    for key in product(place.site_ids, themes):
        if key in reported:
            yield reported[key]


def _handled(
    heard: Iterable[_Heard], done_by: _Done, is_undone: Callable[[_Heard], bool], today: date
) -> Handled:
    """Numbers of one quarter overlap (totals are among them), so the largest counts."""
    done: dict[Quarter, int] = {}
    overdue: dict[Quarter, int] = {}
    last: list[date] = []
    references: dict[str, Quarter] = {}
    for each in heard:
        day = done_by(each)
        if day is not None:
            done[each.quarter] = max(done.get(each.quarter, 0), each.cell.number)
            last.append(Quarter.of(day).last_day)
            if each.reference is not None:
                references[each.reference] = max(
                    each.quarter, references.get(each.reference, each.quarter)
                )
        elif is_undone(each) and LIMIT.after(each.quarter.last_day) < today:
            overdue[each.quarter] = max(overdue.get(each.quarter, 0), each.cell.number)
    return Handled(
        done=sum(done.values()),
        overdue=sum(overdue.values()),
        last_done=max(last, default=None),
        references=_newest_first(references),
    )


def _newest_first(references: dict[str, Quarter]) -> tuple[str, ...]:
    by_name = sorted(references)
    return tuple(sorted(by_name, key=lambda name: references[name], reverse=True))


def _mapped_by(heard: _Heard) -> date | None:
    return heard.quarter.last_day if heard.findings else None


def _is_unmapped(heard: _Heard) -> bool:
    return not heard.findings


def _weighed_by(heard: _Heard) -> date | None:
    shared = (each for each in _judgements(heard) if each.is_for_company)
    return max((each.day for each in shared if each.day > heard.quarter.last_day), default=None)


def _is_unweighed(heard: _Heard) -> bool:
    return not any(each.day >= heard.quarter.first_day for each in _judgements(heard))


def _judgements(heard: _Heard) -> Iterator[Judgement]:
    return (each for finding in heard.findings for each in finding.judgements)
