"""What the register shows and what a company states become answers; the two stay apart (S4)."""

from datetime import date
from fractions import Fraction

import pytest

from monitoring.evaluation.answering import answers_from
from monitoring.evaluation.answers import Applies, Progress
from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.evidence import Bearing
from monitoring.evaluation.fact_readings import READINGS
from monitoring.evaluation.framework import PERCENT
from monitoring.evaluation.proofs import PROVABLE, evidence_from
from monitoring.evaluation.reading import Fact
from monitoring.evaluation.register_facts import (
    AwarenessAct,
    CheckKind,
    ConsultationFact,
    Handled,
    HarmFact,
    IndicatorFact,
    JointAction,
    Kept,
    MeasuredBy,
    MechanismFacts,
    RegisterFacts,
    Share,
    SiteCheck,
    SupplierMechanism,
    Topic,
)
from monitoring.evaluation.scoring import score
from tests.shipped import FRAMEWORK

TODAY = date(2026, 11, 20)
LAST_YEAR = date(2025, 12, 1)
LARGE = CompanyProfile(category=Category.C, employees=250, turnover_eur=60_000_000)
SMALL = CompanyProfile(category=Category.C, employees=10, turnover_eur=1_000_000)


def answers(facts=None, attestations=(), company=LARGE, today=TODAY):
    return answers_from(
        FRAMEWORK,
        company,
        facts=facts or RegisterFacts(),
        attestations=attestations,
        today=today,
    )


def stated(question, component, *, percent=None, day=LAST_YEAR):
    return Attestation(
        question=question,
        component=component,
        percent=percent,
        document="report-2025.pdf",
        stated_by="Officer",
        day=day,
    )


def round_on(*topics, **more):
    values = {
        "reference": "round-1",
        "topics": frozenset(topics),
        "stakeholders": 4,
        "from_outside": True,
        "in_producing_countries": True,
        "told_outcome": LAST_YEAR,
        "says_how_used": True,
    }
    return ConsultationFact(**(values | more))


MECHANISM = MechanismFacts(
    independent_handlers=True,
    trust_measured=LAST_YEAR,
    entries=3,
    languages=Share(part=5, whole=5),
    open_to_outsiders=True,
    limits_published=LAST_YEAR,
    acknowledged=Kept(in_time=36, missed=4, until=LAST_YEAR),
    answered=Kept(in_time=9, missed=1, until=LAST_YEAR),
    both_sides_heard=Handled(done=3, last_done=LAST_YEAR),
    appeal_possible=True,
    figures_published=LAST_YEAR,
    keeps_court_rights=True,
    remedy_judged=Handled(done=2, last_done=LAST_YEAR),
    last_review=LAST_YEAR,
)
DONE = Handled(done=6, last_done=LAST_YEAR, references=("finding-1", "finding-2"))
EVERYTHING = RegisterFacts(
    first_links=Share(part=9, whole=10),
    factories=Share(part=8, whole=8),
    quarries=Share(part=3, whole=4),
    factories_with_risks=Share(part=7, whole=8),
    quarries_with_risks=Share(part=3, whole=4),
    chains_with_involvement=Share(part=6, whole=10),
    complaints_mapped=DONE,
    complaints_reassessed=DONE,
    risk_reviews=(LAST_YEAR,),
    site_checks=tuple(SiteCheck(reference=kind, kind=kind, day=LAST_YEAR) for kind in CheckKind),
    consultations=(
        round_on(*Topic),
        round_on(*Topic, reference="round-2", together_with_others=True),
        round_on(Topic.EVALUATION, reference="round-0", told_outcome=date(2024, 6, 1)),
    ),
    findings_ranked=DONE,
    chosen_with_reason=DONE,
    not_chosen_with_reason=DONE,
    harms=(
        HarmFact(
            reference="finding-1",
            known=date(2025, 6, 1),
            stopped=LAST_YEAR,
            remedied=LAST_YEAR,
            leverage_used=LAST_YEAR,
            shown_to_outsiders=LAST_YEAR,
            harmed_consulted=LAST_YEAR,
        ),
    ),
    joint_actions=tuple(
        JointAction(reference=kind, measured_by=kind, last_report=LAST_YEAR) for kind in MeasuredBy
    ),
    indicators=(
        IndicatorFact(
            reference="share",
            is_quantitative=True,
            set_with_stakeholders=True,
            last_reading=LAST_YEAR,
        ),
        IndicatorFact(
            reference="words",
            is_quantitative=False,
            set_with_stakeholders=False,
            last_reading=LAST_YEAR,
        ),
    ),
    mechanism=MECHANISM,
    awareness=(AwarenessAct(reference="poster", day=LAST_YEAR),),
    supplier_mechanisms=(
        SupplierMechanism(
            reference="site-1",
            encouraged=LAST_YEAR,
            checked_on_visit=LAST_YEAR,
            verified_independently=LAST_YEAR,
        ),
    ),
)


