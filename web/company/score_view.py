"""A score's report in one language's words, as the score pages lay it out. Values in, values out.

Points and shares are exact in the report; here they become what people read: whole points without
decimals, halves with one, shares with one decimal, never rounded up over a level's edge.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.evaluation.evidence import ComponentEvidence
from monitoring.evaluation.report import PartReport, QuestionReport, Report, StepReport
from monitoring.evaluation.rule_words import Demand
from monitoring.evaluation.score import Condition, DenominatorFigure
from register.particulars import Theme
from web.company.exact_numbers import percent_words, points_words
from web.company.lift_words import lift_sentence, missing_ways
from web.company.words import (
    CONDITION_WORDS,
    DENOMINATOR_WORDS,
    SOURCE_WORDS,
    VERDICT_TONES,
    VERDICT_WORDS,
)

_THEMES = frozenset(Theme)

BAR = 300
"""Units that a full bar is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One piece of evidence: what it says, from where, from which day."""

    summary: str
    source: str
    reference: str
    day: str
    is_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part of a question."""

    words: str
    holds: bool
    shown_by: tuple[EvidenceLine, ...]
    refuted_by: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandLine:
    """A heading over what must be shown, with ways where there is a choice between them."""

    heading: str
    parts: tuple[str, ...]
    ways: "tuple[tuple[DemandLine, ...], ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBody:
    """Everything a reader needs to follow a question's points."""

    rules: tuple[tuple[str, tuple[DemandLine, ...]], ...]
    parts: tuple[PartLine, ...]
    evidence: tuple[EvidenceLine, ...]
    lift: str
    lift_ways: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question: its points, and how much there is behind them."""

    id: str
    title: str
    verdict: str
    tone: str
    points: str
    most: str
    proven: str
    share: str
    is_core: bool
    counts: bool
    holding: str
    """How many of its parts hold; empty for a question without parts."""
    pieces: str
    """How many pieces of evidence speak for or against it."""
    body: QuestionBody | None
    """None where all that is behind it stands on a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step with its bar: what our records show, what is stated, and the most."""

    id: str
    title: str
    points: str
    maxima: str
    declared: str
    proven_width: int
    stated_width: int
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """The score by one of the two totals (S2)."""

    name: str
    total: str
    percent: str
    level: int
    decides: bool


class ScoreWords:
    """Writes one report in one language."""

    def __init__(self, report: Report, words: Catalogue, language: str) -> None:
        self._report = report
        self._words = words
        self._language = language

    @property
    def figures(self) -> tuple[FigureLine, ...]:
        """Both totals, the one that decides first."""
        return (
            self._figure(self._report.deciding, decides=True),
            self._figure(self._report.other, decides=False),
        )

    @property
    def outline(self) -> tuple[StepLine, ...]:
        """Every step, its questions without what is behind them: there may be very much of it."""
        return tuple(self._step(each, is_whole=False) for each in self._report.steps)

    @property
    def steps(self) -> tuple[StepLine, ...]:
        """Every step with everything."""
        return tuple(self._step(each, is_whole=True) for each in self._report.steps)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the next level still asks, by the total that decides."""
        following = self._report.next_level
        return tuple(self._condition(each) for each in (following.missing if following else ()))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Decisions of ours that this score leans on (S3)."""
        return tuple(words.in_language(self._language) for _, words in self._report.assumptions)

    def question(self, name: str) -> QuestionLine | None:
        """One question, or None for one that this company is not asked."""
        found = (each for step in self._report.steps for each in step.questions)
        wanted = (self._question(each, is_whole=True) for each in found if each.id == name)
        return next(wanted, None)

    def points(self, value: Fraction) -> str:
        """Points: halves are halves."""
        return points_words(value, self._words)

    def percent(self, value: Fraction) -> str:
        """A share with one decimal, rounded down: 74.96 has not reached 75."""
        return percent_words(value, self._words)

    def _figure(self, figure: DenominatorFigure, *, decides: bool) -> FigureLine:
        return FigureLine(
            name=self._words.text(DENOMINATOR_WORDS[figure.denominator]),
            total=self._words.number(figure.total),
            percent=self.percent(figure.percent),
            level=figure.level,
            decides=decides,
        )

    def _condition(self, condition: Condition) -> str:
        values = {
            "reached": self.percent(condition.reached or Fraction(0)),
            "needed": self.percent(condition.needed or Fraction(0)),
            "question": condition.question or "",
        }
        return self._words.text(CONDITION_WORDS[condition.kind], **values)

    def _step(self, step: StepReport, *, is_whole: bool) -> StepLine:
        proven = sum((each.points_proven for each in step.questions if each.counts), Fraction(0))
        most = max(step.maxima, 1)
        return StepLine(
            id=step.step.id,
            title=step.step.title.in_language(self._language),
            points=self.points(step.points),
            maxima=self._words.number(step.maxima),
            declared=self._words.number(step.declared),
            proven_width=int(proven * BAR / most),
            stated_width=int((step.points - proven) * BAR / most),
            questions=tuple(self._question(each, is_whole=is_whole) for each in step.questions),
        )

    def _question(self, question: QuestionReport, *, is_whole: bool) -> QuestionLine:
        verdict = question.verdict
        return QuestionLine(
            id=question.id,
            title=question.title.in_language(self._language),
            verdict="" if verdict is None else self._words.text(VERDICT_WORDS[verdict]),
            tone="plain" if verdict is None else VERDICT_TONES[verdict],
            points=self.points(question.points),
            most=self._words.number(question.max),
            proven=self.points(question.points_proven),
            share="" if question.percent is None else self.percent(question.percent),
            is_core=question.is_core,
            counts=question.counts,
            holding=self._holding(question),
            pieces=self._pieces(question),
            body=self._body(question) if is_whole else None,
        )

    def _holding(self, question: QuestionReport) -> str:
        if not question.parts:
            return ""
        held = sum(each.holds for each in question.parts)
        return self._words.text(N_("${n} of ${most} parts hold"), n=held, most=len(question.parts))

    def _pieces(self, question: QuestionReport) -> str:
        n = len(question.evidence) + sum(
            len(each.shown_by) + len(each.refuted_by) for each in question.parts
        )
        if not n:
            return self._words.text(N_("no evidence yet"))
        return self._words.plural("${n} piece of evidence", "${n} pieces of evidence", n)

    def _body(self, question: QuestionReport) -> QuestionBody:
        own = {part.id: part.words.in_language(self._language) for part in question.parts}
        names = {**self._theme_names, **own}
        return QuestionBody(
            rules=tuple(
                (
                    "" if given is None else self._words.text(VERDICT_WORDS[given]),
                    tuple(self._demand(each, names) for each in demands),
                )
                for given, demands in question.rules
            ),
            parts=tuple(self._part(each) for each in question.parts),
            evidence=tuple(self._evidence(each) for each in question.evidence),
            lift="" if question.lift is None else lift_sentence(question.lift, self._words),
            lift_ways=missing_ways(question.lift, names),
            notes=tuple(
                words.in_language(self._language)
                for words in (*question.read_as, *question.assumptions)
            ),
        )

    @cached_property
    def _theme_names(self) -> dict[str, str]:
        """The themes of all questions: some count them over several questions together."""
        return {
            part.id: part.words.in_language(self._language)
            for step in self._report.steps
            for question in step.questions
            for part in question.parts
            if part.id in _THEMES
        }

    def _part(self, part: PartReport) -> PartLine:
        return PartLine(
            words=part.words.in_language(self._language),
            holds=part.holds,
            shown_by=tuple(self._evidence(each) for each in part.shown_by),
            refuted_by=tuple(self._evidence(each) for each in part.refuted_by),
        )

    def _evidence(self, each: ComponentEvidence) -> EvidenceLine:
        evidence = each.evidence
        return EvidenceLine(
            summary=self._words.render(evidence.summary),
            source=self._words.text(SOURCE_WORDS[evidence.source]),
            reference="" if evidence.is_proven else evidence.reference,
            day=self._words.day(evidence.day),
            is_proven=evidence.is_proven,
        )

    def _demand(self, demand: Demand, names: dict[str, str]) -> DemandLine:
        return DemandLine(
            heading=self._words.render(demand.heading),
            parts=tuple(names.get(part, part) for part in demand.parts),
            ways=tuple(tuple(self._demand(each, names) for each in way) for way in demand.ways),
        )
