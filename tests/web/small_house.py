"""A small house behind the pages: the real engine, with everything kept in memory.

Stands in for `intake.reception` where a test is about the pages alone.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from consultations.influence import NOT_APPROVAL, QUESTIONS_ARE_A_START
from flows.definition import Choice
from flows.engine import Step, Surroundings, begin, resume
from flows.events import AnswerRefused, Stopped, Submitted
from flows.loading import load_flow
from flows.moves import Move, Repeat, Stop, SwitchLanguage
from flows.session import Session
from flows.submission import Submission
from flows.values import Scan, StoredFile, Text
from intake import words
from intake.arrivals import (
    Arrival,
    Arrive,
    Channel,
    JoinRound,
    LeaveRound,
    MoveElsewhere,
    OpenCase,
    Report,
    TakeOver,
    TakePart,
    WriteBack,
)
from intake.files import FileFault, FileRefused
from intake.screens import (
    CaseShown,
    Ended,
    LetterKept,
    LetterShown,
    MenuItem,
    MenuShown,
    MoveOffered,
    NextStepShown,
    Promise,
    RatingKept,
    ReceiptGiven,
    Reply,
    RoundShown,
    Screen,
    Told,
)
from tests.clamd_server import EICAR

FLOW = load_flow(Path(__file__).parent / "every_kind.yaml")
MOVING = MoveOffered(
    is_to_web=False, link_code="a" * 32, typed_code="123 456 789 012 345", minutes=30
)
RECEIPT = "1234-5678-9012-3456-7"
LONG_AGO = date(2026, 1, 1)
PROMISE = Promise(text=Text(msgid=words.PROMISE_ACKNOWLEDGED), by=date(2026, 11, 27))
MENU = MenuShown(text=Text(msgid=words.MENU), items=(MenuItem.REPORT, MenuItem.RECEIPT))


class Sites:
    """Two sites."""

    CHOICES = (
        Choice(name="s1", label="Jaipur Stone Works"),
        Choice(name="s2", label="Kota <b>Quarry</b>"),
    )

    def find(self, words: str, language: str) -> tuple[Choice, ...]:
        return tuple(c for c in self.CHOICES if words.casefold() in c.label.casefold())

    def get(self, name: str, language: str) -> Choice | None:
        return next((c for c in self.CHOICES if c.name == name), None)


@dataclass(slots=True)
class Stay:
    """One visitor's state."""

    language: str
    session: Session | None = None
    has_receipt: bool = False
    has_case: bool = False
    in_round: bool = False


