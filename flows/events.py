"""What the engine says after a move. A channel shows events in their order."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from flows.definition import Kind, RangeLimits
from flows.submission import Submission
from flows.values import Text, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptChoice:
    """One choice as it is offered now."""

    name: str
    label: Text
    icon: str = ""
    is_selected: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question as it is put to the person now."""

    path: str
    """Which question, e.g. `people[2].age`."""
    turn: int
    """What an answer to this prompt must carry."""
    kind: Kind
    label: Text
    hint: Text | None = None
    notes: tuple[Text, ...] = ()
    """Notes and headings that come before the question and want no answer."""
    choices: tuple[PromptChoice, ...] = ()
    is_search: bool = False
    """Typed words search a list from outside; `choices` are what was found so far."""
    is_required: bool = False
    can_go_back: bool = False
    appearance: frozenset[str] = frozenset()
    limits: RangeLimits | None = None
    current: Value | None = field(default=None, repr=False)
    """What was answered before, when the person came back to it."""
    answered: int = 0
    """How many questions of this flow are behind the person."""
    expected: int = 0
    """How many there are on the way that the answers so far lead along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One answer as it is read back. `choices` holds the labels where the value is choices."""

    path: str
    label: Text
    value: Value | None = field(repr=False)
    choices: tuple[Text, ...] = ()
    can_change: bool = True


class Reason(StrEnum):
    """Why a move was refused. `intake` and the channels have words for each."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    WRONG_KIND = "wrong_kind"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_PLACE = "not_a_place"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CHOICE = "unknown_choice"
    NOTHING_FOUND = "nothing_found"
    TOO_LONG = "too_long"
    TOO_MANY_FILES = "too_many_files"
    OUT_OF_TURN = "out_of_turn"
    NOTHING_BEFORE = "nothing_before"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question is put (or put again, with toggled choices: `is_update`)."""

    prompt: Prompt
    is_update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRefused:
    """The move was not taken; the session is as it was. `Asked` or `Reviewed` follows."""

    reason: Reason
    message: Text | None = None
    """The flow's own words (`constraint_message`, `required_message`), where it has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Everything is read back before it is sent (W6)."""

    turn: int
    items: tuple[ReviewItem, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSwitched:
    """From here on in this language; the present question follows."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The person sent it: the conversation is over."""

    submission: Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The person stopped; the draft is to be wiped."""


Event: TypeAlias = Asked | AnswerRefused | Reviewed | LanguageSwitched | Submitted | Stopped
