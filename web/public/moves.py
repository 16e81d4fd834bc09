"""What a posted form means: which move, or which wish. Pure; called by `web.public.conversation`.

A form says by `shape` how its question was put, and by `do` which button was pressed. Neither is
trusted: the engine judges every move by the question it really asks.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flows.moves import (
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
    Toggle,
    Write,
)
from flows.values import Text
from intake.arrivals import (
    DoWithCase,
    KeepHere,
    LeaveAsItIs,
    LeaveRound,
    MoveElsewhere,
    Report,
    Request,
    TakeMoved,
    TakePart,
    WriteBack,
)
from locales.marking import N_
from register.reporter_acts import ReporterAct
from web.public.forms import Form

NO_SUCH_TURN = -1
"""For a form without a readable turn: it must be refused, never taken as "whatever is asked"."""

RANK_NUMBERS = N_("Give each line its own number: 1 for the first, 2 for the next.")


class Shape(StrEnum):
    """How a question is put on a page, and so which fields its form has."""

    CHOOSE = "choose"
    WRITE = "write"
    SEARCH = "search"
    PLACE = "place"
    RANK = "rank"
    FILES = "files"
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfilled:
    """The form cannot be a move; nothing was changed."""

    text: Text


Wish = Move | Request | Misfilled


def turn_of(form: Form) -> int:
    """The turn that the form was made for."""
    text = form.one("turn")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_SUCH_TURN


def wish_of(form: Form) -> Wish:
    """What the person wants. An unknown button asks the present question again."""
    verb, _, argument = form.one("do").partition(".")
    turn = turn_of(form)
    match verb:
        case "" | "next":
            return answer_of(form)
        case "search":
            return Write(text=form.one("text"), turn=turn)
        case "back":
            return Back(turn=turn)
        case "skip":
            return Skip(turn=turn)
        case "stop":
            return Stop()
        case "submit":
            return Submit(turn=turn)
        case "change":
            return Change(path=argument, turn=turn)
        case "remove":
            return Toggle(name=argument, turn=turn)
        case "language":
            return SwitchLanguage(language=argument)
        case _:
            return REQUESTS.get(verb, Repeat())


REQUESTS: Mapping[str, Request] = {
    "report": Report(),
    "resume": Report(),
    "write_back": WriteBack(),
    "take_part": TakePart(),
    "leave_round": LeaveRound(),
    "leave_as_it_is": LeaveAsItIs(),
    "move_to_chat": MoveElsewhere(),
    "take_moved": TakeMoved(),
    "keep_here": KeepHere(),
    **{act.value: DoWithCase(act=act) for act in ReporterAct},
}


def answer_of(form: Form) -> Wish:
    """The answer in the form's fields; a form with nothing filled in skips the question."""
    reader = READERS.get(form.one("shape"))
    return Repeat() if reader is None else reader(form, turn_of(form))


def _written(form: Form, turn: int) -> Wish:
    text = form.one("text")
    return Write(text=text, turn=turn) if text.strip() else Skip(turn=turn)


def _chosen(form: Form, turn: int) -> Wish:
    names = form.all("choice")
    return Choose(names=names, turn=turn) if names else Skip(turn=turn)


def _found(form: Form, turn: int) -> Wish:
    return _chosen(form, turn) if form.all("choice") else _written(form, turn)


def _located(form: Form, turn: int) -> Wish:
    typed = form.one("latitude").strip(), form.one("longitude").strip()
    if not any(typed):
        return Skip(turn=turn)
    try:
        latitude, longitude = (float(number.replace(",", ".")) for number in typed)
    except ValueError:
        return Write(text=" ".join(typed), turn=turn)
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return Write(text=" ".join(typed), turn=turn)
    return Locate(latitude=latitude, longitude=longitude, turn=turn)


def _ranked(form: Form, turn: int) -> Wish:
    given = {
        name.removeprefix("rank."): form.one(name)
        for name in form.fields
        if name.startswith("rank.")
    }
    if not any(given.values()):
        return Skip(turn=turn)
    if sorted(given.values()) != sorted(str(place) for place in range(1, len(given) + 1)):
        return Misfilled(text=Text(msgid=RANK_NUMBERS))
    return Choose(names=tuple(sorted(given, key=lambda name: int(given[name]))), turn=turn)


def _filed(_form: Form, turn: int) -> Wish:
    return Finish(turn=turn)


def _acknowledged(_form: Form, turn: int) -> Wish:
    return Choose(names=("ok",), turn=turn)


READERS: Mapping[str, Callable[[Form, int], Wish]] = {
    Shape.CHOOSE: _chosen,
    Shape.WRITE: _written,
    Shape.SEARCH: _found,
    Shape.PLACE: _located,
    Shape.RANK: _ranked,
    Shape.FILES: _filed,
    Shape.ACKNOWLEDGE: _acknowledged,
}
