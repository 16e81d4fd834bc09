"""What a native reader is shown of a catalogue, and what becomes of what they wrote.

A line is one text of one catalogue, or one of its plural forms. Lines come back with the text as it
should be, and the name of whoever read it: then the catalogue says `# origin: person NAME`. A line
is taken only if nothing moved underneath it: the same English, the same translation as when the
lines were made. What was taken before is taken again without a change, so a sheet may be read
twice. A text with plural forms is taken whole or not at all.

Called by `service.review_sheet`.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from locales.files import (
    LANGUAGES_OF,
    ORIGIN,
    PERSON,
    Domain,
    compile_words,
    forms_of,
    key_of,
    origins_of,
    po_path,
    read_catalogue,
    write_catalogue,
)
from locales.languages import Language
from locales.sentences import BIDI_CONTROLS, places

AS_IT_IS = frozenset({"ok", "OK", "Ok", "✓"})
"""Written in place of a text that is right already."""
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One text as it is now."""

    key: str
    """Tells a text and a form of it from all others, and changes with the English."""
    domain: Domain
    msgid: str
    many: str = ""
    """The English plural, where the text counts."""
    form: int = 0
    """Which plural form of the language, from 0."""
    sources: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """Notes for translators."""
    translation: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A line as it came back; `row` is where it stood."""

    row: int
    key: str
    msgid: str
    translation: str
    """As the sheet had it when it was made."""
    text: str
    reviewer: str


class ReviewFault(StrEnum):
    """Why a line is not taken."""

    UNKNOWN = "unknown"
    ENGLISH_CHANGED = "english_changed"
    TRANSLATION_CHANGED = "translation_changed"
    NO_REVIEWER = "no_reviewer"
    NAME_UNFIT = "name_unfit"
    PLACES_LOST = "places_lost"
    BIDI_CONTROL = "bidi_control"
    TWICE = "twice"
    FORMS_APART = "forms_apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRefused:
    """One line that was not taken."""

    row: int
    fault: ReviewFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of all lines."""

    taken: int
    """Texts that a person has read now, forms counted one by one."""
    unchanged: int
    """Lines that say what the catalogue says already."""
    refused: tuple[LineRefused, ...]


def lines_of(folder: Path, language: Language) -> tuple[ReviewLine, ...]:
    """Every text of a language's catalogues in their order.

    Raises `UnreadableCatalogueError` where a catalogue is damaged.
    """
    return tuple(
        line
        for domain, catalogue in _catalogues(folder, language).items()
        for message in catalogue
        if message.id
        for line in _lines(domain, message)
    )


def take(folder: Path, language: Language, reviewed: Iterable[Reviewed]) -> Taken:
    """Put what was reviewed into the catalogues. Raises OSError where they cannot be written."""
    catalogues = _catalogues(folder, language)
    taking = _Taking(catalogues)
    for line in reviewed:
        taking.look_at(line)
    changed = taking.keep()
    for domain in changed:
        path = po_path(folder, language.code, domain)
        write_catalogue(path, catalogues[domain])
        if path.with_suffix(".mo").exists():
            compile_words(path, language)
    return Taken(
        taken=taking.taken,
        unchanged=taking.unchanged,
        refused=tuple(sorted(taking.refused, key=lambda each: each.row)),
    )


def _catalogues(folder: Path, language: Language) -> Mapping[Domain, Catalog]:
    paths = {
        domain: po_path(folder, language.code, domain)
        for domain, languages in LANGUAGES_OF.items()
        if language in languages
    }
    return {
        domain: read_catalogue(path, language) for domain, path in paths.items() if path.exists()
    }


def _lines(domain: Domain, message: Message) -> Iterator[ReviewLine]:
    many = "" if isinstance(message.id, str) else message.id[1]
    for form, translation in enumerate(forms_of(message)):
        yield ReviewLine(
            key=_key(domain, key_of(message), many, form),
            domain=domain,
            msgid=key_of(message),
            many=many,
            form=form,
            sources=tuple(dict.fromkeys(source for source, _ in message.locations)),
            comments=tuple(message.auto_comments),
            translation=translation,
            origins=origins_of(message),
        )


