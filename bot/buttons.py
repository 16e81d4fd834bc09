"""What a button carries: which prompt it belongs to, and what it does. At most 64 bytes.

Written by `bot.keyboards`, read by `bot.reading`. The form is a letter, the turn, a dot and the
rest: `c17.wage` chooses `wage` at turn 17. A name is a code of the flow and says no more than the
label that Telegram sees beside it; a name that does not fit goes by its place in the list
(`c17.#3`), and whoever reads it asks for the prompt again to know the name.

Buttons of old messages live on in chats: a letter is never given another meaning.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from flows.moves import (
    Back,
    Change,
    Choose,
    Finish,
    Move,
    Skip,
    Stop,
    Submit,
    SwitchLanguage,
    Toggle,
    Write,
)
from intake.arrivals import (
    AskForReceipt,
    AskToClear,
    ClearChat,
    DoWithCase,
    KeepHere,
    LeaveAsItIs,
    LeaveRound,
    MoveElsewhere,
    Report,
    Request,
    ShowAbout,
    ShowLanguages,
    ShowMenu,
    TakeMoved,
    TakePart,
    WriteBack,
)
from intake.screens import MenuItem
from register.reporter_acts import ReporterAct

MOST_BYTES: Final = 64
"""What Telegram takes as a button's data."""

BY_PLACE: Final = "#"

ANY_TURN: Final = "\x1a"
"""Stands for the turn in a keyboard that serves many turns, until it is known (`at_turn`)."""

_TURN_DIGITS: Final = 7
"""Room that is kept for the turn, so that a button's form does not depend on it."""


class Act(StrEnum):
    """What a button does. Never reuse a letter."""

    CHOOSE = "c"
    TOGGLE = "t"
    CHANGE = "e"
    WRITE = "w"
    FINISH = "f"
    SKIP = "s"
    BACK = "b"
    SUBMIT = "r"
    PAGE = "p"
    ASK_TO_STOP = "q"
    STOP = "x"
    LANGUAGES = "l"
    SWITCH = "g"
    MENU = "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPlace:
    """A choice, or an answer of the review, that is known by its place in the prompt."""

    act: Act
    turn: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Another page of the same prompt or review: nothing but the view changes."""

    turn: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToStop:
    """The stop button was pressed: it asks once more, because one slip would delete everything."""

    turn: int


Press: TypeAlias = Move | Request | ByPlace | Page | AskToStop

_MOVES: Mapping[Act, Callable[[str, int], Move]] = {
    Act.CHOOSE: lambda name, turn: Choose(names=(name,), turn=turn),
    Act.TOGGLE: lambda name, turn: Toggle(name=name, turn=turn),
    Act.CHANGE: lambda path, turn: Change(path=path, turn=turn),
    Act.WRITE: lambda text, turn: Write(text=text, turn=turn),
    Act.FINISH: lambda _, turn: Finish(turn=turn),
    Act.SKIP: lambda _, turn: Skip(turn=turn),
    Act.BACK: lambda _, turn: Back(turn=turn),
    Act.SUBMIT: lambda _, turn: Submit(turn=turn),
    Act.STOP: lambda _, __: Stop(),
    Act.SWITCH: lambda code, _: SwitchLanguage(language=code),
}

_REQUESTS: Mapping[MenuItem, Request] = {
    MenuItem.REPORT: Report(),
    MenuItem.RESUME: Report(),
    MenuItem.RECEIPT: AskForReceipt(),
    MenuItem.WRITE_BACK: WriteBack(),
    MenuItem.TAKE_PART: TakePart(),
    MenuItem.LEAVE_ROUND: LeaveRound(),
    MenuItem.LANGUAGE: ShowLanguages(),
    MenuItem.ABOUT: ShowAbout(),
    MenuItem.LEAVE_AS_IT_IS: LeaveAsItIs(),
    MenuItem.CLEAR_CHAT: AskToClear(),
    MenuItem.CLEAR_NOW: ClearChat(),
    MenuItem.KEEP_CHAT: ShowMenu(),
    MenuItem.MOVE_TO_WEB: MoveElsewhere(),
    MenuItem.MOVE_TO_CHAT: MoveElsewhere(),
    MenuItem.TAKE_MOVED: TakeMoved(),
    MenuItem.KEEP_HERE: KeepHere(),
    **{MenuItem(act): DoWithCase(act=act) for act in ReporterAct},
}


def write(act: Act, turn: int | str = 0, rest: str = "") -> str:
    """The data of a button; `rest` must fit (`named` is for what may not)."""
    return f"{act}{turn}.{rest}"


def named(act: Act, turn: int | str, name: str, place: int) -> str:
    """The data of a button about something that has a name and a place in its list."""
    size = len(write(act, "", name).encode()) + _TURN_DIGITS
    fits = size <= MOST_BYTES and not name.startswith(BY_PLACE)
    return write(act, turn, name if fits else f"{BY_PLACE}{place}")


def read(data: str) -> Press | None:
    """What pressing it means; None for what no version of ours has written."""
    head, dot, rest = data.partition(".")
    try:
        act, turn = Act(head[:1]), int(head[1:])
        return _meaning(act, turn, rest) if dot else None
    except ValueError:
        return None


def _meaning(act: Act, turn: int, rest: str) -> Press:
    if rest.startswith(BY_PLACE):
        return ByPlace(act=act, turn=turn, place=int(rest[1:]))
    if act is Act.PAGE:
        return Page(turn=turn, number=int(rest))
    if act is Act.ASK_TO_STOP:
        return AskToStop(turn=turn)
    if act is Act.LANGUAGES:
        return ShowLanguages()
    if act is Act.MENU:
        return _REQUESTS[MenuItem(rest)] if rest else ShowMenu()
    return _MOVES[act](rest, turn)


def resolved(press: ByPlace, names: tuple[str, ...]) -> Move | None:
    """The move, once the prompt's names (or the review's paths) are known."""
    if not 0 <= press.place < len(names) or press.act not in (Act.CHOOSE, Act.TOGGLE, Act.CHANGE):
        return None
    return _MOVES[press.act](names[press.place], press.turn)
