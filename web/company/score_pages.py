"""The evaluation: level, both totals, steps and questions, and what the company states itself.

What the register can show and what is stated stand apart everywhere (S4). `show` is the page: every
question with its points and how much is behind them, and the way to it. A score may stand on many
hundreds of pieces of evidence, and nobody reads them at once: `show_question` has those of one
question, with its statements and a form for another, `show_print` has all of them for paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.attestations import parts_to_state
from monitoring.evaluation.company import Category
from monitoring.evaluation.framework import PERCENT, QuestionDefinition
from monitoring.evaluation.indicators import TITLES, indicator_shares
from monitoring.evaluation.register_facts import RegisterFacts
from monitoring.evaluation.report import Report
from monitoring.evaluation.rule_words import part_words
from web.company.house import COMPANY, evaluation_for, own_organisation
from web.company.score_view import BAR, ScoreWords
from web.inside.frame import inside, words_of
from web.sign_in.doorkeeper import Person

SCORE = "/company/score"
QUESTION = "/company/score/questions/{question:[\\w.]{1,20}}"

_FLASHES = {
    "stated": N_("Kept as a statement of the company."),
    "withdrawn": N_("The statement is taken back."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PathLine:
    """One level of the time path."""

    level: int
    years: str
    is_present: bool


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """The score, each question in one line that leads to what is behind it."""
    return await _page(request, person, is_print=False)


async def show_print(request: web.Request, person: Person) -> web.StreamResponse:
    """The score with everything behind every question, for paper."""
    return await _page(request, person, is_print=True)


async def _page(request: web.Request, person: Person, *, is_print: bool) -> web.Response:
    evaluation, words = await evaluation_for(request, person), words_of(person)
    report = evaluation.report
    written = ScoreWords(report, words, person.language)
    steps = written.steps if is_print else written.outline
    return inside(
        request,
        person,
        "company/score.html",
        here=SCORE,
        is_print=is_print,
        framework=report.framework.in_language(person.language),
        level=report.score.level,
        points=written.points(report.score.points),
        points_proven=written.points(report.score.points_proven),
        figures=written.figures,
        agree=report.denominators_agree,
        next_level=None if report.next_level is None else report.next_level.number,
        missing=written.missing,
        steps=steps,
        has_core=any(each.is_core for step in steps for each in step.questions),
        bar=BAR,
        assumptions=written.assumptions,
        path=_path(request, report, words),
        indicators=_indicators(evaluation.facts, words),
        day_shown=request.app[COMPANY].today,
    )


async def show_question(request: web.Request, person: Person) -> web.StreamResponse:
    """One question."""
    return await question_page(request, person, {}, ())


async def question_page(
    request: web.Request,
    person: Person,
    typed: Mapping[str, str],
    errors: tuple[tuple[str, str], ...],
) -> web.Response:
    """One question with its statements; `errors` are (field, sentence). 404 for one not asked."""
    report, words = (await evaluation_for(request, person)).report, words_of(person)
    name = request.match_info["question"]
    score_words = ScoreWords(report, words, person.language)
    written = score_words.question(name)
    question = request.app[COMPANY].framework.question(name)
    if written is None or question is None:
        raise web.HTTPNotFound
    parts = statable_parts(request, question, report.score.company.category, person)
    stated = await _statements(request, person, name)
    return inside(
        request,
        person,
        "company/question.html",
        status=422 if errors else 200,
        here=SCORE,
        address=f"/company/score/questions/{name}",
        question=written,
        parts=tuple(parts.items()),
        takes_percent=PERCENT in parts,
        stated=tuple(
            (
                each,
                parts.get(each.component, each.component),
                "" if each.percent is None else score_words.percent(each.percent),
            )
            for each in stated
        ),
        typed={"stated_by": person.name, "day": request.app[COMPANY].today.isoformat(), **typed},
        errors=errors,
        error_of=dict(reversed(errors)),
        today=request.app[COMPANY].today.isoformat(),
        done=_FLASHES.get(request.query.get("done", ""), ""),
    )


def statable_parts(
    request: web.Request, question: QuestionDefinition, category: Category, person: Person
) -> dict[str, str]:
    """What the company can state about a question, by id, in words."""
    words = words_of(person)
    known = dict(part_words(request.app[COMPANY].framework, question))
    parts = {
        part: known[part].in_language(person.language)
        if part in known
        else words.text(N_("The share, in per cent"))
        for part in parts_to_state(question, category)
    }
    if question.may_not_apply is not None:
        parts[NOT_APPLICABLE] = question.may_not_apply.wording.in_language(person.language)
    return parts


async def _statements(
    request: web.Request, person: Person, question: str
) -> tuple[Attestation, ...]:
    def unit(tx: Transaction) -> tuple[Attestation, ...]:
        own = own_organisation(tx, person)
        return () if own is None else tx.attestations.of_organisation(own)

    every = await request.app[COMPANY].storage.read(unit)
    return tuple(each for each in every if each.question == question)


def _path(request: web.Request, report: Report, words: Catalogue) -> tuple[PathLine, ...]:
    years = request.app[COMPANY].framework.time_path.years_at_level
    return tuple(
        PathLine(
            level=level,
            years=words.plural("${n} year", "${n} years", years[level]),
            is_present=level == max(report.score.level, min(years)),
        )
        for level in sorted(years)
    )


def _indicators(facts: RegisterFacts, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Shares that go beside the score; what is not known says so."""
    return tuple(
        (
            words.text(TITLES[indicator]),
            words.text(N_("${part} of ${whole}"), part=share.part, whole=share.whole)
            if share.whole
            else words.text(N_("not known")),
        )
        for indicator, share in indicator_shares(facts).items()
    )
