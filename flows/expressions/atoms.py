"""What expressions compute with: the atoms, and XPath's rules for turning one into another.

XPath 1.0 §4 with JavaRosa's dates: what is unanswered is the empty string; the number of what is
not a number is NaN; a date's number is its days since 1970-01-01. Called by `compile` and by the
functions.

    as_number("")  → NaN        as_text(5.0)  → "5"        as_flag("no") → True (it is not empty)
    equals(date(2026, 3, 1), "2026-03-01") → True          precedes("", 5) → False
"""

import math
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from flows.values import Place, StoredFile

Atom: TypeAlias = (
    str
    | bool
    | int
    | float
    | Decimal
    | date
    | time
    | datetime
    | Place
    | tuple[str, ...]
    | tuple[StoredFile, ...]
)

NAN = math.nan
_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY = 86_400
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*", re.ASCII)
_LONGEST_NUMBER = 400


def as_number(atom: Atom) -> float:
    """XPath's `number()`; NaN for what is not one."""
    match atom:
        case float():
            return atom
        case str():
            short = len(atom) <= _LONGEST_NUMBER
            return float(atom) if short and _NUMBER.fullmatch(atom) else NAN
        case int() | Decimal():
            return _float(atom)
        case datetime():
            aware = atom if atom.tzinfo else atom.replace(tzinfo=UTC)
            return aware.timestamp() / _SECONDS_A_DAY
        case date():
            return float(atom.toordinal() - _EPOCH)
        case time():
            seconds = atom.hour * 3600 + atom.minute * 60 + atom.second
            return (seconds + atom.microsecond / 1e6) / _SECONDS_A_DAY
        case _:
            return as_number(as_text(atom))


def _float(number: int | Decimal) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def as_text(atom: Atom) -> str:
    """XPath's `string()`: numbers without exponent, several choices with spaces between."""
    match atom:
        case str():
            return atom
        case bool():
            return "true" if atom else "false"
        case float():
            return _number_text(atom)
        case int():
            return str(atom)
        case Decimal():
            return format(atom, "f")
        case date() | time():
            return atom.isoformat()
        case Place():
            parts = (atom.latitude, atom.longitude, atom.altitude or 0.0, atom.accuracy or 0.0)
            return " ".join(_number_text(float(part)) for part in parts)
        case tuple():
            return " ".join(one.blob if isinstance(one, StoredFile) else one for one in atom)


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer():
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def as_flag(atom: Atom) -> bool:
    """XPath's `boolean()`: not zero, not NaN, not empty."""
    match atom:
        case bool():
            return atom
        case str() | tuple():
            return len(atom) > 0
        case int() | float() | Decimal():
            return atom != 0 and atom == atom  # NaN differs from itself
        case _:
            return True


def equals(left: Atom, right: Atom) -> bool:
    """XPath's `=`; dates compare as dates with dates written out."""
    if type(left) is str and type(right) is str:
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return _flags_equal(left, right)
    if isinstance(left, (date, time)) or isinstance(right, (date, time)):
        first, second = as_moment(left), as_moment(right)
        return first == second
    if _is_number(left) or _is_number(right):
        return as_number(left) == as_number(right)
    return as_text(left) == as_text(right)


def _flags_equal(left: Atom, right: Atom) -> bool:
    """A truth equals the words `true` and `false` as well, as authors expect of a calculation."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str) and one in {"true", "false"}:
            return as_text(other) == one
    return as_flag(left) == as_flag(right)


def precedes(left: Atom, right: Atom) -> bool:
    """XPath's `<`: false whenever one side is no number and no date."""
    return as_moment(left) < as_moment(right)


def not_after(left: Atom, right: Atom) -> bool:
    """XPath's `<=`."""
    return as_moment(left) <= as_moment(right)


def as_moment(atom: Atom) -> float:
    """A number to order by: dates and times written out count as such, others by `as_number`."""
    if isinstance(atom, str):
        moment = written_moment(atom)
        return as_number(atom) if moment is None else as_number(moment)
    return as_number(atom)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{4,6})?)?")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{4,6})?")


def written_moment(text: str) -> date | time | None:
    """The date, date with time, or time of day that a text spells in ISO 8601, if it is one."""
    if len(text) < 5 or not text[0].isdigit():
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        if _CLOCK.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError:
        return None
    return None


def _is_number(atom: Atom) -> bool:
    return isinstance(atom, (int, float, Decimal))
