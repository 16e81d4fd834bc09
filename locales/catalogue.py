"""One language's words: what channels and the desk ask for every text that a person reads.

Called as `catalogue(language).text("Your code is ${code}", code=…)`. A text that is missing in a
language is looked for along that language's fallbacks and shown in English at last, never blank.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import TypeAlias

from flows.values import Place, StoredFile, Text, Value
from locales import formats
from locales.errors import MissingValueError
from locales.files import FOLDER, LANGUAGES_OF, Domain, Words, read_words
from locales.languages import SOURCE, Language, language_named
from locales.marking import N_, N_plural
from locales.sentences import Sentence, cut, fenced, isolated, places

__all__ = ["N_", "Catalogue", "Entry", "Placeable", "Verbatim", "catalogue"]

Placeable: TypeAlias = Value | Text
"""What may stand in a `${name}` place, and what can be shown."""

UNANSWERED = "…"
"""Stands in a flow's sentence for an answer that is not there."""


class Verbatim(str):
    """Words of ours that go into a sentence as they are: a link, a receipt.

    They are copied out of the sentence again, and isolates would be copied along.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is shown for one msgid: a sentence, or one per plural form of `language`."""

    sentences: tuple[Sentence, ...]
    language: Language
    is_machine: bool

    def for_number(self, n: int) -> Sentence:
        """The form that `n` of something takes in the language of this entry."""
        if len(self.sentences) == 1:
            return self.sentences[0]
        return self.sentences[_plural_rule(self.language.plural_rule)(abs(n))]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """The texts of one language in one domain, with its fallbacks already laid under them."""

    language: Language
    entries: Mapping[str, Entry] = field(repr=False)
    """By msgid. What is not in it is shown as its msgid, which is English."""

    def text(self, msgid: str, /, **values: Placeable) -> str:
        """The text in this language with its places filled.

        Strings are isolated, numbers and days written as the language writes them. Raises
        `MissingValueError` where a place has no value: that is the caller's slip.
        """
        return self._filled(self._sentence(msgid), values)

    def plural(self, one: str, many: str, n: int, /, **values: Placeable) -> str:
        """The form that `n` of something takes; `${n}` in it is `n` itself."""
        entry = self.entries.get(one)
        sentence = entry.for_number(n) if entry else cut(one if n == 1 else many)
        return self._filled(sentence, {"n": n, **values})

    def render(self, text: Text) -> str:
        """A flow's text: translated, or literal as it stands. An answer not given shows as "…"."""
        if text.is_literal:
            return text.msgid
        values = text.values
        return self._sentence(text.msgid).fill(
            lambda name: self._placed(values[name]) if name in values else UNANSWERED
        )

    def show(self, value: Placeable) -> str:
        """An answer as it is read back (W6). Files are told by kind and number, never by name."""
        match value:
            case str():
                return value
            case Text():
                return self.render(value)
            case int():
                return formats.whole_number(value, self.language.locale)
            case Decimal():
                return formats.decimal_number(value, self.language.locale)
            case datetime():
                return formats.moment(value, self.language.locale)
            case date():
                return formats.day(value, self.language.locale)
            case time():
                return formats.time_of_day(value, self.language.locale)
            case Place():
                return formats.place(value)
            case tuple():
                return self._several(value)

    def day(self, when: date) -> str:
        """A day in full: "1 December 2026"."""
        return formats.day(when, self.language.locale)

    def number(self, n: int | Decimal) -> str:
        """A number with the language's separators; grouped from 10,000 on."""
        return self.show(n)

    def country(self, code: str) -> str:
        """A country by its ISO 3166-1 code: "India"; the code where it has no name."""
        return formats.country(code, self.language.locale)

    def language_called(self, language: Language) -> str:
        """One of our languages as readers of this one call it: "Portuguese (Brazil)"."""
        return formats.language(language.code, self.language.locale)

    def list(self, items: Sequence[str]) -> str:
        """The items as one phrase: "a, b and c"; empty for none."""
        return formats.joined(items, self.language.locale)

    def is_machine(self, msgid: str) -> bool:
        """Whether the words shown for it come from a machine and no person checked them (W11)."""
        entry = self.entries.get(msgid)
        return entry is not None and entry.is_machine

    def is_translated(self, msgid: str) -> bool:
        """Whether there are words for it in this very language; English always has them."""
        entry = self.entries.get(msgid)
        return self.language.code == SOURCE or (
            entry is not None and entry.language.code == self.language.code
        )

    def _sentence(self, msgid: str) -> Sentence:
        entry = self.entries.get(msgid)
        return entry.for_number(1) if entry else cut(msgid)

    def _filled(self, sentence: Sentence, values: Mapping[str, Placeable]) -> str:
        try:
            return sentence.fill(lambda name: self._placed(values[name]))
        except KeyError as missing:
            raise MissingValueError(f"no value for ${{{missing.args[0]}}}") from missing

    def _placed(self, value: Placeable) -> str:
        """A value inside a sentence: what a person gave is isolated, what we say is not."""
        match value:
            case Verbatim():
                return str(value)
            case str():
                return isolated(value)
            case Text():
                return self._nested(value)
            case tuple():
                return fenced(self._several(value))
            case _:
                return self.show(value)

    def _nested(self, text: Text) -> str:
        """A text inside another: fenced where it is not in this language."""
        if text.is_literal:
            return isolated(text.msgid)
        words = self.render(text)
        return words if self.is_translated(text.msgid) else fenced(words)

    def _several(self, values: tuple[str, ...] | tuple[StoredFile, ...]) -> str:
        files = [value for value in values if isinstance(value, StoredFile)]
        if not files:
            return self.list([value for value in values if isinstance(value, str)])
        counted = ((kind, sum(_kind(file) == kind for file in files)) for kind in _FILE_WORDS)
        return self.list([self.plural(*_FILE_WORDS[kind], n) for kind, n in counted if n])


