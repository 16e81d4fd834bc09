"""The score of a company: points, both shares, the level, and what each of them rests on.

`score` is pure; pages, reports and what-if views call it. Points and shares are exact
`Fraction`s. Both denominators of S2 are always worked out; the setting says which decides.

Worked example (category C): 189 points are 75 per cent of the 252 that the questions add up to
and 75.6 per cent of the declared 250, so level 4 is reached either way if the rest holds; 188
points are 74.6 and 75.2 per cent, and the denominator decides.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from monitoring.evaluation.answers import NOTHING, Answer, Applies
from monitoring.evaluation.company import CompanyProfile
from monitoring.evaluation.criteria import Criterion, Decision, Verdict
from monitoring.evaluation.framework import (
    Denominator,
    Framework,
    NotApplicable,
    QuestionDefinition,
)
from monitoring.evaluation.levels import level_reached, level_standings
from monitoring.evaluation.lifting import lift
from monitoring.evaluation.score import (
    DenominatorFigure,
    QuestionScore,
    Score,
    ScoringSettings,
    StepSubtotal,
)
from monitoring.evaluation.verdicts import judge


def settings_of(framework: Framework) -> ScoringSettings:
    """The settings that the framework file itself proposes."""
    policies = framework.policies
    return ScoringSettings(
        denominator=policies.denominator,
        not_applicable=policies.not_applicable,
        core_met_by=policies.core_met_by,
    )


def score(
    framework: Framework,
    company: CompanyProfile,
    answers: Mapping[str, Answer],
    *,
    settings: ScoringSettings | None = None,
) -> Score:
    """The score of these answers; a question without an answer counts as not met.

    Raises nothing for odd answers: components that a question does not have change nothing,
    and answers to questions that this company is not asked are not looked at.
    """
    chosen = settings or settings_of(framework)
    size = framework.size_of(company)
    proven = {name: each.proven() for name, each in answers.items()}
    judged = tuple(
        _judged(question, question.criteria[company.category, size], company, answers, proven)
        for question in framework.questions_for(company.category)
    )
    questions = tuple(_counted(each, judged, answers, chosen) for each in judged)
    points = sum((each.points for each in questions), Fraction(0))
    figures = tuple(
        _figure(denominator, framework, company, questions, points) for denominator in Denominator
    )
    return Score(
        framework=framework.id,
        company=company,
        size=size,
        questions=questions,
        steps=_steps(framework, company, questions),
        points=points,
        points_proven=sum((each.points_proven for each in questions), Fraction(0)),
        figures=figures,
        deciding=chosen.denominator,
        assumptions=_assumptions(questions, figures),
    )


def _judged(
    question: QuestionDefinition,
    criterion: Criterion,
    company: CompanyProfile,
    answers: Mapping[str, Answer],
    proven: Mapping[str, Answer],
) -> QuestionScore:
    """The question as if it applied."""
    answer = answers.get(question.id, NOTHING)
    most = question.max[company.category]
    found = judge(criterion, most, answer, answers)
    by_proof = judge(criterion, most, proven.get(question.id, NOTHING), proven)
    return QuestionScore(
        question=question,
        criterion=criterion,
        verdict=found.verdict,
        points=found.points,
        max=most,
        points_proven=min(by_proof.points, found.points),
        held=answer.components,
        percent=answer.percent,
        evidence=answer.evidence,
        lift=lift(criterion, most, answer, answers, found),
        counts=True,
        is_core_met=False,
        assumptions=found.assumptions,
    )


def _counted(
    each: QuestionScore,
    judged: tuple[QuestionScore, ...],
    answers: Mapping[str, Answer],
    settings: ScoringSettings,
) -> QuestionScore:
    """The question as it counts: in full view of whether it applies (S3)."""
    applies = answers.get(each.question.id, NOTHING).applies
    is_met = each.verdict is not None and each.verdict.reaches(settings.core_met_by)
    each = replace(each, is_core_met=is_met)
    if applies is Applies.YES or each.question.may_not_apply is None:
        return _with_core_note(each)
    if not _is_supported(each.question, judged):
        return _with_core_note(_note(each, Decision.CLAIM_UNSUPPORTED))
    if each.points == each.max or settings.not_applicable is NotApplicable.AS_SCORED:
        return _with_core_note(each)
    reason = Decision.TIME_RUNNING if applies is Applies.NOT_YET else Decision.NOT_APPLICABLE
    if settings.not_applicable is NotApplicable.FULL_POINTS:
        full = replace(each, points=Fraction(each.max), lift=None, is_core_met=True)
        return _note(full, reason)
    nothing = Fraction(0)
    out = replace(
        each, points=nothing, points_proven=nothing, lift=None, counts=False, is_core_met=True
    )
    return _note(out, reason)


def _is_supported(question: QuestionDefinition, judged: tuple[QuestionScore, ...]) -> bool:
    claim = question.may_not_apply
    if claim is None or claim.supporting_question is None or claim.supporting_verdict is None:
        return claim is not None
    verdict = next(
        (each.verdict for each in judged if each.question.id == claim.supporting_question), None
    )
    return verdict is not None and verdict.reaches(claim.supporting_verdict)


def _note(each: QuestionScore, decision: Decision) -> QuestionScore:
    return replace(each, assumptions=(*each.assumptions, decision))


def _with_core_note(each: QuestionScore) -> QuestionScore:
    """That partly is not enough for a core question is our reading of the published words."""
    if each.is_core and each.verdict is Verdict.PARTLY:
        return _note(each, Decision.CORE_MET)
    return each


def _steps(
    framework: Framework, company: CompanyProfile, questions: tuple[QuestionScore, ...]
) -> tuple[StepSubtotal, ...]:
    return tuple(
        StepSubtotal(
            step=step.id,
            points=sum((q.points for q in questions if q.question.step == step.id), Fraction(0)),
            maxima=sum(q.max for q in questions if q.question.step == step.id and q.counts),
            declared=step.declared[company.category],
        )
        for step in framework.steps
        if company.category in step.declared
    )


def _figure(
    denominator: Denominator,
    framework: Framework,
    company: CompanyProfile,
    questions: tuple[QuestionScore, ...],
    points: Fraction,
) -> DenominatorFigure:
    """Questions that are left out leave both totals by their own maxima."""
    left_out = sum(each.max for each in questions if not each.counts)
    whole = {
        Denominator.DECLARED: framework.declared_total[company.category],
        Denominator.MAXIMA: framework.sum_of_maxima(company.category),
    }[denominator]
    total = whole - left_out
    percent = points * 100 / total if total else Fraction(0)
    standings = level_standings(framework, company.category, questions, points, percent)
    return DenominatorFigure(
        denominator=denominator,
        total=total,
        percent=percent,
        level=level_reached(standings),
        levels=standings,
    )


def _assumptions(
    questions: tuple[QuestionScore, ...], figures: tuple[DenominatorFigure, ...]
) -> tuple[Decision, ...]:
    found = dict.fromkeys(note for each in questions for note in each.assumptions)
    if len({figure.level for figure in figures}) > 1:
        found[Decision.DENOMINATOR] = None
    return tuple(found)
