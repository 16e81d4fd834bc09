"""Fits a value that nobody typed to a question: a preset, a default, a calculated suggestion.

Called by `answering` and the engine. What does not fit is left out, never forced.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from flows.clean_text import clean
from flows.definition import Kind
from flows.expressions import Atom
from flows.expressions.atoms import as_text
from flows.limits import in_range, text_limit
from flows.offering import offers
from flows.outcomes import outcome
from flows.typed_days import read_date, read_datetime, read_time
from flows.typed_numbers import read_decimal, read_whole
from flows.values import Place, StoredFile, Value

if TYPE_CHECKING:
    from flows.walking import Point, Walk

_SOURCE_LANGUAGE = "en"


def fitting(walk: "Walk", point: "Point", atom: Atom) -> Value | None:
    """The value as the question's kind has it; None for what is empty or does not fit."""
    value = outcome(atom)
    return None if value is None else _FIT[point.question.kind](walk, point, value)


_Fit = Callable[["Walk", "Point", Value], Value | None]


def _text(_walk: "Walk", point: "Point", value: Value) -> Value | None:
    text = clean(as_text(value))
    return text if text and len(text) <= text_limit(point.question) else None


def _one(walk: "Walk", point: "Point", value: Value) -> Value | None:
    name = as_text(value)
    return name if offers(walk, point, name) else None


def _several(walk: "Walk", point: "Point", value: Value) -> Value | None:
    names = tuple(dict.fromkeys(as_text(value).split()))
    return names if names and all(offers(walk, point, name) for name in names) else None


def _whole(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return read_whole(as_text(value), _SOURCE_LANGUAGE)


def _decimal(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return read_decimal(as_text(value), _SOURCE_LANGUAGE)


def _range(_walk: "Walk", point: "Point", value: Value) -> Value | None:
    number = read_decimal(as_text(value), _SOURCE_LANGUAGE)
    return None if number is None else in_range(point.question, number)


def _date(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else read_date(as_text(value))


def _time(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return value if isinstance(value, time) else read_time(as_text(value))


def _datetime(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return value if isinstance(value, datetime) else read_datetime(as_text(value))


def _place(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return value if isinstance(value, Place) else None


def _files(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    is_files = isinstance(value, tuple) and all(isinstance(one, StoredFile) for one in value)
    return value if is_files else None


def _agreed(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return "ok" if as_text(value).lower() == "ok" else None


def _as_it_is(_walk: "Walk", _point: "Point", value: Value) -> Value | None:
    return value


_FIT: Mapping[Kind, _Fit] = {
    Kind.SELECT_ONE: _one,
    Kind.SELECT_MULTIPLE: _several,
    Kind.RANK: _several,
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _decimal,
    Kind.RANGE: _range,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _datetime,
    Kind.GEOPOINT: _place,
    Kind.IMAGE: _files,
    Kind.AUDIO: _files,
    Kind.FILE: _files,
    Kind.ACKNOWLEDGE: _agreed,
    Kind.NOTE: _as_it_is,
    Kind.CALCULATE: _as_it_is,
    Kind.HIDDEN: _as_it_is,
}
