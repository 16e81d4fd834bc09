"""What would lift a question really lifts it, and nothing less does."""

from fractions import Fraction

import pytest

from monitoring.evaluation.answers import Answer, HarmProgress, Progress
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.criteria import Decision, Verdict
from monitoring.evaluation.lifting import AddComponents, CoverThemes, DealWithHarms, ReachPercent
from monitoring.evaluation.scoring import score
from tests.monitoring.evaluation import independent
from tests.shipped import FRAMEWORK

SIZES = {True: (24, 5_000_000), False: (250, 60_000_000)}


def company(small=False, category="C"):
    employees, turnover = SIZES[small]
    return CompanyProfile(category=Category(category), employees=employees, turnover_eur=turnover)


def scored(question, answer, *, small=False):
    return score(FRAMEWORK, company(small), {question: answer}).question(question)


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("question", sorted(independent.PARTS))
def test_every_way_that_is_named_gives_the_points_that_are_promised(question, small):
    parts = independent.PARTS[question].split()
    for start in range(len(parts) + 1):
        answer = Answer(components=frozenset(parts[start:]))
        lift = scored(question, answer, small=small).lift
        if lift is None:
            continue
        assert isinstance(lift.needed, AddComponents)
        for way in lift.needed.ways:
            lifted = scored(question, Answer(components=answer.components | way), small=small)
            assert lifted.points >= lift.points
            for part in way:
                less = Answer(components=answer.components | way - {part})
                assert scored(question, less, small=small).points < lift.points


@pytest.mark.parametrize("question", independent.PERCENT_QUESTIONS)
@pytest.mark.parametrize("share", [0, 24, 25, 49, 50, 74, 75, 89, 99])
def test_the_share_that_is_named_is_the_next_edge(question, share):
    before = scored(question, Answer(percent=Fraction(share)))
    if before.lift is None:
        assert before.points == before.max
        return
    needed = before.lift.needed
    assert isinstance(needed, ReachPercent)
    goal = needed.percent if needed.is_included else needed.percent + Fraction(1, 1000)
    assert scored(question, Answer(percent=goal)).points == before.lift.points
    just_under = goal - Fraction(1, 1000) if needed.is_included else needed.percent
    assert scored(question, Answer(percent=just_under)).points < before.lift.points


def test_themes_say_how_many_more_and_which():
    lift = scored("1.1.2", Answer(components=frozenset({"child_labour", "living_wage"}))).lift
    assert isinstance(lift.needed, CoverThemes)
    assert lift.needed.count == 3
    assert lift.needed.themes == independent.ALL_THEMES - {"child_labour", "living_wage"}


def harm(reference, *steps):
    return HarmProgress(reference=reference, components=dict(zip("123", steps, strict=True)))


IN_TIME, LATE, RUNNING, OVERDUE = Progress


@pytest.mark.parametrize(
    ("harms", "verdict", "running"),
    [
        ([(IN_TIME, IN_TIME, IN_TIME)], Verdict.FULLY, False),
        ([(IN_TIME, RUNNING, RUNNING)], Verdict.FULLY, True),
        ([(RUNNING, RUNNING, RUNNING)], Verdict.NO, True),
        ([(LATE, IN_TIME, IN_TIME)], Verdict.PARTLY, False),
        ([(OVERDUE, RUNNING, RUNNING)], Verdict.NO, True),
        ([(OVERDUE, OVERDUE, OVERDUE)], Verdict.NO, False),
        ([(IN_TIME, OVERDUE, IN_TIME)], Verdict.PARTLY, False),
        ([(IN_TIME,) * 3, (RUNNING,) * 3], Verdict.FULLY, True),
        ([(IN_TIME,) * 3, (OVERDUE,) * 3], Verdict.PARTLY, False),
    ],
)
def test_harms_are_judged_by_what_is_due(harms, verdict, running):
    answer = Answer(harms=tuple(harm(str(n), *each) for n, each in enumerate(harms)))
    found = scored("3.1.1", answer)
    assert found.verdict is verdict
    assert (Decision.TIME_RUNNING in found.assumptions) == running


def test_what_is_overdue_is_named_harm_by_harm():
    answer = Answer(harms=(harm("finding-a", OVERDUE, RUNNING, OVERDUE),))
    needed = scored("3.1.1", answer).lift.needed
    assert needed == DealWithHarms(overdue=(("finding-a", ("1", "3")),))


def test_only_time_mends_what_was_done_too_late():
    assert scored("3.1.1", Answer(harms=(harm("a", LATE, IN_TIME, IN_TIME),))).lift is None


def test_a_known_harm_outweighs_what_the_company_states():
    answer = Answer(components=frozenset("123"), harms=(harm("a", OVERDUE, OVERDUE, OVERDUE),))
    assert scored("3.1.1", answer).verdict is Verdict.NO


@pytest.mark.parametrize(
    ("question", "parts", "assumption"),
    [
        ("1.1.8", "2", Decision.UNNAMED_MIX),
        ("1.1.4", "1,2", Decision.UNNAMED_MIX),
        ("1.1.4", "1", None),
        ("1.3.18", "1", None),
        ("1.3.18", "2", Decision.UNNAMED_MIX),
        ("1.2.12", "1,2", None),
        ("2.1.2a", "4", None),
        ("1.1.10", "1", Decision.UNNAMED_MIX),
        ("3.1.2", "2", Decision.PARTLY_MEETS),
        ("6.2.3", "learning", Decision.MOSTLY_MEETS),
        ("1.1.10", "", None),
    ],
)
def test_a_verdict_that_the_text_does_not_name_says_that_it_is_ours(question, parts, assumption):
    found = scored(question, Answer(components=frozenset(filter(None, parts.split(",")))))
    expected = () if assumption is None else (assumption,)
    assert tuple(each for each in found.assumptions if each is not Decision.CORE_MET) == expected


@pytest.mark.parametrize(("share", "doubtful"), [(75, True), (90, True), (60, False), (74, False)])
def test_a_share_on_an_edge_that_is_printed_twice_is_marked(share, doubtful):
    found = scored("2.1.1c", Answer(percent=Fraction(share)))
    assert (Decision.BAND_EDGES in found.assumptions) == doubtful
