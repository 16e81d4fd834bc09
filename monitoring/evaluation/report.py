"""A score laid out for pages, exports and print: by step, in the words of the framework.

`report_of` is called by the officer's pages. It adds nothing to the score; it looks up words,
keeps what is proven apart from what is stated (S4), and shows both denominators with the level
that each gives (S2).
"""

from dataclasses import dataclass
from fractions import Fraction

from monitoring.evaluation.attestation import NOT_APPLICABLE
from monitoring.evaluation.criteria import Decision, Verdict
from monitoring.evaluation.evidence import Bearing, ComponentEvidence
from monitoring.evaluation.framework import PERCENT, Framework, Step
from monitoring.evaluation.lifting import Lift
from monitoring.evaluation.rule_words import RuleWords, part_words, rule_words
from monitoring.evaluation.score import DenominatorFigure, LevelStanding, QuestionScore, Score
from monitoring.evaluation.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReport:
    """One part of an answer: whether it holds, and what says so."""

    id: str
    words: Wording
    holds: bool
    is_proven: bool
    """It holds, and our own records show it."""
    shown_by: tuple[ComponentEvidence, ...]
    refuted_by: tuple[ComponentEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReport:
    """One question with everything that a reader needs to follow its points."""

    id: str
    title: Wording
    verdict: Verdict | None
    points: Fraction
    points_proven: Fraction
    max: int
    percent: Fraction | None
    counts: bool
    is_core: bool
    core_for: tuple[int, ...]
    rules: RuleWords
    """What gives which verdict, for this company."""
    parts: tuple[PartReport, ...]
    evidence: tuple[ComponentEvidence, ...]
    """What shows the share, or that the question does not apply."""
    lift: Lift | None
    read_as: tuple[Wording, ...]
    """How we read the published words, whatever the answer."""
    assumptions: tuple[Wording, ...]
    """Decisions of ours that this answer leans on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """A step with its questions, its points and both figures for its most (S2)."""

    step: Step
    points: Fraction
    maxima: int
    declared: int
    questions: tuple[QuestionReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole score."""

    framework: Wording
    score: Score
    steps: tuple[StepReport, ...]
    deciding: DenominatorFigure
    other: DenominatorFigure
    next_level: LevelStanding | None
    """What the next level asks, by the deciding denominator; None at the top."""
    assumptions: tuple[tuple[Decision, Wording], ...]

    @property
    def denominators_agree(self) -> bool:
        """Whether both denominators give the same level."""
        return self.deciding.level == self.other.level


def report_of(framework: Framework, score: Score) -> Report:
    """The score in the framework's words. The score must be of this framework."""
    deciding = score.by(score.deciding)
    other = next(each for each in score.figures if each.denominator is not score.deciding)
    return Report(
        framework=framework.name,
        score=score,
        steps=_steps(framework, score),
        deciding=deciding,
        other=other,
        next_level=next((each for each in deciding.levels if each.number > score.level), None),
        assumptions=tuple((each, framework.decisions[each]) for each in score.assumptions),
    )


def _steps(framework: Framework, score: Score) -> tuple[StepReport, ...]:
    steps = {step.id: step for step in framework.steps}
    return tuple(
        StepReport(
            step=steps[subtotal.step],
            points=subtotal.points,
            maxima=subtotal.maxima,
            declared=subtotal.declared,
            questions=tuple(
                _question(framework, each)
                for each in score.questions
                if each.question.step == subtotal.step
            ),
        )
        for subtotal in score.steps
    )


def _question(framework: Framework, scored: QuestionScore) -> QuestionReport:
    question = scored.question
    return QuestionReport(
        id=question.id,
        title=question.title,
        verdict=scored.verdict,
        points=scored.points,
        points_proven=scored.points_proven,
        max=scored.max,
        percent=scored.percent,
        counts=scored.counts,
        is_core=scored.is_core,
        core_for=question.core_for,
        rules=rule_words(scored.criterion),
        parts=tuple(_part(name, words, scored) for name, words in part_words(framework, question)),
        evidence=tuple(
            each for each in scored.evidence if each.component in (PERCENT, NOT_APPLICABLE)
        ),
        lift=scored.lift,
        read_as=tuple(framework.decisions[each] for each in question.read_as),
        assumptions=tuple(framework.decisions[each] for each in scored.assumptions),
    )


def _part(name: str, words: Wording, scored: QuestionScore) -> PartReport:
    about = tuple(each for each in scored.evidence if each.component == name)
    shown = tuple(each for each in about if each.bearing is Bearing.SHOWS)
    holds = name in scored.held
    return PartReport(
        id=name,
        words=words,
        holds=holds,
        is_proven=holds and any(each.evidence.is_proven for each in shown),
        shown_by=shown,
        refuted_by=tuple(each for each in about if each.bearing is Bearing.REFUTES),
    )
