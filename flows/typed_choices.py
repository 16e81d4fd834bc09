"""Finds the choices that typed words mean: by label, by number as they are listed, or by name.

Labels come first, since a label may itself be a number ("5"); the number in the list comes before
the name, since a person sees the list and not the names. Called by `answering`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from flows.definition import Choice
from flows.typed_numbers import latin_digits

_PARTS = re.compile(r"[,;\n،、，；]+")


def plain_words(text: str) -> str:
    """The words to compare by: without case, width, outer punctuation and invisible marks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    shown = "".join(one for one in folded if unicodedata.category(one) not in {"Cf", "Me"})
    words = " ".join(latin_digits(shown).replace("\ufe0f", "").split())
    return words.strip(" .,;:!?()[]\"'،。！？")


def find_choice(
    text: str, choices: Sequence[Choice], label: Callable[[Choice], str]
) -> Choice | None:
    """The one choice that the text means; None where it means none or several."""
    wanted = plain_words(text)
    if not wanted:
        return None
    for meant in (
        [one for one in choices if wanted in {plain_words(label(one)), plain_words(one.label)}],
        _by_number(wanted, choices),
        [one for one in choices if plain_words(one.name) == wanted],
    ):
        if len(meant) == 1:
            return meant[0]
    return None


def find_choices(
    text: str, choices: Sequence[Choice], label: Callable[[Choice], str]
) -> tuple[Choice, ...] | None:
    """The choices that a list means: "1, 3", "1 3", labels with commas; None if a part has none."""
    whole = find_choice(text, choices, label)
    if whole is not None:
        return (whole,)
    found: list[Choice] = []
    for part in _parts(text):
        choice = find_choice(part, choices, label)
        if choice is None:
            return None
        if choice not in found:
            found.append(choice)
    return tuple(found) or None


def _parts(text: str) -> list[str]:
    if all(word.isdecimal() for word in text.split()):
        return text.split()
    return [part for part in _PARTS.split(text) if part.strip()]


def _by_number(wanted: str, choices: Sequence[Choice]) -> list[Choice]:
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 4):
        return []
    number = int(wanted)
    return [choices[number - 1]] if 1 <= number <= len(choices) else []
