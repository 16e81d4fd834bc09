"""Office documents: the copy says what the document says, and nothing of who made it."""

import io
import zipfile

import pytest
from PIL import Image

from intake.clean_room import clean_apart
from intake.cleaning import cleaned
from intake.documents import archive
from intake.errors import NotCleanable
from intake.media_types import ENDS_BYTES, UNCLEANABLE_DOCUMENT, media_type_of
from tests.intake.documents.packages import (
    DOCX,
    EVERY_KIND,
    ODS,
    ODT,
    PPTX,
    SAID,
    TELLING,
    XLSX,
    everything_in,
    faults_of,
    letter,
    links,
    open_letter,
    packed,
    slides,
    table,
    unpacked,
)
from tests.security.hostile_files import GPS, jpeg


def type_of(content: bytes) -> str:
    return media_type_of(content[:ENDS_BYTES], content[-ENDS_BYTES:], is_text=False)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_copy_says_what_was_said_and_nothing_of_its_maker(kind: str) -> None:
    copy, media_type = clean_apart((packed(EVERY_KIND[kind]),), kind)
    assert media_type == kind
    everything = everything_in(copy)
    assert SAID.encode() in everything
    assert [told for told in TELLING if told in everything] == []
    assert type_of(copy) == kind


@pytest.mark.parametrize("kind", [DOCX, XLSX, PPTX])
def test_a_copy_is_whole_each_part_has_a_type_and_each_link_leads_somewhere(kind: str) -> None:
    copy, _ = cleaned(packed(EVERY_KIND[kind]), kind)
    assert faults_of(copy) == []


def test_a_text_keeps_its_words_changes_remarks_and_photos() -> None:
    parts = unpacked(cleaned(packed(letter()), DOCX)[0])
    text = parts["word/document.xml"].decode()
    for words in ("&amp; old ", "put in", "taken out", "a link", "a field", "another field"):
        assert words in text
    assert '<w:ins w:id="1" w:author="Author">' in text
    assert 'mc:Ignorable="o"' in text
    assert 'r:embed="rPic"' in text
    assert 'r:embed="rEmf"' not in text
    assert "a remark" in parts["word/comments.xml"].decode()
    assert 'w:percent="90"' in parts["word/settings.xml"].decode()
    with Image.open(io.BytesIO(parts["media/image1.jpeg"])) as photo:
        assert photo.size == (30, 40)
    assert not [name for name in parts if name.startswith(("docProps", "customXml"))]


def test_a_table_keeps_what_was_computed_and_loses_what_computes() -> None:
    parts = unpacked(cleaned(packed(table()), XLSX)[0])
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert '<c r="B1"><v>41</v></c>' in sheet
    assert '<drawing r:id="rDraw"></drawing>' in sheet
    assert "pageSetup" not in sheet
    assert parts["media/image1.png"].startswith(b"\x89PNG")
    assert 'name="Wages"' in parts["xl/workbook.xml"].decode()


def test_slides_keep_their_words_and_notes_and_start_nothing() -> None:
    parts = unpacked(cleaned(packed(slides()), PPTX)[0])
    assert "hlinkClick" not in parts["ppt/slides/slide1.xml"].decode()
    assert "ppt/notesSlides/notesSlide1.xml" in parts


def test_an_open_document_keeps_its_words_days_and_photos() -> None:
    copy = cleaned(packed(open_letter()), ODT)[0]
    parts = unpacked(copy)
    content = parts["content.xml"].decode()
    for words in ("a link", "a remark", "2 November 2026", 'office:value="41"', "Pictures/1.jpg"):
        assert words in content
    assert "<dc:creator>Author</dc:creator>" in content
    assert "2026-11-02" not in content
    assert "script" not in content.replace("xmlns:script", "").replace(":script:1.0", "")
    assert list(parts) == [
        "mimetype",
        "Pictures/1.jpg",
        "content.xml",
        "styles.xml",
        "META-INF/manifest.xml",
    ]
    assert copy[30:38] == b"mimetype"


BILLION = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "<a>" * 5_000 + "</a>" * 5_000

