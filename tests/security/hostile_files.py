"""Files as somebody makes them who wants to harm, or does not know what a file tells of them."""

import io
import struct
import zipfile
import zlib
from collections.abc import AsyncIterator

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

GPS = b"CANARYGPS"
"""Stands in each place where a camera or a program notes something."""
SCRIPT = b"CANARYSCRIPT"


async def in_chunks(content: bytes, size: int = 64 * 1024) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


class Endless:
    """A stream that goes on; says how much of it was asked for."""

    def __init__(self, start: bytes, size: int) -> None:
        self.start = start
        self.size = size
        self.given = 0

    async def chunks(self) -> AsyncIterator[bytes]:
        piece = bytes(64 * 1024)
        while self.given < self.size:
            chunk = piece if self.given else self.start + piece[len(self.start) :]
            self.given += len(chunk)
            yield chunk


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(side: int) -> bytes:
    """A small file that unfolds to side × side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1_000_000)) for _ in range(50)) + packer.flush()
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def jpeg(*, size: tuple[int, int] = (40, 30), exif: bool = False) -> bytes:
    """A photo; with `exif` all that cameras and programs note."""
    image = Image.new("RGB", size, "grey")
    out = io.BytesIO()
    if not exif:
        image.save(out, "JPEG")
        return out.getvalue()
    notes = Image.Exif()
    notes[0x010F] = GPS.decode()
    notes[0x0112] = 6
    notes[0x9C9B] = GPS
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (26.0, 54.0, 33.0), GPS.decode()
    image.save(out, "JPEG", exif=notes, comment=GPS, xmp=b"<x:xmpmeta>" + GPS + b"</x:xmpmeta>")
    agency = b"Photoshop 3.0\x008BIM\x04\x04" + GPS
    segment = b"\xff\xed" + struct.pack(">H", len(agency) + 2) + agency
    content = out.getvalue()
    return content[:2] + segment + content[2:]


def _segment(marker: bytes, content: bytes) -> bytes:
    return b"\xff" + marker + struct.pack(">H", len(content) + 2) + content


def jpeg_with_faces() -> bytes:
    """What a phone's gallery notes: who is where in the picture, and a small picture in it."""
    regions = (
        b'<x:xmpmeta><rdf:Description mwg-rs:Name="' + GPS + b'" mwg-rs:Type="Face"/></x:xmpmeta>'
    )
    people = b"http://ns.adobe.com/xap/1.0/\x00" + regions
    more = b"http://ns.adobe.com/xmp/extension/\x00" + b"0" * 32 + struct.pack(">II", 99, 0) + GPS
    small = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00" + jpeg(exif=True)
    device = b"ICC_PROFILE\x00\x01\x01" + bytes(128) + GPS
    content = jpeg()
    notes = (
        _segment(b"\xe1", people),
        _segment(b"\xe1", more),
        _segment(b"\xe1", small),
        _segment(b"\xe2", device),
        _segment(b"\xeb", b"JUMBF" + GPS),
        _segment(b"\xfe", GPS),
    )
    return content[:2] + b"".join(notes) + content[2:]


def jpeg_with_more_behind() -> bytes:
    """A second picture as two lenses make it, and the film of a moving photo."""
    index = _segment(b"\xe2", b"MPF\x00II*\x00" + GPS)
    content = jpeg()
    film = b"\x00\x00\x00\x18ftypmp42" + GPS + bytes(300)
    return content[:2] + index + content[2:] + jpeg(exif=True) + film


def png_with_more_behind() -> bytes:
    """Further frames, packed notes, the hour, what a drawing program kept, and bytes at the end."""
    content = png_with_notes()
    packed = b"Comment\x00\x00" + zlib.compress(GPS)
    extra = (
        _chunk(b"zTXt", packed)
        + _chunk(b"tIME", struct.pack(">HBBBBB", 2026, 8, 3, 9, 30, 0))
        + _chunk(b"vpAg", GPS)
        + _chunk(b"iCCP", b"x\x00\x00" + zlib.compress(bytes(128) + GPS))
    )
    return content[:33] + extra + content[33:] + GPS


def gif_with_notes() -> bytes:
    out = io.BytesIO()
    Image.new("P", (9, 9)).save(out, "GIF", comment=GPS)
    content = out.getvalue()
    told = b"!\xff\x0bXMP DataXMP" + bytes([len(GPS)]) + GPS + b"\x00"
    return content[:-1] + told + content[-1:]


def jpeg_bomb() -> bytes:
    """A photo that says it has four thousand million pixels."""
    content = bytearray(jpeg())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = b"\xff\xdc\xff\xdc"
    return bytes(content)


def gif_bomb() -> bytes:
    """A drawing that says it has four thousand million pixels."""
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "GIF")
    content = bytearray(out.getvalue())
    content[6:10] = b"\xff\xff\xff\xff"
    return bytes(content)


def png_with_notes() -> bytes:
    out, notes = io.BytesIO(), PngInfo()
    notes.add_text("Comment", GPS.decode())
    notes.add_itxt("XML:com.adobe.xmp", GPS.decode())
    exif = Image.Exif()
    exif[0x010F] = GPS.decode()
    Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=notes, exif=exif)
    return out.getvalue()


def webp_with_notes() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = GPS.decode()
    Image.new("RGB", (9, 9)).save(out, "WEBP", exif=exif, xmp=GPS)
    return out.getvalue()


def gif_and_script() -> bytes:
    """Is a drawing, and runs where it is taken for a script."""
    out = io.BytesIO()
    Image.new("P", (0x2A2F, 1)).save(out, "GIF")
    return out.getvalue() + b"*/=1;" + SCRIPT + b"()"