@dataclass
class SmallHouse:
    """Implements the `Reception` port."""

    submissions: list[Submission] = field(default_factory=list)
    stays: dict[str, Stay] = field(default_factory=dict)
    wishes: list[object] = field(default_factory=list)
    site_codes: list[str] = field(default_factory=list)
    is_broken: bool = False

    async def receive(self, arrival: Arrival) -> Reply:
        if self.is_broken:
            raise RuntimeError("CANARY-WORDS of somebody")
        dialogue = hashlib.sha256(arrival.correspondent.encode()).hexdigest()
        stay = self.stays.setdefault(dialogue, Stay(arrival.languages[0]))
        self.wishes.append(arrival.wish)
        screens = tuple(self._take(dialogue, stay, arrival.wish))
        ways_on = () if stay.session is None else (MenuItem.MOVE_TO_CHAT,)
        return Reply(dialogue=dialogue, language=stay.language, screens=screens, ways_on=ways_on)

    async def keep_file(
        self, *, channel: Channel, correspondent: str, name: str, chunks: AsyncIterator[bytes]
    ) -> StoredFile | FileRefused:
        content = b""
        async for chunk in chunks:
            content += chunk
            if len(content) > 1_000_000:
                return FileRefused(
                    reason=FileFault.TOO_LARGE, text=Text(msgid="This file is too large.")
                )
        blob = hashlib.sha256(content).hexdigest()[:26]
        media_type = "audio/ogg" if name.endswith(".ogg") else "image/png"
        scan = Scan.INFECTED if EICAR in content else Scan.NOT_LOOKED
        return StoredFile(blob=blob, media_type=media_type, size=len(content), name=name, scan=scan)

    async def delivered(self, dialogue: str) -> None:
        self.stays.pop(dialogue, None)

    def _take(self, dialogue: str, stay: Stay, wish: object) -> list[Screen]:
        match wish:
            case Arrive(site_code=code):
                self.site_codes.append(code)
                known = code == "JPR01"
                return [MENU] if known else [Told(text=Text(msgid=words.UNKNOWN_SITE_LINK)), MENU]
            case Report() | TakePart() | WriteBack() if stay.session is None:
                return self._show(dialogue, stay, begin(FLOW, **self._now(stay), presets={}))
            case Report() | TakePart() | WriteBack():
                return self._move(dialogue, stay, Repeat())
            case MoveElsewhere():
                return [MOVING]
            case TakeOver(code=code) if code != MOVING.link_code:
                return [Told(text=Text(msgid=words.CODE_DOES_NOT_WORK)), MENU]
            case TakeOver():
                moved = Told(text=Text(msgid=words.MOVED_HERE))
                begun = begin(FLOW, **self._now(stay), presets={})
                return [moved, *self._show(dialogue, stay, begun)]
            case OpenCase(receipt=typed):
                stay.has_case = typed.replace(" ", "") == RECEIPT.replace("-", "")
                return [_case()] if stay.has_case else [_refusal(typed)]
            case JoinRound():
                stay.in_round = True
                return [_round()]
            case LeaveRound():
                stay.in_round = False
                return [Told(text=Text(msgid=words.LEFT_ROUND))]
            case _:
                return self._move(dialogue, stay, wish)  # type: ignore[arg-type]  # the rest are moves

    def _move(self, dialogue: str, stay: Stay, move: Move) -> list[Screen]:
        if stay.has_receipt:
            return [ReceiptGiven(receipt=RECEIPT, promises=(PROMISE,))]
        if isinstance(move, SwitchLanguage):
            stay.language = move.language
        if stay.session is None:
            return [Ended()] if isinstance(move, Stop) else [MENU]
        surroundings = self._now(stay)["surroundings"]
        return self._show(dialogue, stay, resume(FLOW, stay.session, move, surroundings))

    def _show(self, dialogue: str, stay: Stay, step: Step) -> list[Screen]:
        stay.session = step.session
        screens: list[Screen] = []
        for event in step.events:
            match event:
                case Submitted(submission=submission):
                    self.submissions.append(submission)
                    stay.session = None
                    screens.append(self._filed(stay))
                case Stopped():
                    self.stays.pop(dialogue, None)
                    screens.append(Ended())
                case AnswerRefused(reason=reason, message=None):
                    screens.append(
                        AnswerRefused(reason=reason, message=Text(msgid=words.REFUSALS[reason]))
                    )
                case _:
                    screens.append(event)
        return screens

    def _filed(self, stay: Stay) -> Screen:
        if stay.has_case:
            return LetterKept()
        if stay.in_round:
            return RatingKept(closes_on=date(2026, 12, 1), feedback_by=date(2027, 1, 1))
        stay.has_receipt = True
        return ReceiptGiven(receipt=RECEIPT, promises=(PROMISE,))

    def _now(self, stay: Stay) -> dict:  # type: ignore[type-arg]  # arguments of the engine, by name
        surroundings = Surroundings(
            now=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
            random=lambda: 0.5,
            lists={"sites": Sites()},
        )
        return {"language": stay.language, "surroundings": surroundings}


def _refusal(typed: str) -> Told:
    hint = words.TOO_MANY_TRIES if typed == "9" else words.NO_SUCH_RECEIPT
    return Told(text=Text(msgid=hint))


def _case() -> CaseShown:
    letters = (
        LetterShown(is_mine=False, sent_on=LONG_AGO, text="Are you <i>safe</i>?\nTell us."),
        LetterShown(is_mine=True, sent_on=LONG_AGO, text="Yes", files=2),
    )
    return CaseShown(
        status=Text(msgid="Received"), received_on=LONG_AGO, promises=(PROMISE,), letters=letters
    )


def _round() -> RoundShown:
    return RoundShown(
        organisation="Stone Fund",
        organiser="The Mediators",
        sites=("Kota Quarry",),
        purpose="To find what harms most",
        influence=Text(msgid="You decide together."),
        outcome_use="The plan for next year",
        decisions="By vote",
        expected="Half an hour",
        next_steps=(NextStepShown(words="A meeting", owner="Ana", by=date(2027, 3, 1)),),
        statements=(Text(msgid=QUESTIONS_ARE_A_START), Text(msgid=NOT_APPROVAL)),
        closes_on=date(2026, 12, 1),
        feedback_by=date(2027, 1, 1),
    )
