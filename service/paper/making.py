"""The files of a site: posters, or a whole awareness kit (G1, G10), written into a folder.

A kit has, in each language of the site, the poster, cards and the page to read aloud; and in a
language of the desk the checklist for a visit (G20) and an index. A file that is there already is
replaced: it is made from the same facts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from locales.catalogue import N_, catalogue
from locales.files import Domain
from locales.languages import language_named
from service.paper.printing import pdf_of, sheet_of
from service.refusals import Refused
from web.paper import KitFile, PaperPages, SiteFacts

_POSTER, _CARDS, _SCRIPT = "poster", "cards", "read-aloud"
_CHECKLIST, _INDEX = "visit-checklist", "index"
POSTER_TITLE = N_("Is something wrong at work, or near it?")
"""Stands for all of a language's papers: they are reviewed together."""
_WHAT: Mapping[str, str] = {
    _POSTER: N_("Poster for the notice board (A4)"),
    _CARDS: N_("Eight cards to cut out and hand out"),
    _SCRIPT: N_("A page for a worker committee or a trainer to read aloud"),
    _CHECKLIST: N_("What to look at on a visit"),
}
_ONE_PAGE = frozenset({_POSTER, _CARDS, _SCRIPT})

Tell = Callable[[int, int], None]
"""Hears how many files are made, and how many there will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file to make."""

    kind: str
    language: str
    html: str

    def name(self, code: str) -> str:
        """What the file is called: poster-RJ3-hi.pdf."""
        return f"{self.kind}-{code}-{self.language}.pdf"


def posters(facts: Mapping[str, SiteFacts]) -> tuple[Sheet, ...]:
    """The poster in each language, from the facts in it."""
    pages = PaperPages()
    return tuple(
        Sheet(kind=_POSTER, language=language, html=pages.poster(its, language))
        for language, its in facts.items()
    )


def kit(facts: Mapping[str, SiteFacts], desk_facts: SiteFacts, desk: str) -> tuple[Sheet, ...]:
    """Everything in a kit; `desk` is the language of checklist and index."""
    pages = PaperPages()
    sheets = []
    for language, its in facts.items():
        sheets += [
            Sheet(kind=_POSTER, language=language, html=pages.poster(its, language)),
            Sheet(kind=_CARDS, language=language, html=pages.cards(its, language)),
            Sheet(kind=_SCRIPT, language=language, html=pages.script(its, language)),
        ]
    called = tuple(_called(language, desk) for language in facts)
    checklist = pages.checklist(desk_facts, desk, called)
    sheets.append(Sheet(kind=_CHECKLIST, language=desk, html=checklist))
    listed = tuple(_listed(sheets, desk_facts.code, desk))
    index = Sheet(kind=_INDEX, language=desk, html=pages.index(desk_facts, desk, listed))
    return (index, *sheets)


def write_sheets(
    sheets: tuple[Sheet, ...], code: str, folder: Path, tell: Tell
) -> tuple[Path, ...]:
    """Print the sheets into a folder, which is made if need be. Raises `Refused`."""
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, sheet in enumerate(sheets, start=1):
            is_one_page = sheet.kind in _ONE_PAGE
            content = (sheet_of if is_one_page else pdf_of)(sheet.html, sheet.language)
            if content is None:
                raise Refused(
                    f"{sheet.name(code)} does not fit on one page: shorten GEHOOR_OPERATOR or the "
                    "names of the emergency numbers"
                )
            path = folder / sheet.name(code)
            path.write_bytes(content)
            made.append(path)
            tell(number, len(sheets))
    except OSError as fault:
        raise Refused(f"nothing can be written into {folder} ({fault.strerror})") from None
    return tuple(made)


def machine_made(languages: Iterable[str]) -> tuple[str, ...]:
    """In which of these languages no person has read all that is printed, by the catalogues."""
    return tuple(language for language in languages if catalogue(language).is_machine(POSTER_TITLE))


def _listed(sheets: list[Sheet], code: str, desk: str) -> Iterator[KitFile]:
    words = catalogue(desk, Domain.DESK)
    for sheet in sheets:
        yield KitFile(
            name=sheet.name(code),
            what=words.text(_WHAT[sheet.kind]),
            language=_called(sheet.language, desk),
        )


def _called(language: str, desk: str) -> str:
    return catalogue(desk, Domain.DESK).language_called(language_named(language))
