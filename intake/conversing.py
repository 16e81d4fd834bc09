"""One step of a conversation: where the person stands and what they want give what is said.

Called by `intake.reception` inside a transaction, so it is short, does no input or output, and
may be run again. What takes long (Argon2, files) was done before and comes in as `Prepared`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.engine import Step, begin, resume
from flows.events import AnswerRefused, Stopped, Submitted
from flows.moves import Attach, Move, Repeat, Stop, SwitchLanguage, Write
from flows.session import Session
from flows.submission import Submission
from flows.values import Text
from intake import words
from intake.arrivals import (
    Arrive,
    AskForReceipt,
    Channel,
    JoinRound,
    LeaveRound,
    OpenCase,
    Report,
    Request,
    ShowAbout,
    ShowLanguages,
    ShowMenu,
    TakePart,
    WriteBack,
)
from intake.book import DialogueBook
from intake.dialogue import Dialogue, Place
from intake.errors import IntakeError
from intake.hall import FOLLOW_UP, GRIEVANCE, Hall
from intake.held_files import blobs_of_files, blobs_of_session, blobs_of_submission
from intake.office import KnownPeople, people_now
from intake.ports import Transaction
from intake.reporter_side import case_shown, receipt_shown
from intake.rounds import Joined, accept, join, leave, rejoin, round_shown
from intake.screens import Ended, LanguagesOffered, MenuItem, MenuShown, Screen, Told
from intake.submitting import file_case, file_letter, file_ratings
from locales.languages import LANGUAGES
from register.quarters import Quarter
from sealing.identifiers import new_id
from sealing.receipts import MintedReceipt, ReceiptMistake, ReceiptMistakeReason, ReporterKey

_RECEIPT_HINTS = {
    ReceiptMistakeReason.TOO_SHORT: words.RECEIPT_TOO_SHORT,
    ReceiptMistakeReason.TOO_LONG: words.RECEIPT_TOO_LONG,
    ReceiptMistakeReason.NOT_DIGITS: words.RECEIPT_NOT_DIGITS,
    ReceiptMistakeReason.CHECK_DIGIT: words.RECEIPT_DIGIT_WRONG,
}
_KNOWN_LANGUAGES = frozenset(language.code for language in LANGUAGES)


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


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a step gives besides what it wrote."""

    language: str
    screens: tuple[Screen, ...]
    dropped_blobs: frozenset[str]
    """Files of answers that are gone; to be deleted once the transaction is durable."""
    has_used_receipt: bool
    people: KnownPeople | None
    """Who can handle cases, where this step had to look; to be known once it is durable."""


