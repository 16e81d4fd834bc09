"""What is agreed to put a harm right: measures with a kind, an owner and a day (A101, A104, A105).

Made by `register.remedying`, kept with the case. The words of a measure are a paper; here stand the
codes and days that clocks and figures need. Whether it was put right is for those harmed to say.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RemedyKind(StrEnum):
    """What a measure is (A105). Never reuse a value."""

    APOLOGY = "apology"
    RECOGNITION = "recognition"
    """Of representatives, or of a union."""
    COMPENSATION = "compensation"
    RESTITUTION = "restitution"
    """Back as it was: the job, the land, the papers."""
    REHABILITATION = "rehabilitation"
    """Care, treatment, training."""
    AGAINST_THOSE_RESPONSIBLE = "against_those_responsible"
    NON_REPETITION = "non_repetition"


class RemedyOwner(StrEnum):
    """Who does it. Never reuse a value."""

    SITE = "site"
    COMPANY = "company"
    BOTH = "both"
    OTHERS = "others"


class Judgement(StrEnum):
    """What those harmed say of a measure that was done (G14, A106). Never reuse a value."""

    PUT_RIGHT = "put_right"
    PARTLY = "partly"
    NOT_PUT_RIGHT = "not_put_right"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is to be done."""

    id: str
    kind: RemedyKind
    owner: RemedyOwner
    due_on: date
    done_on: date | None = None
    judged: Judgement | None = None

    def is_overdue(self, today: date) -> bool:
        """True from the day after it was due, until it is done."""
        return self.done_on is None and today > self.due_on
