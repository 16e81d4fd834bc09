"""A framework: questions with their points and criteria, steps, levels, time path, policies.

Made by `framework_file.load_framework` from a data file; everything else in this package reads
it. Nothing here knows TruStone: another framework is another file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from monitoring.evaluation.company import Category, CompanyProfile, SizeClass, SmallCompany
from monitoring.evaluation.criteria import Criterion, Decision, Verdict
from monitoring.evaluation.wording import Wording

PERCENT = "percent"
"""The name of the one part of a question that is answered with a share."""


class Denominator(StrEnum):
    """What points are divided by (S2). Stored; a value is never reused."""

    DECLARED = "declared"
    """The total in the published table."""
    MAXIMA = "maxima"
    """The sum of the questions' own maxima."""


class NotApplicable(StrEnum):
    """What becomes of a question that does not apply (S3)."""

    LEFT_OUT = "left_out"
    """Out of the points and out of the total."""
    FULL_POINTS = "full_points"
    AS_SCORED = "as_scored"
    """Counted by its parts as if it applied."""


class AssessmentKind(StrEnum):
    """What a year's assessment looks at."""

    FULL = "full"
    LIMITED = "limited"
    """Progress of the plan of action only; nothing separate is published."""
    LIMITED_ON_REQUEST = "limited_on_request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of the published table of points."""

    id: str
    title: Wording
    declared: Mapping[Category, int]
    """Points that the table gives it, for the categories it is asked of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of an answer that either holds or does not."""

    id: str
    wording: Wording
    window_years: Mapping[SizeClass, int] | None = None
    """Evidence older than this no longer counts; None: no limit is published."""


class Claim(StrEnum):
    """What a company may say it does not have. Stored; a value is never reused."""

    NOTHING_CAUSED = "nothing_caused"
    NOTHING_LINKED = "nothing_linked"
    NO_EXIT = "no_exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A claim with which a question may be said not to apply (S3)."""

    id: Claim
    wording: Wording
    supporting_question: str | None = None
    supporting_verdict: Verdict | None = None
    """The claim is taken only if that question reaches that verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDefinition:
    """A scored question. Header questions without points are not in a framework."""

    id: str
    step: str
    title: Wording
    max: Mapping[Category, int]
    """Most points, for the categories that are asked it."""
    core_for: tuple[int, ...]
    components: tuple[Component, ...]
    criteria: Mapping[tuple[Category, SizeClass], Criterion]
    themes: tuple[str, ...] = ()
    """For a question about themes, its own."""
    may_not_apply: Exemption | None = None
    read_as: tuple[Decision, ...] = ()
    """How we read the published words, whatever the answer."""

    def component(self, name: str) -> Component | None:
        """The part of that name, or None."""
        return next((part for part in self.components if part.id == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What a level asks; all of it must hold. Shares in per cent."""

    number: int
    quarries: Fraction
    factories: Fraction
    score: Fraction
    core_questions: bool = False
    points_above: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePath:
    """How many years a company may take at each level."""

    years_at_level: Mapping[int, int]
    delay_years_at_most: int
    modules_up_to_level: int
    recovery_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFrequency:
    """Every year up to a level, then a repeating pattern per size."""

    every_year_up_to_level: int
    then: Mapping[SizeClass, tuple[AssessmentKind, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Our answers to what the published text leaves open (S3)."""

    denominator: Denominator
    not_applicable: NotApplicable
    core_met_by: Verdict
    harms_count_for_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """Everything that a score needs to know besides the answers."""

    id: str
    name: Wording
    small_company: SmallCompany
    categories: Mapping[Category, Wording]
    themes: Mapping[str, Wording]
    steps: tuple[Step, ...]
    questions: tuple[QuestionDefinition, ...]
    levels: Mapping[Category, tuple[Level, ...]]
    """Ascending; the demands of a level include those of the one below."""
    declared_total: Mapping[Category, int]
    factories_question: str
    quarries_question: str
    time_path: TimePath
    assessments: AssessmentFrequency
    policies: Policies
    decisions: Mapping[Decision, Wording]

    def questions_for(self, category: Category) -> tuple[QuestionDefinition, ...]:
        """The questions that such a company is asked, in order."""
        return tuple(question for question in self.questions if category in question.max)

    def question(self, name: str) -> QuestionDefinition | None:
        """The question of that number, or None."""
        return next((question for question in self.questions if question.id == name), None)

    def size_of(self, company: CompanyProfile) -> SizeClass:
        """Which size class the company is in."""
        return company.size(self.small_company)

    def sum_of_maxima(self, category: Category) -> int:
        """The most points that the questions give together; may differ from the table (S2)."""
        return sum(question.max[category] for question in self.questions_for(category))
