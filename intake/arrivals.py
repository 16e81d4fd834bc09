"""What comes in from a channel: who it is from, and what they want.

Within a conversation people make the moves of `flows.moves`; the requests here lead into a
conversation and out of it. Channels make arrivals, `intake.reception` takes them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from flows.moves import Move
from register.reporter_acts import ReporterAct


class Channel(StrEnum):
    """Where a conversation is held. Part of a dialogue's identity: never reuse a value."""

    TELEGRAM = "telegram"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """A link was opened or the chat begun; the site's code comes from a poster or deep link."""

    site_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMenu:
    """What can be done here; leaves a conversation under way as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAbout:
    """How this works, who reads it, and what it does not promise (design §11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLanguages:
    """The languages to choose from; choosing is `flows.moves.SwitchLanguage`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Begin a report, or go on with the one under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForReceipt:
    """The person has a receipt: the next words they write are it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Show the case that this receipt opens."""

    receipt: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBack:
    """Begin a message to the handlers of the case that was just opened by its receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoWithCase:
    """Do something with the case that was just opened by its receipt."""

    act: ReporterAct


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveAsItIs:
    """No, after it was said what an act means: the case stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToClear:
    """Delete what can be deleted of this chat: asked once before it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearChat:
    """Yes: what is unfinished goes, and the chat is wiped as by the word that stops (W2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRound:
    """A personal invitation to a consultation round was opened."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePart:
    """The round has been read (C55, C82): begin, or go on with what was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRound:
    """Take part no longer (C62): the answers given are deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveElsewhere:
    """Give a code with which the unfinished report goes on in another chat or browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Go on here with what was begun elsewhere: the code of a link, or one that was typed."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMoved:
    """Of two drafts the one from elsewhere is kept; what was begun here is deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepHere:
    """Of two drafts the one that was begun here goes on; the other stays where it was."""


Request: TypeAlias = (
    Arrive | ShowMenu | ShowAbout | ShowLanguages | Report | AskForReceipt | OpenCase | WriteBack
    | DoWithCase | JoinRound | TakePart | LeaveRound | MoveElsewhere | TakeOver | TakeMoved
    | KeepHere | LeaveAsItIs | AskToClear | ClearChat
)  # fmt: skip


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that somebody did.

    `correspondent` is what the channel knows the person by (a chat id, a browser's cookie). It is
    made into a pseudonym before anything is stored, and is never logged.
    """

    channel: Channel
    correspondent: str = field(repr=False)
    wish: Request | Move = field(repr=False)
    update: str | None = None
    """The channel's own id of this update: the same update is taken once."""
    languages: tuple[str, ...] = ()
    """Language tags that the channel offers for somebody new, the best first."""
    is_there: Callable[[], bool] = _always
    """Whether they still wait for the answer; in a chat everybody does."""
