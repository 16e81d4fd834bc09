"""What would lift a question to its next verdict: the least that is missing.

`scoring` puts it beside every question that is not at its best, so that a company sees where
the next point is and what it takes. A list of ways means: any one of them is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, assert_never

from monitoring.evaluation.answers import Answer, Progress
from monitoring.evaluation.criteria import (
    Bands,
    Criterion,
    PercentVerdict,
    ThemeCoverage,
    TimedComponents,
    Verdict,
    VerdictRules,
)
from monitoring.evaluation.rules import holds, ways
from monitoring.evaluation.verdicts import Judgement, themes_covered


@dataclass(frozen=True, slots=True, kw_only=True)
class AddComponents:
    """Any one of these sets of components is enough."""

    ways: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverThemes:
    """So many more of these themes."""

    count: int
    themes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPercent:
    """A share of at least (or, if not `is_included`, above) so many per cent."""

    percent: Fraction
    is_included: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWithHarms:
    """These harms have demands that are overdue."""

    overdue: tuple[tuple[str, tuple[str, ...]], ...]
    """The harm's reference, and its overdue components."""


Needed: TypeAlias = AddComponents | CoverThemes | ReachPercent | DealWithHarms


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """The next better outcome of a question and what it takes."""

    verdict: Verdict | None
    """None where points go by bands."""
    points: Fraction
    """Points the question would then give."""
    needed: Needed


def lift(
    criterion: Criterion,
    most: int,
    answer: Answer,
    answers: Mapping[str, Answer],
    judgement: Judgement,
) -> Lift | None:
    """The next step up, or None: it is at its best, or only time can mend it."""
    if judgement.points == most:
        return None
    match criterion:
        case Bands(bands=bands):
            share = answer.percent or Fraction(0)
            above = next(each for each in bands if each.from_percent > share)
            needed = ReachPercent(percent=above.from_percent, is_included=True)
            return Lift(verdict=None, points=above.points, needed=needed)
        case PercentVerdict():
            return _by_percent(criterion, most, judgement)
        case VerdictRules():
            return _by_rules(criterion, most, answer, judgement)
        case ThemeCoverage():
            return _by_themes(criterion, most, answers, judgement)
        case TimedComponents():
            return _by_time(criterion, most, answer, judgement)
        case _:
            assert_never(criterion)


def _next(judgement: Judgement) -> Verdict:
    return Verdict.PARTLY if judgement.verdict is Verdict.NO else Verdict.FULLY


def _to(verdict: Verdict, most: int, needed: Needed) -> Lift:
    return Lift(verdict=verdict, points=verdict.share * most, needed=needed)


def _by_percent(criterion: PercentVerdict, most: int, judgement: Judgement) -> Lift:
    verdict = _next(judgement)
    if verdict is Verdict.PARTLY:
        return _to(verdict, most, ReachPercent(percent=criterion.partly_from, is_included=True))
    return _to(verdict, most, ReachPercent(percent=criterion.fully_above, is_included=False))


def _by_rules(criterion: VerdictRules, most: int, answer: Answer, judgement: Judgement) -> Lift:
    """Where every way to partly already gives fully, the next verdict is fully."""
    held = answer.components
    if judgement.verdict is Verdict.NO:
        found = ways(criterion.partly, held)
        only_partly = tuple(way for way in found if not holds(criterion.fully, held | way))
        if only_partly:
            return _to(Verdict.PARTLY, most, AddComponents(ways=found))
    return _to(Verdict.FULLY, most, AddComponents(ways=ways(criterion.fully, held)))


def _by_themes(
    criterion: ThemeCoverage, most: int, answers: Mapping[str, Answer], judgement: Judgement
) -> Lift:
    covered = themes_covered(criterion, answers)
    verdict = _next(judgement)
    goal = criterion.most_from if verdict is Verdict.PARTLY else len(criterion.themes)
    missing = frozenset(criterion.themes) - covered
    return _to(verdict, most, CoverThemes(count=goal - len(covered), themes=missing))


def _by_time(
    criterion: TimedComponents, most: int, answer: Answer, judgement: Judgement
) -> Lift | None:
    """What was done too late stays late: then nothing but time lifts the question."""
    judged = tuple(harm for harm in answer.harms if not harm.is_all_running)
    if not judged:
        missing = criterion.within_years.keys() - answer.components
        return _to(Verdict.FULLY, most, AddComponents(ways=(frozenset(missing),)))
    if judgement.verdict is Verdict.PARTLY:
        return None
    overdue = tuple((harm.reference, tuple(sorted(_overdue(harm.components)))) for harm in judged)
    return _to(Verdict.PARTLY, most, DealWithHarms(overdue=overdue))


def _overdue(components: Mapping[str, Progress]) -> tuple[str, ...]:
    return tuple(name for name, each in components.items() if each is Progress.OVERDUE)
