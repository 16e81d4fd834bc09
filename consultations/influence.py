"""How much a round can change, said in plain words before anybody takes part (C82).

The steps are those of public participation practice (inform, consult, involve, collaborate,
empower). A participant sees the sentence, never the jargon.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from locales.marking import N_


class Influence(StrEnum):
    """From least to most. Stored with rounds: never reuse a value."""

    INFORM = "inform"
    CONSULT = "consult"
    INVOLVE = "involve"
    COLLABORATE = "collaborate"
    EMPOWER = "empower"

    @property
    def is_consultation(self) -> bool:
        """Whether an answer can still change something. Being told is not being consulted."""
        return self is not Influence.INFORM


INFLUENCE_WORDS: Mapping[Influence, str] = MappingProxyType(
    {
        # translators: told to somebody who is invited: how much they can change.
        Influence.INFORM: N_("You are told what was decided. It cannot change any more."),
        # translators: told to somebody who is invited: how much they can change.
        Influence.CONSULT: N_("You say what you think before the decision is made."),
        # translators: told to somebody who is invited: how much they can change.
        Influence.INVOLVE: N_("You help to shape the choices. Others make the decision."),
        # translators: told to somebody who is invited: how much they can change.
        Influence.COLLABORATE: N_("You decide together with the company."),
        # translators: told to somebody who is invited: how much they can change.
        Influence.EMPOWER: N_("You and the other participants decide."),
    }
)

# translators: shown before the questions of a consultation.
QUESTIONS_ARE_A_START = N_(
    "These questions are a start, not the whole talk. Below you read what comes next and when you "
    "hear what was done."
)
"""Shown with every round: a questionnaire alone is no meaningful consultation (C55)."""

# translators: shown before the questions of a consultation.
NOT_APPROVAL = N_(
    "Taking part does not mean that you agree with the company. Nobody may say that you do."
)
"""Shown with every round, every export and every published result (C57)."""
