"""A round: one consultation, with what participants are told beforehand and afterwards.

Shown by the channels, moved from the desk through `consultations.steps`, kept by
`consultations.ports.RoundShelf`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from consultations.feedback import Feedback
from consultations.influence import Influence
from consultations.look_back import LookBack
from consultations.topic import Topic
from consultations.wording import UNSAID, Wording


class RoundStatus(StrEnum):
    """Where a round stands. Stored: never reuse a value."""

    DRAFT = "draft"
    OPEN = "open"
    """Announced: invitations may go out. Answers count from the day `opens`."""
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    ANSWERED = "answered"
    """Participants were told in writing what was done with it (C79)."""
    EVALUATED = "evaluated"
    """Both sides looked back: was the goal met, what did each gain (C80)."""


class RoundAction(StrEnum):
    """What can be done with a round."""

    OPEN = "open"
    CLOSE = "close"
    CALL_OFF = "call_off"
    FEED_BACK = "feed_back"
    EVALUATE = "evaluate"


TRANSITIONS: Mapping[tuple[RoundStatus, RoundAction], RoundStatus] = MappingProxyType(
    {
        (RoundStatus.DRAFT, RoundAction.OPEN): RoundStatus.OPEN,
        (RoundStatus.OPEN, RoundAction.CLOSE): RoundStatus.CLOSED,
        (RoundStatus.OPEN, RoundAction.CALL_OFF): RoundStatus.CALLED_OFF,
        (RoundStatus.CLOSED, RoundAction.FEED_BACK): RoundStatus.ANSWERED,
        # People gave their time: calling a round off does not lift the duty to tell them.
        (RoundStatus.CALLED_OFF, RoundAction.FEED_BACK): RoundStatus.ANSWERED,
        (RoundStatus.ANSWERED, RoundAction.EVALUATE): RoundStatus.EVALUATED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What happens after the questions, whose job it is, and by which day (C43, C55)."""

    words: Wording
    owner: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDocument:
    """Something to read beforehand: which file, in which language, shared on which day (C34)."""

    blob: str
    title: str
    language: str
    shared: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One consultation of an organisation on its sites. A draft may still lack anything."""

    id: str
    organisation_id: str
    site_ids: tuple[str, ...] = ()
    """Which sites it is about; none when it is about the organisation as a whole."""
    topics: frozenset[Topic] = frozenset()
    together_with: tuple[str, ...] = ()
    """Other organisations that hold the round together with this one."""
    flow: str = ""
    """Which flow is asked; empty for a meeting or another form without questions (C30)."""
    languages: tuple[str, ...] = ("en",)
    status: RoundStatus = RoundStatus.DRAFT
    organiser: str = ""
    """Who runs it, and on whose behalf (C54)."""

    purpose: Wording = UNSAID
    influence: Influence | None = None
    outcome_use: Wording = UNSAID
    """What the outcome is used for."""
    decisions: Wording = UNSAID
    """Who decides afterwards, and how."""
    expected: Wording = UNSAID
    """What is asked of a participant: time, knowledge, costs that are paid (C41, C82)."""
    next_steps: tuple[NextStep, ...] = ()
    documents: tuple[RoundDocument, ...] = ()
    reading_days: int = 0
    """Working days between sharing the documents and the first answer (C34)."""

    opens: date | None = None
    closes: date | None = None
    feedback_by: date | None = None
    """The day on which participants hear, in writing, what was done or why not (C79)."""
    feedback_how: Wording = UNSAID
    called_off_because: Wording = UNSAID
    feedback: Feedback | None = None
    look_back: LookBack | None = None

    def allows(self, action: RoundAction) -> bool:
        """Whether the table has a way from here with this action."""
        return (self.status, action) in TRANSITIONS

    def is_answerable(self, today: date) -> bool:
        """Whether answers are taken on this day, the first and the last one included."""
        if self.status is not RoundStatus.OPEN or self.opens is None or self.closes is None:
            return False
        return self.opens <= today <= self.closes

    def is_feedback_due(self, today: date) -> bool:
        """Whether participants were promised word by now and have not had it (C79)."""
        is_owed = self.status in (RoundStatus.OPEN, RoundStatus.CLOSED, RoundStatus.CALLED_OFF)
        return is_owed and self.feedback_by is not None and today > self.feedback_by

    def moved(self, action: RoundAction) -> "Round":
        """The round after `action`. Raises `KeyError` where the table has no way: ask `allows`."""
        return replace(self, status=TRANSITIONS[self.status, action])
