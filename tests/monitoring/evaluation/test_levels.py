"""Each level's edge, by both denominators, and everything else that a level asks."""

from fractions import Fraction
from functools import cache

import pytest

from monitoring.evaluation.answers import Answer, Applies
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.criteria import Decision, Verdict
from monitoring.evaluation.framework import Denominator, NotApplicable
from monitoring.evaluation.score import ConditionKind
from monitoring.evaluation.scoring import ScoringSettings, score, settings_of
from tests.monitoring.evaluation import independent
from tests.shipped import FRAMEWORK

INSIGHT = ("2.1.1b", "2.1.1c")
FULL_SHARE = Answer(percent=Fraction(100))


def company(category):
    return CompanyProfile(category=Category(category), employees=250, turnover_eur=60_000_000)


@cache
def mixes(question, category):
    """Answers to a question by the half points that they give."""
    if question in independent.PERCENT_QUESTIONS:
        found = {}
        for share in range(101):
            halves = independent.halves(question, category, False, percent=share)
            found.setdefault(halves, Answer(percent=Fraction(share)))
        return found
    parts = independent.PARTS[question].split()
    found = {0: Answer()}
    for count in range(len(parts) + 1):
        for start in range(len(parts)):
            mix = frozenset((parts[start:] + parts[:start])[:count])
            halves = independent.halves(question, category, False, mix)
            found.setdefault(halves, Answer(components=mix))
    return found


def answers_giving(halves, category, fixed, left=()):
    """Answers that give exactly so many half points, the fixed ones among them; None: no way."""
    free = [
        name
        for name in independent.MAXIMA[category]
        if name not in fixed and name not in left and name not in independent.THEMES_OF
    ]
    start = sum(
        independent.halves(name, category, False, each.components, each.percent or 0)
        for name, each in fixed.items()
        if name not in independent.THEMES_OF
    )
    if "1.1.1" in fixed:
        start += 16
    reached = {start: dict(fixed)}
    for name in free:
        more = {}
        for total, chosen in reached.items():
            for given, answer in mixes(name, category).items():
                more.setdefault(total + given, chosen | {name: answer})
        reached = more
    return reached.get(halves)


THEMES_FULL = {
    name: Answer(components=frozenset(themes)) for name, themes in independent.THEMES_OF.items()
}


def fixed_for(category, *, quarries=100, factories=100, core=True):
    fixed = {
        "2.1.1b": Answer(percent=Fraction(factories)),
        "2.1.1c": Answer(percent=Fraction(quarries)),
    }
    if category == "C" and core:
        for name in independent.CORE_5:
            fixed[name] = Answer(components=frozenset(independent.PARTS[name].split()))
    return fixed


# Every score edge: (category, level, share), tried a point under, at and over the edge. Half
# points exist only on single theme questions; together they are whole.
EDGES = [
    ("B", 1, 20), ("B", 2, 50), ("B", 3, 75), ("B", 4, 90),
    ("C", 1, 20), ("C", 2, 40), ("C", 3, 60), ("C", 4, 75), ("C", 5, 90),
]  # fmt: skip
TOTALS = {"B": {"declared": 100, "maxima": 100}, "C": {"declared": 250, "maxima": 252}}


