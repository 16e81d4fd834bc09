"""Office documents made by hand: each with all that a document can tell of its maker, or harm with.

MAKER stands wherever a program notes who, when and where; SAID is what the document says.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from posixpath import dirname
from xml.etree import ElementTree

from tests.security.hostile_files import GPS, jpeg, png_with_notes

MAKER = "CANARYMAKER"
SAID = "the ladder is broken"

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"

Parts = Mapping[str, bytes | str]


def packed(parts: Parts) -> bytes:
    """An archive with these entries, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=how)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def links(**targets: str) -> str:
    """The links of a part: id, then `kind target`, with ` External` for one that leads out."""
    rows = ""
    for name, told in targets.items():
        kind, target, *mode = told.split(" ")
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        rows += f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{target}"{outside}/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _types(main: str, kind: str) -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/{main}" ContentType="{kind}.main+xml"/></Types>'
    )


_TELLING: Parts = {
    "docProps/core.xml": f"<core>{MAKER}</core>",
    "docProps/app.xml": f"<app>{MAKER}</app>",
    "docProps/custom.xml": f"<custom>{MAKER}</custom>",
    "docProps/thumbnail.jpeg": jpeg(exif=True),
    "customXml/item1.xml": f"<own>{MAKER}</own>",
}
_PICTURE = (
    f'<wp:inline xmlns:wp="{_DRAWN}/wordprocessingDrawing" xmlns:a="{_DRAWN}/main" '
    f'xmlns:pic="{_DRAWN}/picture"><wp:docPr id="1" name="C:\\{MAKER}\\me.jpg" descr="{MAKER}"/>'
    "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
    '<a:blip r:embed="{embedded}" r:link="rOut"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline>"
)


def letter(**more: bytes | str) -> dict[str, bytes | str]:
    """The parts of a text; `more` replaces or adds parts by name."""
    body = f"""<?xml version="1.0"?><?mso-application {MAKER}?>
<w:document xmlns:w="{_W}" xmlns:r="{_R}" xmlns:o="urn:o" xmlns:mc="urn:mc" mc:Ignorable="o">
<!-- {MAKER} --><w:body>
<w:p w:rsidR="00C0FFEE" w:rsidRDefault="00C0FFEE"><w:r>
<w:t xml:space="preserve">{SAID} &amp; old </w:t></w:r></w:p>
<w:p><w:ins w:id="1" w:author="{MAKER}" w:date="2026-11-02T10:11:12Z"><w:r>
<w:t>put in</w:t></w:r></w:ins>
<w:del w:id="2" w:author="{MAKER}"><w:r><w:delText>taken out</w:delText></w:r></w:del></w:p>
<w:p><w:hyperlink r:id="rWeb" w:history="1"><w:r><w:t>a link</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText>DDEAUTO {MAKER} cmd</w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>a field</w:t></w:r></w:p>
<w:p><w:fldSimple w:instr="INCLUDETEXT {MAKER}">
<w:r><w:t>another field</w:t></w:r></w:fldSimple></w:p>
<w:p><w:r><w:object><o:OLEObject r:id="rOle"/></w:object></w:r></w:p>
<w:p><w:r><w:drawing>{_PICTURE.replace("{embedded}", "rPic")}</w:drawing></w:r></w:p>
<w:p><w:r><w:drawing>{_PICTURE.replace("{embedded}", "rEmf")}</w:drawing></w:r></w:p>
<w:altChunk r:id="rPage"/></w:body></w:document>"""
    return {
        "[Content_Types].xml": _types("word/document.xml", DOCX),
        "_rels/.rels": links(
            a="officeDocument word/document.xml", b="extended-properties docProps/app.xml"
        ),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": links(
            rPic="image media/Asha.jpg",
            rEmf="image media/image2.emf",
            rOut="image http://canary.example/see.png External",
            rWeb="hyperlink http://canary.example/ External",
            rOle="oleObject embeddings/oleObject1.bin",
            rPage="aFChunk page.html",
            rMacros="vbaProject vbaProject.bin",
            rSettings="settings settings.xml",
            rComments="comments comments.xml",
            rPeople="people people.xml",
            rOwn="customXml ../customXml/item1.xml",
            rFoot="footer footer1.xml",
        ),
        "word/settings.xml": (
            f'<w:settings xmlns:w="{_W}" xmlns:r="{_R}"><w:attachedTemplate r:id="rT"/>'
            '<w:rsids><w:rsid w:val="00C0FFEE"/></w:rsids><w:zoom w:percent="90"/></w:settings>'
        ),
        "word/_rels/settings.xml.rels": links(
            rT=f"attachedTemplate file:///C:/{MAKER}.dotm External"
        ),
        "word/comments.xml": (
            f'<w:comments xmlns:w="{_W}"><w:comment w:id="0" w:author="{MAKER}" w:initials="CM" '
            'w:date="2026-11-02T10:11:12Z"><w:p><w:r><w:t>a remark</w:t></w:r></w:p>'
            "</w:comment></w:comments>"
        ),
        "word/people.xml": f"<people>{MAKER}</people>",
        "word/footer1.xml": f'<w:ftr xmlns:w="{_W}"><w:p/></w:ftr>',
        "word/page.html": f"<script>{MAKER}</script>",
        "word/media/Asha.jpg": jpeg(exif=True),
        "word/media/image2.emf": b"\x01\x00\x00\x00" + MAKER.encode(),
        "word/embeddings/oleObject1.bin": MAKER.encode(),
        "word/vbaProject.bin": MAKER.encode(),
        **_TELLING,
        **more,
    }


