"""Word, Excel and PowerPoint documents (Office Open XML, ECMA-376) without what they tell.

The copy is grown from the main part: only parts that it links to, of the kinds in `_KINDS`, are
taken over, each rewritten by its rules. Whatever is not reached so does not come along: macros,
properties, thumbnails, lists of authors, printer settings, embedded documents and programs, data
of other makers, digital signatures, and anything that somebody hid in the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from intake.documents.archive import Archive, NewArchive
from intake.documents.links import Link, links_name, read_links, written_links
from intake.documents.markup import Rules, quoted, rewritten
from intake.documents.pictures import MEDIA_TYPES, bare_picture, format_of
from intake.documents.rules import DRAWINGS, SHEETS, SLIDES, WORDS
from intake.errors import NotCleanable

_OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_OFFICE}wordprocessingml."
_SHEET = f"{_OFFICE}spreadsheetml."
_SLIDE = f"{_OFFICE}presentationml."
_MAIN = "officeDocument"
_IMAGE = "image"
MOST_PARTS = 3_000

_Kinds = Mapping[str, tuple[str, Rules]]

_DRAWN: _Kinds = {
    "theme": (f"{_OFFICE}theme+xml", DRAWINGS),
    "themeOverride": (f"{_OFFICE}themeOverride+xml", DRAWINGS),
    "chart": (f"{_OFFICE}drawingml.chart+xml", DRAWINGS),
    "diagramData": (f"{_OFFICE}drawingml.diagramData+xml", DRAWINGS),
    "diagramLayout": (f"{_OFFICE}drawingml.diagramLayout+xml", DRAWINGS),
    "diagramQuickStyle": (f"{_OFFICE}drawingml.diagramStyle+xml", DRAWINGS),
    "diagramColors": (f"{_OFFICE}drawingml.diagramColors+xml", DRAWINGS),
}
_KINDS: Mapping[str, _Kinds] = {
    f"{_WORD}document": {
        **_DRAWN,
        _MAIN: (f"{_WORD}document.main+xml", WORDS),
        "styles": (f"{_WORD}styles+xml", WORDS),
        "numbering": (f"{_WORD}numbering+xml", WORDS),
        "settings": (f"{_WORD}settings+xml", WORDS),
        "fontTable": (f"{_WORD}fontTable+xml", WORDS),
        "footnotes": (f"{_WORD}footnotes+xml", WORDS),
        "endnotes": (f"{_WORD}endnotes+xml", WORDS),
        "header": (f"{_WORD}header+xml", WORDS),
        "footer": (f"{_WORD}footer+xml", WORDS),
        "comments": (f"{_WORD}comments+xml", WORDS),
    },
    f"{_SHEET}sheet": {
        **_DRAWN,
        _MAIN: (f"{_SHEET}sheet.main+xml", SHEETS),
        "worksheet": (f"{_SHEET}worksheet+xml", SHEETS),
        "chartsheet": (f"{_SHEET}chartsheet+xml", SHEETS),
        "sharedStrings": (f"{_SHEET}sharedStrings+xml", SHEETS),
        "styles": (f"{_SHEET}styles+xml", SHEETS),
        "table": (f"{_SHEET}table+xml", SHEETS),
        "drawing": (f"{_OFFICE}drawing+xml", DRAWINGS),
    },
    f"{_SLIDE}presentation": {
        **_DRAWN,
        _MAIN: (f"{_SLIDE}presentation.main+xml", SLIDES),
        "slide": (f"{_SLIDE}slide+xml", SLIDES),
        "slideLayout": (f"{_SLIDE}slideLayout+xml", SLIDES),
        "slideMaster": (f"{_SLIDE}slideMaster+xml", SLIDES),
        "notesSlide": (f"{_SLIDE}notesSlide+xml", SLIDES),
        "notesMaster": (f"{_SLIDE}notesMaster+xml", SLIDES),
        "tableStyles": (f"{_SLIDE}tableStyles+xml", SLIDES),
    },
}
"""Which kinds of parts each kind of document may have: how they are named, and what goes of them.

Comments of sheets and slides are not among them: programs write the author's name into their words.
"""
OPEN_XML = frozenset(_KINDS)
_ROOT_OF_NAMES = "http://schemas.openxmlformats.org/package/2006/content-types"


def clean_open_xml(content: bytes, media_type: str) -> bytes:
    """The cleaned copy. Raises `NotCleanable`."""
    return _Copy(Archive(content), _KINDS[media_type]).made()


@dataclass(slots=True)
class _Copy:
    """A package while it grows from its main part."""

    archive: Archive
    kinds: _Kinds
    out: NewArchive = field(default_factory=NewArchive)
    names: dict[str, str] = field(default_factory=dict)
    """The media type of each part that is written; "" while it is still to be."""
    renamed: dict[str, str | None] = field(default_factory=dict)
    """Pictures: what each is called in the copy; None for one that is left out."""

    def made(self) -> bytes:
        top = [link for link in self._links_of("") if link.kind == _MAIN]
        if len(top) != 1:
            raise NotCleanable("no main part")
        self._walk(top[0])
        self.out.put("_rels/.rels", written_links(top))
        self.out.put("[Content_Types].xml", self._written_names())
        return self.out.close()

    def _walk(self, top: Link) -> None:
        waiting = [top]
        while waiting:
            link = waiting.pop()
            if link.target not in self.names:
                waiting += self._take_over(link)
            if len(self.names) > MOST_PARTS:
                raise NotCleanable("too many parts")

    def _take_over(self, link: Link) -> list[Link]:
        """Write this part; gives the parts it leads to."""
        media_type, rules = self.kinds[link.kind]
        self.names[link.target] = media_type
        kept = [found for each in self._links_of(link.target) if (found := self._kept(each))]
        ids = frozenset(each.id for each in kept)
        pieces = self.archive.pieces(link.target)
        self.out.put(link.target, rewritten(pieces, rules, kept_links=ids))
        if kept:
            self.out.put(links_name(link.target), written_links(kept))
        return [each for each in kept if each.kind != _IMAGE]

    def _links_of(self, part: str) -> tuple[Link, ...]:
        name = links_name(part)
        return read_links(self.archive.pieces(name), part) if name in self.archive else ()

    def _kept(self, link: Link) -> Link | None:
        """The link as it stands in the copy; None where what it leads to is left out."""
        if link.target not in self.archive or link.target.endswith(".rels"):
            return None
        if link.kind == _IMAGE:
            name = self._picture(link.target)
            return None if name is None else replace(link, target=name)
        # The main part is reached from the top alone.
        return link if link.kind in self.kinds and link.kind != _MAIN else None

    def _picture(self, name: str) -> str | None:
        if name not in self.renamed:
            picture = self.archive.read(name)
            kind = format_of(picture)
            self.renamed[name] = None
            if kind:
                # What a picture was called says where it came from.
                new_name = f"media/image{len(self.renamed)}.{kind.lower()}"
                self.out.put(new_name, bare_picture(picture, kind), is_stored=True)
                self.names[new_name] = MEDIA_TYPES[kind]
                self.renamed[name] = new_name
        return self.renamed[name]

    def _written_names(self) -> bytes:
        rows = "".join(
            f"<Override PartName={quoted('/' + name)} ContentType={quoted(media_type)}/>"
            for name, media_type in sorted(self.names.items())
        )
        links = "application/vnd.openxmlformats-package.relationships+xml"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_ROOT_OF_NAMES}">'
            f'<Default Extension="rels" ContentType="{links}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
        ).encode()
