"""Text as Telegram takes it: at most 4096 UTF-16 units a message, each line in its direction.

Called by `bot.rendering`.
"""

import unicodedata
from typing import Final

from locales.languages import Direction

MOST_UNITS: Final = 4096
"""How many UTF-16 code units one message holds."""

_MARKS: Final = {Direction.LEFT_TO_RIGHT: "\N{LEFT-TO-RIGHT MARK}",
                 Direction.RIGHT_TO_LEFT: "\N{RIGHT-TO-LEFT MARK}"}  # fmt: skip
_STRONG: Final = {
    "L": Direction.LEFT_TO_RIGHT,
    "R": Direction.RIGHT_TO_LEFT,
    "AL": Direction.RIGHT_TO_LEFT,
}
_ISOLATES_OPEN: Final = frozenset(("FSI", "LRI", "RLI"))


def units(text: str) -> int:
    """Length as Telegram counts it: letters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def split(text: str, most: int = MOST_UNITS) -> tuple[str, ...]:
    """The text in messages of at most `most` units, cut at an empty line, a line or a space.

    Nothing but the white space at a cut is lost. Gives nothing for an empty text.
    """
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > most:
        head = _first_units(rest, most)
        cut = _best_cut(head)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*parts, rest) if rest else tuple(parts)


def _first_units(text: str, most: int) -> str:
    """As much of the beginning as fits, never half a letter."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _best_cut(head: str) -> int:
    """Where to cut: as late as possible, but rather between paragraphs than within one."""
    for mark in ("\n\n", "\n", " "):
        at = head.rfind(mark)
        if at > len(head) // 2:
            return at
    return len(head)


def directed(text: str, direction: Direction) -> str:
    """The text with a mark before each line that would otherwise run the wrong way.

    A client takes a line's direction from its first strong letter: a Latin name at the start of
    an Arabic sentence would turn the sentence round.
    """
    if direction is Direction.LEFT_TO_RIGHT and text.isascii():
        return text
    return "\n".join(_directed(line, direction) for line in text.split("\n"))


def fixed(line: str) -> str:
    """A line that runs left to right wherever it stands: groups of digits keep their order."""
    return _MARKS[Direction.LEFT_TO_RIGHT] + line


def _directed(line: str, direction: Direction) -> str:
    if line[:1] in _MARKS.values() or _own_direction(line) in (None, direction):
        return line
    return _MARKS[direction] + line


def _own_direction(line: str) -> Direction | None:
    """By the first strong letter outside isolates (UAX 9, rules P2 and P3)."""
    depth = 0
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind in _ISOLATES_OPEN:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif not depth and kind in _STRONG:
            return _STRONG[kind]
    return None
