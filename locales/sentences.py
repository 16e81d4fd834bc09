"""A text, cut once at its `${name}` places, and how values that people gave are fenced in it.

Called by `locales.catalogue` (to fill) and `locales.inspection` (to compare places).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

PLACE = re.compile(r"\$\{([^{}]*)\}")

BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: in a translation or an answer they can turn text around."""

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and places by turns: `parts` has words at even positions and names at odd ones."""

    parts: tuple[str, ...]

    def fill(self, written: Callable[[str], str]) -> str:
        """The sentence with `written(name)` in each place."""
        if len(self.parts) == 1:
            return self.parts[0]
        return "".join(
            [written(part) if position % 2 else part for position, part in enumerate(self.parts)]
        )


def cut(words: str) -> Sentence:
    """A sentence of words that may hold places."""
    return Sentence(tuple(PLACE.split(words)) if "${" in words else (words,))


def places(words: str) -> tuple[str, ...]:
    """The names of the places in a text, sorted, each as often as it occurs."""
    return tuple(sorted(PLACE.findall(words)))


def isolated(words: str) -> str:
    """Words that someone gave, fenced so that their direction cannot reorder our sentence.

    Wraps in FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9) and takes out the controls
    with which the words could break the fence.
    """
    kept = words if words.isascii() else BIDI_CONTROLS.sub("", words)
    return fenced(kept)


def unfenced(words: str) -> str:
    """Words for a program or a cell, which need no fences: without any of these controls."""
    return BIDI_CONTROLS.sub("", words)


def fenced(words: str) -> str:
    """Words of another direction between isolates, with those that they hold themselves."""
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_DIRECTIONAL_ISOLATE}"