def test_every_fact_has_a_reading_and_is_used():
    assert set(READINGS) == set(Fact)
    assert {proof.fact for proof in PROVABLE.values()} == set(Fact)


def test_every_provable_part_is_a_part_of_its_question():
    for name, part in PROVABLE:
        question = FRAMEWORK.question(name)
        assert part == PERCENT or question.component(part) is not None, (name, part)


def test_a_register_that_knows_everything_shows_every_provable_part():
    found = answers(EVERYTHING)
    for question, part in PROVABLE:
        if part == PERCENT:
            assert found[question].percent is not None
        else:
            assert part in found[question].components, (question, part)
    stated = {
        (each.question, each.component)
        for each in evidence_from(EVERYTHING, TODAY)
        if not each.evidence.is_proven
    }
    # Whom it asked about its involvement a company writes down itself (S4).
    assert stated == {("6.1.1", "5")}


def test_a_register_that_knows_nothing_shows_nothing():
    assert evidence_from(RegisterFacts(), TODAY) == ()


def test_shares_are_exact():
    assert answers(EVERYTHING)["2.2.4a"].percent == Fraction(175, 2)


def test_what_is_stated_holds_and_is_not_proven():
    found = score(FRAMEWORK, LARGE, answers(attestations=[stated("5.1", p) for p in "12345"]))
    assert found.question("5.1").points == 20
    assert found.question("5.1").points_proven == 0


def test_what_is_shown_counts_as_proven():
    found = score(FRAMEWORK, LARGE, answers(EVERYTHING))
    assert found.question("2.4.8").points_proven == 8
    assert found.question("3.1.1").points_proven == 10
    assert found.points_proven == found.points


def test_a_mixed_answer_tells_the_two_apart():
    facts = RegisterFacts(complaints_mapped=DONE)
    found = score(
        FRAMEWORK, LARGE, answers(facts, [stated("2.2.5", "5"), stated("2.2.5", "4")])
    ).question("2.2.5")
    assert (found.points, found.points_proven) == (8, 0)


def test_where_the_register_counts_a_stated_share_does_not():
    facts = RegisterFacts(factories=Share(part=1, whole=2))
    found = answers(facts, [stated("2.1.1b", PERCENT, percent=Fraction(100))])
    assert found["2.1.1b"].percent == 50


def test_a_stated_share_fills_what_the_register_does_not_know():
    found = answers(attestations=[stated("2.1.1a", PERCENT, percent=Fraction(80))])
    assert found["2.1.1a"].percent == 80


def test_the_latest_stated_share_counts():
    found = answers(
        attestations=[
            stated("2.1.1a", PERCENT, percent=Fraction(80), day=date(2026, 1, 1)),
            stated("2.1.1a", PERCENT, percent=Fraction(90), day=date(2025, 1, 1)),
        ]
    )
    assert found["2.1.1a"].percent == 80


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2024, 11, 20), True), (date(2024, 11, 19), False), (date(2026, 11, 21), False)],
)
def test_evidence_of_2_2_5_counts_for_two_years_to_the_day(day, holds):
    assert (
        "4" in answers(attestations=[stated("2.2.5", "4", day=day)])["2.2.5"].components
    ) == holds
    facts = RegisterFacts(complaints_mapped=Handled(done=1, last_done=min(day, TODAY)))
    if day <= TODAY:
        assert ("1" in answers(facts)["2.2.5"].components) == holds


