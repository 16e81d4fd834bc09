"""What participants hear afterwards: written, always, also when nothing will be done (C79).

Given from the desk through `consultations.steps.feed_back`, shown on the invitation's page.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consultations.wording import UNSAID, Wording


class Outcome(StrEnum):
    """What became of the round. Stored: never reuse a value."""

    DONE = "done"
    PARTLY = "partly"
    LATER = "later"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Word to the participants. Every outcome but `done` carries a reason."""

    day: date
    outcome: Outcome
    words: Wording
    reason: Wording = UNSAID
    says_how_used: bool = False
    """Whether the words say how the participants' input was used."""

    @property
    def needs_reason(self) -> bool:
        """Whether people are owed a "why not": for all that was not done."""
        return self.outcome is not Outcome.DONE
