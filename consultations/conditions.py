"""What must be told before a round may open. Read by `consultations.steps.open_round`.

Theory (C55, C79, C82). People give time, and sometimes take a risk, to be consulted. Before they
do, they know what it is for, how much it can change, who decides and how, what is asked of
them, what comes after the questions, and on which day they hear what was done. A round that
cannot say these things is a questionnaire, and does not open.

Worked example. Purpose, influence and use are written, closing day 30 June, feedback by
15 August, but no next step is named: refused with NO_NEXT_STEPS and nothing else.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from consultations.round import Round

DAYS_TO_ANSWER = 10
"""Shortest time between opening and closing, in days. Own rule; C33 asks for "enough"."""

DAYS_TO_FEEDBACK = 92
"""Longest time from closing to feedback, in days: three months, as for a complaint (L1)."""

_SATURDAY = 5


class RoundFault(StrEnum):
    """Why a round does not open. The desk has words for each."""

    NO_LANGUAGE = "no_language"
    NO_ORGANISER = "no_organiser"
    NO_PURPOSE = "no_purpose"
    NO_INFLUENCE = "no_influence"
    NO_OUTCOME_USE = "no_outcome_use"
    NO_DECISION_RULE = "no_decision_rule"
    NO_EXPECTATION = "no_expectation"
    NO_NEXT_STEPS = "no_next_steps"
    NEXT_STEP_UNOWNED = "next_step_unowned"
    NO_FEEDBACK_DAY = "no_feedback_day"
    NO_FEEDBACK_FORM = "no_feedback_form"
    NOT_IN_EVERY_LANGUAGE = "not_in_every_language"
    NO_DAYS = "no_days"
    OPENS_IN_THE_PAST = "opens_in_the_past"
    TOO_SHORT = "too_short"
    FEEDBACK_BEFORE_CLOSE = "feedback_before_close"
    FEEDBACK_TOO_LATE = "feedback_too_late"
    DOCUMENTS_TOO_LATE = "documents_too_late"


def working_days(start: date, end: date) -> int:
    """Days from `start` up to and without `end` that are not Saturday or Sunday; 0 if reversed."""
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return sum(day.weekday() < _SATURDAY for day in days)


def _lacks_language(round_: Round) -> bool:
    said = (
        round_.purpose,
        round_.outcome_use,
        round_.decisions,
        round_.expected,
        round_.feedback_how,
        *(step.words for step in round_.next_steps),
    )
    return any(words and words.missing(round_.languages) for words in said)


_TOLD: tuple[tuple[RoundFault, Callable[[Round], bool]], ...] = (
    (RoundFault.NO_LANGUAGE, lambda it: not it.languages),
    (RoundFault.NO_ORGANISER, lambda it: not it.organiser.strip()),
    (RoundFault.NO_PURPOSE, lambda it: not it.purpose),
    (RoundFault.NO_INFLUENCE, lambda it: it.influence is None),
    (RoundFault.NO_OUTCOME_USE, lambda it: not it.outcome_use),
    (RoundFault.NO_DECISION_RULE, lambda it: not it.decisions),
    (RoundFault.NO_EXPECTATION, lambda it: not it.expected),
    (RoundFault.NO_NEXT_STEPS, lambda it: not any(step.words for step in it.next_steps)),
    (
        RoundFault.NEXT_STEP_UNOWNED,
        lambda it: any(not step.owner.strip() for step in it.next_steps),
    ),
    (RoundFault.NO_FEEDBACK_DAY, lambda it: it.feedback_by is None),
    (RoundFault.NO_FEEDBACK_FORM, lambda it: not it.feedback_how),
    (RoundFault.NOT_IN_EVERY_LANGUAGE, _lacks_language),
)
"""What is said: a fault, and when it is there."""


def _wrong_days(round_: Round, today: date) -> Iterator[RoundFault]:
    if round_.opens is None or round_.closes is None:
        yield RoundFault.NO_DAYS
        return
    if round_.opens < today:
        yield RoundFault.OPENS_IN_THE_PAST
    if (round_.closes - round_.opens).days < DAYS_TO_ANSWER:
        yield RoundFault.TOO_SHORT
    if any(
        working_days(document.shared, round_.opens) < round_.reading_days
        for document in round_.documents
    ):
        yield RoundFault.DOCUMENTS_TOO_LATE
    if round_.feedback_by is None:
        return
    if round_.feedback_by <= round_.closes:
        yield RoundFault.FEEDBACK_BEFORE_CLOSE
    if (round_.feedback_by - round_.closes).days > DAYS_TO_FEEDBACK:
        yield RoundFault.FEEDBACK_TOO_LATE


def faults_of(round_: Round, today: date) -> tuple[RoundFault, ...]:
    """Everything that keeps the round from opening today, all at once; empty when nothing does."""
    told = tuple(fault for fault, is_there in _TOLD if is_there(round_))
    return (*told, *_wrong_days(round_, today))
