"""Reads a move as an answer to the question that is put. Called by the engine.

What a kind takes is two tables: `WRITTEN` for typed words, `_MEDIA` for files. Everything that is
read here is checked against what the question offers now.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, assert_never

from flows.at_hand import Asking, files_so_far, names_so_far
from flows.clean_text import clean, is_blank
from flows.definition import Kind
from flows.events import Reason
from flows.limits import LONGEST_TEXT, file_limit, in_range, text_limit
from flows.moves import Attach, Choose, Finish, Locate, Skip, Toggle, Write
from flows.offering import offered, offers
from flows.readings import Gathered, Reading, Refused, Searched, Taken
from flows.texts import OK, YES
from flows.typed_choices import find_choice, find_choices, plain_words
from flows.typed_days import read_date, read_datetime, read_time
from flows.typed_numbers import latin_digits, read_decimal, read_whole
from flows.values import Place, StoredFile, Text, Value

Answer: TypeAlias = Write | Choose | Toggle | Finish | Attach | Locate | Skip

LONGEST_FILE_NAME = 255
LONGEST_SEARCH = 200
AGREED = "ok"
"""The one choice, and the value, of a question that is only to be acknowledged."""
_SEVERAL = frozenset({Kind.SELECT_MULTIPLE, Kind.RANK})
_MEDIA: Mapping[Kind, tuple[str, ...]] = {
    Kind.IMAGE: ("image/",),
    Kind.AUDIO: ("audio/", "application/ogg", "video/"),  # browsers record voices as video/webm
    Kind.FILE: ("",),
}


def read_answer(asking: Asking, move: Answer) -> Reading:
    """What the move means to the question; refusals carry a reason."""
    match move:
        case Write(text=text):
            return _written(asking, text)
        case Choose(names=names):
            return _chosen(asking, tuple(dict.fromkeys(names)))
        case Toggle(name=name):
            return _toggled(asking, name)
        case Attach(files=files):
            return _attached(asking, files)
        case Locate(latitude=latitude, longitude=longitude):
            if asking.question.kind is not Kind.GEOPOINT:
                return Refused(reason=Reason.WRONG_KIND)
            return _located(latitude, longitude)
        case Finish():
            return _finished(asking)
        case Skip():
            return asking.left_empty()
        case _:
            assert_never(move)


# -- typed words ----------------------------------------------------------------------------------


def _written(asking: Asking, text: str) -> Reading:
    read = WRITTEN.get(asking.question.kind)
    if read is None:
        return Refused(reason=Reason.WRONG_KIND)
    limit = text_limit(asking.question) if asking.question.kind is Kind.TEXT else LONGEST_TEXT
    if len(text) > limit:
        return Refused(reason=Reason.TOO_LONG)
    words = clean(text)
    return asking.left_empty() if is_blank(words) else read(asking, words)


def _text(_asking: Asking, text: str) -> Reading:
    return Taken(value=text)


def _whole(asking: Asking, text: str) -> Reading:
    language = asking.session.language
    number = read_whole(text, language)
    if number is not None:
        return Taken(value=number)
    is_number = read_decimal(text, language) is not None
    return Refused(reason=Reason.NOT_A_WHOLE_NUMBER if is_number else Reason.NOT_A_NUMBER)


def _decimal(asking: Asking, text: str) -> Reading:
    return _or_refused(read_decimal(text, asking.session.language), Reason.NOT_A_NUMBER)


def _range(asking: Asking, text: str) -> Reading:
    number = read_decimal(text, asking.session.language)
    if number is None:
        return Refused(reason=Reason.NOT_A_NUMBER)
    return _or_refused(in_range(asking.question, number), Reason.OUT_OF_RANGE)


def _one(asking: Asking, text: str) -> Reading:
    choice = find_choice(text, asking.choices(), asking.label)
    if choice is not None:
        return Taken(value=choice.name)
    if asking.question.is_external:
        return _searched(asking, text)
    return Refused(reason=Reason.UNKNOWN_CHOICE)


def _searched(asking: Asking, text: str) -> Reading:
    if len(text) > LONGEST_SEARCH:
        return Refused(reason=Reason.TOO_LONG)
    found = offered(asking.walk, asking.point, text)
    exact = [one for one in found if plain_words(asking.label(one)) == plain_words(text)]
    if len(exact) == 1:
        return Taken(value=exact[0].name)
    return Searched(words=text) if found else Refused(reason=Reason.NOTHING_FOUND)


def _several(asking: Asking, text: str) -> Reading:
    found = find_choices(text, asking.choices(), asking.label)
    if found is None:
        return Refused(reason=Reason.UNKNOWN_CHOICE)
    return _chosen(asking, tuple(choice.name for choice in found))


def _agreed(asking: Asking, text: str) -> Reading:
    labels = asking.walk.surroundings.labels
    words = {AGREED, YES}
    if labels is not None:
        words |= {labels(Text(msgid=one), asking.session.language) for one in (OK, YES)}
    agrees = plain_words(text) in set(map(plain_words, words))
    return Taken(value=AGREED) if agrees else Refused(reason=Reason.UNKNOWN_CHOICE)


def _place(_asking: Asking, text: str) -> Reading:
    parts = latin_digits(text).replace(";", " ").split()
    if len(parts) != 2:
        parts = [part.strip() for part in latin_digits(text).split(",")]
    degrees = [_degrees(part.strip(",").replace(",", ".")) for part in parts]
    if len(degrees) != 2:
        return Refused(reason=Reason.NOT_A_PLACE)
    return _located(*degrees)


def _degrees(text: str) -> float:
    number = read_decimal(text, "en")
    return math.nan if number is None else float(number)


def _or_refused(value: Value | None, reason: Reason) -> Reading:
    return Refused(reason=reason) if value is None else Taken(value=value)


WRITTEN: Mapping[Kind, Callable[[Asking, str], Reading]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _decimal,
    Kind.RANGE: _range,
    Kind.SELECT_ONE: _one,
    Kind.SELECT_MULTIPLE: _several,
    Kind.RANK: _several,
    Kind.ACKNOWLEDGE: _agreed,
    Kind.GEOPOINT: _place,
    Kind.DATE: lambda _, text: _or_refused(read_date(text), Reason.NOT_A_DATE),
    Kind.TIME: lambda _, text: _or_refused(read_time(text), Reason.NOT_A_TIME),
    Kind.DATETIME: lambda _, text: _or_refused(read_datetime(text), Reason.NOT_A_DATE),
}
"""How each kind reads typed words; kinds that are not here take none."""


# -- choices --------------------------------------------------------------------------------------


def _chosen(asking: Asking, names: tuple[str, ...]) -> Reading:
    kind = asking.question.kind
    if not names and (kind is Kind.SELECT_ONE or kind in _SEVERAL):
        return asking.left_empty()
    match kind:
        case Kind.SELECT_ONE if len(names) == 1:
            known = offers(asking.walk, asking.point, names[0])
            return Taken(value=names[0]) if known else Refused(reason=Reason.UNKNOWN_CHOICE)
        case Kind.SELECT_MULTIPLE | Kind.RANK:
            return _all_chosen(asking, names)
        case Kind.ACKNOWLEDGE if names == (AGREED,):
            return Taken(value=AGREED)
        case Kind.RANGE if len(names) == 1 and len(names[0]) <= LONGEST_SEARCH:
            return _range(asking, names[0])
        case _:
            return Refused(reason=Reason.WRONG_KIND)


def _all_chosen(asking: Asking, names: tuple[str, ...]) -> Reading:
    known = {choice.name for choice in asking.choices()}
    if not known.issuperset(names):
        return Refused(reason=Reason.UNKNOWN_CHOICE)
    if asking.question.kind is Kind.RANK and len(names) < len(known):
        return Refused(
            reason=Reason.REQUIRED, message=asking.message(asking.question.required_message)
        )
    return Taken(value=names)


def _toggled(asking: Asking, name: str) -> Reading:
    if asking.question.kind in _MEDIA:
        return _taken_out(asking, name)
    if asking.question.kind not in _SEVERAL:
        return Refused(reason=Reason.WRONG_KIND)
    names = names_so_far(asking)
    if name in names:
        return Gathered(pending=tuple(one for one in names if one != name))
    if not offers(asking.walk, asking.point, name):
        return Refused(reason=Reason.UNKNOWN_CHOICE)
    return Gathered(pending=(*names, name))


# -- files, places, done --------------------------------------------------------------------------


def _attached(asking: Asking, files: tuple[StoredFile, ...]) -> Reading:
    kinds = _MEDIA.get(asking.question.kind)
    if kinds is None or not files or not all(one.media_type.startswith(kinds) for one in files):
        return Refused(reason=Reason.WRONG_KIND)
    limit = file_limit(asking.question)
    before = () if limit == 1 else files_so_far(asking)
    gathered = (*before, *map(_named, files))
    if len(gathered) > limit:
        return Refused(reason=Reason.TOO_MANY_FILES)
    return Taken(value=gathered) if limit == 1 else Gathered(pending=gathered)


def _taken_out(asking: Asking, blob: str) -> Reading:
    """The files without the one of this blob."""
    before = files_so_far(asking)
    left = tuple(one for one in before if one.blob != blob)
    if len(left) == len(before):
        return Refused(reason=Reason.UNKNOWN_CHOICE)
    return Gathered(pending=left)


def _named(file: StoredFile) -> StoredFile:
    """The file with a name that is safe to keep."""
    cleaned = None if file.cleaned is None else _named(file.cleaned)
    return replace(file, name=clean(file.name[:LONGEST_FILE_NAME]), cleaned=cleaned)


def _located(latitude: float, longitude: float) -> Reading:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return Refused(reason=Reason.NOT_A_PLACE)
    return Taken(value=Place(latitude=float(latitude), longitude=float(longitude)))


def _finished(asking: Asking) -> Reading:
    """What was gathered; where nothing is gathered, the answer that is there already."""
    kind = asking.question.kind
    if kind in _SEVERAL:
        return _chosen(asking, names_so_far(asking))
    so_far = files_so_far(asking) if kind in _MEDIA else asking.current()
    return asking.left_empty() if so_far in (None, ()) else Taken(value=so_far)
