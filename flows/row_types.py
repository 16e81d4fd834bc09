"""What the `type` column can say, as tables. Called by `building`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flows.definition import Kind

ASKED: Mapping[str, Kind] = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "barcode": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "datetime": Kind.DATETIME,
    "note": Kind.NOTE,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "video": Kind.FILE,
    "file": Kind.FILE,
    "geopoint": Kind.GEOPOINT,
    "range": Kind.RANGE,
    "acknowledge": Kind.ACKNOWLEDGE,
    "trigger": Kind.ACKNOWLEDGE,
    "calculate": Kind.CALCULATE,
    "hidden": Kind.HIDDEN,
}
CHOSEN: Mapping[str, Kind] = {
    "select_one": Kind.SELECT_ONE,
    "select_multiple": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
}
FROM_OUTSIDE: Mapping[str, Kind] = {
    "select_one_external": Kind.SELECT_ONE,
    "select_one_from_file": Kind.SELECT_ONE,
}
CLOCKS: Mapping[str, str] = {"start": "once(now())", "end": "now()", "today": "today()"}
"""XLSForm's metadata that the engine can compute."""
NEVER_KEPT = frozenset(
    {"deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}
)
"""XLSForm's metadata that tells who or where somebody is: read as empty (W4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    """`begin_group`, `begin_repeat`."""

    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """`end_group`, `end_repeat`."""

    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """A question, a note or a calculation."""

    kind: Kind
    choices: str | None = None
    is_external: bool = False
    calculation: str = ""
    """What the type itself computes."""
    has_other: bool = False
    """`or_other`: one more choice, "Other", and a question for its words."""


RowType: TypeAlias = Opens | Closes | Asks
_FRAME = re.compile(r"(begin|end)[ _]+(group|repeat)")


def row_type(written: str) -> RowType | str:
    """What a `type` cell says, or the reason why it cannot be used."""
    words = written.split()
    if (frame := _FRAME.fullmatch(" ".join(words).lower())) is not None:
        is_repeat = frame[2] == "repeat"
        return Opens(is_repeat=is_repeat) if frame[1] == "begin" else Closes(is_repeat=is_repeat)
    first = words[0].lower() if words else ""
    if len(words) == 1 and first in ASKED:
        return Asks(kind=ASKED[first])
    if len(words) == 1 and first in CLOCKS:
        return Asks(kind=Kind.CALCULATE, calculation=CLOCKS[first])
    if first.removeprefix("uri:") in NEVER_KEPT:
        return Asks(kind=Kind.HIDDEN)
    if first in CHOSEN or first in FROM_OUTSIDE:
        return _choosing(first, words[1:])
    return f"{written!r} is not a type of question that flows know"


def _choosing(first: str, rest: list[str]) -> RowType | str:
    has_other = rest[1:] in (["or_other"], ["or", "other"])
    if not rest or (len(rest) > 1 and not has_other):
        return f"{first} needs the name of one list of choices"
    if first in FROM_OUTSIDE:
        name = rest[0].rpartition(".")[0] or rest[0]
        return Asks(kind=FROM_OUTSIDE[first], choices=name, is_external=True)
    return Asks(kind=CHOSEN[first], choices=rest[0], has_other=has_other)
