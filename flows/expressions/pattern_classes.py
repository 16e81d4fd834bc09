"""Which single characters a piece of a pattern takes: escapes and `[classes]`. Used by `patterns`.

`\\d`, `\\w` and `\\s` are ASCII, as in ODK's Java. `\\p{L}` and its like go by Unicode category.
"""

import string
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeAlias

from flows.expressions.faults import ExpressionError

Test: TypeAlias = Callable[[str], bool]
"""Whether one character fits."""

_WORD = frozenset(string.ascii_letters + string.digits + "_")
_SETS: Mapping[str, frozenset[str]] = {
    "d": frozenset(string.digits),
    "w": _WORD,
    "s": frozenset(" \t\n\r\f\v"),
}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


def escape_test(source: str, at: int) -> tuple[Test, int]:
    """The test of the escape whose backslash stands before `at`, and where reading goes on."""
    letter = source[at : at + 1]
    if letter == "":
        raise ExpressionError("the pattern ends in a backslash")
    if letter.lower() in _SETS:
        members = _SETS[letter.lower()]
        return (members.__contains__ if letter.islower() else _outside(members)), at + 1
    if letter in {"p", "P"}:
        return _category(source, at)
    return _literal(letter).__eq__, at + 1


def read_class(source: str, at: int) -> tuple[Test, int]:
    """The test of the class whose bracket stands before `at`, and where reading goes on."""
    negated = source[at : at + 1] == "^"
    at += negated
    tests: list[Test] = []
    first = True
    while first or source[at : at + 1] != "]":
        if at >= len(source):
            raise ExpressionError("the pattern opens a [class] that it never closes")
        test, at = _member(source, at)
        tests.append(test)
        first = False
    return _combine(tuple(tests), negated=negated), at + 1


def _member(source: str, at: int) -> tuple[Test, int]:
    """One member of a class: an escape, a range, or a character."""
    start, at_end = _edge(source, at)
    if start is None:
        return escape_test(source, at + 1)
    if source[at_end : at_end + 1] != "-" or source[at_end + 1 : at_end + 2] in {"]", ""}:
        return start.__eq__, at_end
    end, after = _edge(source, at_end + 1)
    if end is None:  # `[a-\d]`: the dash is itself
        return start.__eq__, at_end
    if end < start:
        raise ExpressionError(f"the pattern's range {start}-{end} runs backwards")
    return _between(start, end), after


def _edge(source: str, at: int) -> tuple[str | None, int]:
    """A character that can stand at the end of a range, or None for a set such as `\\d`."""
    character = source[at : at + 1]
    if character != "\\":
        return character, at + 1
    letter = source[at + 1 : at + 2]
    if letter.lower() in {*_SETS, "p", ""}:
        return None, at
    return _literal(letter), at + 2


def _literal(letter: str) -> str:
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter.isascii() and letter.isalnum():
        raise ExpressionError(f"the pattern's \\{letter} is not supported")
    return letter


def _category(source: str, at: int) -> tuple[Test, int]:
    end = source.find("}", at)
    name = source[at + 2 : end] if source[at + 1 : at + 2] == "{" and end > 0 else ""
    if not 1 <= len(name) <= 2 or not name.isalpha():
        raise ExpressionError("the pattern's \\p needs a category such as \\p{L}")
    wanted = source[at] == "p"
    return (lambda one: unicodedata.category(one).startswith(name) is wanted), end + 1


def _outside(members: frozenset[str]) -> Test:
    return lambda one: one not in members


def _between(start: str, end: str) -> Test:
    return lambda one: start <= one <= end


def _combine(tests: tuple[Test, ...], *, negated: bool) -> Test:
    return lambda one: any(test(one) for test in tests) is not negated
