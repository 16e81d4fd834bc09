"""The shape of a framework file, checked field by field before anything is built from it.

Used by `framework_file` alone. Whether names refer to something is checked there.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PositiveInt, Tag

from monitoring.evaluation.company import Category, SizeClass
from monitoring.evaluation.criteria import Decision, Verdict
from monitoring.evaluation.framework import AssessmentKind, Claim, Denominator, NotApplicable

Percent = Annotated[int, Field(ge=0, le=100)]
Words = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """A mapping in the file; a key that we do not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Worded(Record):
    """Something with a text in both languages."""

    en: Words
    nl: Words


class Named(Worded):
    """Something with a name and a text."""

    id: Words


class AllOfRecord(Record):
    """`{all_of: [..]}`"""

    all_of: tuple[str, ...] = Field(min_length=1)


class AnyOfRecord(Record):
    """`{any_of: [..]}`"""

    any_of: tuple[str, ...] = Field(min_length=1)


class AtLeastRecord(Record):
    """`{at_least: 2, of: [..]}`"""

    at_least: PositiveInt
    of: tuple[str, ...] = Field(min_length=1)


class AndRecord(Record):
    """`{and: [rule, ..]}`"""

    rules: "tuple[RuleRecord, ...]" = Field(alias="and", min_length=1)


class OrRecord(Record):
    """`{or: [rule, ..]}`"""

    rules: "tuple[RuleRecord, ...]" = Field(alias="or", min_length=1)


def _kind_of_rule(data: Any) -> str | None:
    if not isinstance(data, dict):
        return None
    return next((key for key in ("all_of", "any_of", "at_least", "and", "or") if key in data), None)


RuleRecord: TypeAlias = Annotated[
    Annotated[AllOfRecord, Tag("all_of")]
    | Annotated[AnyOfRecord, Tag("any_of")]
    | Annotated[AtLeastRecord, Tag("at_least")]
    | Annotated[AndRecord, Tag("and")]
    | Annotated[OrRecord, Tag("or")],
    Discriminator(
        _kind_of_rule,
        custom_error_type="rule",
        custom_error_message="a rule is one of all_of, any_of, at_least with of, and, or",
    ),
]


class RulesRecord(Record):
    """What gives fully and what gives partly, for some companies."""

    fully: RuleRecord
    partly: RuleRecord
    partly_named: tuple[tuple[str, ...], ...] = ()
    no_named: tuple[tuple[str, ...], ...] = ()
    no_covers_less: bool = False
    fully_decision: Decision | None = None
    partly_decision: Decision | None = None


class BandRecord(Record):
    """Points from a share on."""

    from_percent: Percent = Field(alias="from")
    points: Annotated[int, Field(ge=0)]
    doubtful: bool = False


class PercentVerdictRecord(Record):
    """The two shares that separate no, partly and fully."""

    fully_above: Percent
    partly_from: Percent


Window: TypeAlias = PositiveInt | dict[SizeClass, PositiveInt]


class ComponentRecord(Named):
    """A part of an answer."""

    window_years: Window | None = None


class QuestionRecord(Named):
    """What every question has."""

    step: str
    max: dict[Category, PositiveInt] = Field(min_length=1)
    core_for: tuple[PositiveInt, ...] = ()
    may_not_apply: Claim | None = None
    read_as: tuple[Decision, ...] = ()


class ComponentsRecord(QuestionRecord):
    """Judged by which parts hold."""

    kind: Literal["components"]
    window_years: Window | None = None
    components: tuple[ComponentRecord, ...] = Field(min_length=1)
    rules: dict[str, RulesRecord]


class ThemesRecord(QuestionRecord):
    """Judged by how many themes are covered, together with other questions."""

    kind: Literal["themes"]
    themes: tuple[str, ...] = Field(min_length=1)
    together_with: tuple[str, ...] = Field(min_length=1)


class BandsRecord(QuestionRecord):
    """Judged by a share, in bands of points."""

    kind: Literal["percent_bands"]
    bands: dict[str, tuple[BandRecord, ...]]


class PercentRecord(QuestionRecord):
    """Judged by a share, with a verdict."""

    kind: Literal["percent_verdict"]
    verdicts: dict[str, PercentVerdictRecord]


class TimedRecord(QuestionRecord):
    """Judged by what was done within its years."""

    kind: Literal["timed"]
    components: tuple[ComponentRecord, ...] = Field(min_length=1)
    within_years: dict[str, dict[str, PositiveInt]]


AnyQuestion: TypeAlias = Annotated[
    ComponentsRecord | ThemesRecord | BandsRecord | PercentRecord | TimedRecord,
    Field(discriminator="kind"),
]


class SmallCompanyRecord(Record):
    """Both limits of a small company."""

    employees_below: PositiveInt
    turnover_eur_at_most: PositiveInt


class StepRecord(Named):
    """A row of the published table."""

    declared: dict[Category, PositiveInt] = Field(min_length=1)


class LevelRecord(Record):
    """What a level asks."""

    number: PositiveInt
    quarries: Percent
    factories: Percent
    score: Percent
    core_questions: bool = False
    points_above: PositiveInt | None = None


class InsightRecord(Record):
    """Which questions give the shares that levels ask."""

    factories: str
    quarries: str


class TimePathRecord(Record):
    """Years at each level."""

    years_at_level: dict[PositiveInt, PositiveInt]
    delay_years_at_most: PositiveInt
    modules_up_to_level: PositiveInt
    recovery_years: PositiveInt


class AssessmentsRecord(Record):
    """How often a company is assessed."""

    every_year_up_to_level: PositiveInt
    then: dict[SizeClass, tuple[AssessmentKind, ...]]


class SupportRecord(Record):
    """What must be true before a claim is taken."""

    question: str
    verdict: Verdict


class ExemptionRecord(Worded):
    """A claim that questions do not apply."""

    id: Claim
    supported_by: SupportRecord | None = None


class PoliciesRecord(Record):
    """Our choices where the published text is open."""

    not_applicable: NotApplicable
    core_met_by: Literal[Verdict.FULLY, Verdict.PARTLY]
    most_themes_from: PositiveInt
    harms_count_for_years: PositiveInt


class CategoryRecord(Worded):
    """A category of companies."""

    id: Category


class DecisionRecord(Worded):
    """The note of one decision."""

    id: Decision


class FrameworkRecord(Record):
    """The whole file."""

    format: Literal[1]
    id: Words
    name: Worded
    denominator: Denominator
    categories: tuple[CategoryRecord, ...]
    small_company: SmallCompanyRecord
    themes: tuple[Named, ...]
    declared_total: dict[Category, PositiveInt]
    steps: tuple[StepRecord, ...]
    levels: dict[Category, tuple[LevelRecord, ...]]
    insight: InsightRecord
    time_path: TimePathRecord
    assessments: AssessmentsRecord
    policies: PoliciesRecord
    questions: tuple[AnyQuestion, ...]
    exemptions: tuple[ExemptionRecord, ...]
    decisions: tuple[DecisionRecord, ...]