HOSTILE: dict[str, tuple[str, dict[str, bytes | str]]] = {
    "entities that unfold": (DOCX, letter(**{"word/document.xml": f"{BILLION}<w>&b;</w>"})),
    "entities from outside": (DOCX, letter(**{"word/document.xml": f"{OUTSIDE}<w>&a;</w>"})),
    "entities in links": (DOCX, letter(**{"_rels/.rels": BILLION + links(a="officeDocument x")})),
    "entities in open documents": (ODT, open_letter(**{"content.xml": f"{BILLION}<w/>"})),
    "elements nested without end": (XLSX, table(**{"xl/workbook.xml": DEEP})),
    "no XML": (PPTX, slides(**{"ppt/presentation.xml": "PK\x03\x04"})),
    "cut off": (DOCX, letter(**{"word/document.xml": "<w><p>"})),
    "no main part": (DOCX, letter(**{"_rels/.rels": links()})),
    "a main part that is not there": (DOCX, letter(**{"_rels/.rels": links(a="officeDocument x")})),
    "two main parts": (
        DOCX,
        letter(
            **{"_rels/.rels": links(a="officeDocument word/document.xml", b="officeDocument x")}
        ),
    ),
    "a name that leads out": (DOCX, letter(**{"../../etc/cron.d/x": "x"})),
    "a name from the root": (DOCX, letter(**{"/etc/passwd": "x"})),
    "a name for another system": (DOCX, letter(**{"word\\..\\..\\x": "x"})),
    "a name with a line break": (DOCX, letter(**{"word/\n.xml": "x"})),
    "names that differ in capitals": (DOCX, letter(**{"WORD/document.xml": "<x/>"})),
    "a photo that is none": (DOCX, letter(**{"word/media/Asha.jpg": b"\xff\xd8\xff" + bytes(90)})),
    "another kind than it said": (ODT, open_letter(kind=ODS)),
    "no content": (ODT, {"mimetype": ODT, "styles.xml": "<x/>"}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_document_is_refused(what: str) -> None:
    kind, parts = HOSTILE[what]
    with pytest.raises(NotCleanable):
        cleaned(packed(parts), kind)


def test_a_name_that_stands_twice_is_refused() -> None:
    out = io.BytesIO(packed(letter()))
    with zipfile.ZipFile(out, "a") as again, pytest.warns(UserWarning, match="Duplicate"):
        again.writestr("word/document.xml", "<other/>")
    with pytest.raises(NotCleanable):
        cleaned(out.getvalue(), DOCX)


def test_a_locked_entry_is_refused() -> None:
    content = bytearray(packed(letter()))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(NotCleanable):
        cleaned(bytes(content), DOCX)


def test_what_unfolds_to_more_than_it_may_is_refused_in_little_memory() -> None:
    words = b"<w>" + b" " * (archive.MOST_UNFOLDED_BYTES + 1) + b"</w>"
    bomb = packed(letter(**{"word/document.xml": words}))
    assert len(bomb) < 1_000_000
    with pytest.raises(NotCleanable):
        clean_apart((bomb,), DOCX)


def test_an_archive_of_very_many_entries_is_refused() -> None:
    many = {f"word/{n}.xml": "" for n in range(archive.MOST_ENTRIES)}
    with pytest.raises(NotCleanable):
        cleaned(packed(letter(**many)), DOCX)


def test_what_stands_beside_the_archive_and_what_nothing_leads_to_does_not_come_along() -> None:
    nested = packed({"run.js": "x"})
    content = packed(letter(**{"word/inner.zip": nested, "word/more.xml": GPS})) + b""
    copy = cleaned(b"#!/bin/sh\nCANARYGPS\n" + content, DOCX)[0]
    everything = everything_in(copy)
    assert GPS not in everything
    assert b"run.js" not in everything
    assert copy.startswith(b"PK")


def test_documents_of_older_kinds_with_pass_words_or_macros_are_known_as_such() -> None:
    with_macros = packed({"[Content_Types].xml": "", "word/vbaProject.bin": "x"})
    for content in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"{\\rtf1 x}", with_macros):
        assert type_of(content) == UNCLEANABLE_DOCUMENT


def test_a_picture_that_two_parts_show_is_in_the_copy_once() -> None:
    parts = letter(**{"word/_rels/footer1.xml.rels": links(rPic="image media/Asha.jpg")})
    names = unpacked(cleaned(packed(parts), DOCX)[0])
    assert [name for name in names if name.startswith("media/")] == ["media/image1.jpeg"]


def test_a_photo_in_a_document_is_not_larger_than_it_was_by_much() -> None:
    photo = jpeg(size=(600, 400))
    parts = unpacked(cleaned(packed(letter(**{"word/media/Asha.jpg": photo})), DOCX)[0])
    assert len(parts["media/image1.jpeg"]) < 2 * len(photo)
