"""How names are compared: without case, accents and signs, in any script.

Used by the site directory (what people type) and by the conflict-of-interest guard (who is named).
"""

import unicodedata
from functools import lru_cache

_VIRAMA = 9
"""Unicode's combining class of the virama, which joins consonants and is part of the spelling."""

_SAME_LETTER = str.maketrans(
    {
        # Latin letters that Unicode does not take apart
        "ı": "i", "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th",
        # Arabic spelled with or without hamza, dots and Persian forms
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": None,
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The words of `text`, folded, with one space between them; empty if it has no letters.

    Accents and Arabic vowel marks go, Devanagari vowels stay; ٣, ३ and 3 are the same.
    """
    taken_apart = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_SAME_LETTER)
    return " ".join("".join(map(_folded, taken_apart)).split())


@lru_cache(maxsize=1 << 16)
def _folded(character: str) -> str:
    if unicodedata.combining(character) not in (0, _VIRAMA):
        return ""
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind[0] in "LMN":
        return character
    return "" if kind == "Cf" else " "
