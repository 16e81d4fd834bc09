"""Rules laid out so that a page can say them in any language without gluing sentences.

A rule becomes demands that must all be met; each demand is a heading (`Text`) over a list of
parts, which the framework words itself. `report` puts them beside each question.

Worked example: `And(AllOf(1, 5), AnyOf(2, 3, 4))` gives "All of these" over 1 and 5, then "At
least one of these" over 2, 3 and 4.
"""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from flows.values import Text
from locales.marking import N_
from monitoring.evaluation.criteria import (
    Band,
    Bands,
    Criterion,
    PercentVerdict,
    ThemeCoverage,
    TimedComponents,
    Verdict,
    VerdictRules,
)
from monitoring.evaluation.framework import Framework, QuestionDefinition
from monitoring.evaluation.rules import AllOf, And, AnyOf, AtLeast, Or, Rule
from monitoring.evaluation.wording import Wording

ALL = N_("All of these")
ONE = N_("At least one of these")
SEVERAL = N_("At least ${count} of these")
EITHER = N_("One of these ways")
THEMES_ALL = N_("All ${count} themes")
THEMES_MOST = N_("At least ${count} of the themes")
FROM_PERCENT = N_("From ${percent} per cent: ${points} points")
ABOVE_PERCENT = N_("More than ${percent} per cent")
AT_LEAST_PERCENT = N_("At least ${percent} per cent")
WITHIN_YEARS = N_("Within ${years} years after it became known")
SOME = N_("Some of it done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A heading, the parts under it, and, for a choice between ways, the ways."""

    heading: Text
    parts: tuple[str, ...] = ()
    ways: "tuple[tuple[Demand, ...], ...]" = ()


RuleWords: TypeAlias = tuple[tuple[Verdict | None, tuple[Demand, ...]], ...]
"""What gives each verdict, best first; None where points go by bands."""


def part_words(
    framework: Framework, question: QuestionDefinition
) -> tuple[tuple[str, Wording], ...]:
    """Every component or theme of the question, in order, with its words."""
    themes = tuple((theme, framework.themes[theme]) for theme in question.themes)
    return themes + tuple((each.id, each.wording) for each in question.components)


def rule_words(criterion: Criterion) -> RuleWords:
    """What the company must show for each verdict, best first."""
    match criterion:
        case VerdictRules(fully=fully, partly=partly):
            return (Verdict.FULLY, demands(fully)), (Verdict.PARTLY, demands(partly))
        case ThemeCoverage(themes=themes, most_from=most_from):
            return (
                (Verdict.FULLY, (_demand(THEMES_ALL, count=len(themes)),)),
                (Verdict.PARTLY, (_demand(THEMES_MOST, count=most_from),)),
            )
        case Bands(bands=bands):
            return tuple(
                (
                    None,
                    (
                        _demand(
                            FROM_PERCENT, percent=int(band.from_percent), points=int(band.points)
                        ),
                    ),
                )
                for band in reversed(bands)
            )
        case PercentVerdict(fully_above=above, partly_from=least):
            return (
                (Verdict.FULLY, (_demand(ABOVE_PERCENT, percent=int(above)),)),
                (Verdict.PARTLY, (_demand(AT_LEAST_PERCENT, percent=int(least)),)),
            )
        case TimedComponents(within_years=within):
            timed = tuple(
                Demand(heading=Text(msgid=WITHIN_YEARS, values={"years": years}), parts=(name,))
                for name, years in within.items()
            )
            return (Verdict.FULLY, timed), (Verdict.PARTLY, (_demand(SOME),))
        case _:
            assert_never(criterion)


def _band(band: Band) -> Demand:
    return _demand(FROM_PERCENT, percent=int(band.from_percent), points=int(band.points))


def _demand(msgid: str, **values: int) -> Demand:
    return Demand(heading=Text(msgid=msgid, values=values))


def demands(rule: Rule) -> tuple[Demand, ...]:
    """The rule as demands that must all be met."""
    match rule:
        case AllOf(of=of):
            return (Demand(heading=Text(msgid=ALL), parts=of),)
        case AnyOf(of=of):
            return (Demand(heading=Text(msgid=ONE), parts=of),)
        case AtLeast(count=count, of=of):
            return (Demand(heading=Text(msgid=SEVERAL, values={"count": count}), parts=of),)
        case And(rules=rules):
            return tuple(demand for each in rules for demand in demands(each))
        case Or(rules=rules):
            return (Demand(heading=Text(msgid=EITHER), ways=tuple(map(demands, rules))),)
        case _:
            assert_never(rule)
