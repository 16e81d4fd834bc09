"""What is wrong with the catalogues: every fault at once, with file and text.

Called by `python -m locales.catalogues check`, which is part of what must hold before a change
lands. A catalogue without faults has exactly the texts of the sources, each translated in every
form, with the places of the source and with an origin.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from locales.errors import UnreadableCatalogueError
from locales.extraction import ExtractedText
from locales.files import (
    MACHINE,
    PERSON,
    Domain,
    forms_of,
    key_of,
    origins_of,
    plural_header,
    read_catalogue,
    translated_files,
)
from locales.languages import Language
from locales.sentences import BIDI_CONTROLS, places

_ORIGIN = re.compile(rf"{MACHINE}|{PERSON}\S.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFault:
    """One thing to put right."""

    file: str
    msgid: str = ""
    """The text it is about; empty for the whole file."""
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}" + (f": {self.msgid!r}" if self.msgid else "")


def inspect_catalogues(
    folder: Path, texts: Mapping[Domain, tuple[ExtractedText, ...]]
) -> tuple[CatalogueFault, ...]:
    """All faults of all catalogues in a folder, against the texts of the sources."""
    return tuple(
        CatalogueFault(file=path.relative_to(folder).as_posix(), msgid=msgid, reason=reason)
        for language, domain, path in translated_files(folder)
        for msgid, reason in _faults_of_file(path, language, texts[domain])
    )


def _faults_of_file(
    path: Path, language: Language, texts: tuple[ExtractedText, ...]
) -> Iterator[tuple[str, str]]:
    if not path.exists():
        yield "", "there is no such catalogue; run `python -m locales.catalogues update`"
        return
    try:
        catalogue = read_catalogue(path, language)
    except UnreadableCatalogueError as error:
        yield "", str(error)
        return
    if catalogue.plural_forms != plural_header(language)[1]:
        yield "", "has not the `Plural-Forms` of its language; run `update`"
    messages = {key_of(found): found for found in catalogue if found.id}
    wanted = {text.msgid: text for text in texts}
    for msgid in wanted.keys() - messages.keys():
        yield msgid, "is in the sources and not here; run `update` and translate it"
    for msgid in messages.keys() - wanted.keys():
        yield msgid, "is in no source any more; run `update`"
    for msgid, message in messages.items():
        if msgid in wanted:
            for reason in _faults_of_message(message, wanted[msgid]):
                yield msgid, reason


def _faults_of_message(message: Message, text: ExtractedText) -> Iterator[str]:
    forms = forms_of(message)
    if message.pluralizable != bool(text.many):
        yield "counts here or in the sources, and not in both; run `update`"
    if not any(form.strip() for form in forms):
        yield "is not translated"
        return
    if not all(form.strip() for form in forms):
        yield "lacks a plural form"
    if message.fuzzy:
        yield "is marked fuzzy: translate it, or take the mark away"
    if any(BIDI_CONTROLS.search(form) for form in forms):
        yield "holds a control character that turns text around; isolates are put in by the code"
    if any(not _has_places_of(form, text) for form in forms if form):
        yield "has other ${places} than its source"
    origins = origins_of(message)
    if len(origins) != 1 or not _ORIGIN.fullmatch(origins[0]):
        yield "does not say its origin: `# origin: machine` or `# origin: person NAME`"


def _has_places_of(form: str, text: ExtractedText) -> bool:
    """A form must have the places of its source; a form for one or two may leave `${n}` unsaid.

    Arabic says "two photos" in one word, and "a photo" reads better than "1 photo" anywhere.
    """
    has = set(places(form))
    wanted = set(places(text.msgid)) | set(places(text.many))
    return has == wanted or (bool(text.many) and has == wanted - {"n"})
