"""What each level asks, what of it holds, and so which level is reached.

Called by `scoring` once per denominator. Levels are nested in the framework, so the highest one
whose every condition holds is the level; what is missing for the next is listed by name.
"""

from collections.abc import Iterator
from fractions import Fraction

from monitoring.evaluation.company import Category
from monitoring.evaluation.framework import Framework, Level
from monitoring.evaluation.score import Condition, ConditionKind, LevelStanding, QuestionScore


def level_standings(
    framework: Framework,
    category: Category,
    questions: tuple[QuestionScore, ...],
    points: Fraction,
    percent: Fraction,
) -> tuple[LevelStanding, ...]:
    """Every level of the category, lowest first."""
    shares = {each.question.id: each.percent or Fraction(0) for each in questions}
    quarries = shares.get(framework.quarries_question, Fraction(0))
    factories = shares.get(framework.factories_question, Fraction(0))

    def conditions(level: Level) -> Iterator[Condition]:
        yield _at_least(ConditionKind.QUARRIES, level.quarries, quarries)
        yield _at_least(ConditionKind.FACTORIES, level.factories, factories)
        yield _at_least(ConditionKind.SCORE, level.score, percent)
        if level.points_above is not None:
            yield Condition(
                kind=ConditionKind.POINTS,
                is_met=points > level.points_above,
                needed=level.points_above,
                reached=points,
            )
        if level.core_questions:
            yield from _core(level, questions)

    return tuple(
        LevelStanding(number=level.number, conditions=tuple(conditions(level)))
        for level in framework.levels[category]
    )


def _at_least(kind: ConditionKind, needed: Fraction, reached: Fraction) -> Condition:
    return Condition(kind=kind, is_met=reached >= needed, needed=needed, reached=reached)


def _core(level: Level, questions: tuple[QuestionScore, ...]) -> Iterator[Condition]:
    for each in questions:
        if level.number in each.question.core_for:
            yield Condition(
                kind=ConditionKind.CORE_QUESTION,
                is_met=each.is_core_met,
                question=each.question.id,
            )


def level_reached(standings: tuple[LevelStanding, ...]) -> int:
    """The highest level that is reached; 0 if none is."""
    return max((each.number for each in standings if each.is_reached), default=0)