@dataclass(slots=True, kw_only=True)
class _Row:
    """A dialogue and the pseudonym it is kept under; None once it is to be wiped."""

    pseudonym: str
    dialogue: Dialogue | None


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One step under way. `take` is called once."""

    hall: Hall
    tx: Transaction
    book: DialogueBook
    channel: Channel
    pseudonym: str
    address: str = field(repr=False)
    wish: Request | Move = field(repr=False)
    prepared: Prepared = field(repr=False)
    default_language: str
    now: datetime
    _screens: list[Screen] = field(default_factory=list, init=False, repr=False)
    _dropped: set[str] = field(default_factory=set, init=False)
    _has_used_receipt: bool = field(default=False, init=False)
    _people: KnownPeople | None = field(default=None, init=False, repr=False)
    _is_new: bool = field(default=False, init=False)
    _own: _Row = field(init=False)

    def take(self) -> Outcome:
        """Do what is wished, keep what came of it, and say it."""
        self._own = self._find()
        match self.wish:
            case Arrive(site_code=code):
                self._arrive(code)
            case ShowMenu():
                self._menu()
            case ShowAbout():
                self._screens += [Told(text=Text(msgid=msgid)) for msgid in words.ABOUT]
                self._menu()
            case ShowLanguages():
                self._screens.append(LanguagesOffered())
            case SwitchLanguage(language=language):
                self._switch_language(language)
            case Report():
                self._report()
            case AskForReceipt():
                self._change(place=Place.RECEIPT_WANTED)
                self._tell(words.RECEIPT_WANTED)
            case OpenCase():
                self._open_case()
            case WriteBack():
                self._write_back()
            case JoinRound(token=token):
                self._join(token)
            case TakePart():
                self._take_part()
            case LeaveRound():
                self._leave()
            case Stop():
                self._stop()
            case _:
                self._move(self.wish)
        if not (self._is_new and self._own.dialogue == self._newcomer()):
            self._keep(self._own)  # who only looked around leaves no row behind
        return Outcome(
            language=self._language,
            screens=tuple(self._screens),
            dropped_blobs=frozenset(self._dropped),
            has_used_receipt=self._has_used_receipt,
            people=self._people,
        )

    # --- where the person stands ---

    @property
    def _dialogue(self) -> Dialogue:
        """As it stands; somebody new again, once it was wiped."""
        return self._own.dialogue or self._newcomer()

    @property
    def _language(self) -> str:
        return self._dialogue.language

    def _find(self) -> _Row:
        dialogue = self.book.read(self.pseudonym)
        self._is_new = dialogue is None
        return _Row(pseudonym=self.pseudonym, dialogue=dialogue or self._newcomer())

    def _newcomer(self) -> Dialogue:
        # The address is kept only where an answer could not find its way back without it.
        address = self.address if self.channel is Channel.TELEGRAM else ""
        return Dialogue(language=self.default_language, address=address, begun_on=self.now.date())

    def _change(self, **changes: object) -> None:
        self._own.dialogue = replace(self._dialogue, **changes)  # type: ignore[arg-type]  # fields by name

    def _keep(self, row: _Row) -> None:
        if row.dialogue is None:
            self.book.wipe(row.pseudonym)
        else:
            self.book.keep(row.pseudonym, row.dialogue)

    def _tell(self, msgid: str, *, is_warning: bool = False) -> None:
        self._screens.append(Told(text=Text(msgid=msgid), is_warning=is_warning))

    # --- outside a conversation ---

    def _arrive(self, site_code: str) -> None:
        if site_code:
            site = self.hall.sites().by_code(site_code)
            if site is None:
                self._tell(words.UNKNOWN_SITE_LINK)
            else:
                self._change(site=site.id)
                self.tx.hearings.count_reader(site.id, Quarter.of(self.now.date()))
        if self._is_new:
            self._tell(words.HELLO)
            self._change(place=Place.LANGUAGES)
            self._screens.append(LanguagesOffered())
        else:
            self._menu()

    def _menu(self) -> None:
        dialogue = self._dialogue
        if dialogue.place is not Place.RECEIPT_GIVEN:
            is_open_case = dialogue.session is None or dialogue.session.flow != FOLLOW_UP
            self._change(
                place=Place.MENU,
                case_ref="" if dialogue.session is None or not is_open_case else dialogue.case_ref,
            )
        has_draft = dialogue.session is not None
        first = MenuItem.RESUME if has_draft else MenuItem.REPORT
        items = (first, MenuItem.RECEIPT, MenuItem.LANGUAGE, MenuItem.ABOUT)
        text = words.MENU_WITH_DRAFT if has_draft else words.MENU
        self._screens.append(MenuShown(text=Text(msgid=text), items=items))

    def _switch_language(self, language: str) -> None:
        if language not in _KNOWN_LANGUAGES:
            self._screens.append(LanguagesOffered())
            return
        self._change(language=language)
        match self._dialogue.place:
            case Place.TALKING | Place.ROUND:
                self._move(SwitchLanguage(language=language))
            case Place.RECEIPT_WANTED:
                self._tell(words.RECEIPT_WANTED)
            case Place.RECEIPT_GIVEN:
                self._show_receipt()
            case _:
                self._menu()

    def _stop(self) -> None:
        """Wipe whatever is not sent; what was sent stays with the handlers (W2)."""
        has_draft = self._wipe_session(self._dialogue) | self._stop_round()
        self._tell(words.STOPPED if has_draft else words.NOTHING_TO_STOP)
        self._own.dialogue = None
        self._screens.append(Ended())

    def _stop_round(self) -> bool:
        """What is not sent of a round goes as well; what was sent stays until the person leaves."""
        if self._dialogue.place is not Place.ROUND:
            return False
        pseudonym = self.hall.invitation_pseudonym(self._dialogue.invitation)
        dialogue = self.book.read(pseudonym)
        self.book.wipe(pseudonym)
        return dialogue is not None and self._wipe_session(dialogue)

    def _wipe_session(self, dialogue: Dialogue) -> bool:
        """The files of a draft go with it; whether there was one."""
        if dialogue.session is None:
            return False
        self._dropped |= blobs_of_session(dialogue.session)
        return True

    # --- the reporter's side of a case ---

    def _open_case(self) -> None:
        match self.prepared.receipt:
            case ReporterKey() as key:
                self._show_case(key)
            case ReceiptMistake(reason=reason):
                self._change(place=Place.RECEIPT_WANTED)
                self._tell(_RECEIPT_HINTS[reason])
            case TooManyTries():
                self._change(place=Place.RECEIPT_WANTED)
                self._tell(words.TOO_MANY_TRIES)
            case None:
                self._change(place=Place.RECEIPT_WANTED)
                self._tell(words.RECEIPT_WANTED)

    def _show_case(self, key: ReporterKey) -> None:
        ref = self.tx.cases.by_receipt(key.lookup)
        case = None if ref is None else self.tx.cases.get(ref)
        if case is None:
            self._change(place=Place.RECEIPT_WANTED)
            self._tell(words.NO_SUCH_RECEIPT)
            return
        self._screens.append(case_shown(self.tx, case, key))
        if self._dialogue.session is None:
            self._change(place=Place.CASE_OPEN, case_ref=case.ref)
        items = (MenuItem.WRITE_BACK, MenuItem.LANGUAGE, MenuItem.ABOUT)
        self._screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))

    def _write_back(self) -> None:
        dialogue = self._dialogue
        if dialogue.session is not None:
            self._tell(words.FIRST_FINISH)
            self._menu()
        elif dialogue.place is not Place.CASE_OPEN:
            self._tell(words.OPEN_CASE_FIRST)
            self._menu()
        else:
            self._begin(FOLLOW_UP, case_ref=dialogue.case_ref)

    def _show_receipt(self) -> None:
        handover = self._dialogue.handover
        if handover is not None:
            self._screens.append(receipt_shown(self.tx, handover))

    # --- within a conversation ---

    def _report(self) -> None:
        if self._dialogue.handover is not None:
            self._show_receipt()
        elif self._dialogue.session is not None:
            self._talk(Repeat())
        else:
            self._begin(GRIEVANCE, case_ref=new_id())

    def _begin(self, flow: str, *, case_ref: str) -> None:
        site = self._dialogue.site
        step = begin(
            self.hall.library.get(flow),
            language=self._language,
            surroundings=self.hall.surroundings(self.now),
            presets={"channel": self.channel.value, **({"site": site} if site else {})},
        )
        self._change(place=Place.TALKING, case_ref=case_ref)
        self._after(self._own, step)

    def _move(self, move: Move) -> None:
        dialogue = self._dialogue
        is_typed = isinstance(move, Write)
        is_receipt = is_typed and isinstance(self.prepared.receipt, ReporterKey)
        match dialogue.place:
            case Place.ROUND:
                self._talk_in_round(move)
            case Place.TALKING:
                self._talk(move)
            case Place.RECEIPT_GIVEN:
                self._show_receipt()
            case Place.RECEIPT_WANTED if is_typed:
                self._open_case()
            case _ if is_receipt:
                self._open_case()
            case _ if self._is_answer(move) and dialogue.session is not None:
                self._talk(move)
            case _:
                if self._is_answer(move):
                    self._tell(words.DRAFT_IS_GONE)
                self._drop_files_of(move)
                self._menu()

    @staticmethod
    def _is_answer(move: Move) -> bool:
        """Whether it answers a particular question (a button, a form), not just any."""
        return getattr(move, "turn", None) is not None

    def _talk(self, move: Move) -> None:
        self._change(place=Place.TALKING)
        self._resume(self._own, move)

    def _resume(self, row: _Row, move: Move) -> None:
        dialogue = row.dialogue
        if dialogue is None or dialogue.session is None:
            raise IntakeError("only a conversation that was begun is resumed")
        session = dialogue.session
        flow = self.hall.library.get(session.flow, session.version)
        step = resume(flow, session, move, self.hall.surroundings(self.now))
        self._drop_files_of(move)
        self._dropped |= blobs_of_session(session)
        self._dropped -= blobs_of_session(step.session)
        self._after(row, step)

    def _after(self, row: _Row, step: Step) -> None:
        """Keep the session, and pass on what the engine said."""
        if row.dialogue is not None:
            row.dialogue = replace(row.dialogue, session=step.session)
        for event in step.events:
            match event:
                case Submitted(submission=submission):
                    self._submitted(row, submission)
                case Stopped():
                    self._stop()
                case AnswerRefused(reason=reason, message=None):
                    message = Text(msgid=words.REFUSALS[reason])
                    self._screens.append(replace(event, message=message))
                case _:
                    self._screens.append(event)

    def _submitted(self, row: _Row, submission: Submission) -> None:
        self._dropped -= blobs_of_submission(submission)
        if row is not self._own:
            self._rated(row, submission)
        elif submission.flow == FOLLOW_UP:
            case_ref = self._dialogue.case_ref
            kept = file_letter(self.tx, submission, case_ref=case_ref, now=self.now)
            self._own.dialogue = None
            self._screens.append(kept)
        else:
            self._filed(submission)

    def _filed(self, submission: Submission) -> None:
        minted = self.prepared.minted
        if minted is None:
            raise IntakeError("a receipt is minted before anything is submitted")
        self._people = people_now(self.tx, self.prepared.people)
        handover = file_case(
            self.tx,
            self.hall,
            submission,
            case_ref=self._dialogue.case_ref,
            receipt=minted,
            reporter_tag=self.hall.reporter_tag(self.pseudonym, self.now.date()),
            people=self._people,
            now=self.now,
        )
        self._has_used_receipt = True
        self._change(
            place=Place.RECEIPT_GIVEN, session=None, case_ref="", site="", handover=handover
        )
        self._show_receipt()

    def _drop_files_of(self, move: Move) -> None:
        """Files that came with the move go again, unless the session takes them."""
        if isinstance(move, Attach):
            self._dropped |= blobs_of_files(move.files)

    # --- consultation rounds ---

    def _join(self, token: str) -> None:
        joined = join(self.tx, token, self.now.date())
        if not isinstance(joined, Joined):
            self._tell(joined)
            if not self._is_new:
                self._menu()
            return
        if self._is_new:
            self._change(language=joined.invitation.language)
        self._change(place=Place.ROUND, invitation=joined.invitation.id)
        self._show_round(joined)

    def _show_round(self, joined: Joined) -> None:
        row = self._round_row(joined)
        has_begun = row.dialogue is not None and row.dialogue.session is not None
        self._screens.append(round_shown(self.tx, joined, self._language, has_begun=has_begun))
        first = MenuItem.RESUME if has_begun else MenuItem.TAKE_PART
        items = (first, MenuItem.LEAVE_ROUND, MenuItem.LANGUAGE)
        self._screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))

    def _joined(self) -> Joined | None:
        """The round this dialogue takes part in; tells why when that is over."""
        joined = rejoin(self.tx, self._dialogue.invitation, self.now.date())
        if isinstance(joined, Joined):
            return joined
        self._tell(joined)
        self._change(place=Place.MENU, invitation="")
        self._menu()
        return None

    def _round_row(self, joined: Joined) -> _Row:
        pseudonym = self.hall.invitation_pseudonym(joined.invitation.id)
        return _Row(pseudonym=pseudonym, dialogue=self.book.read(pseudonym))

    def _take_part(self) -> None:
        joined = self._joined()
        if joined is None:
            return
        self._change(place=Place.ROUND)
        row = self._round_row(joined)
        if row.dialogue is not None and row.dialogue.session is not None:
            self._resume(row, SwitchLanguage(language=self._language))
        else:
            accept(self.tx, joined)
            row.dialogue = Dialogue(language=self._language, begun_on=self.now.date())
            flow = self.hall.library.get(joined.round.flow)
            surroundings = self.hall.surroundings(self.now)
            self._after(
                row, begin(flow, language=self._language, surroundings=surroundings, presets={})
            )
        self._keep(row)

    def _talk_in_round(self, move: Move) -> None:
        joined = self._joined()
        if joined is None:
            return
        row = self._round_row(joined)
        if row.dialogue is None or row.dialogue.session is None:
            self._show_round(joined)
            return
        self._resume(row, move)
        self._keep(row)

    def _rated(self, row: _Row, submission: Submission) -> None:
        joined = self._joined()
        if joined is None or row.dialogue is None:
            return
        self._screens.append(file_ratings(self.tx, joined, submission, now=self.now))
        # The answers stay where the review showed them, so that they can be changed (R94).
        row.dialogue = replace(row.dialogue, session=_before_submitting(self.book, row))

    def _leave(self) -> None:
        joined = self._joined()
        if joined is None:
            return
        row = self._round_row(joined)
        if row.dialogue is not None:
            self._wipe_session(row.dialogue)
        self.book.wipe(row.pseudonym)
        leave(self.tx, joined)
        self._change(place=Place.MENU, invitation="")
        self._tell(words.LEFT_ROUND)


def _before_submitting(book: DialogueBook, row: _Row) -> Session | None:
    kept = book.read(row.pseudonym)
    return None if kept is None else kept.session
