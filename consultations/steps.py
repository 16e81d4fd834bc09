"""The steps in the life of a round: each gives the round as it is then, or why it is not taken.

Called from the desk. The states are the table `consultations.round.TRANSITIONS`; who may take a
step is the desk's question.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from consultations.conditions import RoundFault, faults_of
from consultations.feedback import Feedback
from consultations.look_back import LookBack
from consultations.round import Round, RoundAction
from consultations.wording import Wording


class StepFault(StrEnum):
    """Why a step after the opening is not taken. The desk has words for each."""

    NOT_FROM_HERE = "not_from_here"
    """The round stands elsewhere: closing a draft, opening twice."""
    NOT_OVER_YET = "not_over_yet"
    """People were told that they could answer until the closing day."""
    NO_REASON = "no_reason"
    NO_WORDS = "no_words"
    NOT_IN_EVERY_LANGUAGE = "not_in_every_language"
    ONE_SIDE_ONLY = "one_side_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRefused:
    """The step was not taken; the round is as it was."""

    action: RoundAction
    reasons: tuple[RoundFault | StepFault, ...]


Stepped: TypeAlias = Round | RoundRefused


def _step(round_: Round, action: RoundAction, *faults: RoundFault | StepFault) -> Stepped:
    if not round_.allows(action):
        return RoundRefused(action=action, reasons=(StepFault.NOT_FROM_HERE,))
    if faults:
        return RoundRefused(action=action, reasons=faults)
    return round_.moved(action)


def open_round(round_: Round, today: date) -> Stepped:
    """The round, announced; refused with everything that participants were not told (C55, C82)."""
    return _step(round_, RoundAction.OPEN, *faults_of(round_, today))


def close(round_: Round, today: date) -> Stepped:
    """The round, closed; refused until the closing day is over."""
    is_over = round_.closes is not None and today > round_.closes
    return _step(round_, RoundAction.CLOSE, *(() if is_over else (StepFault.NOT_OVER_YET,)))


def call_off(round_: Round, reason: Wording) -> Stepped:
    """The round, called off; the reason is told in its languages and the feedback stays due."""
    faults = _unsaid(round_, reason, StepFault.NO_REASON)
    return _step(replace(round_, called_off_because=reason), RoundAction.CALL_OFF, *faults)


def feed_back(round_: Round, feedback: Feedback) -> Stepped:
    """The round, answered; refused without words, or a reason for what is not done (C79)."""
    faults = _unsaid(round_, feedback.words, StepFault.NO_WORDS)
    if feedback.needs_reason:
        faults = (*faults, *_unsaid(round_, feedback.reason, StepFault.NO_REASON))
    return _step(replace(round_, feedback=feedback), RoundAction.FEED_BACK, *dict.fromkeys(faults))


def evaluate(round_: Round, look_back: LookBack) -> Stepped:
    """The round, evaluated; refused while only one side has spoken (C80)."""
    has_both = look_back.participants_say and look_back.company_says
    faults = () if has_both else (StepFault.ONE_SIDE_ONLY,)
    return _step(replace(round_, look_back=look_back), RoundAction.EVALUATE, *faults)


def _unsaid(round_: Round, words: Wording, blank: StepFault) -> tuple[StepFault, ...]:
    if not words:
        return (blank,)
    return (StepFault.NOT_IN_EVERY_LANGUAGE,) if words.missing(round_.languages) else ()
