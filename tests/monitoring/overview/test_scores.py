"""A complaint never lowers a score; being late does."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.company import SizeClass
from monitoring.evaluation.mechanism_facts import MechanismSetup
from monitoring.evaluation.report import QuestionReport, Report
from monitoring.overview.scores import profile_of, score_of, standing_statements
from monitoring.risk.involvement import (
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
)
from register.transitions import Action
from tests.monitoring.overview.village import FACTORY, IMPORTER, QUARRY, Village
from tests.shipped import FRAMEWORK

SETUP = MechanismSetup(limits_published=date(2026, 1, 1))
FEBRUARY, APRIL = date(2026, 2, 10), date(2026, 4, 1)
PEOPLE = tuple(f"person {number}" for number in range(12))


def stated(question: str, component: str) -> Attestation:
    return Attestation(
        question=question,
        component=component,
        document="Policy, page 3",
        stated_by="Oda Sample",
        day=date(2026, 1, 5),
    )


def state(village: Village, *parts: tuple[str, str]) -> None:
    for question, component in parts:
        village.do(
            lambda tx, question=question, component=component: tx.attestations.put(
                IMPORTER.id, stated(question, component)
            )
        )


def report(village: Village, today: date) -> Report:
    found = village.do(lambda tx: score_of(tx, IMPORTER.id, FRAMEWORK, today, mechanism=SETUP))
    assert found is not None
    return found


def question(of: Report, question_id: str) -> QuestionReport:
    return next(each for step in of.steps for each in step.questions if each.id == question_id)


def holds(of: Report, question_id: str, part: str) -> bool:
    return next(each for each in question(of, question_id).parts if each.id == part).holds


def file_all(village: Village, acknowledged: date | None) -> None:
    for person in PEOPLE:
        ref = village.file(person, QUARRY, FEBRUARY, theme="living_wage")
        if acknowledged is not None:
            village.move(ref, Action.ACKNOWLEDGE, acknowledged)


def test_one_more_complaint_in_the_running_quarter_changes_nothing(village: Village) -> None:
    file_all(village, FEBRUARY)
    state(village, ("2.2.5", "2"), ("6.2.3", "predictable"))
    village.pass_to(APRIL)
    before = report(village, date(2026, 4, 2))
    village.file("one more", FACTORY, date(2026, 4, 2), theme="forced_labour", danger="yes")
    village.pass_to(date(2026, 4, 2))
    assert report(village, date(2026, 4, 2)) == before


@pytest.mark.parametrize(
    ("acknowledged", "is_predictable"),
    [(date(2026, 2, 17), True), (date(2026, 2, 18), False), (None, False)],
)
def test_lateness_refutes_what_the_company_states(
    village: Village, acknowledged: date | None, is_predictable: bool
) -> None:
    state(village, ("6.2.3", "predictable"))
    file_all(village, acknowledged)
    assert holds(report(village, date(2026, 3, 30)), "6.2.3", "predictable")
    village.pass_to(APRIL)
    assert holds(report(village, APRIL), "6.2.3", "predictable") is is_predictable


def test_lateness_lowers_the_points(village: Village) -> None:
    state(village, *(("6.2.3", each) for each in _criteria()))
    file_all(village, date(2026, 2, 18))
    before = report(village, date(2026, 3, 30))
    village.pass_to(APRIL)
    after = report(village, APRIL)
    assert question(after, "6.2.3").points < question(before, "6.2.3").points


def test_a_risk_that_nobody_weighs_again_is_late_after_three_months(village: Village) -> None:
    state(village, ("2.1.3", "3"))
    file_all(village, FEBRUARY)
    village.pass_to(APRIL)
    assert holds(report(village, date(2026, 6, 30)), "2.1.3", "3")
    assert not holds(report(village, date(2026, 7, 1)), "2.1.3", "3")


def test_what_is_stated_and_what_is_proven_are_told_apart(village: Village) -> None:
    state(village, ("2.2.5", "2"))
    file_all(village, FEBRUARY)
    village.pass_to(APRIL)
    asked = question(report(village, APRIL), "2.2.5")
    proven = {each.id: each.is_proven for each in asked.parts if each.holds}
    assert proven == {"1": True, "2": False}


def test_a_statement_that_was_withdrawn_counts_no_longer(village: Village) -> None:
    state(village, ("2.2.5", "2"))
    village.do(lambda tx: tx.attestations.withdraw(IMPORTER.id, "2.2.5", "2"))
    assert not holds(report(village, APRIL), "2.2.5", "2")


@pytest.mark.parametrize(
    ("involvement", "today", "is_taken"),
    [
        (Involvement.CAUSE, date(2026, 2, 10), True),
        (Involvement.CAUSE, date(2026, 2, 11), False),
        (Involvement.CONTRIBUTE, date(2026, 2, 11), False),
        (Involvement.LINKED, date(2026, 2, 11), True),
    ],
)
def test_who_is_known_to_cause_harm_cannot_claim_that_nothing_was_caused(
    involvement: Involvement, today: date, is_taken: bool
) -> None:
    entry = InvolvementEntry(
        day=date(2025, 2, 10),
        involvement=involvement,
        ground=InvolvementGround.ASSESSED,
        reason="Looked into.",
        by="oda",
    )
    log = InvolvementLog(
        organisation_id=IMPORTER.id, finding_id="f", is_own_site=False, entries=(entry,)
    )
    claim, other = stated("3.1.1", NOT_APPLICABLE), stated("3.2.5", NOT_APPLICABLE)
    taken = standing_statements((claim, other), (log,), FRAMEWORK, today)
    assert taken == ((claim, other) if is_taken else (other,))


def test_a_company_of_unknown_size_is_not_small() -> None:
    small = replace(IMPORTER, employees=3, turnover_eur=1_000_000)
    sizes = [
        FRAMEWORK.size_of(profile_of(each))
        for each in (small, replace(small, employees=None), replace(small, turnover_eur=None))
    ]
    assert sizes == [SizeClass.SMALL, SizeClass.MEDIUM_LARGE, SizeClass.MEDIUM_LARGE]


def test_points_are_exact(village: Village) -> None:
    assert isinstance(report(village, APRIL).score.points, Fraction)


def _criteria() -> tuple[str, ...]:
    asked = next(each for each in FRAMEWORK.questions if each.id == "6.2.3")
    return tuple(each.id for each in asked.components)
