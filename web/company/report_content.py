"""What stands in a report: the facts of the officers' pages, and not one more.

Everything comes from the `CompanyView`, the score and the requests that the pages show. Summaries
of cases are left out: a reporter can take one back, and paper cannot be called back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.overview.company import CompanyView, QuarterView
from register.particulars import Group, Theme
from register.requests import Request
from web.company.figures import NumberTable, group_table, place_table
from web.company.finding_pages import RankLine, rank_line
from web.company.heat_map_page import QuietPlaces, quiet_places
from web.company.heat_picture import HeatPicture, heat_picture
from web.company.house import Evaluation
from web.company.involvement_view import InvolvementShown, involvement_shown
from web.company.limit_lines import LimitLine, limit_lines
from web.company.places import PlaceNames
from web.company.score_view import FigureLine, ScoreWords, StepLine
from web.inside.request_words import RequestShown, request_shown
from web.inside.words import GROUP_WORDS, THEME_WORDS

YEAR = 4
"""Quarters that an annual report tells of."""


class Section(StrEnum):
    """One part of a report; also its template's name."""

    FIGURES = "figures"
    LIMITS = "limits"
    RISKS = "risks"
    REQUESTS = "requests"
    SCORE = "score"


class ReportKind(StrEnum):
    """Which report; part of its address."""

    ANNUAL = "annual"
    FIGURES = "figures"
    LIMITS = "limits"
    RISKS = "risks"
    REQUESTS = "requests"
    SCORE = "score"

    @property
    def sections(self) -> tuple[Section, ...]:
        """What stands in it, in this order."""
        return tuple(Section) if self is ReportKind.ANNUAL else (Section(self.value),)


SECTION_TITLES: Mapping[Section, str] = {
    Section.FIGURES: N_("What people reported"),
    Section.LIMITS: N_("Time limits, kept and missed"),
    Section.RISKS: N_("Risks, in the order in which they are dealt with"),
    Section.REQUESTS: N_("What was asked, and what was answered"),
    Section.SCORE: N_("Score with its evidence"),
}
REPORT_TITLES: Mapping[ReportKind, str] = {
    ReportKind.ANNUAL: N_("Annual report"),
    **{ReportKind(each.value): title for each, title in SECTION_TITLES.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterTables:
    """The released numbers of one quarter."""

    quarter: str
    by_place: NumberTable
    by_group: NumberTable


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedRisk:
    """One risk of the list."""

    number: str
    line: RankLine
    involvement: InvolvementShown


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreShown:
    """The score in words."""

    framework: str
    level: str
    points: str
    points_proven: str
    figures: tuple[FigureLine, ...]
    steps: tuple[StepLine, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of one report, in one language."""

    kind: ReportKind
    title: str
    organisation: str
    day: str
    period: str
    sections: tuple[tuple[Section, str], ...]
    quarters: tuple[QuarterTables, ...]
    limits: tuple[tuple[str, tuple[LimitLine, ...]], ...]
    picture: HeatPicture
    risks: tuple[NumberedRisk, ...]
    quiet: tuple[QuietPlaces, ...]
    requests: tuple[RequestShown, ...]
    score: ScoreShown


def report_content(
    kind: ReportKind,
    view: CompanyView,
    quarters: Sequence[QuarterView],
    evaluation: Evaluation,
    requests: Sequence[Request],
    *,
    words: Catalogue,
    language: str,
) -> Report:
    """The report; `quarters` are those of the view that it tells of, newest first."""
    names = PlaceNames(view.sites, language, words)
    oldest, newest = str(quarters[-1].quarter), str(quarters[0].quarter)
    return Report(
        kind=kind,
        title=words.text(REPORT_TITLES[kind]),
        organisation=view.organisation.name,
        day=words.day(view.day),
        period=newest
        if oldest == newest
        else words.text(N_("${first} to ${last}"), first=oldest, last=newest),
        sections=tuple((each, words.text(SECTION_TITLES[each])) for each in kind.sections),
        quarters=tuple(_tables(each, names, words) for each in quarters),
        limits=tuple((str(each.quarter), limit_lines(each, words)) for each in quarters),
        picture=heat_picture(view.heat_map, view.findings, words),
        risks=tuple(
            NumberedRisk(
                number=words.number(number),
                line=rank_line(each, names, words),
                involvement=involvement_shown(each.involvement, {}, words),
            )
            for number, each in enumerate(view.findings, start=1)
        ),
        quiet=quiet_places(view.heat_map.rows, names, words),
        requests=tuple(request_shown(each, "", view.day, words) for each in requests),
        score=_score(evaluation, words, language),
    )


def _tables(quarter: QuarterView, names: PlaceNames, words: Catalogue) -> QuarterTables:
    themes = {theme: words.text(THEME_WORDS[theme]) for theme in Theme}
    groups = {group: words.text(GROUP_WORDS[group]) for group in Group}
    return QuarterTables(
        quarter=str(quarter.quarter),
        by_place=place_table(quarter, names, themes, words),
        by_group=group_table(quarter, themes, groups, words),
    )


def _score(evaluation: Evaluation, words: Catalogue, language: str) -> ScoreShown:
    report = evaluation.report
    written = ScoreWords(report, words, language)
    return ScoreShown(
        framework=report.framework.in_language(language),
        level=words.number(report.score.level),
        points=written.points(report.score.points),
        points_proven=written.points(report.score.points_proven),
        figures=written.figures,
        steps=written.steps,
        assumptions=written.assumptions,
    )