@pytest.mark.parametrize("denominator", list(Denominator))
@pytest.mark.parametrize("shift", [-1, 0, 1])
@pytest.mark.parametrize(("category", "level", "share"), EDGES)
def test_the_edge_of_each_level_by_each_denominator(category, level, share, shift, denominator):
    total = TOTALS[category][denominator]
    edge = -(-share * total // 100)  # points, rounded up
    rows = {each.number: each for each in FRAMEWORK.levels[Category(category)]}
    row = rows[level]
    core = level >= 4
    fixed = fixed_for(category, quarries=int(row.quarries), factories=int(row.factories), core=core)
    if share >= 75:
        fixed |= THEMES_FULL
    answers = answers_giving(2 * (edge + shift), category, fixed)
    assert answers is not None
    settings = ScoringSettings(
        denominator=denominator,
        not_applicable=NotApplicable.LEFT_OUT,
        core_met_by=Verdict.FULLY,
    )
    scored = score(FRAMEWORK, company(category), answers, settings=settings)
    assert scored.points == edge + shift
    assert scored.level == (level if shift >= 0 else level - 1)
    assert scored.by(denominator).level == scored.level


@pytest.mark.parametrize(
    ("points", "declared", "maxima"),
    [(187, 3, 3), (188, 4, 3), (189, 4, 4)],
)
def test_between_the_two_edges_the_denominator_decides_and_the_score_says_so(
    points, declared, maxima
):
    answers = answers_giving(2 * points, "C", fixed_for("C") | THEMES_FULL)
    scored = score(FRAMEWORK, company("C"), answers)
    assert scored.by(Denominator.DECLARED).level == declared
    assert scored.by(Denominator.MAXIMA).level == maxima
    assert (Decision.DENOMINATOR in scored.assumptions) == (declared != maxima)
    assert scored.deciding is FRAMEWORK.policies.denominator


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("which", ["quarries", "factories"])
def test_insight_just_under_a_level_keeps_a_perfect_company_below_it(level, which):
    row = FRAMEWORK.levels[Category.C][level - 1]
    answers = everything("C")
    question = "2.1.1c" if which == "quarries" else "2.1.1b"
    answers[question] = Answer(percent=getattr(row, which) - Fraction(1, 100))
    scored = score(FRAMEWORK, company("C"), answers)
    assert scored.level < level
    missing = scored.by(scored.deciding).levels[level - 1].missing
    assert ConditionKind(which) in {each.kind for each in missing}


def everything(category):
    answers = dict(THEMES_FULL)
    for name in independent.MAXIMA[category]:
        if name in independent.PERCENT_QUESTIONS:
            answers[name] = FULL_SHARE
        elif name not in independent.THEMES_OF:
            answers[name] = Answer(components=frozenset(independent.PARTS[name].split()))
    return answers


def test_a_perfect_company_is_at_the_top_with_nothing_to_lift():
    for category, top, points in (("B", 4, 100), ("C", 5, 252)):
        scored = score(FRAMEWORK, company(category), everything(category))
        assert scored.level == top
        assert scored.points == points
        assert all(each.lift is None for each in scored.questions)


def test_by_the_declared_total_a_perfect_company_has_more_than_all():
    scored = score(FRAMEWORK, company("C"), everything("C"))
    assert scored.by(Denominator.DECLARED).percent == Fraction(25200, 250)
    assert scored.by(Denominator.MAXIMA).percent == 100


@pytest.mark.parametrize("question", sorted(independent.CORE_5))
@pytest.mark.parametrize("partly", [True, False])
def test_a_core_question_short_of_fully_bars_its_levels(question, partly):
    answers = everything("C")
    parts = independent.PARTS[question].split()
    answers[question] = Answer(components=frozenset(parts[:2] if partly else ()))
    if question in ("3.2.3",) and partly:
        answers[question] = Answer(components=frozenset({"1"}))
    if question == "4.1.1" and partly:
        answers[question] = Answer(components=frozenset({"1", "2", "3"}))
    if question == "4.2.3" and partly:
        answers[question] = Answer(components=frozenset({"1", "3"}))
    scored = score(FRAMEWORK, company("C"), answers)
    assert scored.question(question).verdict is (Verdict.PARTLY if partly else Verdict.NO)
    assert scored.level == (3 if question in independent.CORE_4 else 4)
    missing = scored.by(scored.deciding).levels[4].missing
    assert [each.question for each in missing] == [question]
    assert (Decision.CORE_MET in scored.assumptions) == partly


def test_an_installation_may_take_partly_as_meeting_a_core_question():
    answers = everything("C")
    answers["3.1.2"] = Answer(components=frozenset({"1"}))
    settings = ScoringSettings(
        denominator=Denominator.MAXIMA,
        not_applicable=NotApplicable.LEFT_OUT,
        core_met_by=Verdict.PARTLY,
    )
    assert score(FRAMEWORK, company("C"), answers, settings=settings).level == 5


CLAIMED = Answer(applies=Applies.CLAIMED_NOT)
MAY_NOT_APPLY = ("3.1.1", "3.1.2", "3.2.3", "3.2.5", "4.2.3", "4.2.4", "6.1.1")


def test_level_five_asks_for_more_than_200_points_however_much_is_left_out():
    """Seven questions left out leave 198 of 252: all of them, a full share, and no level 5."""
    answers = everything("C") | dict.fromkeys(MAY_NOT_APPLY, CLAIMED)
    scored = score(FRAMEWORK, company("C"), answers)
    assert scored.percent == 100
    assert scored.points == 198
    assert scored.level == 4
    missing = scored.by(scored.deciding).levels[4].missing
    assert [each.kind for each in missing] == [ConditionKind.POINTS]


@pytest.mark.parametrize(("points", "level"), [(200, 4), (201, 5), (202, 5)])
def test_exactly_200_points_are_not_more_than_200(points, level):
    """With some questions left out, 200 points can be over 90 per cent."""
    out = dict.fromkeys(("3.1.1", "3.1.2", "6.1.1", "4.2.4"), CLAIMED)
    free = {"1.1.4", "1.1.10", "1.1.11", "1.2.13", "6.2.4", "6.2.5"}
    fixed = {
        name: each for name, each in everything("C").items() if name not in free and name not in out
    }
    answers = answers_giving(2 * points, "C", fixed, left=out)
    scored = score(FRAMEWORK, company("C"), answers | out)
    assert scored.points == points
    assert scored.percent > 90
    assert scored.level == level


@pytest.mark.parametrize(
    ("question", "max_points"), [("3.1.1", 10), ("3.2.5", 4), ("6.1.1", 4), ("3.1.2", 12)]
)
def test_a_question_that_does_not_apply_leaves_both_totals(question, max_points):
    answers = everything("C") | {question: CLAIMED}
    scored = score(FRAMEWORK, company("C"), answers)
    assert scored.by(Denominator.MAXIMA).total == 252 - max_points
    assert scored.by(Denominator.DECLARED).total == 250 - max_points
    assert not scored.question(question).counts
    assert scored.question(question).assumptions == (Decision.NOT_APPLICABLE,)
    assert scored.level == 5


def test_a_claim_without_involvement_described_is_not_taken():
    answers = everything("C") | {"3.1.1": CLAIMED, "2.3.7": Answer(percent=Fraction(50))}
    scored = score(FRAMEWORK, company("C"), answers)
    assert scored.question("3.1.1").counts
    assert scored.question("3.1.1").points == 0
    assert Decision.CLAIM_UNSUPPORTED in scored.question("3.1.1").assumptions
    assert scored.level == 3


def test_what_is_fully_met_counts_even_if_it_was_said_not_to_apply():
    full = Answer(components=frozenset("123"), applies=Applies.CLAIMED_NOT)
    scored = score(FRAMEWORK, company("C"), everything("C") | {"3.2.5": full})
    assert scored.points == 252


@pytest.mark.parametrize(
    ("treatment", "points", "total"),
    [
        (NotApplicable.LEFT_OUT, 242, 242),
        (NotApplicable.FULL_POINTS, 252, 252),
        (NotApplicable.AS_SCORED, 242, 252),
    ],
)
def test_the_setting_says_what_becomes_of_a_question_that_does_not_apply(treatment, points, total):
    settings = ScoringSettings(
        denominator=Denominator.MAXIMA, not_applicable=treatment, core_met_by=Verdict.FULLY
    )
    answers = everything("C") | {"3.1.1": CLAIMED}
    scored = score(FRAMEWORK, company("C"), answers, settings=settings)
    assert (scored.points, scored.by(Denominator.MAXIMA).total) == (points, total)


def test_steps_show_the_published_figure_and_the_sum_side_by_side():
    scored = score(FRAMEWORK, company("C"), everything("C"))
    rows = {each.step: (each.points, each.maxima, each.declared) for each in scored.steps}
    assert rows["1.1"] == (26, 26, 24)
    assert rows["1.2-1.3"] == (22, 22, 24)
    assert rows["2.2-2.4"] == (42, 42, 40)
    assert sum(each.points for each in scored.steps) == scored.points


def test_settings_come_from_the_framework_unless_given():
    assert settings_of(FRAMEWORK).denominator is Denominator.MAXIMA
