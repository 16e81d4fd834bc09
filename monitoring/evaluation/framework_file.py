"""Reads a framework from its file and refuses one that could score wrongly.

`load_framework` is called when the service starts; every fault is reported at once, so that
whoever edits a framework mends it in one go.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from monitoring.evaluation.company import Category, SizeClass, SmallCompany
from monitoring.evaluation.criteria import (
    Band,
    Bands,
    Criterion,
    PercentVerdict,
    ThemeCoverage,
    TimedComponents,
    VerdictRules,
)
from monitoring.evaluation.errors import FrameworkFault, FrameworkFaults
from monitoring.evaluation.framework import (
    AssessmentFrequency,
    Claim,
    Component,
    Exemption,
    Framework,
    Level,
    Policies,
    QuestionDefinition,
    Step,
    TimePath,
)
from monitoring.evaluation.framework_faults import cross_faults
from monitoring.evaluation.framework_schema import (
    AllOfRecord,
    AndRecord,
    AnyOfRecord,
    AnyQuestion,
    AtLeastRecord,
    BandRecord,
    BandsRecord,
    ComponentRecord,
    ComponentsRecord,
    ExemptionRecord,
    FrameworkRecord,
    OrRecord,
    PercentRecord,
    RuleRecord,
    RulesRecord,
    ThemesRecord,
    TimedRecord,
    Window,
    Worded,
)
from monitoring.evaluation.rules import AllOf, And, AnyOf, AtLeast, Or, Rule
from monitoring.evaluation.wording import Wording

TRUSTONE = Path(__file__).with_name("frameworks") / "trustone.yaml"
"""The framework for importers of natural stone."""

S = TypeVar("S")
T = TypeVar("T")


def load_framework(path: Path = TRUSTONE) -> Framework:
    """The framework in the file. Raises `FrameworkFaults` with everything that is wrong."""
    record = _read(path)
    faults = tuple(cross_faults(record))
    if faults:
        raise FrameworkFaults(faults)
    return _framework(record)


def _read(path: Path) -> FrameworkRecord:
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise FrameworkFaults((FrameworkFault(place=path.name, reason=str(error)),)) from error
    try:
        return FrameworkRecord.model_validate(data)
    except ValidationError as error:
        raise FrameworkFaults(
            tuple(
                FrameworkFault(place=".".join(map(str, each["loc"])), reason=each["msg"])
                for each in error.errors()
            )
        ) from error


def most_exact(table: Mapping[str, T], category: Category, size: SizeClass) -> T | None:
    """The entry for such a company: both named, else its category, its size, or all."""
    for key in (f"{category}-{size}", category.value, size.value, "all"):
        if key in table:
            return table[key]
    return None


def _framework(record: FrameworkRecord) -> Framework:
    exemptions = {each.id: _exemption(each) for each in record.exemptions}
    return Framework(
        id=record.id,
        name=_wording(record.name),
        small_company=SmallCompany(**record.small_company.model_dump()),
        categories={each.id: _wording(each) for each in record.categories},
        themes={each.id: _wording(each) for each in record.themes},
        steps=tuple(
            Step(id=each.id, title=_wording(each), declared=each.declared) for each in record.steps
        ),
        questions=tuple(_question(each, record, exemptions) for each in record.questions),
        levels=_levels(record),
        declared_total=record.declared_total,
        factories_question=record.insight.factories,
        quarries_question=record.insight.quarries,
        time_path=TimePath(**record.time_path.model_dump()),
        assessments=AssessmentFrequency(**record.assessments.model_dump()),
        policies=Policies(
            denominator=record.denominator,
            not_applicable=record.policies.not_applicable,
            core_met_by=record.policies.core_met_by,
            harms_count_for_years=record.policies.harms_count_for_years,
        ),
        decisions={each.id: _wording(each) for each in record.decisions},
    )


def _levels(record: FrameworkRecord) -> dict[Category, tuple[Level, ...]]:
    return {
        category: tuple(
            Level(
                number=each.number,
                quarries=Fraction(each.quarries),
                factories=Fraction(each.factories),
                score=Fraction(each.score),
                core_questions=each.core_questions,
                points_above=None if each.points_above is None else Fraction(each.points_above),
            )
            for each in levels
        )
        for category, levels in record.levels.items()
    }


def _question(
    record: AnyQuestion, file: FrameworkRecord, exemptions: Mapping[Claim, Exemption]
) -> QuestionDefinition:
    criteria = {
        (category, size): criterion
        for category in record.max
        for size in SizeClass
        if (criterion := _criterion(record, file, category, size)) is not None
    }
    return QuestionDefinition(
        id=record.id,
        step=record.step,
        title=_wording(record),
        max=record.max,
        core_for=record.core_for,
        components=_components(record),
        themes=record.themes if isinstance(record, ThemesRecord) else (),
        criteria=criteria,
        may_not_apply=exemptions[record.may_not_apply] if record.may_not_apply else None,
        read_as=record.read_as,
    )


def _components(record: AnyQuestion) -> tuple[Component, ...]:
    match record:
        case ComponentsRecord(components=parts, window_years=window):
            return tuple(_component(part, window) for part in parts)
        case TimedRecord(components=parts):
            return tuple(_component(part, None) for part in parts)
        case _:
            return ()


def _component(record: ComponentRecord, window: Window | None) -> Component:
    years = record.window_years if record.window_years is not None else window
    if isinstance(years, int):
        years = dict.fromkeys(SizeClass, years)
    return Component(id=record.id, wording=_wording(record), window_years=years)


def _criterion(
    record: AnyQuestion, file: FrameworkRecord, category: Category, size: SizeClass
) -> Criterion | None:
    match record:
        case ComponentsRecord(rules=rules):
            return _map(most_exact(rules, category, size), _verdict_rules)
        case ThemesRecord():
            return _theme_coverage(record, file)
        case BandsRecord(bands=bands):
            return _map(most_exact(bands, category, size), _bands)
        case PercentRecord(verdicts=verdicts):
            return _map(
                most_exact(verdicts, category, size),
                lambda found: PercentVerdict(
                    fully_above=Fraction(found.fully_above), partly_from=Fraction(found.partly_from)
                ),
            )
        case TimedRecord(within_years=within):
            return _map(
                most_exact(within, category, size),
                lambda years: TimedComponents(within_years=years),
            )


def _map(found: S | None, make: Callable[[S], T]) -> T | None:
    return None if found is None else make(found)


def _verdict_rules(record: RulesRecord) -> VerdictRules:
    return VerdictRules(
        fully=_rule(record.fully),
        partly=_rule(record.partly),
        partly_named=tuple(map(frozenset, record.partly_named)),
        no_named=tuple(map(frozenset, record.no_named)),
        no_covers_less=record.no_covers_less,
        fully_decision=record.fully_decision,
        partly_decision=record.partly_decision,
    )


def _rule(record: RuleRecord) -> Rule:
    match record:
        case AllOfRecord(all_of=of):
            return AllOf(of=of)
        case AnyOfRecord(any_of=of):
            return AnyOf(of=of)
        case AtLeastRecord(at_least=count, of=of):
            return AtLeast(count=count, of=of)
        case AndRecord(rules=rules):
            return And(rules=tuple(map(_rule, rules)))
        case OrRecord(rules=rules):
            return Or(rules=tuple(map(_rule, rules)))


def _theme_coverage(record: ThemesRecord, file: FrameworkRecord) -> ThemeCoverage:
    joined = [
        theme
        for each in file.questions
        if isinstance(each, ThemesRecord) and each.id in record.together_with
        for theme in each.themes
    ]
    return ThemeCoverage(
        themes=tuple(joined),
        together_with=record.together_with,
        most_from=file.policies.most_themes_from,
    )


def _bands(bands: tuple[BandRecord, ...]) -> Bands:
    return Bands(
        bands=tuple(
            Band(
                from_percent=Fraction(each.from_percent),
                points=Fraction(each.points),
                is_doubtful=each.doubtful,
            )
            for each in bands
        )
    )


def _exemption(record: ExemptionRecord) -> Exemption:
    support = record.supported_by
    return Exemption(
        id=record.id,
        wording=_wording(record),
        supporting_question=support.question if support else None,
        supporting_verdict=support.verdict if support else None,
    )


def _wording(record: Worded) -> Wording:
    return Wording(en=record.en, nl=record.nl)
