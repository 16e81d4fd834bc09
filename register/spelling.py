"""An index of words that forgives an unfinished word and one slip of the finger.

Used by the site directory. Words come in folded (`register.folding`). Scripts that write no
spaces are found from any character on.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

_SHORTEST_FORGIVEN = 4
"""Letters; a slip in a shorter word would make it any other word."""
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3040", "\u30ff"),  # Japanese syllables
    ("\u3400", "\u9fff"),  # Chinese characters
    ("\U00020000", "\U0003ffff"),
)


class Closeness(IntEnum):
    """How well a typed word fits; more is better."""

    ONE_SLIP = 1
    BEGINNING = 2
    EXACT = 3


class SpellingIndex:
    """Which entries have a word like the one typed. Built once; a look-up is a few bisections."""

    def __init__(self, words_of: Iterable[Iterable[str]]) -> None:
        entries: dict[str, set[int]] = defaultdict(set)
        for number, words in enumerate(words_of):
            for word in words:
                for start in _starts(word):
                    entries[start].add(number)
        self._entries: Mapping[str, set[int]] = dict(entries)
        self._sorted = sorted(entries)
        self._with_a_letter_less: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= _SHORTEST_FORGIVEN:
                for shorter in _shortened(word):
                    self._with_a_letter_less[shorter].append(word)

    def find(self, word: str) -> Mapping[int, Closeness]:
        """The entries with this word, with a word that begins so, or else one slip away."""
        found = {number: Closeness.BEGINNING for start in self._begun(word) for number in start}
        found.update(dict.fromkeys(self._entries.get(word, ()), Closeness.EXACT))
        if not found and len(word) >= _SHORTEST_FORGIVEN:
            for near in self._near(word):
                found.update(dict.fromkeys(self._entries[near], Closeness.ONE_SLIP))
        return found

    def _begun(self, word: str) -> Iterator[set[int]]:
        at = bisect_left(self._sorted, word)
        while at < len(self._sorted) and self._sorted[at].startswith(word):
            yield self._entries[self._sorted[at]]
            at += 1

    def _near(self, word: str) -> Iterator[str]:
        """Words that are one letter more, fewer, other, or two letters swapped."""
        seen: set[str] = set()
        for shorter in {word, *_shortened(word)}:
            seen.update(self._with_a_letter_less.get(shorter, ()))
            if shorter in self._entries:
                seen.add(shorter)
        return (near for near in sorted(seen) if _is_one_slip(word, near))


def _starts(word: str) -> Iterator[str]:
    yield word
    if any(low <= character <= high for character in word for low, high in _UNSPACED):
        for at in range(1, len(word)):
            yield word[at:]


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _is_one_slip(word: str, other: str) -> bool:
    if len(word) > len(other):
        word, other = other, word
    if len(other) - len(word) > 1:
        return False
    at = next((at for at in range(len(word)) if word[at] != other[at]), len(word))
    if len(word) < len(other):
        return word[at:] == other[at + 1 :]
    swapped = word[at : at + 2] == other[at : at + 2][::-1] and word[at + 2 :] == other[at + 2 :]
    return swapped or word[at + 1 :] == other[at + 1 :]