def table(**more: bytes | str) -> dict[str, bytes | str]:
    """The parts of a table."""
    return {
        "[Content_Types].xml": _types("xl/workbook.xml", XLSX),
        "_rels/.rels": links(a="officeDocument xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_X}" xmlns:r="{_R}" xmlns:ac="urn:ac">'
            f'<fileSharing userName="{MAKER}"/><ac:absPath url="C:\\{MAKER}"/>'
            '<sheets><sheet name="Wages" sheetId="1" r:id="rId1"/></sheets>'
            '<externalReferences><externalReference r:id="rId9"/></externalReferences>'
            f"<definedNames><definedName>[1]{MAKER}</definedName></definedNames></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": links(
            rId1="worksheet worksheets/sheet1.xml",
            rId2="sharedStrings /xl/sharedStrings.xml",
            rId3="connections connections.xml",
            rId9="externalLink externalLinks/externalLink1.xml",
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_X}"><si><t>{SAID}</t></si></sst>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_X}" xmlns:r="{_R}"><sheetData><row r="1">'
            '<c r="A1" t="s"><v>0</v></c>'
            f"<c r=\"B1\"><f>cmd|'/C {MAKER}'!A0</f><v>41</v></c></row></sheetData>"
            f'<hyperlinks><hyperlink ref="A1" r:id="rWeb" display="{MAKER}"/></hyperlinks>'
            '<pageSetup orientation="portrait" r:id="rPrint"/><drawing r:id="rDraw"/>'
            '<legacyDrawing r:id="rOld"/></worksheet>'
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": links(
            rWeb="hyperlink http://canary.example/ External",
            rPrint="printerSettings ../printerSettings/printerSettings1.bin",
            rDraw="drawing ../drawings/drawing1.xml",
            rOld="vmlDrawing ../drawings/vmlDrawing1.vml",
            rNotes="comments ../comments1.xml",
        ),
        "xl/drawings/drawing1.xml": (
            f'<d:wsDr xmlns:d="{_DRAWN}/spreadsheetDrawing" xmlns:a="{_DRAWN}/main" '
            f'xmlns:r="{_R}"><d:pic macro="{MAKER}"><d:cNvPr id="2" name="{MAKER}.png"/>'
            '<a:blip r:embed="rId1"/></d:pic></d:wsDr>'
        ),
        "xl/drawings/_rels/drawing1.xml.rels": links(rId1="image ../media/image1.png"),
        "xl/drawings/vmlDrawing1.vml": MAKER,
        "xl/media/image1.png": png_with_notes(),
        "xl/comments1.xml": MAKER,
        "xl/connections.xml": MAKER,
        "xl/externalLinks/externalLink1.xml": MAKER,
        "xl/printerSettings/printerSettings1.bin": MAKER,
        **_TELLING,
        **more,
    }


