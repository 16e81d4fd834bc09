"""A report says for every point what gave it, in both languages."""

from datetime import date
from fractions import Fraction

from flows.values import Text
from monitoring.evaluation.answering import answers_from
from monitoring.evaluation.answers import Answer
from monitoring.evaluation.attestation import Attestation
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.criteria import Verdict
from monitoring.evaluation.evidence import Source
from monitoring.evaluation.indicators import TITLES, Indicator, indicator_shares
from monitoring.evaluation.register_facts import Handled, RegisterFacts, Share
from monitoring.evaluation.report import report_of
from monitoring.evaluation.rule_words import ALL, EITHER, ONE, demands
from monitoring.evaluation.rules import AllOf, AnyOf, Or
from monitoring.evaluation.scoring import score
from tests.shipped import FRAMEWORK

TODAY = date(2026, 11, 20)
COMPANY = CompanyProfile(category=Category.C, employees=250, turnover_eur=60_000_000)
FACTS = RegisterFacts(
    factories=Share(part=3, whole=4),
    complaints_mapped=Handled(done=6, last_done=date(2026, 9, 30), references=("finding-7",)),
    complaints_reassessed=Handled(overdue=1),
)


def stated(question, part):
    return Attestation(
        question=question, component=part, document="doc", stated_by="O", day=date(2026, 1, 1)
    )


def filled():
    statements = [stated("2.2.5", "4"), stated("2.1.3", "2"), stated("2.1.3", "3")]
    found = answers_from(FRAMEWORK, COMPANY, facts=FACTS, attestations=statements, today=TODAY)
    return report_of(FRAMEWORK, score(FRAMEWORK, COMPANY, found))


def question(report, name):
    return next(each for step in report.steps for each in step.questions if each.id == name)


def test_every_question_stands_under_its_step():
    report = filled()
    assert [each.step.id for each in report.steps] == [each.id for each in FRAMEWORK.steps]
    assert sum(len(each.questions) for each in report.steps) == 39


def test_each_part_says_what_shows_it_and_whether_that_is_proof():
    parts = {each.id: each for each in question(filled(), "2.2.5").parts}
    assert parts["1"].holds and parts["1"].is_proven
    assert parts["1"].shown_by[0].evidence.reference == "finding-7"
    assert parts["4"].holds and not parts["4"].is_proven
    assert parts["4"].shown_by[0].evidence.source is Source.ATTESTATION
    assert not parts["5"].holds


def test_a_part_that_is_refuted_shows_both_sides():
    part = {each.id: each for each in question(filled(), "2.1.3").parts}["3"]
    assert not part.holds
    assert part.shown_by and part.refuted_by


def test_a_share_shows_its_source():
    found = question(filled(), "2.1.1b")
    assert found.percent == 75
    assert found.evidence[0].evidence.summary.values == {"part": 3, "whole": 4}


def test_both_denominators_are_shown_with_the_one_that_decides():
    report = filled()
    assert (report.deciding.total, report.other.total) == (252, 250)
    assert report.denominators_agree
    assert report.next_level.number == 1


def test_assumptions_come_with_their_words():
    answers = {"1.1.8": Answer(components=frozenset("2"))}
    report = report_of(FRAMEWORK, score(FRAMEWORK, COMPANY, answers))
    (found,) = question(report, "1.1.8").assumptions
    assert found.in_language("nl") != found.in_language("en")
    assert report.assumptions[0][1] == found


def test_rules_are_told_as_headings_over_parts():
    rules = dict(question(filled(), "2.2.5").rules)
    first, second = rules[Verdict.FULLY]
    assert (first.heading, first.parts) == (Text(msgid=ALL), ("1", "5"))
    assert (second.heading, second.parts) == (Text(msgid=ONE), ("2", "3", "4"))


def test_a_choice_between_rules_is_told_as_ways():
    (demand,) = demands(Or(rules=(AllOf(of=("1",)), AnyOf(of=("2", "3")))))
    assert demand.heading == Text(msgid=EITHER)
    assert [way[0].parts for way in demand.ways] == [("1",), ("2", "3")]


def test_every_kind_of_criterion_has_words():
    report = filled()
    for step in report.steps:
        for each in step.questions:
            assert each.rules
            for _, found in each.rules:
                assert all(demand.heading.msgid for demand in found)


def test_no_part_of_a_rule_is_without_words():
    for step in filled().steps:
        for each in step.questions:
            worded = {part.id for part in each.parts}
            named = {part for _, found in each.rules for demand in found for part in demand.parts}
            assert named <= worded


def test_the_indicators_have_titles_and_an_unknown_one_is_not_nought():
    shares = indicator_shares(RegisterFacts(people_satisfied=Share(part=1, whole=4)))
    assert set(shares) == set(Indicator) == set(TITLES)
    assert shares[Indicator.PEOPLE_SATISFIED].percent == Fraction(25)
    assert shares[Indicator.SITES_AUDITED].percent is None