@pytest.mark.parametrize(
    ("company", "day", "on_time"),
    [
        (LARGE, date(2025, 11, 20), True),
        (LARGE, date(2025, 11, 19), False),
        (SMALL, date(2025, 11, 19), True),
        (SMALL, date(2024, 11, 19), False),
    ],
)
def test_a_risk_review_is_on_time_for_a_year_and_for_two_at_small_companies(company, day, on_time):
    found = answers(RegisterFacts(risk_reviews=(day,)), company=company)
    assert ("on_time" in found["2.1.3"].components) == on_time


def test_a_round_without_an_answer_to_participants_shows_nothing():
    facts = RegisterFacts(consultations=(round_on(*Topic, told_outcome=None),))
    assert evidence_from(facts, TODAY) == ()


def test_one_stakeholder_is_not_several():
    facts = RegisterFacts(consultations=(round_on(Topic.COUNTRY_RISKS, stakeholders=1),))
    assert answers(facts)["2.1.2a"].components == frozenset()


def test_regular_needs_two_rounds_within_two_years():
    once = RegisterFacts(consultations=(round_on(Topic.EVALUATION),))
    assert "4" not in answers(once)["4.2.3"].components
    far = round_on(Topic.EVALUATION, told_outcome=date(2023, 11, 30))
    assert (
        "4"
        not in answers(RegisterFacts(consultations=(*once.consultations, far)))["4.2.3"].components
    )


def test_no_complaint_is_no_proof_that_complaints_are_used():
    assert "1" not in answers(RegisterFacts())["2.2.5"].components


@pytest.mark.parametrize(
    ("facts", "question", "part"),
    [
        (RegisterFacts(complaints_mapped=Handled(overdue=1)), "2.2.5", "1"),
        (RegisterFacts(complaints_mapped=Handled(overdue=1)), "2.1.2a", "3"),
        (RegisterFacts(complaints_reassessed=Handled(overdue=1)), "2.1.3", "3"),
        (RegisterFacts(findings_ranked=Handled(overdue=1)), "2.4.8", "1"),
        (
            RegisterFacts(
                mechanism=MechanismFacts(answered=Kept(in_time=8, missed=2, until=TODAY))
            ),
            "6.2.3",
            "predictable",
        ),
        (
            RegisterFacts(mechanism=MechanismFacts(remedy_judged=Handled(overdue=1))),
            "6.2.3",
            "rights_compatible",
        ),
        (RegisterFacts(harms=(HarmFact(reference="f", known=date(2025, 11, 1)),)), "6.1.1", "6"),
    ],
)
def test_lateness_refutes_what_the_company_states(facts, question, part):
    claimed = [stated(question, part)]
    assert part in answers(attestations=claimed)[question].components
    found = answers(facts, claimed)[question]
    assert part not in found.components
    assert any(each.bearing is Bearing.REFUTES for each in found.evidence)


@pytest.mark.parametrize(
    ("company", "known", "expected"),
    [
        (LARGE, date(2025, 11, 20), (Progress.RUNNING,) * 3),
        (LARGE, date(2025, 11, 19), (Progress.OVERDUE, Progress.RUNNING, Progress.RUNNING)),
        (LARGE, date(2024, 11, 20), (Progress.OVERDUE, Progress.RUNNING, Progress.RUNNING)),
        (LARGE, date(2024, 11, 19), (Progress.OVERDUE,) * 3),
        (SMALL, date(2024, 11, 19), (Progress.OVERDUE, Progress.RUNNING, Progress.RUNNING)),
        (SMALL, date(2023, 11, 19), (Progress.OVERDUE,) * 3),
    ],
)
def test_limits_of_a_harm_run_to_their_last_day(company, known, expected):
    facts = RegisterFacts(harms=(HarmFact(reference="f", known=known),))
    (harm,) = answers(facts, company=company)["3.1.1"].harms
    assert tuple(harm.components[part] for part in "123") == expected


