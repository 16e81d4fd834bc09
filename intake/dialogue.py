"""Where one person stands, on one channel: the small state around a conversation.

Kept as one encrypted row under a pseudonym; read and written by `intake.reception` alone. The
address (a chat id) is inside, encrypted, because an answer must find its way back after a crash.

Stored format, version 1: one line of JSON (the fields below by their short names), a line feed,
then the session as `flows.session.dump_session` writes it, or nothing. A later version may add
fields with a default; a field never changes its meaning; a lower version stays readable for as
long as drafts live.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import orjson

from flows.faults import UnreadableSessionError
from flows.session import Session, dump_session, load_session
from intake.errors import IntakeError
from intake.held_files import blobs_of_session

FORMAT_VERSION = 1


class DialogueError(IntakeError):
    """A stored dialogue cannot be read."""


class Place(StrEnum):
    """Where the person is. Stored: never reuse a value."""

    MENU = "menu"
    LANGUAGES = "languages"
    TALKING = "talking"
    RECEIPT_WANTED = "receipt_wanted"
    CASE_OPEN = "case_open"
    ROUND = "round"
    RECEIPT_GIVEN = "receipt_given"
    CHOOSING = "choosing"
    """What was begun elsewhere is offered here, where something else is unfinished."""
    MOVING = "moving"
    """No person: a code that takes somebody's draft elsewhere leads through this row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A receipt that was made but perhaps not seen yet; wiped as soon as it was."""

    receipt: str = field(repr=False)
    case_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """From which dialogue a code takes the draft, and until when; under the code's pseudonym."""

    source: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One chat, one browser, or one invitation."""

    language: str
    place: Place = Place.MENU
    address: str = field(default="", repr=False)
    site: str = ""
    """The site that a link named, for the next report."""
    case_ref: str = ""
    """The case that the report under way will become, or that a receipt has opened."""
    intent: str = ""
    """What is to be done with the case once its receipt was typed again; empty: look at it."""
    invitation: str = ""
    """The invitation that this chat or browser has joined by."""
    session: Session | None = field(default=None, repr=False)
    handover: Handover | None = field(default=None, repr=False)
    codes: tuple[str, ...] = ()
    """The pseudonyms of the codes that may take the draft elsewhere."""
    choosing: str = ""
    """The code's pseudonym, while the person chooses between two drafts."""
    has_moved_on: bool = False
    """The draft that was here went on elsewhere."""
    moving: Moving | None = None
    """Of a code's row alone."""
    begun_on: date

    @property
    def blobs(self) -> frozenset[str]:
        """The sealed files that go when it is wiped. Those that were sent are the case's."""
        return frozenset() if self.session is None else blobs_of_session(self.session)


def dump_dialogue(dialogue: Dialogue) -> bytes:
    """The stored form, still in clear: the caller seals it."""
    head: dict[str, object] = {
        "v": FORMAT_VERSION,
        "l": dialogue.language,
        "p": dialogue.place,
        "b": dialogue.begun_on,
    }
    for short, value in (
        ("a", dialogue.address),
        ("s", dialogue.site),
        ("c", dialogue.case_ref),
        ("i", dialogue.invitation),
        ("w", dialogue.intent),
        ("k", dialogue.codes),
        ("t", dialogue.choosing),
        ("g", dialogue.has_moved_on),
    ):
        if value:
            head[short] = value
    if dialogue.handover is not None:
        head["h"] = [dialogue.handover.receipt, dialogue.handover.case_ref]
    if dialogue.moving is not None:
        head["m"] = [dialogue.moving.source, dialogue.moving.ends_at]
    session = b"" if dialogue.session is None else dump_session(dialogue.session)
    return orjson.dumps(head) + b"\n" + session


def load_dialogue(data: bytes) -> Dialogue:
    """Read what `dump_dialogue` wrote; `DialogueError` for anything else."""
    line, _, session = data.partition(b"\n")
    try:
        head = orjson.loads(line)
        if head["v"] != FORMAT_VERSION:
            raise DialogueError(f"dialogue format {head['v']} is not known")
        handover, moving = head.get("h"), head.get("m")
        return Dialogue(
            language=head["l"],
            place=Place(head["p"]),
            address=head.get("a", ""),
            site=head.get("s", ""),
            case_ref=head.get("c", ""),
            invitation=head.get("i", ""),
            intent=head.get("w", ""),
            session=load_session(session) if session else None,
            handover=handover and Handover(receipt=handover[0], case_ref=handover[1]),
            codes=tuple(head.get("k", ())),
            choosing=head.get("t", ""),
            has_moved_on=head.get("g", False),
            moving=moving and Moving(source=moving[0], ends_at=datetime.fromisoformat(moving[1])),
            begun_on=date.fromisoformat(head["b"]),
        )
    except (KeyError, TypeError, ValueError, UnreadableSessionError) as fault:
        # The content stays out of the message: it is somebody's account.
        raise DialogueError(f"a dialogue cannot be read: {type(fault).__name__}") from None
