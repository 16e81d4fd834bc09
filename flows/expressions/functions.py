"""The functions of XLSForm: one table of those that only compute, by name.

`compile` adds those that look at the conversation (`position`, `once`, `indexed-repeat` …).
Sources: XPath 1.0 §4, ODK XForms specification §functions.

Where ODK gives NaN because some round of a repeat is unanswered, `sum`, `min` and `max` leave the
empty ones out: a skipped question must not void a total.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flows.expressions.atoms import NAN, Atom, as_flag, as_number, as_text
from flows.expressions.day_texts import (
    date_of,
    date_time_of,
    decimal_date_time,
    format_date,
    format_date_time,
)
from flows.expressions.patterns import pattern
from flows.expressions.pieces import Sort

_ANY, _TEXT, _NUMBER, _FLAG = Sort.ANY, Sort.TEXT, Sort.NUMBER, Sort.FLAG


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a fixed list of arguments, of which the last ones may be left out."""

    takes: tuple[Sort, ...]
    least: int
    gives: Sort
    compute: Callable[..., Atom]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A function of any number of answers: `leading` plain arguments, then sets of answers."""

    leading: int
    gives: Sort
    compute: Callable[..., Atom]


def selected(answer: Atom, name: str) -> bool:
    """Whether the choice `name` is among the answer's."""
    return name in _names(answer)


def selected_at(answer: Atom, index: float) -> str:
    """The name at `index` from 0; empty past the end."""
    names = _names(answer)
    return names[int(index)] if 0 <= index < len(names) else ""


def _names(answer: Atom) -> list[str]:
    return as_text(answer).split()


def substr(text: str, start: float, end: float = math.inf) -> str:
    """Characters from `start` (from 0) up to `end`; negative places count from the end."""
    if math.isnan(start) or math.isnan(end):
        return ""
    return text[_place(start, len(text)) : _place(end, len(text))]


def _place(at: float, length: int) -> int:
    if math.isinf(at):
        return length if at > 0 else 0
    return max(0, int(at) + length) if at < 0 else int(at)


def translate(text: str, old: str, new: str) -> str:
    """Each character of `old` becomes the one at its place in `new`, or goes (XPath 1.0 §4.2)."""
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


def _before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def normalize_space(text: str) -> str:
    """Without outer spaces, and with one space for each run of inner ones."""
    return " ".join(text.split())


def rounded(value: float, places: float = 0.0) -> float:
    """Half up; to `places` digits after the point, or before it where negative."""
    if not math.isfinite(value) or not math.isfinite(places):
        return value
    if places == 0:
        return float(math.floor(value + 0.5))
    digits = max(-15, min(15, int(places)))
    step = Decimal(1).scaleb(-digits)
    return float((Decimal(repr(value)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def whole(value: float) -> float:
    """Without what stands after the point."""
    return float(math.trunc(value)) if math.isfinite(value) else NAN


def _floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


def _ceiling(value: float) -> float:
    return float(math.ceil(value)) if math.isfinite(value) else value


def _numbers(answers: tuple[Atom, ...]) -> list[float]:
    return [as_number(answer) for answer in answers if answer not in ("", ())]


def total(answers: tuple[Atom, ...]) -> float:
    """The sum of those that are answered; 0 of none."""
    return math.fsum(_numbers(answers)) if all(map(_finite, _numbers(answers))) else NAN


def _finite(value: float) -> bool:
    return math.isfinite(value)


def least(answers: tuple[Atom, ...]) -> float:
    """The smallest of those that are answered; NaN of none."""
    return min(_numbers(answers), default=NAN)


def most(answers: tuple[Atom, ...]) -> float:
    """The largest of those that are answered; NaN of none."""
    return max(_numbers(answers), default=NAN)


def count_filled(answers: tuple[Atom, ...]) -> float:
    """How many are answered."""
    return float(len([answer for answer in answers if answer not in ("", ())]))


def joined(separator: Atom, answers: tuple[Atom, ...]) -> str:
    """The answers as text with the separator between."""
    return as_text(separator).join(map(as_text, answers))


FUNCTIONS: Mapping[str, Function] = {
    # name: takes, least, gives, compute
    "selected": Function((_ANY, _TEXT), 2, _FLAG, selected),
    "selected-at": Function((_ANY, _NUMBER), 2, _TEXT, selected_at),
    "count-selected": Function((_ANY,), 1, _NUMBER, lambda answer: float(len(_names(answer)))),
    "not": Function((_FLAG,), 1, _FLAG, lambda value: not value),
    "true": Function((), 0, _FLAG, lambda: True),
    "false": Function((), 0, _FLAG, lambda: False),
    "boolean": Function((_ANY,), 1, _FLAG, as_flag),
    "boolean-from-string": Function((_TEXT,), 1, _FLAG, lambda text: text in {"true", "1"}),
    "string": Function((_ANY,), 1, _TEXT, as_text),
    "string-length": Function((_TEXT,), 1, _NUMBER, lambda text: float(len(text))),
    "regex": Function((_TEXT, _TEXT), 2, _FLAG, lambda text, form: pattern(form).matches(text)),
    "substr": Function((_TEXT, _NUMBER, _NUMBER), 2, _TEXT, substr),
    "contains": Function((_TEXT, _TEXT), 2, _FLAG, lambda text, part: part in text),
    "starts-with": Function((_TEXT, _TEXT), 2, _FLAG, str.startswith),
    "ends-with": Function((_TEXT, _TEXT), 2, _FLAG, str.endswith),
    "substring-before": Function((_TEXT, _TEXT), 2, _TEXT, _before),
    "substring-after": Function((_TEXT, _TEXT), 2, _TEXT, _after),
    "translate": Function((_TEXT, _TEXT, _TEXT), 3, _TEXT, translate),
    "normalize-space": Function((_TEXT,), 1, _TEXT, normalize_space),
    "date": Function((_ANY,), 1, _ANY, date_of),
    "date-time": Function((_ANY,), 1, _ANY, date_time_of),
    "decimal-date-time": Function((_ANY,), 1, _NUMBER, decimal_date_time),
    "format-date": Function((_ANY, _TEXT), 2, _TEXT, format_date),
    "format-date-time": Function((_ANY, _TEXT), 2, _TEXT, format_date_time),
    "number": Function((_NUMBER,), 1, _NUMBER, lambda value: value),
    "int": Function((_NUMBER,), 1, _NUMBER, whole),
    "round": Function((_NUMBER, _NUMBER), 1, _NUMBER, rounded),
    "floor": Function((_NUMBER,), 1, _NUMBER, _floor),
    "ceiling": Function((_NUMBER,), 1, _NUMBER, _ceiling),
    "abs": Function((_NUMBER,), 1, _NUMBER, abs),
}  # fmt: skip

GATHERINGS: Mapping[str, Gathering] = {
    "sum": Gathering(0, _NUMBER, total),
    "min": Gathering(0, _NUMBER, least),
    "max": Gathering(0, _NUMBER, most),
    "count-non-empty": Gathering(0, _NUMBER, count_filled),
    "concat": Gathering(0, _TEXT, lambda answers: joined("", answers)),
    "join": Gathering(1, _TEXT, joined),
}