def test_what_was_done_a_day_late_is_late():
    harm = HarmFact(
        reference="f",
        known=date(2025, 3, 1),
        stopped=date(2026, 3, 2),
        remedied=date(2026, 3, 1),
    )
    (found,) = answers(RegisterFacts(harms=(harm,)))["3.1.1"].harms
    assert found.components == {
        "1": Progress.LATE,
        "2": Progress.IN_TIME,
        "3": Progress.RUNNING,
    }


def test_harm_that_was_dealt_with_counts_for_two_more_years():
    def harms(last):
        done = HarmFact(
            reference="f", known=date(2023, 1, 1), stopped=last, remedied=last, leverage_used=last
        )
        return answers(RegisterFacts(harms=(done,)))["3.1.1"].harms

    assert len(harms(date(2024, 11, 20))) == 1
    assert harms(date(2024, 11, 19)) == ()


def test_harm_that_the_company_is_only_linked_to_is_not_its_own():
    linked = HarmFact(reference="f", known=date(2020, 1, 1), is_only_linked=True)
    assert answers(RegisterFacts(harms=(linked,)))["3.1.1"].harms == ()


@pytest.mark.parametrize(
    ("question", "facts", "applies"),
    [
        ("3.1.1", RegisterFacts(), Applies.CLAIMED_NOT),
        (
            "3.1.2",
            RegisterFacts(harms=(HarmFact(reference="f", known=date(2025, 11, 20)),)),
            Applies.NOT_YET,
        ),
        (
            "3.1.2",
            RegisterFacts(harms=(HarmFact(reference="f", known=date(2025, 11, 19)),)),
            Applies.YES,
        ),
        (
            "3.1.2",
            RegisterFacts(
                harms=(HarmFact(reference="f", known=date(2020, 1, 1), is_only_linked=True),)
            ),
            Applies.CLAIMED_NOT,
        ),
        (
            "3.2.3",
            RegisterFacts(
                harms=(HarmFact(reference="f", known=date(2020, 1, 1), is_only_linked=True),)
            ),
            Applies.YES,
        ),
        ("3.2.5", RegisterFacts(exits=(TODAY,)), Applies.YES),
        ("3.2.5", RegisterFacts(), Applies.CLAIMED_NOT),
        ("2.4.8", RegisterFacts(), Applies.YES),
    ],
)
def test_a_claim_stands_until_the_register_knows_better(question, facts, applies):
    found = answers(facts, [stated(question, NOT_APPLICABLE)])
    assert found[question].applies is applies


def test_without_a_claim_every_question_applies():
    assert all(each.applies is Applies.YES for each in answers(EVERYTHING).values())


def test_evidence_tells_no_number_of_complaints():
    """K1: how many complaints there were is for the release to tell, not for the score."""
    for each in evidence_from(EVERYTHING, TODAY):
        values = each.evidence.summary.values
        assert each.component == PERCENT or not values


@pytest.mark.parametrize("part", ["legitimate", "accessible", "predictable", "equitable"])
def test_a_criterion_is_not_shown_by_a_set_up_that_nobody_used(part):
    unused = MechanismFacts(
        independent_handlers=True,
        entries=3,
        open_to_outsiders=True,
        appeal_possible=True,
        limits_published=LAST_YEAR,
    )
    assert part not in answers(RegisterFacts(mechanism=unused))["6.2.3"].components


@pytest.mark.parametrize(
    "build",
    [
        lambda: Share(part=2, whole=1),
        lambda: Share(part=-1, whole=1),
        lambda: Handled(done=1),
        lambda: Handled(overdue=-1),
        lambda: Kept(in_time=1),
        lambda: Kept(missed=-1),
    ],
)
def test_facts_that_cannot_be_are_not_built(build):
    with pytest.raises(ValueError, match=r"."):
        build()
