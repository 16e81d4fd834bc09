"""The life of a round, step by step."""

from datetime import date
from itertools import product

import pytest

from consultations.feedback import Feedback, Outcome
from consultations.look_back import LookBack
from consultations.round import TRANSITIONS, Round, RoundAction, RoundStatus
from consultations.steps import (
    RoundRefused,
    StepFault,
    call_off,
    close,
    evaluate,
    feed_back,
    open_round,
)
from consultations.wording import UNSAID, Wording

WORDS = Wording({"en": "The dust measures start in October.", "hi": "…"})
REASON = Wording({"en": "There is no money for it this year.", "hi": "…"})


def feedback(**changes) -> Feedback:
    values = {"day": date(2026, 7, 20), "outcome": Outcome.DONE, "words": WORDS} | changes
    return Feedback(**values)


@pytest.fixture
def a_closed_round(an_open_round) -> Round:
    closed = close(an_open_round(), date(2026, 6, 16))
    assert isinstance(closed, Round)
    return closed


def test_a_round_runs_from_draft_to_look_back(a_closed_round) -> None:
    answered = feed_back(a_closed_round, feedback())
    assert isinstance(answered, Round)
    assert answered.feedback == feedback()
    look_back = LookBack(
        day=date(2026, 9, 1), is_goal_met=True, participants_say=WORDS, company_says=WORDS
    )
    evaluated = evaluate(answered, look_back)
    assert isinstance(evaluated, Round)
    assert evaluated.status is RoundStatus.EVALUATED


def test_a_round_opens_once(an_open_round, today) -> None:
    refused = open_round(an_open_round(), today)
    assert refused == RoundRefused(action=RoundAction.OPEN, reasons=(StepFault.NOT_FROM_HERE,))


def test_a_round_stays_open_until_its_closing_day_is_over(an_open_round) -> None:
    refused = close(an_open_round(), date(2026, 6, 15))
    assert isinstance(refused, RoundRefused)
    assert refused.reasons == (StepFault.NOT_OVER_YET,)


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.LATER, Outcome.NOTHING])
def test_what_is_not_done_needs_a_reason(a_closed_round, outcome) -> None:
    refused = feed_back(a_closed_round, feedback(outcome=outcome))
    assert isinstance(refused, RoundRefused)
    assert refused.reasons == (StepFault.NO_REASON,)
    assert isinstance(feed_back(a_closed_round, feedback(outcome=outcome, reason=REASON)), Round)


def test_feedback_without_words_is_no_feedback(a_closed_round) -> None:
    refused = feed_back(a_closed_round, feedback(words=UNSAID))
    assert isinstance(refused, RoundRefused)
    assert refused.reasons == (StepFault.NO_WORDS,)


def test_feedback_reaches_everybody_in_a_language_of_the_round(a_closed_round) -> None:
    refused = feed_back(a_closed_round, feedback(words=Wording({"en": "Only English"})))
    assert isinstance(refused, RoundRefused)
    assert refused.reasons == (StepFault.NOT_IN_EVERY_LANGUAGE,)


def test_a_round_that_is_called_off_says_why_and_still_owes_feedback(an_open_round) -> None:
    assert isinstance(call_off(an_open_round(), UNSAID), RoundRefused)
    stopped = call_off(an_open_round(), REASON)
    assert isinstance(stopped, Round)
    assert stopped.called_off_because == REASON
    assert stopped.is_feedback_due(date(2026, 8, 2))
    assert isinstance(feed_back(stopped, feedback()), Round)


def test_a_look_back_needs_both_sides(a_closed_round) -> None:
    answered = feed_back(a_closed_round, feedback())
    one_sided = LookBack(
        day=date(2026, 9, 1), is_goal_met=True, participants_say=UNSAID, company_says=WORDS
    )
    refused = evaluate(answered, one_sided)
    assert isinstance(refused, RoundRefused)
    assert refused.reasons == (StepFault.ONE_SIDE_ONLY,)


def test_feedback_is_due_from_the_day_after_it_was_promised(a_closed_round) -> None:
    assert not a_closed_round.is_feedback_due(date(2026, 8, 1))
    assert a_closed_round.is_feedback_due(date(2026, 8, 2))
    assert not feed_back(a_closed_round, feedback()).is_feedback_due(date(2027, 1, 1))


def test_answers_are_taken_from_the_first_day_to_the_last(an_open_round, a_draft) -> None:
    opened = an_open_round()
    assert not opened.is_answerable(date(2026, 5, 17))
    assert opened.is_answerable(date(2026, 5, 18))
    assert opened.is_answerable(date(2026, 6, 15))
    assert not opened.is_answerable(date(2026, 6, 16))
    assert not a_draft().is_answerable(date(2026, 5, 20))


def test_every_way_of_the_table_leads_on_and_none_leads_round() -> None:
    def after(status: RoundStatus, seen: frozenset[RoundStatus]) -> None:
        assert status not in seen
        for action in RoundAction:
            if (status, action) in TRANSITIONS:
                after(TRANSITIONS[status, action], seen | {status})

    after(RoundStatus.DRAFT, frozenset())
    reached = {RoundStatus.DRAFT, *TRANSITIONS.values()}
    assert reached == set(RoundStatus)
    assert set(TRANSITIONS) <= set(product(RoundStatus, RoundAction))
