"""Reads dates and times as people type them. Called by `answering`.

Dates: year first (2026-03-12, 2026/3/12, 2026年3月12日) or day first (12-3-2026, 12.3.2026), the
year always in full. Month first is not read: most of the world writes the day first, and a date
that could be both must not be guessed differently for some.
"""

import re
from datetime import date, datetime, time

from flows.typed_numbers import latin_digits

_LONGEST = 40
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4})", re.ASCII)
_CLOCK = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?::([0-9]{2})(?:\.[0-9]{1,6})?)?\s*([ap])?\.?(?:m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_EAST_ASIAN = str.maketrans({"年": "-", "月": "-", "日": " ", "時": ":", "时": ":", "：": ":"})
_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")


def read_date(text: str) -> date | None:
    """The date that was typed; None for what is none."""
    plain = _plain(text)
    if (match := _YEAR_FIRST.fullmatch(plain)) is not None:
        year, month, day = match.groups()
    elif (match := _DAY_FIRST.fullmatch(plain)) is not None:
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The time of day that was typed: 9:30, 9.30, 21:30:15, 9:30 pm; None for what is none."""
    plain = _plain(text)
    match = _CLOCK.fullmatch(plain)
    if match is None or plain.isdigit():
        return None
    hour, half = int(match[1]), (match[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        return None


def read_datetime(text: str) -> datetime | None:
    """A date and a time of day with a space or a T between; None for what is none."""
    plain = _plain(text)
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", plain):
        try:
            return datetime.fromisoformat(plain)
        except ValueError:
            return None
    for cut in (match.start() for match in re.finditer(r"[\s,]+", plain)):
        day, clock = read_date(plain[:cut]), read_time(plain[cut:].lstrip(" ,"))
        if day is not None and clock is not None:
            return datetime.combine(day, clock)
    return None


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    plain = _MARKS.sub("", latin_digits(text)).translate(_EAST_ASIAN)
    return " ".join(plain.split()).strip("- ")
