"""Suggests what to leave out of words that somebody outside will read. The last word is a person's.

Called by the desk for what is said to the other side (G13) and for summaries. It finds what has a
shape: phone numbers, addresses, long numbers, exact days, and the very names that the reporter
gave. It does not find a nickname, a place in the yard or a story that only one person can know; no
tool does, so nothing is ever left out without a handler having looked.

Worked example. "Ravi (0141-2345678) hit me on 12 March 2026" with the given name "Ravi Kumar" gives
three finds: a name, a phone number, a day. Redacted it reads "[…] ([…]) hit me on […]".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from register.folding import fold

GAP = "[…]"
_SHORTEST_NAME = 2
"""Letters of a part of a name that is looked for by itself."""


class FoundKind(StrEnum):
    """What was found."""

    GIVEN_NAME = "given_name"
    EMAIL = "email"
    LINK = "link"
    PHONE = "phone"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place in the words, from `start` up to but without `end`."""

    kind: FoundKind
    start: int
    end: int
    words: str = field(repr=False)


_MONTHS = (
    r"jan\w*|feb\w*|m[aä]r\w*|maart|apr\w*|ma[iy]o?|mei|jun\w*|jul\w*|aug\w*|sep\w*|o[ck]t\w*|nov\w*"
    r"|de[cz]\w*"
)
# In this order: what an earlier pattern took is not taken again.
_ADDRESSES: tuple[tuple[FoundKind, re.Pattern[str]], ...] = (
    (FoundKind.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")),
    (FoundKind.LINK, re.compile(r"(?:https?://|www\.)\S+|(?<![\w@])@\w{3,}", re.IGNORECASE)),
)
_SHAPES: tuple[tuple[FoundKind, re.Pattern[str]], ...] = (
    (
        FoundKind.DAY,
        re.compile(
            r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b"
            rf"|\b\d{{1,2}}\.? (?:{_MONTHS})\b(?: \d{{4}})?"
            rf"|\b(?:{_MONTHS}) \d{{1,2}}\b(?:,? \d{{4}})?"
            r"|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}[日号]",
            re.IGNORECASE,
        ),
    ),
    (FoundKind.PHONE, re.compile(r"(?<!\w)(?:\+|00)?\d(?:[ ().\-]{0,2}\d){6,14}(?!\w)")),
    (FoundKind.NUMBER, re.compile(r"(?<!\w)(?=\w*\d{4})[A-Za-z]{0,4}\d{5,}\w*(?!\w)")),
)


def found_in(words: str, given_names: Iterable[str] = ()) -> tuple[Found, ...]:
    """What to look at, in the order of the words; no two finds overlap."""
    taken: list[Found] = []
    # Before names: an address that begins with one must not stay with the rest of it.
    for kind, pattern in _ADDRESSES:
        _take(taken, words, kind, pattern)
    for name in _parts(given_names):
        _take(taken, words, FoundKind.GIVEN_NAME, _name_pattern(name))
    for kind, pattern in _SHAPES:
        _take(taken, words, kind, pattern)
    return tuple(sorted(taken, key=lambda each: each.start))


def redacted(words: str, found: Sequence[Found]) -> str:
    """The words with a gap for each find."""
    pieces, at = [], 0
    for each in sorted(found, key=lambda one: one.start):
        pieces += [words[at : each.start], GAP]
        at = each.end
    return "".join((*pieces, words[at:]))


def names_left(words: str, given_names: Iterable[str]) -> tuple[str, ...]:
    """The names that the reporter gave and that are still in the words: never to be let out."""
    text = fold(words)
    return tuple(
        name for name in _parts(given_names) if re.search(_bounded(re.escape(fold(name))), text)
    )


def _says(text: str, name: str) -> bool:
    return bool(name) and re.search(_bounded(re.escape(name)), text) is not None


def _parts(names: Iterable[str]) -> tuple[str, ...]:
    """Whole names, then their parts, the longest first."""
    wholes = [" ".join(name.split()) for name in names]
    parts = [part for name in wholes for part in re.split(r"[\s,;/]+", name)]
    found = dict.fromkeys((*wholes, *parts))
    return tuple(
        sorted((each for each in found if len(each) >= _SHORTEST_NAME), key=len, reverse=True)
    )


def _name_pattern(name: str) -> re.Pattern[str]:
    return re.compile(_bounded(re.escape(name)), re.IGNORECASE)


def _bounded(pattern: str) -> str:
    """As a whole word where the script has spaces between words."""
    has_spaces = not any(character >= "\u2e80" for character in pattern)
    return rf"(?<!\w){pattern}(?!\w)" if has_spaces else pattern


def _take(taken: list[Found], words: str, kind: FoundKind, pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(words):
        start, end = match.span()
        if start < end and not any(start < each.end and each.start < end for each in taken):
            taken.append(Found(kind=kind, start=start, end=end, words=match[0]))
