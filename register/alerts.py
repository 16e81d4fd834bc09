"""Who has to be told that there is work. Carries no content: the channels have neutral words.

Made by filing, letters and appeals in the same step as the case; storage puts them in the outbox.
"""

from dataclasses import dataclass
from enum import StrEnum

from register.routing import Urgency


class AlertKind(StrEnum):
    """What happened. Stored in the outbox: never reuse a value."""

    NEW_CASE = "new_case"
    NEW_LETTER = "new_letter"
    """The reporter wrote back."""
    PROPOSAL = "proposal"
    """A colleague proposes a decision: look at it with them."""
    ANSWER = "answer"
    """For the reporter: made by earlier versions, and sent by none (docs/decisions/telegram.md)."""
    REPORTER_ACTED = "reporter_acted"
    """The reporter decided or said something about the case."""
    COMPANY_ASKED = "company_asked"
    """For the officers and systems of `Alert.organisation_id`: it is asked something."""
    COMPANY_ANSWERED = "company_answered"
    """A company answered what it was asked."""
    RETALIATION = "retaliation"
    """Somebody was punished for speaking, since they spoke (G5)."""
    UNROUTED = "unrouted"
    """For the operator: only the recovery key can open this case."""
    FLOW_MISFIT = "flow_misfit"
    """For the operator: a flow gave a coded answer that the register does not know."""
    OVERDUE = "overdue"
    """What the desk owes was not done by its day (`register.escalating`)."""
    HOLD_ENDING = "hold_ending"
    """A case is soon held back from erasure no longer (`register.hold_ending`)."""
    SUMMARY_SHARED = "summary_shared"
    """For the company's own systems: a summary can be read there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One notice. `to` are handler ids; empty means the operator, for `ANSWER` the reporter, for
    `COMPANY_ASKED` whoever works for the company."""

    kind: AlertKind
    case_ref: str
    urgency: Urgency
    to: tuple[str, ...] = ()
    organisation_id: str | None = None
    """Which company is asked something."""