def slides(**more: bytes | str) -> dict[str, bytes | str]:
    """The parts of a presentation."""
    return {
        "[Content_Types].xml": _types("ppt/presentation.xml", PPTX),
        "_rels/.rels": links(a="officeDocument ppt/presentation.xml"),
        "ppt/presentation.xml": (
            f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst><p:sldId id="256" '
            'r:id="rId1"/></p:sldIdLst><p:custDataLst><p:tags r:id="rId2"/></p:custDataLst>'
            "</p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": links(
            rId1="slide slides/slide1.xml",
            rId2="tags tags/tag1.xml",
            rId3="commentAuthors commentAuthors.xml",
        ),
        "ppt/slides/slide1.xml": (
            f'<p:sld xmlns:p="{_P}" xmlns:a="{_DRAWN}/main" xmlns:r="{_R}"><p:cSld><p:spTree>'
            f'<p:cNvPr id="1" name="{MAKER}"><a:hlinkClick r:id="rId3" action="ppaction://program"/>'
            f"</p:cNvPr><a:t>{SAID}</a:t></p:spTree></p:cSld></p:sld>"
        ),
        "ppt/slides/_rels/slide1.xml.rels": links(
            rId3=f"hyperlink file:///{MAKER}.exe External",
            rId4="notesSlide ../notesSlides/notesSlide1.xml",
            rId5="comments ../comments/comment1.xml",
        ),
        "ppt/notesSlides/notesSlide1.xml": f'<p:notes xmlns:p="{_P}"/>',
        "ppt/comments/comment1.xml": MAKER,
        "ppt/commentAuthors.xml": MAKER,
        "ppt/tags/tag1.xml": MAKER,
        **_TELLING,
        **more,
    }


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_OFFICE}:office:1.0" xmlns:text="{_OFFICE}:text:1.0" '
    f'xmlns:draw="{_OFFICE}:drawing:1.0" xmlns:table="{_OFFICE}:table:1.0" '
    f'xmlns:script="{_OFFICE}:script:1.0" xmlns:meta="{_OFFICE}:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def open_letter(kind: str = ODT, **more: bytes | str) -> dict[str, bytes | str]:
    """The parts of an OpenDocument text (or sheet)."""
    content = f"""<office:document-content {_SPACES}>
<office:scripts><script:event-listener xlink:href="vnd.sun.star.script:{MAKER}"/></office:scripts>
<office:body><office:text>
<text:tracked-changes><text:changed-region><text:insertion>
<office:change-info><dc:creator>{MAKER}</dc:creator>
<dc:date>2026-11-02T10:11:12</dc:date></office:change-info>
</text:insertion></text:changed-region></text:tracked-changes>
<text:p>{SAID}<text:a xlink:href="http://canary.example/">a link</text:a>
<text:author-name>{MAKER}</text:author-name></text:p>
<text:p><text:date>2 November 2026</text:date></text:p>
<office:annotation><dc:creator>{MAKER}</dc:creator><text:p>a remark</text:p></office:annotation>
<draw:frame draw:name="{MAKER}"><draw:image xlink:href="Pictures/1.jpg"/></draw:frame>
<draw:frame><draw:image xlink:href="http://canary.example/see.png"/></draw:frame>
<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>
<table:table><table:table-row>
<table:table-cell table:formula="of:=DDE({MAKER})" office:value="41"><text:p>41</text:p>
</table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
    return {
        "mimetype": kind,
        "content.xml": content,
        "styles.xml": f"<office:document-styles {_SPACES}/>",
        "meta.xml": MAKER,
        "settings.xml": MAKER,
        "Thumbnails/thumbnail.png": png_with_notes(),
        "Pictures/1.jpg": jpeg(exif=True),
        "Basic/Standard/Module1.xml": MAKER,
        "Object 1/content.xml": MAKER,
        "META-INF/manifest.xml": f"<manifest>{MAKER}</manifest>",
        **more,
    }


EVERY_KIND: Mapping[str, Parts] = {
    DOCX: letter(),
    XLSX: table(),
    PPTX: slides(),
    ODT: open_letter(),
    ODS: open_letter(ODS),
}


def faults_of(copy: bytes) -> list[str]:
    """What is wrong with a package: parts without a type, links to nowhere, ids of no link."""
    parts = unpacked(copy)
    faults = []
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    named = re.findall(rb'PartName="/([^"]+)"', parts["[Content_Types].xml"])
    typed = {name.decode() for name in named}
    for name in parts:
        if not name.endswith(".rels") and name != "[Content_Types].xml" and name not in typed:
            faults.append(f"{name} has no type")
    faults += [f"{name} is typed and not there" for name in typed - {*parts}]
    for name, content in parts.items():
        targets = dict(re.findall(rb'Id="([^"]+)" Type="[^"]+" Target="/([^"]+)"', content))
        if name.endswith(".rels"):
            faults += [
                f"{name}: {to!r} is not there"
                for to in targets.values()
                if to.decode() not in parts
            ]
            part = (
                f"{dirname(dirname(name))}/{name.rpartition('/')[2].removesuffix('.rels')}".lstrip(
                    "/"
                )
            )
            used = re.findall(rb' r:[a-z]+="([^"]+)"', parts.get(part, b""))
            faults += [f"{part}: {each!r} is no link" for each in used if each not in targets]
    return faults


def everything_in(copy: bytes) -> bytes:
    parts = unpacked(copy)
    return b"\n".join([*(name.encode() for name in parts), *parts.values(), copy])


TELLING = (MAKER.encode(), GPS, b"canary.example", b"C0FFEE", b"Asha", b"vbaProject")
