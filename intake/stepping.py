"""One step of a conversation under way: what it works with, and what it has done so far.

Made by `intake.reception` for one arrival, inside its transaction; the modules that know what to
do (`conversing`, `reporting`, `reading_back`, `round_talk`) share it. Nothing waits here, and all
of it may be run again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from flows.engine import Step, resume
from flows.events import AnswerRefused, Stopped, Submitted
from flows.moves import Attach, Move
from flows.submission import Submission
from flows.values import Text
from intake import words
from intake.arrivals import Channel
from intake.book import DialogueBook
from intake.dialogue import Dialogue, Place
from intake.errors import IntakeError
from intake.hall import GRIEVANCE, Hall
from intake.held_files import blobs_of_files, blobs_of_session, blobs_of_submission
from intake.moving_codes import MovingCodes
from intake.office import KnownPeople
from intake.ports import Transaction
from intake.screens import MenuItem, MenuShown, Screen, Told
from sealing.receipts import MintedReceipt, ReceiptMistake, ReporterKey


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyTries:
    """The limit on guesses, which all share, was reached (W9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was worked out before the transaction, because it takes long."""

    receipt: ReporterKey | ReceiptMistake | TooManyTries | None = None
    """What the words that came in are as a receipt."""
    minted: MintedReceipt | None = None
    """A receipt for the case that this step may file."""
    people: KnownPeople | None = None
    """Who could handle cases when that was last looked up."""
    codes: MovingCodes | None = None
    """New codes, to go on elsewhere with."""
    moving: "str | TooManyTries | None" = None
    """The pseudonym of the code that came in, where it was one."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a step gives besides what it wrote."""

    language: str
    screens: tuple[Screen, ...]
    dropped_blobs: frozenset[str]
    """Files of answers that are gone; to be deleted once the transaction is durable."""
    has_used_receipt: bool
    ways_on: tuple[MenuItem, ...]
    """Where what is unfinished can go on besides here."""
    people: KnownPeople | None
    """Who can handle cases, where this step had to look; to be known once it is durable."""


@dataclass(slots=True, kw_only=True)
class Row:
    """A dialogue and the pseudonym it is kept under; None once it is to be wiped."""

    pseudonym: str
    dialogue: Dialogue | None


_WAYS = {Channel.WEB: MenuItem.MOVE_TO_WEB, Channel.TELEGRAM: MenuItem.MOVE_TO_CHAT}
_ALWAYS = (MenuItem.RECEIPT, MenuItem.LANGUAGE, MenuItem.ABOUT)

Sent: TypeAlias = Callable[[Submission], None]
"""What is done with what was sent."""


@dataclass(slots=True, kw_only=True)
class Stepping:
    """One step under way."""

    hall: Hall
    tx: Transaction
    book: DialogueBook
    channel: Channel
    pseudonym: str
    address: str = field(repr=False)
    prepared: Prepared = field(repr=False)
    default_language: str
    now: datetime
    screens: list[Screen] = field(default_factory=list, init=False, repr=False)
    dropped: set[str] = field(default_factory=set, init=False)
    has_used_receipt: bool = field(default=False, init=False)
    people: KnownPeople | None = field(default=None, init=False, repr=False)
    is_new: bool = field(init=False)
    """Nothing was kept of this person before."""
    own: Row = field(init=False)
    _codes_before: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Looks up where the person stands."""
        dialogue = self.book.read(self.pseudonym)
        self.is_new = dialogue is None
        self.own = Row(pseudonym=self.pseudonym, dialogue=dialogue or self.newcomer())
        self._codes_before = self.dialogue.codes

    # --- where the person stands ---

    @property
    def dialogue(self) -> Dialogue:
        """As it stands; somebody new again, once it was wiped."""
        return self.own.dialogue or self.newcomer()

    @property
    def language(self) -> str:
        """In which the person is spoken to."""
        return self.dialogue.language

    def newcomer(self) -> Dialogue:
        """Somebody of whom nothing is known."""
        # The address is kept only where an answer could not find its way back without it.
        address = self.address if self.channel is Channel.TELEGRAM else ""
        return Dialogue(language=self.default_language, address=address, begun_on=self.now.date())

    def change(self, **changes: object) -> None:
        """The person's own dialogue with these fields changed."""
        self.own.dialogue = replace(self.dialogue, **changes)  # type: ignore[arg-type]  # fields by name

    def keep(self, row: Row) -> None:
        """Keep or wipe a row, as it stands."""
        if row.dialogue is None:
            self.book.wipe(row.pseudonym)
        else:
            self.book.keep(row.pseudonym, row.dialogue)

    def outcome(self) -> Outcome:
        """Keep what changed, and give what was said."""
        self._call_off_codes()
        if not (self.is_new and self.own.dialogue == self.newcomer()):
            self.keep(self.own)  # who only looked around leaves no row behind
        return Outcome(
            language=self.language,
            screens=tuple(self.screens),
            dropped_blobs=frozenset(self.dropped),
            has_used_receipt=self.has_used_receipt,
            ways_on=self.ways_elsewhere(),
            people=self.people,
        )

    def _call_off_codes(self) -> None:
        """Codes for a draft that is gone, was sent, or has newer codes, are good for nothing."""
        if self.own.dialogue is not None and self.dialogue.session is None:
            self.change(codes=())
        now = () if self.own.dialogue is None else self.dialogue.codes
        for code in self._codes_before:
            if code not in now:
                self.book.wipe(code)

    # --- saying ---

    def tell(self, msgid: str) -> None:
        """Say something that wants no answer."""
        self.screens.append(Told(text=Text(msgid=msgid)))

    def menu(self) -> None:
        """Offer what can be done; a conversation under way stays as it is."""
        dialogue = self.dialogue
        if dialogue.place is not Place.RECEIPT_GIVEN:
            is_drafting = dialogue.session is not None
            self.change(place=Place.MENU, case_ref=dialogue.case_ref if is_drafting else "")
        has_draft = dialogue.session is not None
        first = MenuItem.RESUME if has_draft else MenuItem.REPORT
        items = (first, *self.ways_elsewhere(), *_ALWAYS, *self.ways_out())
        text = words.MENU_MOVED_ON if dialogue.has_moved_on else words.MENU
        text = words.MENU_WITH_DRAFT if has_draft else text
        self.screens.append(MenuShown(text=Text(msgid=text), items=items))

    def ways_out(self) -> tuple[MenuItem, ...]:
        """What of the place itself can be deleted: a chat; a browser has its quick exit."""
        return (MenuItem.CLEAR_CHAT,) if self.channel is Channel.TELEGRAM else ()

    def ways_elsewhere(self) -> tuple[MenuItem, ...]:
        """Where what is unfinished can go on besides here.

        A report can. A letter to the handlers cannot: its code would let whoever has it speak for
        the reporter in a case, without the receipt. Answers to a round go with its invitation.
        """
        session = self.dialogue.session
        if session is None or session.flow != GRIEVANCE:
            return ()
        others = self.hall.channels - {self.channel}
        return tuple(item for channel, item in _WAYS.items() if channel in others)

    # --- talking ---

    def resume(self, row: Row, move: Move, sent: Sent) -> None:
        """Let the engine take a move in the conversation of this row."""
        dialogue = row.dialogue
        if dialogue is None or dialogue.session is None:
            raise IntakeError("only a conversation that was begun is resumed")
        session = dialogue.session
        flow = self.hall.library.get(session.flow, session.version)
        step = resume(flow, session, move, self.hall.surroundings(self.now))
        self.drop_files_of(move)
        self.dropped |= blobs_of_session(session)
        self.dropped -= blobs_of_session(step.session)
        self.advance(row, step, sent)

    def advance(self, row: Row, step: Step, sent: Sent) -> None:
        """Keep the session in its row, and pass on what the engine said."""
        if row.dialogue is not None:
            row.dialogue = replace(row.dialogue, session=step.session)
        for event in step.events:
            match event:
                case Submitted(submission=submission):
                    self.dropped -= blobs_of_submission(submission)
                    sent(submission)
                case Stopped():
                    raise IntakeError("stopping is done before the engine is asked")
                case AnswerRefused(reason=reason, message=None):
                    message = Text(msgid=words.REFUSALS[reason])
                    self.screens.append(replace(event, message=message))
                case _:
                    self.screens.append(event)

    # --- files ---

    def wipe_session(self, dialogue: Dialogue) -> bool:
        """The files of a draft go with it; whether there was one."""
        if dialogue.session is None:
            return False
        self.dropped |= blobs_of_session(dialogue.session)
        return True

    def drop_files_of(self, move: Move) -> None:
        """Files that came with the move go again, unless the session takes them."""
        if isinstance(move, Attach):
            self.dropped |= blobs_of_files(move.files)