def _key(domain: Domain, msgid: str, many: str, form: int) -> str:
    named = "\n".join((domain, msgid, many, str(form)))
    return hashlib.sha256(named.encode()).hexdigest()[:12]


@dataclass(slots=True)
class _Waiting:
    """The forms of one message that were read, until all of them are known."""

    message: Message
    domain: Domain
    forms: dict[int, tuple[Reviewed, str]] = field(default_factory=dict)


class _Taking:
    """Lines on their way into catalogues."""

    def __init__(self, catalogues: Mapping[Domain, Catalog]) -> None:
        self.taken = self.unchanged = 0
        self.refused: list[LineRefused] = []
        self._by_key: dict[str, tuple[ReviewLine, Message]] = {
            line.key: (line, message)
            for domain, catalogue in catalogues.items()
            for message in catalogue
            if message.id
            for line in _lines(domain, message)
        }
        self._waiting: dict[tuple[Domain, str], _Waiting] = {}
        self._seen: set[str] = set()

    def look_at(self, given: Reviewed) -> None:
        """Take one line in, or note why not. Lines with no text are passed over."""
        if not given.text:
            return
        found = self._by_key.get(given.key)
        if found is None:
            self._refuse(given, ReviewFault.UNKNOWN)
            return
        line, message = found
        text = _normal(line.translation if given.text in AS_IT_IS else given.text)
        fault = self._fault(given, line, text)
        if fault is not None:
            self._refuse(given, fault)
            return
        self._seen.add(given.key)
        waiting = self._waiting.setdefault(
            (line.domain, line.msgid), _Waiting(message, line.domain)
        )
        waiting.forms[line.form] = (given, text)

    def keep(self) -> frozenset[Domain]:
        """Write the whole messages; which domains changed."""
        changed = set()
        for waiting in self._waiting.values():
            lines = [given for given, _ in waiting.forms.values()]
            before = forms_of(waiting.message)
            if len(waiting.forms) != len(before):
                for given in lines:
                    self._refuse(given, ReviewFault.FORMS_APART)
                continue
            if _put(waiting, before):
                self.taken += len(lines)
                changed.add(waiting.domain)
            else:
                self.unchanged += len(lines)
        return frozenset(changed)

    def _fault(self, given: Reviewed, line: ReviewLine, text: str) -> ReviewFault | None:
        name = given.reviewer
        is_known_already = text == line.translation
        if given.key in self._seen:
            return ReviewFault.TWICE
        if given.msgid != line.msgid:
            return ReviewFault.ENGLISH_CHANGED
        if given.translation != line.translation and not is_known_already:
            return ReviewFault.TRANSLATION_CHANGED
        if not name:
            return ReviewFault.NO_REVIEWER
        if len(name) > LONGEST_NAME or not name.isprintable() or name.casefold() == "machine":
            return ReviewFault.NAME_UNFIT
        if BIDI_CONTROLS.search(text):
            return ReviewFault.BIDI_CONTROL
        if not _has_places(text, line):
            return ReviewFault.PLACES_LOST
        return None

    def _refuse(self, given: Reviewed, fault: ReviewFault) -> None:
        self.refused.append(LineRefused(row=given.row, fault=fault))


def _put(waiting: _Waiting, before: tuple[str, ...]) -> bool:
    """Write the forms and who read them; False where both stand there already."""
    message = waiting.message
    texts = tuple(waiting.forms[form][1] for form in range(len(before)))
    names = dict.fromkeys(waiting.forms[form][0].reviewer for form in range(len(before)))
    origin = f"{ORIGIN} {PERSON}{', '.join(names)}"
    others = [each for each in message.user_comments if not each.strip().startswith(ORIGIN)]
    if texts == before and any(each.startswith(PERSON) for each in origins_of(message)):
        return False
    message.string = texts if message.pluralizable else texts[0]
    message.user_comments = [origin, *others]
    message.flags.discard("fuzzy")
    return True


def _has_places(text: str, line: ReviewLine) -> bool:
    """The places of its source, as `locales.inspection` wants them; a form may leave out `${n}`."""
    has, wanted = set(places(text)), {*places(line.msgid), *places(line.many)}
    return has == wanted or (bool(line.many) and has == wanted - {"n"})


def _normal(text: str) -> str:
    """One spelling for letters that Unicode can write in two ways."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
