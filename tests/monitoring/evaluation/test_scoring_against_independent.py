"""Every question, every mix of parts, every size and category, worked out twice."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from monitoring.evaluation.answers import Answer
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.criteria import Verdict
from monitoring.evaluation.framework import Denominator
from monitoring.evaluation.scoring import score
from tests.monitoring.evaluation import independent
from tests.shipped import FRAMEWORK

KINDS = [(category, small) for category in "BC" for small in (True, False)]
PART_CASES = [
    (question, category, small)
    for category, small in KINDS
    for question in independent.PARTS
    if question in independent.MAXIMA[category]
]
EDGES = (20, 25, 40, 50, 60, 75, 90)
SHARES = sorted(
    {Fraction(0), Fraction(100), Fraction(9999, 100)}
    | {
        edge + shift
        for edge in EDGES
        for shift in (Fraction(-1, 100), Fraction(0), Fraction(1, 100))
    }
)
PERCENT_CASES = [
    (question, category, small, share)
    for category, small in KINDS
    for question in independent.PERCENT_QUESTIONS
    if question in independent.MAXIMA[category]
    for share in SHARES
]


def company(category, small):
    if small:
        return CompanyProfile(category=Category(category), employees=24, turnover_eur=5_000_000)
    return CompanyProfile(category=Category(category), employees=250, turnover_eur=60_000_000)


def halves_given(question, category, small, answer):
    scored = score(FRAMEWORK, company(category, small), {question: answer})
    return scored.question(question).points * 2


@pytest.mark.parametrize(("question", "category", "small"), PART_CASES)
def test_every_mix_of_parts_gives_the_points_worked_out_by_hand(question, category, small):
    parts = independent.PARTS[question].split()
    verdicts = set()
    for count in range(len(parts) + 1):
        for mix in combinations(parts, count):
            answer = Answer(components=frozenset(mix))
            scored = score(FRAMEWORK, company(category, small), {question: answer})
            given = scored.question(question)
            verdicts.add(given.verdict)
            assert given.points * 2 == independent.halves(question, category, small, mix), mix
    assert {Verdict.NO, Verdict.FULLY} <= verdicts


@pytest.mark.parametrize(("question", "category", "small", "share"), PERCENT_CASES)
def test_each_edge_of_each_band_falls_on_the_published_side(question, category, small, share):
    given = halves_given(question, category, small, Answer(percent=share))
    assert given == independent.halves(question, category, small, percent=share)


@pytest.mark.parametrize(("category", "small"), KINDS)
@pytest.mark.parametrize("count", range(9))
def test_themes_are_counted_over_the_three_questions_together(category, small, count):
    themes = frozenset(sorted(independent.ALL_THEMES)[:count])
    answers = {
        question: Answer(components=themes & own) for question, own in independent.THEMES_OF.items()
    }
    scored = score(FRAMEWORK, company(category, small), answers)
    for question in independent.THEMES_OF:
        by_hand = independent.halves(question, category, small, themes=themes)
        assert scored.question(question).points * 2 == by_hand


# Written out by hand from the text, for those who check by eye:
# question, category, size, parts, half points.
BY_EYE = """
1.1.4  B small  1        2
1.1.4  C large  1,2,3    4
1.1.4  C large  2,3      0
1.1.5  C large  1        0
1.1.5  C large  1,2      4
1.1.5  C large  1,2,3    8
1.1.5  C small  1        4
1.1.5  C small  1,2      8
1.1.5  B large  1        4
1.1.5  B large  1,2      8
1.1.8  C large  2        0
1.1.8  C large  1        4
1.1.10 C large  1        0
1.1.10 C small  1        4
1.1.11 C large  1        4
1.1.11 C large  2        4
1.1.11 C large  2,3      8
1.2.12 C large  1,2      0
1.2.12 C large  1,2,3    6
1.2.12 C small  1,2      6
1.2.12 C small  1,2,3,4  12
1.2.12 C large  1,2,3,4  6
1.3.16 C large  2,3      0
1.3.18 C large  1        0
1.3.18 C small  1        4
2.1.2a C large  1,2,3    4
2.1.2a C small  1,2      4
2.1.2b C small  1        8
2.1.2b C large  1        4
2.1.3  C large  1        0
2.1.3  C large  1,2      4
2.1.3  C large  1,2,3    4
2.1.3  C small  3        4
2.1.3  C small  1,2,3,on_time 8
2.2.5  C large  1        0
2.2.5  C large  1,5      8
2.2.5  C large  1,4      8
2.2.5  C large  1,4,5    16
2.2.5  C large  2,3,4,5  0
2.2.5  C small  1        8
2.2.5  C small  1,5      16
2.4.8  C large  1,3      0
2.4.8  C large  1,2      8
2.4.9  C small  1,2      16
3.1.1  C large  2        10
3.1.2  C large  1,2,3    24
3.1.2  C small  3        12
3.2.3  C large  1        12
3.2.3  C large  2        0
3.2.5  C small  1,2      8
3.3.7  C large  1,2      12
3.3.7  C small  1,2      24
4.1.1  C large  1,2,3,4  12
4.1.1  C small  1,2,3,4  24
4.2.3  C large  2,3,4    16
4.2.3  C large  1,3      8
4.2.3  C large  2,3      0
4.2.3  C small  2,3      16
4.2.3  C small  1,3      16
4.2.4  C large  1,2      4
4.2.4  C small  1,2      8
5.1    B large  1        20
5.1    B large  1,2      40
5.1    C large  1,2      20
5.1    C large  1,2,3,4  20
5.2    C small  2        4
5.2    C large  2        0
6.1.1  C small  1,2,3,4,6 8
6.1.1  C large  1,2,3,4,6 4
6.2.3  C large  learning 8
6.2.4  C large  3        0
6.2.5  C small  1,2      8
"""


@pytest.mark.parametrize("row", BY_EYE.split("\n")[1:-1])
def test_a_case_read_from_the_text_gives_the_half_points_written_beside_it(row):
    question, category, size, parts, expected = row.split()
    answer = Answer(components=frozenset(parts.split(",")))
    assert halves_given(question, category, size == "small", answer) == int(expected)


def drawn_answers(random, category):
    """One company's answers at random, rather full than empty so that high levels are met."""
    fullness = random.choice((0.4, 0.8, 0.9, 0.95, 0.97, 1))
    answers = {}
    for question in independent.MAXIMA[category]:
        if question in independent.THEMES_OF:
            pool = sorted(independent.THEMES_OF[question])
        else:
            pool = independent.PARTS.get(question, "").split()
        parts = frozenset(part for part in pool if random.random() < fullness)
        high = (*SHARES[-8:], *[Fraction(100)] * 8)
        percent = random.choice(high if random.random() < fullness else SHARES)
        if question in independent.PERCENT_QUESTIONS:
            answers[question] = Answer(percent=percent)
        else:
            answers[question] = Answer(components=parts)
    return answers


