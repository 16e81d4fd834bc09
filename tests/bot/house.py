"""A small reception over the real engine, with everything in memory.

Stands in for `intake.reception` where a test is about the bot alone.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from flows.definition import Choice, Flow
from flows.engine import Step, Surroundings, begin, resume
from flows.events import Stopped, Submitted
from flows.loading import load_flow
from flows.moves import Attach, Repeat, Stop, SwitchLanguage
from flows.session import Session
from flows.submission import Submission
from flows.values import Scan, StoredFile, Text
from intake import words
from intake.arrivals import Arrival, Arrive, Channel, OpenCase, Report, ShowLanguages
from intake.screens import (
    CaseShown,
    Ended,
    LanguagesOffered,
    LetterShown,
    MenuItem,
    MenuShown,
    Promise,
    ReceiptGiven,
    Reply,
    Screen,
    Told,
)
from locales.languages import best_language
from tests.clamd_server import EICAR

FLOW = load_flow(Path(__file__).parent / "every_kind.yaml")
RECEIPT = "12345678901234567"
PROMISES = (Promise(text=Text(msgid=words.PROMISE_ACKNOWLEDGED), by=date(2026, 11, 27)),)
MENU = MenuShown(text=Text(msgid=words.MENU), items=tuple(MenuItem))
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
REFUSED = Text(msgid="This file is empty. Please choose it again.")


class Sites:
    """Two sites and how they are found."""

    CHOICES = (
        Choice(name="a" * 26, label="Jaipur Stone Works"),
        Choice(name="b" * 26, label="Kota <b>Quarry</b>"),
    )

    def find(self, words: str, language: str) -> tuple[Choice, ...]:
        return tuple(c for c in self.CHOICES if words.casefold() in c.label.casefold())

    def get(self, name: str, language: str) -> Choice | None:
        return next((c for c in self.CHOICES if c.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A receipt to be said again."""

    correspondent: str
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that was not kept."""

    text: Text


@dataclass(slots=True)
class Stay:
    """Where one person stands."""

    language: str
    session: Session | None = None


@dataclass
class House:
    """Implements the bot's `Reception`."""

    flow: Flow = FLOW
    stays: dict[str, Stay] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    updates: set[str] = field(default_factory=set)
    files: list[bytes] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    was_delivered: list[str] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    faults: int = 0
    """How many arrivals are yet to fail."""
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    """Arrivals of these correspondents wait until their gate is open."""
    held: int = 0
    """How many have come to a gate."""

    @property
    def wishes(self) -> list[object]:
        return [arrival.wish for arrival in self.arrivals]

    async def receive(self, arrival: Arrival) -> Reply:
        if gate := self.gates.get(arrival.correspondent):
            self.held += 1
            await gate.wait()
        if self.faults:
            self.faults -= 1
            raise RuntimeError(f"CANARY {arrival.correspondent}")
        stay = self.stays.setdefault(arrival.correspondent, Stay(best_language(arrival.languages)))
        if arrival.update is not None and arrival.update in self.updates:
            return Reply(dialogue="", language=stay.language, screens=(), is_repeat=True)
        self.updates.add(arrival.update or "")
        self.arrivals.append(arrival)
        screens = tuple(self._take(arrival, stay))
        return Reply(
            dialogue=f"dialogue of {arrival.correspondent}",
            language=stay.language,
            screens=screens,
        )

    async def keep_file(
        self, *, channel: Channel, correspondent: str, name: str, chunks: AsyncIterator[bytes]
    ) -> StoredFile | Refused:
        content = b"".join([chunk async for chunk in chunks])
        if not content:
            return Refused(text=REFUSED)
        self.files.append(content)
        kind = "audio/ogg" if content.startswith(b"Ogg") else "image/jpeg"
        scan = Scan.INFECTED if EICAR in content else Scan.NOT_LOOKED
        return StoredFile(
            blob=str(len(self.files)), media_type=kind, size=len(content), name=name, scan=scan
        )

    async def delivered(self, dialogue: str) -> None:
        self.was_delivered.append(dialogue)

    async def undelivered(self, channel: Channel) -> list[Waiting]:
        return self.waiting

    def _take(self, arrival: Arrival, stay: Stay) -> list[Screen]:
        match arrival.wish:
            case Arrive() if stay.session is None:
                return [Told(text=Text(msgid=words.HELLO)), MENU]
            case Report() | Arrive():
                step = begin(
                    self.flow, language=stay.language, surroundings=_surroundings(), presets={}
                )
                return self._shown(stay, step)
            case OpenCase():
                return [_case(), MENU]
            case ShowLanguages():
                return [LanguagesOffered()]
            case SwitchLanguage(language=language):
                stay.language = language
            case Stop() if stay.session is None:
                return [Told(text=Text(msgid=words.NOTHING_TO_STOP)), Ended()]
        move = arrival.wish
        if stay.session is None or (
            not hasattr(move, "turn")
            and not isinstance(move, SwitchLanguage | Stop | Repeat | Attach)
        ):
            return [MENU]
        return self._shown(stay, resume(self.flow, stay.session, move, _surroundings()))  # type: ignore[arg-type]  # the rest are moves

    def _shown(self, stay: Stay, step: Step) -> list[Screen]:
        stay.session = step.session
        screens: list[Screen] = []
        for event in step.events:
            match event:
                case Submitted(submission=submission):
                    stay.session = None
                    self.submissions.append(submission)
                    screens.append(ReceiptGiven(receipt=RECEIPT, promises=PROMISES))
                case Stopped():
                    stay.session = None
                    screens += [Told(text=Text(msgid=words.STOPPED)), Ended()]
                case _:
                    screens.append(event)
        return screens


def _surroundings() -> Surroundings:
    return Surroundings(now=NOW, random=lambda: 0.5, lists={"sites": Sites()})


def _case() -> CaseShown:
    return CaseShown(
        status=Text(msgid="Received"),
        received_on=date(2026, 11, 20),
        promises=PROMISES,
        letters=(
            LetterShown(is_mine=True, sent_on=date(2026, 11, 20), text="It is worse now.", files=2),
            LetterShown(is_mine=False, sent_on=date(2026, 11, 21), text="We read it."),
        ),
    )