# The first part of a media type, and what a person calls such files. Last: everything else.
_FILE_WORDS: Mapping[str, tuple[str, str]] = {
    "image": N_plural("${n} photo", "${n} photos"),
    "audio": N_plural("${n} voice message", "${n} voice messages"),
    "video": N_plural("${n} video", "${n} videos"),
    "": N_plural("${n} file", "${n} files"),
}


def _kind(file: StoredFile) -> str:
    kind = file.media_type.partition("/")[0]
    return kind if kind in _FILE_WORDS else ""


@cache
def _plural_rule(rule: str) -> Callable[[int], int]:
    return c2py(rule)


def catalogue(language: str, domain: str = "people") -> Catalogue:
    """The catalogue of a language: ours by its code, or the one that serves another tag best.

    The desk's texts are looked for in its own domain and then among those of the people, so that
    a text which both read is translated once. The desk speaks English where it has no other.
    """
    return load(language_named(language).code, Domain(domain), FOLDER)


@cache
def load(code: str, domain: Domain, folder: Path) -> Catalogue:
    """The catalogue of a language of ours from a folder of catalogues, read once.

    Raises `UnreadableCatalogueError` where a file is damaged.
    """
    language = language_named(code)
    if language not in LANGUAGES_OF[domain]:
        language = language_named(SOURCE)
    entries: dict[str, Entry] = {}
    for step in reversed((language, *map(language_named, language.fallbacks))):
        for level in dict.fromkeys((Domain.PEOPLE, domain)):
            entries.update(_entries(read_words(folder, step, level), step))
    return Catalogue(language=language, entries=entries)


def _entries(words: Words, language: Language) -> Iterator[tuple[str, Entry]]:
    """What can be shown of a catalogue's translations.

    One with a place that its msgid lacks is left out: nobody gives a value for it, and the next
    fallback is better than a fault in someone's chat. `check` says it to whoever made it.
    """
    for msgid, found in words.items():
        known = {"n", *places(msgid)}
        if all(known.issuperset(places(form)) for form in found.forms):
            sentences = tuple(cut(form) for form in found.forms)
            yield msgid, Entry(sentences=sentences, language=language, is_machine=found.is_machine)
