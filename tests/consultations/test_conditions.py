"""What must be told before a round may open (C55, C79, C82)."""

from datetime import date

import pytest

from consultations.conditions import RoundFault, faults_of, working_days
from consultations.round import NextStep, Round, RoundDocument
from consultations.steps import RoundRefused, open_round
from consultations.wording import UNSAID, Wording

BOTH = Wording({"en": "A talk.", "hi": "बातचीत।"})


def a_document(shared: date) -> RoundDocument:
    return RoundDocument(blob="b", title="Briefing pack", language="en", shared=shared)


def test_a_round_that_tells_everything_may_open(a_draft, today) -> None:
    assert faults_of(a_draft(), today) == ()
    assert isinstance(open_round(a_draft(), today), Round)


@pytest.mark.parametrize(
    ("missing", "fault"),
    [
        ({"next_steps": ()}, RoundFault.NO_NEXT_STEPS),
        ({"feedback_by": None}, RoundFault.NO_FEEDBACK_DAY),
        ({"feedback_how": UNSAID}, RoundFault.NO_FEEDBACK_FORM),
        ({"purpose": UNSAID}, RoundFault.NO_PURPOSE),
        ({"influence": None}, RoundFault.NO_INFLUENCE),
        ({"outcome_use": Wording({"en": "   "})}, RoundFault.NO_OUTCOME_USE),
        ({"decisions": UNSAID}, RoundFault.NO_DECISION_RULE),
        ({"expected": UNSAID}, RoundFault.NO_EXPECTATION),
        ({"organiser": " "}, RoundFault.NO_ORGANISER),
        ({"languages": ()}, RoundFault.NO_LANGUAGE),
        ({"purpose": Wording({"en": "Only English"})}, RoundFault.NOT_IN_EVERY_LANGUAGE),
        (
            {"next_steps": (NextStep(words=BOTH, owner="", by=date(2026, 7, 1)),)},
            RoundFault.NEXT_STEP_UNOWNED,
        ),
        ({"closes": None}, RoundFault.NO_DAYS),
        ({"opens": date(2026, 5, 3)}, RoundFault.OPENS_IN_THE_PAST),
        ({"closes": date(2026, 5, 27)}, RoundFault.TOO_SHORT),
        ({"feedback_by": date(2026, 6, 15)}, RoundFault.FEEDBACK_BEFORE_CLOSE),
        ({"feedback_by": date(2026, 9, 16)}, RoundFault.FEEDBACK_TOO_LATE),
        (
            {"documents": (a_document(date(2026, 5, 11)),), "reading_days": 6},
            RoundFault.DOCUMENTS_TOO_LATE,
        ),
    ],
)
def test_a_round_that_leaves_one_thing_untold_does_not_open_and_says_which(
    a_draft, today, missing, fault
) -> None:
    refused = open_round(a_draft(**missing), today)
    assert isinstance(refused, RoundRefused)
    assert refused.reasons == (fault,)


def test_all_that_is_untold_is_said_at_once(today) -> None:
    told_nothing = Round(id="r", organisation_id="o", languages=())
    faults = faults_of(told_nothing, today)
    assert {RoundFault.NO_PURPOSE, RoundFault.NO_NEXT_STEPS, RoundFault.NO_DAYS} <= set(faults)
    assert len(faults) == len(set(faults)) == 11


@pytest.mark.parametrize(
    ("changes"),
    [
        {"opens": date(2026, 5, 4)},
        {"closes": date(2026, 5, 28)},
        {"feedback_by": date(2026, 6, 16)},
        {"feedback_by": date(2026, 9, 15)},
        {"documents": (a_document(date(2026, 5, 11)),), "reading_days": 5},
        {"site_ids": ()},
        {"flow": ""},
    ],
)
def test_the_edges_of_the_rules_are_inside(a_draft, today, changes) -> None:
    assert faults_of(a_draft(**changes), today) == ()


def test_working_days_pass_over_the_weekend() -> None:
    assert working_days(date(2026, 5, 8), date(2026, 5, 11)) == 1
    assert working_days(date(2026, 5, 4), date(2026, 5, 18)) == 10
    assert working_days(date(2026, 5, 18), date(2026, 5, 4)) == 0
