"""One question judged: verdict, points, and which of our own decisions it leans on.

Pure and exact; `scoring` calls it for every question. The rules themselves are data
(`criteria`), this is how they are applied:

    fully holds -> all points · partly holds -> half · else none     (S1)
    a share falls into the band that begins at or below it
    every known harm dealt with in its years -> fully; something done -> partly
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from monitoring.evaluation.answers import NOTHING, Answer, Progress
from monitoring.evaluation.criteria import (
    Bands,
    Criterion,
    Decision,
    PercentVerdict,
    ThemeCoverage,
    TimedComponents,
    Verdict,
    VerdictRules,
)
from monitoring.evaluation.rules import holds, parts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a question comes to, before it is known whether it counts."""

    points: Fraction
    verdict: Verdict | None
    """None where points go by bands of a share."""
    assumptions: tuple[Decision, ...] = ()


def judge(
    criterion: Criterion, most: int, answer: Answer, answers: Mapping[str, Answer]
) -> Judgement:
    """The judgement of one answer; `answers` are all of them, for questions judged together."""
    match criterion:
        case Bands():
            return _by_band(criterion, answer)
        case PercentVerdict():
            return _of(_by_percent(criterion, answer), most)
        case VerdictRules():
            verdict = _by_rules(criterion, answer)
            return _of(verdict, most, *_rule_assumptions(criterion, verdict, answer))
        case ThemeCoverage():
            covered = len(themes_covered(criterion, answers))
            return _of(_by_themes(criterion, covered), most, *_theme_doubt(criterion, covered))
        case TimedComponents():
            return _by_time(criterion, most, answer)
        case _:
            assert_never(criterion)


def _of(verdict: Verdict, most: int, *assumptions: Decision) -> Judgement:
    return Judgement(points=verdict.share * most, verdict=verdict, assumptions=assumptions)


def _by_band(criterion: Bands, answer: Answer) -> Judgement:
    share = answer.percent or Fraction(0)
    band = next(each for each in reversed(criterion.bands) if each.from_percent <= share)
    doubtful = band.is_doubtful and band.from_percent == share
    return Judgement(
        points=band.points,
        verdict=None,
        assumptions=(Decision.BAND_EDGES,) if doubtful else (),
    )


def _by_percent(criterion: PercentVerdict, answer: Answer) -> Verdict:
    share = answer.percent or Fraction(0)
    if share > criterion.fully_above:
        return Verdict.FULLY
    return Verdict.PARTLY if share >= criterion.partly_from else Verdict.NO


def _by_rules(criterion: VerdictRules, answer: Answer) -> Verdict:
    if holds(criterion.fully, answer.components):
        return Verdict.FULLY
    return Verdict.PARTLY if holds(criterion.partly, answer.components) else Verdict.NO


def _rule_assumptions(
    criterion: VerdictRules, verdict: Verdict, answer: Answer
) -> tuple[Decision, ...]:
    known = parts_of(criterion.fully) | parts_of(criterion.partly)
    mix = answer.components & known
    match verdict:
        case Verdict.FULLY:
            doubtful = criterion.fully_decision and holds(criterion.partly, mix)
            return (criterion.fully_decision,) if criterion.fully_decision and doubtful else ()
        case Verdict.PARTLY:
            if criterion.partly_named and mix not in criterion.partly_named:
                return (Decision.UNNAMED_MIX,)
            return (criterion.partly_decision,) if criterion.partly_decision else ()
        case Verdict.NO:
            is_named = not mix or criterion.no_covers_less or mix in criterion.no_named
            return () if is_named else (Decision.UNNAMED_MIX,)


def themes_covered(criterion: ThemeCoverage, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The themes that hold over all the questions judged together."""
    held = (answers.get(name, NOTHING).components for name in criterion.together_with)
    return frozenset().union(*held) & frozenset(criterion.themes)


def _by_themes(criterion: ThemeCoverage, covered: int) -> Verdict:
    if covered == len(criterion.themes):
        return Verdict.FULLY
    return Verdict.PARTLY if covered >= criterion.most_from else Verdict.NO


def _theme_doubt(criterion: ThemeCoverage, covered: int) -> tuple[Decision, ...]:
    """Where "most" and "a few" meet, another reader might have drawn the line elsewhere."""
    near = (criterion.most_from - 1, criterion.most_from)
    return (Decision.MOST_THEMES,) if covered in near else ()


def _by_time(criterion: TimedComponents, most: int, answer: Answer) -> Judgement:
    """Harms that can be judged decide; without any, what the company states does.

    A harm that just became known is set aside, so that hearing of it never lowers the score
    (S5); once one of its demands is overdue or done, it counts.
    """
    judged = tuple(harm for harm in answer.harms if not harm.is_all_running)
    running = any(Progress.RUNNING in harm.components.values() for harm in answer.harms)
    note = (Decision.TIME_RUNNING,) if running else ()
    if judged:
        if all(harm.is_on_time for harm in judged):
            return _of(Verdict.FULLY, most, *note)
        begun = any(harm.is_begun for harm in judged)
        return _of(Verdict.PARTLY if begun else Verdict.NO, most, *note)
    stated = answer.components & criterion.within_years.keys()
    verdict = Verdict.NO
    if stated:
        verdict = Verdict.FULLY if len(stated) == len(criterion.within_years) else Verdict.PARTLY
    return _of(verdict, most, *note)
