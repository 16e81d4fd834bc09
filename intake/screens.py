"""What a channel shows after an arrival: the engine's events, and the words around them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from flows.events import AnswerRefused, Asked, LanguageSwitched, Reviewed
from flows.values import Text


class MenuItem(StrEnum):
    """What can be chosen outside a conversation."""

    REPORT = "report"
    RESUME = "resume"
    RECEIPT = "receipt"
    WRITE_BACK = "write_back"
    TAKE_PART = "take_part"
    LEAVE_ROUND = "leave_round"
    LANGUAGE = "language"
    ABOUT = "about"
    DECIDE_SUMMARY = "decide_summary"
    TAKE_BACK_SUMMARY = "take_back_summary"
    AGREE_EXTRACT = "agree_extract"
    DECLINE_EXTRACT = "decline_extract"
    TAKE_BACK_EXTRACT = "take_back_extract"
    TELL_RETALIATION = "tell_retaliation"
    SAY_PUT_RIGHT = "say_put_right"
    SAY_PARTLY = "say_partly"
    SAY_NOT_PUT_RIGHT = "say_not_put_right"
    SAY_TREATED_WELL = "say_treated_well"
    SAY_TREATED_BADLY = "say_treated_badly"
    APPEAL = "appeal"
    ADD_HELPER = "add_helper"
    MAKE_HELPER_RECEIPT = "make_helper_receipt"
    TAKE_BACK_HELPERS = "take_back_helpers"
    CHANGE_ANONYMITY = "change_anonymity"
    WITHDRAW = "withdraw"
    WITHDRAW_NOW = "withdraw_now"
    LEAVE_AS_IT_IS = "leave_as_it_is"
    CLEAR_CHAT = "clear_chat"
    CLEAR_NOW = "clear_now"
    KEEP_CHAT = "keep_chat"
    MOVE_TO_WEB = "move_to_web"
    MOVE_TO_CHAT = "move_to_chat"
    TAKE_MOVED = "take_moved"
    KEEP_HERE = "keep_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something said, with nothing to answer. A warning is said before what follows it."""

    text: Text
    is_warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuShown:
    """What can be done now."""

    text: Text
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagesOffered:
    """Choose a language; each is shown in its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What will have happened, and by which day (G7)."""

    text: Text
    by: date
    is_missed: bool = False
    """The day is over, and it has not happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptGiven:
    """It is safely kept. The receipt is shown this once; nobody can find it again."""

    receipt: str = field(repr=False)
    promises: tuple[Promise, ...]
    referrals: tuple[Text, ...] = ()
    """Where to find help now, for danger and for children (W10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterShown:
    """One message between the reporter and the handlers, as the holder of the receipt sees it."""

    is_mine: bool
    sent_on: date
    text: str = field(repr=False)
    files: int = 0
    """How many files came with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown:
    """The reporter's side of a case."""

    status: Text
    received_on: date
    promises: tuple[Promise, ...]
    decision: tuple[Text, ...] = ()
    """What was decided, why, and what can be done about it (L2); empty before that."""
    kept_longer: tuple[Text, ...] = ()
    """That it is held back from erasure, why, until when, and whether that is so for who told it;
    empty where the usual days count."""
    letters: tuple[LetterShown, ...] = field(repr=False)
    summary: str = field(default="", repr=False)
    """What the company reads, or would read, in the handler's words; empty without any."""
    summary_note: Text | None = None
    """Where the summary stands, and what saying yes means (K8)."""
    extract: str = field(default="", repr=False)
    """What the other side hears, or would hear (G13); empty without any."""
    extract_note: Text | None = None
    """Whether the reporter is asked, said yes, or it was said."""
    acts: tuple[MenuItem, ...] = ()
    """What can be done with the case, besides writing."""
    is_followed: bool = False
    """A helper looks, who can neither write nor decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperReceiptGiven:
    """A receipt for somebody who follows along. It is shown this once; another can be made."""

    receipt: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOffered:
    """How the unfinished report goes on elsewhere. The channel makes a link of the code."""

    is_to_web: bool
    link_code: str = field(repr=False)
    typed_code: str = field(repr=False)
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptAsked:
    """The receipt is needed once more, for something that only its holder may do."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepShown:
    """What happens after the questions, whose job it is, and by which day (C43)."""

    words: str
    owner: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundShown:
    """What a round is for and how much it can change, before anything is asked (C55, C82).

    The organiser's own words are plain strings, in the language they had them in.
    """

    organisation: str
    organiser: str
    """Who runs it (C54); empty where it is the organisation itself."""
    sites: tuple[str, ...]
    purpose: str
    influence: Text
    outcome_use: str
    decisions: str
    expected: str
    next_steps: tuple[NextStepShown, ...]
    statements: tuple[Text, ...]
    """What holds for every round: questions are a start (C55), answering is no approval (C57)."""
    closes_on: date
    feedback_by: date
    has_begun: bool = False
    """There are saved answers to go on with, or sent ones to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingKept:
    """A participant's answers were sent; they can be changed until the round closes."""

    closes_on: date
    feedback_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKept:
    """What the reporter wrote back is with the handlers; the receipt shows their answer."""

    is_forgotten: bool = False
    """They want to be known to nobody any more: who they are was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The person stopped: the draft is gone, and the channel may delete what it can (W2, W3)."""


Screen: TypeAlias = (
    Asked | AnswerRefused | Reviewed | LanguageSwitched | Told | MenuShown | LanguagesOffered
    | ReceiptGiven | HelperReceiptGiven | MoveOffered | ReceiptAsked | CaseShown | RoundShown
    | RatingKept | LetterKept | Ended
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to show, in which language, and for whom (`dialogue` is the pseudonym)."""

    dialogue: str
    language: str
    screens: tuple[Screen, ...] = field(repr=False)
    ways_on: tuple[MenuItem, ...] = ()
    """Where what is unfinished can go on besides here."""
    is_repeat: bool = False
    """The update had been taken before: nothing is to be said."""
