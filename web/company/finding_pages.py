"""Risks in their order with the reasons, and one risk with everything that may be known of it."""

from dataclasses import dataclass

from aiohttp import web

from flows.values import Text
from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.heat_map import ThemeCell
from monitoring.overview.company import CompanyFinding, CompanyView, SharedJudgement
from monitoring.risk.matrix import PRIORITY_WORDS, Priority
from monitoring.risk.priorities import GROUND_WORDS, Ranked
from monitoring.risk.scales import GRADES, SCALES, Scale
from monitoring.risk.severity import SEVERITY_WORDS, Weight
from monitoring.risk.unheard import HEARING_WORDS
from web.company.dot_plot import WIDTH, Plot, plots_of, x_of
from web.company.figures import number_or_hidden, number_words
from web.company.house import view_for
from web.company.involvement_view import involvement_shown
from web.company.overview_page import risk_lines
from web.company.places import PlaceNames, address_of_finding
from web.company.words import (
    SCALE_WORDS,
    SOURCE_KINDS,
    TONES,
)
from web.inside.frame import inside, words_of
from web.inside.words import THEME_WORDS
from web.sign_in.doorkeeper import Person

FINDING = "/company/findings/{finding:.{1,300}}"
CHOICE = f"{FINDING}/choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankLine:
    """One risk in its place, chosen or not, and why."""

    place: str
    address: str
    theme: str
    where: str
    severity: str
    likelihood: str
    priority: str
    tone: str
    choice: str
    why: str
    look_again: str


async def show_list(request: web.Request, person: Person) -> web.StreamResponse:
    """All risks in their order; or those of one square of the heat map."""
    view, words = await view_for(request, person), words_of(person)
    names = PlaceNames(view.sites, person.language, words)
    severity, likelihood = _grade(request, "severity"), _grade(request, "likelihood")
    found = tuple(
        each
        for each in view.findings
        if severity in (None, each.cell.severity) and likelihood in (None, each.cell.likelihood)
    )
    lines = tuple(rank_line(each, names, words) for each in found)
    return inside(
        request,
        person,
        "company/findings.html",
        here="/company/findings",
        lines=lines,
        is_filtered=severity is not None or likelihood is not None,
    )


async def show_one(request: web.Request, person: Person) -> web.StreamResponse:
    """One risk; 404 for one that is not this organisation's, or not to be shown."""
    return await finding_page(request, person)


async def finding_page(
    request: web.Request, person: Person, *, error: str = "", reason: str = ""
) -> web.Response:
    """The page, with why a decision was not kept and the reason that was typed."""
    view, words = await view_for(request, person), words_of(person)
    finding = view.finding(request.match_info["finding"])
    if finding is None:
        raise web.HTTPNotFound
    names = PlaceNames(view.sites, person.language, words)
    (line,) = risk_lines((finding,), names, words)
    last = finding.judgements[-1] if finding.judgements else None
    return inside(
        request,
        person,
        "company/finding.html",
        status=422 if error else 200,
        here="/company/findings",
        error=error,
        reason=reason,
        choice_path=f"/company/findings/{finding.id}/choice",
        may_choose=finding.ranked is not None and not finding.ranked.is_chosen,
        may_postpone=finding.ranked is not None
        and finding.ranked.is_chosen
        and finding.cell.priority is not Priority.FIRST,
        line=line,
        weight=weight_lines(finding.cell.weight, words),
        severity=words.text(SEVERITY_WORDS[finding.cell.severity]),
        sites=tuple(
            (site.name_in(person.language), words.text(HEARING_WORDS[hearing]) if hearing else "")
            for site in finding.sites
            for hearing in (finding.row.hearings.get(site.id),)
        ),
        figures=figure_lines(finding.cell, words),
        is_disputed=finding.cell.is_disputed,
        numbers=number_lines(finding, words),
        rounds=_rated(view, finding, last, words),
        width=WIDTH,
        ticks=tuple((grade, x_of(grade)) for grade in GRADES),
        x_of=x_of,
        scale_words=SCALE_WORDS,
        judgements=tuple(
            (words.day(each.day), each.reason, weight_lines(each.weight, words))
            for each in reversed(finding.judgements)
        ),
        rank=None if finding.ranked is None else rank_line(finding, names, words),
        involvement=involvement_shown(finding.involvement, {}, words),
    )


def weight_lines(weight: Weight, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Every scale with its word and sentence."""
    lines = []
    for scale in Scale:
        step = SCALES[scale][weight.grade(scale) - 1]
        grade = words.text(
            N_("${word} (${grade} of 5): ${sentence}"),
            word=Text(msgid=step.word),
            grade=step.grade,
            sentence=Text(msgid=step.sentence),
        )
        lines.append((words.text(SCALE_WORDS[scale]), grade))
    return tuple(lines)


def _grade(request: web.Request, name: str) -> int | None:
    asked = request.query.get(name, "")
    return int(asked) if asked in {str(grade) for grade in GRADES} else None


def rank_line(finding: CompanyFinding, names: PlaceNames, words: Catalogue) -> RankLine:
    """One risk as the list shows it."""
    cell, ranked = finding.cell, finding.ranked
    return RankLine(
        place="" if ranked is None else words.number(ranked.place),
        address=address_of_finding(finding.id),
        theme=words.text(THEME_WORDS[cell.theme]),
        where=names.of(finding.row.key),
        severity=words.text(SEVERITY_WORDS[cell.severity]),
        likelihood=words.text(SCALES[Scale.LIKELIHOOD][cell.likelihood - 1].word),
        priority=words.text(PRIORITY_WORDS[cell.priority]),
        tone=TONES[cell.priority],
        choice=_choice(ranked, words),
        why=_why(ranked, words),
        look_again=words.day(ranked.look_again) if ranked and ranked.look_again else "",
    )


def _choice(ranked: Ranked | None, words: Catalogue) -> str:
    if ranked is None:
        return words.text(N_("Gets its place tonight"))
    return words.text(N_("Chosen") if ranked.is_chosen else N_("Not chosen now"))


def _why(ranked: Ranked | None, words: Catalogue) -> str:
    if ranked is None:
        return ""
    ground = Text(msgid=GROUND_WORDS[ranked.ground])
    if not ranked.reason:
        return words.render(ground)
    return words.text(N_("${ground} ${reason}"), ground=ground, reason=ranked.reason)


def figure_lines(cell: ThemeCell, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """How many voices each kind of source has."""
    return tuple(
        (words.text(SOURCE_KINDS[each.kind]), number_words(each.voices, words))
        for each in cell.figures
    )


def number_lines(finding: CompanyFinding, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """People in each quarter that is shown; what is too small looks like nobody."""
    return tuple((str(each), number_or_hidden(number, words)) for each, number in finding.numbers)


def _rated(
    view: CompanyView, finding: CompanyFinding, last: SharedJudgement | None, words: Catalogue
) -> tuple[tuple[str, str, tuple[Plot, ...]], ...]:
    """Each round that rated it: when it closed, how many took part, and its plots."""
    figures = {each.round_id: each for each in finding.ratings}
    found = []
    for each in view.rounds:
        figure = figures.get(each.round.id)
        plots = plots_of(figure, each.open_voices, finding.row.site_ids, finding.cell.theme, last)
        if plots and each.round.closes is not None:
            people = number_words(figure.participants if figure else None, words)
            found.append((words.day(each.round.closes), people, plots))
    return tuple(found)
