"""The command that keeps catalogues: `python -m locales.catalogues extract|update|compile|check`.

- extract: writes the templates of all texts to `build/catalogues/`, for translators' tools;
- update: brings every `.po` in line with the sources, keeping translations and their origins;
- compile: writes the `.mo` files that start-up reads;
- check: says every fault and ends with 1 where there is one.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog

from locales.errors import LocalesError
from locales.extraction import ExtractedText, extract_texts
from locales.files import (
    FOLDER,
    compile_words,
    forms_of,
    key_of,
    plural_header,
    read_catalogue,
    translated_files,
    write_catalogue,
)
from locales.inspection import inspect_catalogues
from locales.languages import SOURCE, Language, language_named

ROOT = FOLDER.parent


def extract(root: Path) -> int:
    """Write `build/catalogues/DOMAIN.pot` and say how many texts there are."""
    for domain, texts in extract_texts(root).items():
        path = root / "build" / "catalogues" / f"{domain}.pot"
        write_catalogue(path, _template(texts, language_named(SOURCE)))
        _say(f"{path.relative_to(root)}: {len(texts)} texts")
    return 0


def update(root: Path) -> int:
    """Bring every `.po` in line with the sources.

    New texts come in untranslated. Texts that are gone are kept as `#~` entries, and come back
    with their translation if the text does.
    """
    texts = extract_texts(root)
    for language, domain, path in translated_files(root / FOLDER.name):
        updated = _template(texts[domain], language)
        known = read_catalogue(path, language) if path.exists() else Catalog(locale=language.code)
        _take_over(known, updated)
        write_catalogue(path, updated)
        empty = sum(not all(forms_of(message)) for message in updated if message.id)
        gone = len(updated.obsolete)
        _say(f"{path.relative_to(root)}: {empty} to translate, {gone} no longer used")
    return 0


def compile_all(root: Path) -> int:
    """Write a `.mo` beside every `.po` that there is."""
    for language, _, path in translated_files(root / FOLDER.name):
        if path.exists():
            compile_words(path, language)
    return 0


def check(root: Path) -> int:
    """Say every fault of every catalogue; 1 where there is one."""
    faults = inspect_catalogues(root / FOLDER.name, extract_texts(root))
    for fault in faults:
        _say(str(fault))
    return 1 if faults else 0


def _template(texts: Sequence[ExtractedText], language: Language) -> Catalog:
    """An untranslated catalogue of these texts."""
    template = Catalog(
        locale=language.code, project="Gehoor", version="1", charset="utf-8", fuzzy=False
    )
    template.header_comment = f"# {language.own_name}. See docs/languages.md."
    template.mime_headers = [plural_header(language)]
    for text in texts:
        template.add(
            (text.msgid, text.many) if text.many else text.msgid,
            ("",) * language.plural_count if text.many else "",
            locations=[(source, 0) for source in text.sources],
            auto_comments=text.comments,
        )
    return template


def _take_over(known: Catalog, updated: Catalog) -> None:
    """Put what was translated, and by whom, into the updated catalogue; keep the rest aside."""
    before = {key_of(message): message for message in known.obsolete.values()}
    before |= {key_of(message): message for message in known if message.id}
    for message in updated:
        old = before.pop(key_of(message), None) if message.id else None
        if old is not None and old.pluralizable == message.pluralizable:
            message.string = old.string
            message.user_comments = list(old.user_comments)
            message.flags = set(old.flags)
    for key, old in before.items():
        if all(forms_of(old)):
            updated.obsolete[key] = old


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


COMMANDS: Mapping[str, Callable[[Path], int]] = {
    "extract": extract,
    "update": update,
    "compile": compile_all,
    "check": check,
}


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Run one command; 2 where there is no such command, 1 where it cannot be done."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        _say(f"usage: python -m locales.catalogues {'|'.join(COMMANDS)}")
        return 2
    try:
        return COMMANDS[arguments[0]](root)
    except LocalesError as error:
        _say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
