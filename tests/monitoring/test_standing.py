"""How a case stands as a signal."""

from dataclasses import replace
from datetime import date

import pytest

from monitoring.standing import STANDING, Standing, standing_of
from register.case import DECISIONS, CaseStatus

STOPPED = date(2026, 5, 1)


@pytest.mark.parametrize("status", CaseStatus)
def test_every_status_tells_how_a_case_stands(a_case, status) -> None:
    assert status in STANDING
    assert standing_of(replace(a_case, status=status)) in Standing


def test_every_decision_says_by_itself_how_a_case_stands() -> None:
    assert all(STANDING[decision] is not None for decision in DECISIONS)


def test_a_case_counts_from_the_moment_it_is_told(a_case) -> None:
    assert standing_of(a_case) is Standing.HEARD


def test_a_referred_case_still_counts(a_case) -> None:
    closed = replace(a_case, status=CaseStatus.CLOSED, decision=CaseStatus.REFERRED)
    assert standing_of(closed) is Standing.HEARD


def test_closing_the_papers_while_the_harm_goes_on_changes_nothing(a_case) -> None:
    closed = replace(a_case, status=CaseStatus.CLOSED, decision=CaseStatus.FOUNDED)
    assert standing_of(closed) is Standing.CONFIRMED
    assert standing_of(replace(closed, stopped_on=STOPPED)) is Standing.HISTORY


def test_harm_that_has_stopped_is_not_history_before_it_is_remedied(a_case) -> None:
    remedying = replace(
        a_case, status=CaseStatus.REMEDYING, decision=CaseStatus.FOUNDED, stopped_on=STOPPED
    )
    assert standing_of(remedying) is Standing.CONFIRMED


@pytest.mark.parametrize("status", [CaseStatus.APPEALED, CaseStatus.ASSESSING])
def test_an_appeal_or_reopening_of_a_founded_case_leaves_it_confirmed(a_case, status) -> None:
    assert (
        standing_of(replace(a_case, status=status, decision=CaseStatus.PARTLY_FOUNDED))
        is Standing.CONFIRMED
    )


def test_an_appeal_against_unfounded_makes_the_case_count_again(a_case) -> None:
    unfounded = replace(a_case, status=CaseStatus.UNFOUNDED, decision=CaseStatus.UNFOUNDED)
    assert standing_of(unfounded) is Standing.DISMISSED
    assert standing_of(replace(unfounded, status=CaseStatus.APPEALED)) is Standing.HEARD
    assert standing_of(replace(unfounded, status=CaseStatus.CLOSED)) is Standing.DISMISSED
