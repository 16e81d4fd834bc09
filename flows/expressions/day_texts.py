"""Dates in and out of text, as ODK's functions have them. Called by `functions`.

Names of months and weekdays are English: what a flow computes is not shown as it stands but put
into the account, and a person sees dates in their language through `locales`.
"""

from datetime import UTC, date, datetime, time, timedelta
from math import isfinite

from flows.expressions.atoms import NAN, Atom, as_number, as_text, written_moment

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def as_date(atom: Atom) -> date | None:
    """The date that an atom is, spells, or counts in days since 1970-01-01."""
    moment = as_moment(atom)
    return moment.date() if isinstance(moment, datetime) else moment


def as_moment(atom: Atom) -> date | datetime | None:
    """As `as_date`, with the time of day where there is one."""
    if isinstance(atom, date):
        return atom
    if isinstance(atom, str) and isinstance(written := written_moment(atom.strip()), date):
        return written
    return _from_days(as_number(atom))


def _from_days(days: float) -> date | datetime | None:
    if not isfinite(days):
        return None
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days)
    except OverflowError:
        return None
    return moment.date() if days.is_integer() else moment


def date_of(atom: Atom) -> Atom:
    """`date(x)`; empty where x is no date."""
    return as_date(atom) or ""


def date_time_of(atom: Atom) -> Atom:
    """`date-time(x)`; empty where x is no date."""
    return as_moment(atom) or ""


def decimal_date_time(atom: Atom) -> float:
    """Days since 1970-01-01, with the time of day as a fraction; NaN where x is no date."""
    moment = as_moment(atom)
    return NAN if moment is None else as_number(moment)


def format_date(atom: Atom, layout: str) -> str:
    """`format-date(x, layout)`; empty where x is no date."""
    day = as_date(atom)
    return "" if day is None else _format(datetime.combine(day, time()), layout)


def format_date_time(atom: Atom, layout: str) -> str:
    """`format-date-time(x, layout)`; a time of day is taken as that of no particular day."""
    moment = _clock(atom) or as_moment(atom)
    if moment is None:
        return ""
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return _format(whole, layout)


def _clock(atom: Atom) -> datetime | None:
    clock = written_moment(as_text(atom)) if isinstance(atom, (str, time)) else None
    return datetime.combine(date(1970, 1, 1), clock) if isinstance(clock, time) else None


def _format(moment: datetime, layout: str) -> str:
    written = []
    letters = iter(layout)
    for letter in letters:
        written.append(_piece(moment, next(letters, "")) if letter == "%" else letter)
    return "".join(written)


def _piece(moment: datetime, letter: str) -> str:
    pieces = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "a": _WEEKDAYS[moment.weekday()],
        "%": "%",
    }
    return pieces.get(letter, "%" + letter)
