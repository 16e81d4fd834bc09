"""Texts and sheets of OpenDocument (ISO/IEC 26300) without what they tell.

The copy has what is read and nothing else: the content, its styles and its pictures. Properties,
settings (with the printer and the place on the disk), thumbnails, programs, embedded documents and
signatures are not taken over.
"""

from intake.documents.archive import Archive, NewArchive
from intake.documents.markup import local_of, quoted, read, rewritten, strict_parser
from intake.documents.pictures import MEDIA_TYPES, bare_picture, format_of
from intake.documents.rules import OPEN_DOCUMENTS
from intake.errors import NotCleanable

_ODF = "application/vnd.oasis.opendocument."
OPEN_DOCUMENT = frozenset({f"{_ODF}text", f"{_ODF}spreadsheet", f"{_ODF}presentation"})
_PARTS = ("content.xml", "styles.xml")
_PICTURES = "Pictures/"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MOST_PICTURES = 1_000


def clean_open_document(content: bytes, media_type: str) -> bytes:
    """The cleaned copy. Raises `NotCleanable`."""
    archive, out = Archive(content), NewArchive()
    if "mimetype" not in archive or archive.read("mimetype") != media_type.encode():
        raise NotCleanable("another kind than it said")
    # It comes first and as it is, so that the kind can be read without unfolding (part 2, §3.3).
    out.put("mimetype", media_type.encode(), is_stored=True)
    names = {"/": media_type}
    pictures = _pictures(archive, out)
    parts = [part for part in _PARTS if part in archive]
    for part in parts:
        out.put(
            part, rewritten(archive.pieces(part), OPEN_DOCUMENTS, kept_links=frozenset(pictures))
        )
    if "content.xml" not in parts:
        raise NotCleanable("no content")
    names |= dict.fromkeys(parts, "text/xml") | pictures
    out.put("META-INF/manifest.xml", _written_names(names))
    return out.close()


def _pictures(archive: Archive, out: NewArchive) -> dict[str, str]:
    """The pictures that the content shows, written anew, with their media types."""
    kept: dict[str, str] = {}
    for name in sorted(_shown(archive)):
        picture = archive.read(name) if name in archive else b""
        if kind := format_of(picture):
            out.put(name, bare_picture(picture, kind), is_stored=True)
            kept[name] = MEDIA_TYPES[kind]
    return kept


def _shown(archive: Archive) -> set[str]:
    found: set[str] = set()

    def start(_name: str, listed: list[str]) -> None:
        for name, value in zip(listed[::2], listed[1::2], strict=True):
            if local_of(name) == "href" and value.startswith(_PICTURES):
                found.add(value)
        if len(found) > MOST_PICTURES:
            raise NotCleanable("too many pictures")

    for part in _PARTS:
        if part in archive:
            parser = strict_parser()
            parser.StartElementHandler = start
            read(archive.pieces(part), parser)
    return found


def _written_names(names: dict[str, str]) -> bytes:
    rows = "".join(
        f"<manifest:file-entry manifest:full-path={quoted(name)} "
        f"manifest:media-type={quoted(media_type)}/>"
        for name, media_type in names.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        f'xmlns:manifest="{_MANIFEST}" manifest:version="1.2">{rows}</manifest:manifest>'
    ).encode()
