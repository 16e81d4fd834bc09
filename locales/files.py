"""Catalogue files: where they lie, and how they are read and written (gettext, by Babel).

`locales/LANGUAGE/LC_MESSAGES/DOMAIN.po` is what people edit. `.mo` beside it is made of it by
`python -m locales.catalogues compile` and only saves time: where it is missing or older than the
`.po`, the `.po` is read. Called by `locales.catalogue` and by the command.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from locales.errors import UnreadableCatalogueError
from locales.languages import LANGUAGES, SOURCE, Language

FOLDER = Path(__file__).resolve().parent

ORIGIN = "origin:"
"""Begins the translator's comment that says who translated an entry."""

MACHINE = "machine"
PERSON = "person "

_REVIEWED_CONTEXT = "origin"
"""In a `.mo`, which has no comments, the texts of persons are named again in this context."""

# Babel stamps the day, the version of itself and places for a mailing list into each file; two
# people who update the same catalogue would differ in them and in nothing else.
_UNKEPT_HEADERS = (
    '"Report-Msgid-Bugs-To:',
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Language-Team:',
    '"Generated-By:',
)


class Domain(StrEnum):
    """Who reads the texts."""

    PEOPLE = "people"
    DESK = "desk"


# The desk is staffed; reporters come in whatever language they have (G17, M117).
LANGUAGES_OF: Mapping[Domain, tuple[Language, ...]] = {
    Domain.PEOPLE: LANGUAGES,
    Domain.DESK: tuple(language for language in LANGUAGES if language.code in {SOURCE, "nl"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One text in one language: a form per plural form, and whether a machine made it."""

    forms: tuple[str, ...]
    is_machine: bool


Words: TypeAlias = Mapping[str, Translation]
"""Translations by msgid; a text with plurals by its singular."""


def po_path(folder: Path, language: str, domain: Domain) -> Path:
    """Where the catalogue of a language and a domain is kept."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def translated_files(folder: Path) -> tuple[tuple[Language, Domain, Path], ...]:
    """Every catalogue there must be: all languages of each domain but the source language."""
    return tuple(
        (language, domain, po_path(folder, language.code, domain))
        for domain, languages in LANGUAGES_OF.items()
        for language in languages
        if language.code != SOURCE
    )


def read_words(folder: Path, language: Language, domain: Domain) -> Words:
    """The translations there are; none where the language has no file in this domain.

    Raises `UnreadableCatalogueError` where the file is damaged.
    """
    po = po_path(folder, language.code, domain)
    if not po.exists():
        return {}
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return _compiled_words(mo)
    return {key_of(message): translation_of(message) for message in _usable(po, language)}


def read_catalogue(path: Path, language: Language) -> Catalog:
    """A `.po` as Babel holds it. Raises `UnreadableCatalogueError` with file and reason."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language.code, charset="utf-8", abort_invalid=True)
    except (PoFileError, ValueError, OSError) as error:
        raise UnreadableCatalogueError(f"{path}: {error}") from error


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a `.po`, its messages in their order, without what changes at every writing."""
    for message in catalogue:
        message.flags -= {"python-brace-format", "python-format"}
    written = BytesIO()
    write_po(written, catalogue, width=0, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith(_UNKEPT_HEADERS)).rstrip() + "\n",
        "utf-8",
    )


def compile_words(po: Path, language: Language) -> Path:
    """Write the `.mo` beside a `.po` and give its path."""
    compiled = Catalog(locale=language.code, charset="utf-8")
    compiled.mime_headers = [plural_header(language)]
    for message in _usable(po, language):
        compiled.add(message.id, message.string)
        if not translation_of(message).is_machine:
            compiled.add(key_of(message), "person", context=_REVIEWED_CONTEXT)
    mo = po.with_suffix(".mo")
    with mo.open("wb") as file:
        write_mo(file, compiled)
    return mo


def plural_header(language: Language) -> tuple[str, str]:
    """The `Plural-Forms` header of a language's catalogues."""
    forms = f"nplurals={language.plural_count}; plural={language.plural_rule};"
    return ("Plural-Forms", forms)


def key_of(message: Message) -> str:
    """What a message is looked up by: its msgid, the singular where it has two."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation's forms: one, or one per plural form. Untranslated ones are empty."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(form or "" for form in string)


def origins_of(message: Message) -> tuple[str, ...]:
    """Who translated it, as its comments say: `machine` or `person NAME`."""
    comments = (comment.strip() for comment in message.user_comments)
    return tuple(
        comment.removeprefix(ORIGIN).strip() for comment in comments if comment.startswith(ORIGIN)
    )


def translation_of(message: Message) -> Translation:
    """A message as it is shown. Where nobody says to have made it, a machine did."""
    is_by_person = any(origin.startswith(PERSON) for origin in origins_of(message))
    return Translation(forms=forms_of(message), is_machine=not is_by_person)


def _usable(po: Path, language: Language) -> Iterable[Message]:
    """The messages that can be shown: whole, and not marked as doubtful."""
    for message in read_catalogue(po, language):
        if message.id and all(forms_of(message)) and not message.fuzzy:
            yield message


def _compiled_words(mo: Path) -> Words:
    try:
        with mo.open("rb") as file:
            messages = [message for message in read_mo(file) if message.id]
    except (OSError, ValueError, struct.error) as error:
        raise UnreadableCatalogueError(f"{mo}: {error}; compile the catalogues again") from error
    reviewed = {key_of(message) for message in messages if message.context is not None}
    return {
        key_of(message): Translation(
            forms=forms_of(message), is_machine=key_of(message) not in reviewed
        )
        for message in messages
        if message.context is None
    }
