"""Plays a flow as lines of text, with the real engine and nothing kept.

    lines typed  →  moves  →  engine  →  events  →  lines shown

Used by `gehoor rehearse` and by tests. Choices are answered by their number, as in chat; what
begins with a stroke is a command (`COMMANDS`). Words in whatever direction stand between
isolates, so that they do not turn around the numbers beside them (UAX #9).
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from flows.definition import Flow, Kind
from flows.engine import Step, begin, resume
from flows.events import (
    AnswerRefused,
    Asked,
    Event,
    LanguageSwitched,
    Prompt,
    PromptChoice,
    Reviewed,
    ReviewItem,
    Stopped,
    Submitted,
)
from flows.moves import (
    Attach,
    Back,
    Change,
    Choose,
    Finish,
    Locate,
    Move,
    Repeat,
    Skip,
    Stop,
    Submit,
    SwitchLanguage,
    Write,
)
from flows.submission import Submission
from flows.surroundings import Surroundings
from flows.values import StoredFile, Text
from intake.words import REFUSALS
from locales.catalogue import Catalogue, catalogue
from locales.languages import LANGUAGES
from locales.sentences import isolated
from register.directory import SiteDirectory
from sealing.identifiers import new_id

Tell = Callable[[str], None]

COMMANDS: Mapping[str, str] = {
    "/back": "to the question before",
    "/skip": "leave this question open",
    "/done": "no more files",
    "/file": "send a file (a stand-in: nothing is read)",
    "/place LATITUDE LONGITUDE": "send a place",
    "/language CODE": "go on in another language",
    "/change NUMBER": "from the review to one answer",
    "/submit": "send what the review shows",
    "/stop": "stop and keep nothing",
    "/help": "show these",
}
_MEDIA_TYPES: Mapping[Kind, str] = {Kind.AUDIO: "audio/ogg", Kind.IMAGE: "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a rehearsal is played."""

    flow: Flow
    sites: SiteDirectory
    clock: Callable[[], datetime]
    tell: Tell

    def surroundings(self) -> Surroundings:
        """What the engine may ask about the world at this step."""
        return Surroundings(
            now=self.clock(),
            random=random.SystemRandom().random,
            lists={"sites": self.sites},
            labels=lambda text, language: catalogue(language).render(text),
        )


def rehearse(
    stage: Stage, lines: Iterable[str], *, language: str, presets: Mapping[str, str]
) -> Submission | None:
    """What was sent; None where the conversation was stopped, or the lines ended before it."""
    playing = _Playing(
        stage,
        begin(stage.flow, language=language, surroundings=stage.surroundings(), presets=presets),
    )
    for line in lines:
        playing.take(line.strip())
        if playing.is_over:
            return playing.submission
    return None


