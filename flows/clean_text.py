"""Makes typed words safe to keep and to show. Called by `answering`.

Taken out: control characters but for line ends and tabs, lone surrogates, direction overrides
(they make a text read as another one, "Trojan Source"), and other direction marks where they are
not closed in the same text, since they would turn around what is written next to it.
"""

import unicodedata

_OVERRIDES = "\u202d\u202e"
_OPENERS = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
"""Each mark that opens a direction, with the one that closes it (Unicode annex 9)."""
_CLOSERS = frozenset(_OPENERS.values())
_DIRECTIONS = frozenset({*_OPENERS, *_CLOSERS, *_OVERRIDES})
_KEPT_CONTROLS = frozenset("\n\t")
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters that show nothing."""


def clean(text: str) -> str:
    """The text without what could hurt, and without outer white space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():  # what is printable holds none of the characters below
        text = "".join(filter(_may_stay, text))
        if not _is_balanced(text):
            text = "".join(one for one in text if one not in _DIRECTIONS)
    return text.strip()


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: white space, invisible marks, or nothing at all."""
    return all(
        one.isspace() or one in _BLANKS or unicodedata.category(one) in {"Cf", "Mn"} for one in text
    )


def _may_stay(character: str) -> bool:
    if character in _OVERRIDES:
        return False
    return character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}


def _is_balanced(text: str) -> bool:
    expected: list[str] = []
    for character in text:
        if character in _OPENERS:
            expected.append(_OPENERS[character])
        elif character in _CLOSERS and (not expected or expected.pop() != character):
            return False
    return not expected
