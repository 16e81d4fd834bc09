"""A score as a value: what each question, step, denominator and level came to, and why.

Made by `scoring`; read by reports, pages and the shelf that keeps assessments. Points and shares
are exact `Fraction`s.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from monitoring.evaluation.company import CompanyProfile, SizeClass
from monitoring.evaluation.criteria import Criterion, Decision, Verdict
from monitoring.evaluation.evidence import ComponentEvidence
from monitoring.evaluation.framework import Denominator, NotApplicable, QuestionDefinition
from monitoring.evaluation.lifting import Lift


class ConditionKind(StrEnum):
    """What a level can ask."""

    QUARRIES = "quarries"
    FACTORIES = "factories"
    SCORE = "score"
    POINTS = "points"
    CORE_QUESTION = "core_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One demand of a level."""

    kind: ConditionKind
    is_met: bool
    needed: Fraction | None = None
    """Per cent, or points; points must be above it, the others at least it."""
    reached: Fraction | None = None
    question: str | None = None
    """The core question, for that kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelStanding:
    """A level with its conditions, met and missing."""

    number: int
    conditions: tuple[Condition, ...]

    @property
    def is_reached(self) -> bool:
        """Whether all of it holds."""
        return not self.missing

    @property
    def missing(self) -> tuple[Condition, ...]:
        """What would still have to be done."""
        return tuple(each for each in self.conditions if not each.is_met)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringSettings:
    """What an installation may decide otherwise than the framework file does."""

    denominator: Denominator
    not_applicable: NotApplicable
    core_met_by: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScore:
    """What one question came to, and why."""

    question: QuestionDefinition
    criterion: Criterion
    """The rule that gave the verdict, for this company."""
    verdict: Verdict | None
    """None where points go by bands of a share."""
    points: Fraction
    max: int
    points_proven: Fraction
    """What the system's own records give by themselves; the company states the rest (S4)."""
    held: frozenset[str]
    """The components or themes that hold."""
    percent: Fraction | None
    evidence: tuple[ComponentEvidence, ...]
    lift: Lift | None
    counts: bool
    """False if the question is left out of the points and of the total."""
    is_core_met: bool
    """Whether it is good enough where it is a core question."""
    assumptions: tuple[Decision, ...]

    @property
    def is_core(self) -> bool:
        """Whether a level asks it as a core question."""
        return bool(self.question.core_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSubtotal:
    """The points of one step, beside both figures that its questions could give (S2)."""

    step: str
    points: Fraction
    maxima: int
    """The sum of the questions' maxima, without those left out."""
    declared: int
    """As the published table states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenominatorFigure:
    """The score divided by one of the two totals, and the level that comes of it."""

    denominator: Denominator
    total: int
    percent: Fraction
    """Exact; by the declared total it can be above 100."""
    level: int
    """0: no level reached."""
    levels: tuple[LevelStanding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A framework filled in for a company."""

    framework: str
    company: CompanyProfile
    size: SizeClass
    questions: tuple[QuestionScore, ...]
    steps: tuple[StepSubtotal, ...]
    points: Fraction
    points_proven: Fraction
    figures: tuple[DenominatorFigure, ...]
    """One per denominator."""
    deciding: Denominator
    assumptions: tuple[Decision, ...]
    """Every decision of ours that this score leans on (S3)."""

    def by(self, denominator: Denominator) -> DenominatorFigure:
        """The figure with that denominator."""
        return next(each for each in self.figures if each.denominator is denominator)

    @property
    def level(self) -> int:
        """The level by the deciding denominator; 0: none."""
        return self.by(self.deciding).level

    @property
    def percent(self) -> Fraction:
        """The share by the deciding denominator."""
        return self.by(self.deciding).percent

    def question(self, name: str) -> QuestionScore | None:
        """The score of that question, or None if this company is not asked it."""
        return next((each for each in self.questions if each.question.id == name), None)