class _Playing:
    """One rehearsal under way."""

    def __init__(self, stage: Stage, step: Step) -> None:
        self._stage = stage
        self._items: tuple[ReviewItem, ...] = ()
        self._kind = Kind.NOTE
        self._choices: tuple[PromptChoice, ...] = ()
        self.submission: Submission | None = None
        self._session = step.session
        self._show(step)

    @property
    def is_over(self) -> bool:
        """Whether it was sent or stopped."""
        return self._session.is_over

    def take(self, line: str) -> None:
        """One line that was typed."""
        move = self._move(line)
        if isinstance(move, str):
            self._stage.tell(move)
            return
        step = resume(self._stage.flow, self._session, move, self._stage.surroundings())
        self._session = step.session
        self._show(step)

    def _move(self, line: str) -> Move | str:
        """The move that a line means, or words about the line."""
        if not line.startswith("/"):
            return self._answer(line)
        name, *rest = line.split()
        match name, rest:
            case "/back", []:
                return Back()
            case "/skip", []:
                return Skip()
            case "/done", []:
                return Finish()
            case "/stop", []:
                return Stop()
            case "/submit", []:
                return Submit()
            case "/file", []:
                return Attach(files=(self._stand_in(),))
            case "/place", [latitude, longitude]:
                return _place(latitude, longitude)
            case "/language", [code] if code in _CODES:
                return SwitchLanguage(language=code)
            case "/language", _:
                return f"/language is one of {', '.join(_CODES)}"
            case "/change", [number]:
                return self._change(number)
            case _:
                return "\n".join(f"  {each:28}{does}" for each, does in COMMANDS.items())

    def _answer(self, line: str) -> Move:
        """Numbers are those of the choices as they are shown; everything else is written."""
        numbers = line.replace(",", " ").split()
        if not numbers:
            return Repeat()
        if not all(each.isdecimal() and 0 < int(each) <= len(self._choices) for each in numbers):
            return Write(text=line)
        return Choose(names=tuple(self._choices[int(each) - 1].name for each in numbers))

    def _stand_in(self) -> StoredFile:
        """A file of the kind that is asked for, with nothing behind it."""
        media_type = _MEDIA_TYPES.get(self._kind, "application/pdf")
        return StoredFile(blob=new_id(), media_type=media_type, size=1000, name="stand-in")

    def _change(self, number: str) -> Move | str:
        if number.isdecimal() and 0 < int(number) <= len(self._items):
            return Change(path=self._items[int(number) - 1].path)
        return "/change is followed by the number of an answer in the review"

    def _show(self, step: Step) -> None:
        words = catalogue(step.session.language)
        for event in step.events:
            match event:
                case Submitted(submission=submission):
                    self.submission = submission
                case Reviewed(items=items):
                    self._items = items
                case Asked(prompt=prompt):
                    self._kind, self._choices = prompt.kind, prompt.choices
                case _:
                    pass
            for line in _lines(event, words):
                self._stage.tell(line)


_CODES = tuple(language.code for language in LANGUAGES)


def shape_of(submission: Submission) -> Iterator[str]:
    """What was sent, as its shape: particulars with their codes, account entries by name alone."""
    yield f"Sent by {submission.flow} version {submission.version}, in {submission.language}."
    yield "Particulars, which stay readable for routing and counting:"
    for code, value in sorted(submission.particulars.items()):
        yield f"  {code} = {isolated(str(value))}"
    yield "Account, which is sealed:"
    for entry in submission.account:
        yield f"  {entry.path} ({type(entry.value).__name__})"


def _place(latitude: str, longitude: str) -> Move | str:
    try:
        return Locate(latitude=float(latitude), longitude=float(longitude))
    except ValueError:
        return "/place is followed by two numbers, such as 24.6 73.7"


def _lines(event: Event, words: Catalogue) -> Iterator[str]:
    """An event as it reads in a terminal."""
    match event:
        case Asked(prompt=prompt):
            yield from _question(prompt, words)
        case AnswerRefused(reason=reason, message=message):
            yield f"! {_shown(message or Text(msgid=REFUSALS[reason]), words)}"
        case Reviewed(items=items, notes=notes):
            yield from ("", *(_shown(note, words) for note in notes))
            for number, item in enumerate(items, start=1):
                yield f"  {number}. {_shown(item.label, words)}: {_answer(item, words)}"
            yield "(/submit sends it, /change NUMBER changes an answer)"
        case LanguageSwitched(language=language):
            yield f"({language})"
        case Stopped():
            yield "(stopped: nothing is kept)"
        case Submitted():
            yield "(sent)"
        case _:
            assert_never(event)


def _question(prompt: Prompt, words: Catalogue) -> Iterator[str]:
    yield ""
    for note in prompt.notes:
        yield _shown(note, words)
    yield f"[{prompt.answered + 1}/{prompt.expected}] {_shown(prompt.label, words)}"
    if prompt.hint is not None:
        yield f"  {_shown(prompt.hint, words)}"
    for number, choice in enumerate(prompt.choices, start=1):
        mark = "x" if choice.is_selected else " "
        yield f"  {mark} {number}. {choice.icon} {_shown(choice.label, words)}"
    if prompt.current is not None:
        yield f"  = {isolated(words.show(prompt.current))}"


def _answer(item: ReviewItem, words: Catalogue) -> str:
    if item.choices:
        return isolated(words.list([words.render(choice) for choice in item.choices]))
    return "-" if item.value is None else isolated(words.show(item.value))


def _shown(text: Text, words: Catalogue) -> str:
    return isolated(words.render(text))
