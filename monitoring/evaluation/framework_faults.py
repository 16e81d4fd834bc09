"""What a well-shaped framework file can still get wrong: names that lead nowhere, gaps, sums.

Called by `framework_file` before anything is built.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from monitoring.evaluation.company import SizeClass
from monitoring.evaluation.criteria import Decision
from monitoring.evaluation.errors import FrameworkFault
from monitoring.evaluation.framework_schema import (
    AllOfRecord,
    AndRecord,
    AnyOfRecord,
    AnyQuestion,
    AtLeastRecord,
    BandsRecord,
    ComponentsRecord,
    FrameworkRecord,
    OrRecord,
    PercentRecord,
    RuleRecord,
    ThemesRecord,
    TimedRecord,
)


def cross_faults(record: FrameworkRecord) -> Iterator[FrameworkFault]:
    """Every fault between the parts of the file; none if it is sound."""
    yield from _repeated(record)
    yield from _totals(record)
    yield from _levels(record)
    for question in record.questions:
        place = f"questions.{question.id}"
        yield from _references(question, record, place)
        yield from _coverage(question, place)
        yield from _parts(question, place)
        yield from _bands(question, place)
    yield from _decisions(record)


def _fault(place: str, reason: str) -> FrameworkFault:
    return FrameworkFault(place=place, reason=reason)


def _repeated(record: FrameworkRecord) -> Iterator[FrameworkFault]:
    named: dict[str, Iterable[str]] = {
        "questions": (each.id for each in record.questions),
        "steps": (each.id for each in record.steps),
        "exemptions": (each.id for each in record.exemptions),
        "decisions": (each.id for each in record.decisions),
        "themes": (each.id for each in record.themes),
    }
    for place, names in named.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield _fault(place, f"{name} stands there {count} times")


def _totals(record: FrameworkRecord) -> Iterator[FrameworkFault]:
    for category in record.levels:
        if category not in record.declared_total:
            yield _fault("declared_total", f"nothing for category {category}")
            continue
        rows = sum(step.declared.get(category, 0) for step in record.steps)
        total = record.declared_total[category]
        if rows != total:
            yield _fault("steps", f"rows for {category} add up to {rows}, the total says {total}")
    for category in {each.id for each in record.categories} - set(record.levels):
        yield _fault("levels", f"nothing for category {category}")


def _levels(record: FrameworkRecord) -> Iterator[FrameworkFault]:
    for category, levels in record.levels.items():
        place = f"levels.{category}"
        if [each.number for each in levels] != list(range(1, len(levels) + 1)):
            yield _fault(place, "levels are numbered from 1 without gaps")
        for lower, higher in itertools.pairwise(levels):
            if (
                higher.quarries < lower.quarries
                or higher.factories < lower.factories
                or higher.score < lower.score
                or (lower.core_questions and not higher.core_questions)
            ):
                yield _fault(place, f"level {higher.number} asks less than {lower.number}")
    questions = {each.id: each for each in record.questions}
    for place, name in (
        ("factories", record.insight.factories),
        ("quarries", record.insight.quarries),
    ):
        if not isinstance(questions.get(name), BandsRecord | PercentRecord):
            yield _fault(f"insight.{place}", f"{name} is not a question about a share")


def _references(
    question: AnyQuestion, record: FrameworkRecord, place: str
) -> Iterator[FrameworkFault]:
    if question.step not in {step.id for step in record.steps}:
        yield _fault(f"{place}.step", f"no step {question.step}")
    exemptions = {each.id: each for each in record.exemptions}
    if question.may_not_apply is not None:
        exemption = exemptions.get(question.may_not_apply)
        if exemption is None:
            yield _fault(f"{place}.may_not_apply", f"no exemption {question.may_not_apply}")
        elif exemption.supported_by is not None:
            support = exemption.supported_by.question
            if support not in {each.id for each in record.questions if not each.may_not_apply}:
                yield _fault(f"exemptions.{exemption.id}", f"{support} cannot support a claim")
    if isinstance(question, ThemesRecord):
        known = {each.id for each in record.questions if isinstance(each, ThemesRecord)}
        for name in {*question.together_with} - known:
            yield _fault(f"{place}.together_with", f"{name} is not a question about themes")
        for theme in {*question.themes} - {each.id for each in record.themes}:
            yield _fault(f"{place}.themes", f"no theme {theme}")


def _coverage(question: AnyQuestion, place: str) -> Iterator[FrameworkFault]:
    match question:
        case ComponentsRecord(rules=table):
            keys = set(table)
        case BandsRecord(bands=table):
            keys = set(table)
        case PercentRecord(verdicts=table):
            keys = set(table)
        case TimedRecord(within_years=table):
            keys = set(table)
        case _:
            return
    allowed = {"all"} | {size.value for size in SizeClass} | {each.value for each in question.max}
    allowed |= {f"{category}-{size}" for category in question.max for size in SizeClass}
    for key in sorted(keys - allowed):
        yield _fault(place, f"{key} is no kind of company that is asked this")
    for category in question.max:
        for size in SizeClass:
            if not keys & {f"{category}-{size}", category.value, size.value, "all"}:
                yield _fault(place, f"nothing for {category} companies that are {size}")


def _parts(question: AnyQuestion, place: str) -> Iterator[FrameworkFault]:
    if not isinstance(question, ComponentsRecord | TimedRecord):
        return
    known = [part.id for part in question.components]
    for name, count in Counter(known).items():
        if count > 1:
            yield _fault(f"{place}.components", f"{name} stands there {count} times")
    used: set[str] = set()
    if isinstance(question, TimedRecord):
        for years in question.within_years.values():
            if set(years) != set(known):
                yield _fault(f"{place}.within_years", "every component needs its years")
        return
    for rules in question.rules.values():
        for rule in (rules.fully, rules.partly):
            used |= _named_in(rule)
        used |= {part for mix in (*rules.partly_named, *rules.no_named) for part in mix}
    for name in sorted(used - set(known)):
        yield _fault(f"{place}.rules", f"no component {name}")


def _named_in(rule: RuleRecord) -> set[str]:
    match rule:
        case AllOfRecord(all_of=of) | AnyOfRecord(any_of=of) | AtLeastRecord(of=of):
            return set(of)
        case AndRecord(rules=rules) | OrRecord(rules=rules):
            return set().union(*map(_named_in, rules))


def _bands(question: AnyQuestion, place: str) -> Iterator[FrameworkFault]:
    if not isinstance(question, BandsRecord):
        return
    for key, bands in question.bands.items():
        shares = [each.from_percent for each in bands]
        points = [each.points for each in bands]
        if not bands or shares[0] != 0:
            yield _fault(f"{place}.bands.{key}", "the first band begins at 0")
            continue
        if shares != sorted(set(shares)) or points != sorted(points):
            yield _fault(f"{place}.bands.{key}", "shares and points must rise")
        if any(points[-1] != most for most in question.max.values()):
            yield _fault(f"{place}.bands.{key}", "the last band gives the question's maximum")


def _decisions(record: FrameworkRecord) -> Iterator[FrameworkFault]:
    written = {each.id for each in record.decisions}
    for decision in Decision:
        if decision not in written:
            yield _fault("decisions", f"no note for {decision}")