def jpeg_and_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.js", SCRIPT)
    return jpeg() + packed.getvalue()


def pdf(**entries: object) -> bytes:
    """A document of one empty page, with these entries at its root."""
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in entries.items():
        document.Root[f"/{name}"] = value
    return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def pdf_with_everything() -> bytes:
    """Scripts, launches, attachments, forms, notes, and a photo that knows where it was taken."""
    document = pikepdf.new()
    page = document.add_blank_page().obj
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(SCRIPT))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(SCRIPT))
    file = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F=pikepdf.String(SCRIPT),
        EF=pikepdf.Dictionary(F=document.make_stream(SCRIPT)),
    )
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FileAttachment,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        FS=file,
        T=pikepdf.String(GPS),
    )
    page.Annots = pikepdf.Array([document.make_indirect(note)])
    page.AA = pikepdf.Dictionary(O=launch)
    page.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String(GPS)))
    photo = document.make_stream(jpeg(exif=True))
    photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    photo.Width, photo.Height, photo.BitsPerComponent = 40, 30, 8
    photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    photo.Metadata = document.make_stream(GPS)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))
    names = pikepdf.Array([pikepdf.String("x"), script])
    document.Root.OpenAction = script
    document.Root.AA = pikepdf.Dictionary(WC=script)
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=names),
        EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("y"), file])),
    )
    document.Root.AF = pikepdf.Array([file])
    document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(SCRIPT))
    document.Root.Outlines = document.make_indirect(
        pikepdf.Dictionary(First=document.make_indirect(pikepdf.Dictionary(A=launch)))
    )
    document.Root.Metadata = document.make_stream(GPS)
    document.docinfo["/Author"] = GPS.decode()
    return saved(document)


def pdf_with_photos() -> bytes:
    """Photos in a document keep what cameras wrote into them and behind them."""
    document = pikepdf.new()
    page = document.add_blank_page().obj
    photos = {}
    for number, content in enumerate((jpeg_with_faces(), jpeg_with_more_behind())):
        photo = document.make_stream(content)
        photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        photo.Width, photo.Height, photo.BitsPerComponent = 40, 30, 8
        photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        photos[f"/P{number}"] = photo
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(photos))
    page.Thumb = document.make_stream(GPS)
    return saved(document)


def pdf_and_page() -> bytes:
    """Is a document, and a page with a script where it is taken for one."""
    page = b"<html><script>" + SCRIPT + b"()</script></html>"
    return pdf() + b"\n" + page


def _folded(piece: bytes, *, times: int) -> bytes:
    """A zlib stream of so many repeats of a piece, without compressing each of them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checked = 1
    for _ in range(times):
        checked = zlib.adler32(piece, checked)
    return b"\x78\xda" + block * times + packer.flush() + struct.pack(">I", checked)


def pdf_bomb() -> bytes:
    """The list of its objects unfolds to two thousand million bytes."""
    unfolded = _folded(b" " * 1_000_000, times=2_000)
    start = b"%PDF-1.5\n"
    stream = (
        b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
        % len(unfolded)
        + unfolded
        + b"\nendstream\nendobj\n"
    )
    at = len(start) + len(stream)
    rows = b"".join(
        struct.pack(">BIH", *row)
        for row in ((0, 0, 65535), (1, len(start), 0), (2, 1, 0), (1, at, 0))
    )
    table = (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 2 0 R/Length %d>>stream\n" % len(rows)
        + rows
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    )
    return start + stream + table


def office(**parts: bytes) -> bytes:
    """An office document with these parts in its folder of words."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return packed.getvalue()


def docx_bomb() -> bytes:
    """An office document, a hundred megabytes once somebody unpacks it."""
    return office(document=bytes(100_000_000))


NOT_ALLOWED = {
    "a page": b"<!DOCTYPE html><html><script>" + SCRIPT + b"()</script></html>",
    "a page after white space": b" \n\t<html><body onload=x()>",
    "a drawing with a script": (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>'
        + SCRIPT
        + b"()</script></svg>"
    ),
    "a bare drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    "a program for Linux": b"\x7fELF\x02\x01\x01" + bytes(200),
    "a program for Windows": b"MZ\x90\x00\x03" + bytes(200),
    "an archive": jpeg_and_zip()[len(jpeg()) :],
    "a script for a printer": b"%!PS-Adobe-3.0 EPSF-3.0\n(run) system\n",
    "bytes": bytes(range(256)) * 8,
}
"""Each of them is sent as `photo.jpg`, as `image/jpeg`."""

UNREADABLE = {
    "a picture with too many pixels": png_bomb(60_000),
    "a photo with too many pixels": jpeg_bomb(),
    "a drawing with too many pixels": gif_bomb(),
    "half a photo": jpeg(size=(900, 900))[:700],
    "half a document": pdf()[:120],
    "a document that unfolds": pdf_bomb(),
}

CLEANED = {
    "a photo": jpeg(exif=True),
    "a photo with faces": jpeg_with_faces(),
    "a photo with more behind it": jpeg_with_more_behind(),
    "a screenshot": png_with_notes(),
    "a drawing with more behind it": png_with_more_behind(),
    "a moving drawing": gif_with_notes(),
    "a sticker": webp_with_notes(),
    "a drawing that is a script": gif_and_script(),
    "a photo that is an archive": jpeg_and_zip(),
    "a document that is a page": pdf_and_page(),
    "a document with everything": pdf_with_everything(),
    "a document with photos": pdf_with_photos(),
}