def by_hand(answers, category, small):
    themes = frozenset().union(*(answers[name].components for name in independent.THEMES_OF))
    return {
        question: independent.halves(
            question, category, small, answer.components, answer.percent or 0, themes
        )
        for question, answer in answers.items()
    }


@pytest.mark.parametrize("seed", range(240))
def test_a_whole_company_gets_the_total_shares_and_levels_worked_out_by_hand(seed):
    random = Random(seed)
    category, small = KINDS[seed % 4]
    answers = drawn_answers(random, category)
    scored = score(FRAMEWORK, company(category, small), answers)
    halves = by_hand(answers, category, small)
    total = sum(halves.values())
    met = {name for name, each in halves.items() if each == 2 * independent.MAXIMA[category][name]}
    assert scored.points * 2 == total
    for denominator, whole in (
        (Denominator.DECLARED, {"B": 100, "C": 250}[category]),
        (Denominator.MAXIMA, {"B": 100, "C": 252}[category]),
    ):
        figure = scored.by(denominator)
        assert figure.total == whole
        assert figure.percent == Fraction(total * 100, 2 * whole)
        assert figure.level == independent.level(
            category, whole, total, answers["2.1.1c"].percent, answers["2.1.1b"].percent, met
        )


def test_the_drawn_companies_reach_every_level():
    reached = set()
    for seed in range(240):
        category, small = KINDS[seed % 4]
        answers = drawn_answers(Random(seed), category)
        reached.add((category, score(FRAMEWORK, company(category, small), answers).level))
    assert {("B", number) for number in range(5)} <= reached
    assert {("C", number) for number in (0, 1, 2, 3, 5)} <= reached
