"""Why a round does not open, in the words of the command line. For `service.round_file`."""

from collections.abc import Mapping

from consultations.conditions import (
    DAYS_TO_ANSWER,
    DAYS_TO_FEEDBACK,
    RoundFault,
)
from consultations.steps import StepFault

WORDS: Mapping[RoundFault | StepFault, str] = {
    RoundFault.NO_LANGUAGE: "languages: name at least one",
    RoundFault.NO_ORGANISER: "organiser: say who runs it, and on whose behalf",
    RoundFault.NO_PURPOSE: "purpose: say what it is for",
    RoundFault.NO_INFLUENCE: "influence: say how much it can change",
    RoundFault.NO_OUTCOME_USE: "outcome_use: say what the outcome is used for",
    RoundFault.NO_DECISION_RULE: "decisions: say who decides afterwards, and how",
    RoundFault.NO_EXPECTATION: "expected: say what is asked of somebody who takes part",
    RoundFault.NO_NEXT_STEPS: "next_steps: say what happens after the questions",
    RoundFault.NEXT_STEP_UNOWNED: "next_steps: each has an owner, whose job it is",
    RoundFault.NO_FEEDBACK_DAY: "feedback_by: say on which day people hear what was done",
    RoundFault.NO_FEEDBACK_FORM: "feedback_how: say in which form they hear it",
    RoundFault.NOT_IN_EVERY_LANGUAGE: "what is said is said in each of the languages",
    RoundFault.NO_DAYS: "opens, closes: say from when until when people can answer",
    RoundFault.OPENS_IN_THE_PAST: "opens: that day is over",
    RoundFault.TOO_SHORT: f"closes: leave at least {DAYS_TO_ANSWER} days to answer",
    RoundFault.FEEDBACK_BEFORE_CLOSE: "feedback_by: that is before people can have answered",
    RoundFault.FEEDBACK_TOO_LATE: f"feedback_by: at most {DAYS_TO_FEEDBACK} days after it closes",
    RoundFault.DOCUMENTS_TOO_LATE: "opens: leave the promised days for reading before it",
    StepFault.NOT_FROM_HERE: "the round was opened before",
    StepFault.NOT_OVER_YET: "people were told that they could answer until the closing day",
    StepFault.NO_REASON: "say why",
    StepFault.NO_WORDS: "say something",
    StepFault.ONE_SIDE_ONLY: "both sides look back",
}
