"""What must hold whatever the answers: more never lowers, and a complaint never does (S5)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.evaluation.answering import answers_from
from monitoring.evaluation.answers import Answer, Applies
from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.framework import Denominator
from monitoring.evaluation.register_facts import (
    Handled,
    HarmFact,
    Kept,
    MechanismFacts,
    RegisterFacts,
    Share,
)
from monitoring.evaluation.scoring import score
from tests.monitoring.evaluation import independent
from tests.shipped import FRAMEWORK

TODAY = date(2026, 11, 20)
SEVERAL = settings(max_examples=60, deadline=None)

companies = st.builds(
    CompanyProfile,
    category=st.sampled_from(Category),
    employees=st.sampled_from((5, 24, 25, 300)),
    turnover_eur=st.sampled_from((1_000_000, 5_000_000, 5_000_001)),
)
PARTS = {name: (*parts.split(),) for name, parts in independent.PARTS.items()} | {
    name: (*sorted(themes),) for name, themes in independent.THEMES_OF.items()
}
QUESTIONS = sorted(independent.MAX_C)


@st.composite
def answers(draw):
    """Answers to all questions: a random mix, some questions claimed not to apply."""
    random = draw(st.randoms(use_true_random=False))
    fullness = draw(st.sampled_from((0.2, 0.6, 0.9, 1)))
    found = {}
    for name in QUESTIONS:
        parts = frozenset(each for each in PARTS.get(name, ()) if random.random() < fullness)
        percent = (
            Fraction(random.randint(0, 400), 4) if random.random() > fullness else Fraction(100)
        )
        applies = random.choice([Applies.YES, Applies.YES, *Applies])
        found[name] = Answer(components=parts, percent=percent, applies=applies)
    return found


def never_lower(before, after):
    for denominator in Denominator:
        assert after.by(denominator).percent >= before.by(denominator).percent
        assert after.by(denominator).level >= before.by(denominator).level
    assert after.points >= before.points


@SEVERAL
@given(companies, answers(), st.sampled_from(QUESTIONS), st.data())
def test_a_part_more_never_lowers_points_shares_or_level(company, given_answers, name, data):
    before = score(FRAMEWORK, company, given_answers)
    if name in PARTS:
        more = {data.draw(st.sampled_from(PARTS[name]))}
        better = replace(given_answers[name], components=given_answers[name].components | more)
    else:
        higher = data.draw(st.integers(0, 100)) + given_answers[name].percent
        # A share that makes a claim acceptable is the one exception; see the test below.
        if name == "2.3.7" and given_answers[name].percent <= 50:
            higher = given_answers[name].percent
        better = replace(given_answers[name], percent=min(Fraction(100), higher))
    never_lower(before, score(FRAMEWORK, company, given_answers | {name: better}))


def test_the_exception_half_points_leave_with_a_question_whose_claim_becomes_supported():
    """Written down in docs/decisions/evaluation.md: a claim is a statement, not evidence."""
    company = CompanyProfile(category=Category.C, employees=300, turnover_eur=10**8)
    partly = Answer(components=frozenset({"1"}), applies=Applies.CLAIMED_NOT)
    unsupported = {"3.1.2": partly, "2.3.7": Answer(percent=Fraction(50))}
    supported = {"3.1.2": partly, "2.3.7": Answer(percent=Fraction(51))}
    assert score(FRAMEWORK, company, unsupported).points == 6 + 2
    assert score(FRAMEWORK, company, supported).points == 4


@SEVERAL
@given(companies, answers())
def test_points_never_exceed_their_maximum_and_steps_add_up(company, given_answers):
    found = score(FRAMEWORK, company, given_answers)
    for each in found.questions:
        assert 0 <= each.points_proven <= each.points <= each.max
        assert (each.points * 2).denominator == 1
    assert sum(each.points for each in found.steps) == found.points
    figure = found.by(Denominator.MAXIMA)
    assert 0 <= figure.percent <= 100
    assert figure.total == sum(each.max for each in found.questions if each.counts)


@SEVERAL
@given(companies, answers())
def test_a_level_that_is_reached_has_every_lower_level_under_it(company, given_answers):
    for figure in score(FRAMEWORK, company, given_answers).figures:
        reached = [each.is_reached for each in figure.levels]
        assert reached == sorted(reached, reverse=True)
        assert figure.level == sum(reached)


@SEVERAL
@given(companies, answers())
def test_the_same_answers_give_the_same_score(company, given_answers):
    assert score(FRAMEWORK, company, given_answers) == score(FRAMEWORK, company, given_answers)


days = st.integers(0, 1500).map(lambda ago: TODAY - timedelta(days=ago))
handled = st.builds(
    lambda done, overdue, day: Handled(done=done, overdue=overdue, last_done=day if done else None),
    st.integers(0, 5),
    st.sampled_from((0, 0, 1)),
    days,
)
kept = st.builds(
    lambda in_time, missed, day: Kept(
        in_time=in_time, missed=missed, until=day if in_time or missed else None
    ),
    st.integers(0, 20),
    st.integers(0, 3),
    days,
)
harm_days = st.one_of(st.none(), days)
harms = st.builds(
    HarmFact,
    reference=st.uuids().map(str),
    known=days,
    is_only_linked=st.booleans(),
    stopped=harm_days,
    remedied=harm_days,
    leverage_used=harm_days,
    shown_to_outsiders=harm_days,
    harmed_consulted=harm_days,
)
facts = st.builds(
    RegisterFacts,
    factories=st.just(Share(part=4, whole=4)),
    quarries=st.just(Share(part=4, whole=4)),
    chains_with_involvement=st.sampled_from((Share(part=1, whole=4), Share(part=3, whole=4))),
    complaints_mapped=handled,
    complaints_reassessed=handled,
    findings_ranked=handled,
    mechanism=st.builds(
        MechanismFacts,
        acknowledged=kept,
        answered=kept,
        both_sides_heard=handled,
        remedy_judged=handled,
        appeal_possible=st.just(True),
        keeps_court_rights=st.just(True),
        limits_published=st.just(date(2024, 1, 1)),
        figures_published=st.just(date(2026, 10, 1)),
    ),
    harms=st.lists(harms, max_size=3).map(tuple),
)


@st.composite
def statements(draw):
    random = draw(st.randoms(use_true_random=False))
    return [
        Attestation(
            question=name,
            component=part,
            document="d",
            stated_by="o",
            day=date(2026, 3, 1),
        )
        for name in QUESTIONS
        for part in (*PARTS.get(name, ()), NOT_APPLICABLE)
        if random.random() < 0.8
    ]


def score_of(company, known, stated, today=TODAY):
    found = answers_from(FRAMEWORK, company, facts=known, attestations=stated, today=today)
    return score(FRAMEWORK, company, found)


@SEVERAL
@given(companies, facts, statements(), st.booleans())
def test_a_complaint_that_came_in_never_lowers_the_score(company, known, stated, is_linked):
    """It brings a harm that became known today; its limits run, so it is not yet in any count."""
    harm = HarmFact(reference="new", known=TODAY, is_only_linked=is_linked)
    after = replace(known, harms=(*known.harms, harm))
    never_lower(score_of(company, known, stated), score_of(company, after, stated))


@SEVERAL
@given(companies, facts, statements(), st.integers(0, 365))
def test_a_new_harm_never_lowers_the_score_while_its_year_runs(company, known, stated, ago):
    harm = HarmFact(reference="new", known=TODAY - timedelta(days=ago))
    after = replace(known, harms=(*known.harms, harm))
    never_lower(score_of(company, known, stated), score_of(company, after, stated))


def one_more(each):
    return replace(each, done=each.done + 1, last_done=TODAY)


def one_more_in_time(each):
    return replace(each, in_time=each.in_time + 1, until=TODAY)


@SEVERAL
@given(companies, facts, statements())
def test_a_complaint_that_was_handled_well_never_lowers_the_score(company, known, stated):
    mechanism = known.mechanism
    after = replace(
        known,
        complaints_mapped=one_more(known.complaints_mapped),
        complaints_reassessed=one_more(known.complaints_reassessed),
        findings_ranked=one_more(known.findings_ranked),
        mechanism=replace(
            mechanism,
            acknowledged=one_more_in_time(mechanism.acknowledged),
            answered=one_more_in_time(mechanism.answered),
            both_sides_heard=one_more(mechanism.both_sides_heard),
            remedy_judged=one_more(mechanism.remedy_judged),
        ),
    )
    never_lower(score_of(company, known, stated), score_of(company, after, stated))


def test_silence_lateness_and_unresolved_harm_do_lower_it():
    company = CompanyProfile(category=Category.C, employees=300, turnover_eur=10**8)
    stated = [
        Attestation(
            question=name, component=part, document="d", stated_by="o", day=date(2026, 3, 1)
        )
        for name in QUESTIONS
        for part in PARTS.get(name, ())
    ]
    good = RegisterFacts(factories=Share(part=1, whole=1), quarries=Share(part=1, whole=1))
    best = score_of(company, good, stated)
    for worse in (
        replace(good, complaints_mapped=Handled(overdue=1)),
        replace(good, mechanism=MechanismFacts(answered=Kept(missed=1, until=TODAY))),
        replace(good, harms=(HarmFact(reference="f", known=date(2025, 1, 1)),)),
    ):
        assert score_of(company, worse, stated).points < best.points
    assert score_of(company, good, stated, today=date(2029, 3, 1)).points < best.points
