"""Cuts an expression into tokens. Called by `parser` only.

XPath 1.0 §3.7 says when `*`, `and`, `or`, `div` and `mod` are operators: when something that can
be an operand stands before them. Curly quotes, which spreadsheets put in, count as straight ones.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from flows.expressions.faults import ExpressionError

LONGEST = 32_767
"""Characters; what a cell of a spreadsheet can hold."""


class Sign(StrEnum):
    """The kinds of token."""

    NUMBER = "number"
    STRING = "string"
    REFERENCE = "reference"
    NAME = "name"
    OPERATOR = "operator"
    OPEN = "("
    CLOSE = ")"
    COMMA = ","
    OWN = "."
    PARENT = ".."
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and the place in the source, from 1, for faults."""

    sign: Sign
    text: str
    place: int


_PATTERN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<reference>\$\{\s*(?P<name_of>[^\s{}]+)\s*\})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | "(?P<double>[^"]*)" | '(?P<single>[^']*)'
    | (?P<operator>!=|<=|>=|[=<>+*-])
    | (?P<parent>\.\.) | (?P<own>\.)
    | (?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    | (?P<open>\() | (?P<close>\)) | (?P<comma>,)
    """,
    re.VERBOSE,
)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_OPERAND_ENDS = frozenset(
    {Sign.NUMBER, Sign.STRING, Sign.REFERENCE, Sign.NAME, Sign.OWN, Sign.PARENT, Sign.CLOSE}
)


def tokens(source: str) -> tuple[Token, ...]:
    """The tokens of `source`, with an END after the last; raises `ExpressionError`."""
    if len(source) > LONGEST:
        raise ExpressionError(f"the expression is longer than {LONGEST} characters")
    text = source.translate(_STRAIGHT)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _PATTERN.match(text, at)
        if match is None:
            raise ExpressionError(_unreadable(text, at))
        if match.lastgroup != "space":
            found.append(_token(match, found[-1].sign if found else None))
        at = match.end()
    return (*found, Token(Sign.END, "", len(text) + 1))


def _token(match: re.Match[str], before: Sign | None) -> Token:
    kind, place = match.lastgroup, match.start() + 1
    match kind:
        case "reference" | "name_of":
            return Token(Sign.REFERENCE, match["name_of"], place)
        case "double" | "single":
            return Token(Sign.STRING, match[kind], place)
        case "name" if before in _OPERAND_ENDS and match["name"] in _WORD_OPERATORS:
            return Token(Sign.OPERATOR, match["name"], place)
        case _:
            return Token(Sign[str(kind).upper()], match[0], place)


def _unreadable(text: str, at: int) -> str:
    character = text[at]
    if character in "'\"":
        return f"the string that opens at character {at + 1} is never closed"
    if character in "/[@":
        return f"paths ({character!r} at character {at + 1}) are not supported; use ${{name}}"
    return f"cannot read {character!r} at character {at + 1}"
