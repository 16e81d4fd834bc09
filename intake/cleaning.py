"""Copies of files without what they tell about their maker (W4).

A photo is decoded and encoded anew, so that only its picture is left; a PDF loses its metadata,
scripts, attachments, and what the cameras noted in the photos inside it. Office documents are put
together anew (`intake.documents`), and recordings lose what the recorder noted
(`intake.recordings`). Text has nothing beside its words.

Runs in a process of its own (`intake.clean_room`), which is why the decoders are read only where
they are used. No promise of perfection: what is in the picture itself stays in it.
"""

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from intake.errors import NotCleanable
from intake.media_types import OFFICE_TYPES
from intake.recordings.stripping import STRIPPERS

if TYPE_CHECKING:
    import pikepdf
    from PIL.Image import Image

LONGEST_SIDE_PIXELS = 4000
"""Larger photos are scaled down: enough to read a document, too little to trouble a slow line."""
MOST_PIXELS = 40_000_000
"""A picture that unfolds to more than this is refused as a decompression bomb."""
MOST_PIXELS_OF_JPEG = 120_000_000
"""Photos from phones; they are unfolded at a smaller size from the start."""
MOST_UNFOLDED_BYTES = 200_000_000
"""Of one stream in a PDF."""

# One decoder for each kind: a file that is two things at once is read as what it was taken for.
_DECODERS: Mapping[str, str] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
_PDF = "application/pdf"

MUST_BE_CLEANED = frozenset({*_DECODERS, _PDF, *OFFICE_TYPES})
"""What is refused where no cleaned copy can be made of it."""
CLEANABLE = MUST_BE_CLEANED | {*STRIPPERS}

_TELLING_ENTRIES = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AF",
    "/AA", "/A", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/Collection",
    "/AcroForm", "/Annots", "/URI", "/Thumb", "/Alternates",
)  # fmt: skip
"""Metadata, actions, scripts, attachments, forms, other pictures of the same: gone wherever in the
document they stand."""

_JPEG_START = b"\xff\xd8"
_JPEG_PICTURE = 0xDA
_JPEG_END = 0xD9
_JPEG_NOTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""Exif, XMP, profiles, what agencies and programs note, comments: all but the two segments that
say how the picture is to be unfolded (JFIF's and Adobe's)."""
_JPEG_NO_MARKERS = frozenset({0x00, 0xFF, *range(0xD0, 0xD8)})
"""What may follow an 0xFF within the picture itself (ITU-T T.81, B.1.1)."""


def cleaned(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The cleaned copy of a `CLEANABLE` kind, and its media type.

    Raises `NotCleanable` when it cannot be decoded. Takes memory and time as its maker pleased:
    call it where both are limited.
    """
    try:
        if media_type == _PDF:
            return _clean_pdf(content), media_type
        if media_type in STRIPPERS:
            return STRIPPERS[media_type](content), media_type
        if media_type in OFFICE_TYPES:
            return _clean_document(content, media_type), media_type
        return _clean_image(content, _DECODERS[media_type]), "image/jpeg"
    except NotCleanable:
        raise
    except Exception as fault:
        # Decoders raise many kinds of exceptions on hostile input; none of them is ours to name.
        raise NotCleanable(type(fault).__name__) from None


def _clean_image(content: bytes, decoder: str) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=(decoder,)) as image:
        refuse_bombs(image)
        if decoder == "JPEG":
            image.draft("RGB", (LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
        upright = image.convert("RGB")
    upright.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
    # Cameras note how they were held; the note goes, so the picture is turned first.
    upright = ImageOps.exif_transpose(upright)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue()


def refuse_bombs(image: "Image") -> None:
    """Raises `NotCleanable` for a picture that is too large; nothing of it was unfolded yet."""
    is_sequential = image.format == "JPEG" and not image.info.get("progressive")
    most = MOST_PIXELS_OF_JPEG if is_sequential else MOST_PIXELS
    if image.width * image.height > most:
        raise NotCleanable("the picture is too large to unfold")


def _clean_document(content: bytes, media_type: str) -> bytes:
    from intake.documents.open_document import OPEN_DOCUMENT, clean_open_document
    from intake.documents.open_xml import clean_open_xml

    clean = clean_open_document if media_type in OPEN_DOCUMENT else clean_open_xml
    return clean(content, media_type)


def _clean_pdf(content: bytes) -> bytes:
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_UNFOLDED_BYTES,
        dct_max_memory=MOST_UNFOLDED_BYTES,
        run_length_max_memory=MOST_UNFOLDED_BYTES,
        png_max_memory=MOST_UNFOLDED_BYTES,
        tiff_max_memory=MOST_UNFOLDED_BYTES,
        doc_max_warnings=200,
    )
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
                _strip(each)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        out = io.BytesIO()
        # Whatever stood before, after or between the objects is not written again.
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _strip(entries: "pikepdf.Object") -> None:
    import pikepdf

    for name in () if isinstance(entries, pikepdf.Array) else _TELLING_ENTRIES:
        if name in entries:
            del entries[name]
    for inner in _inside(entries):
        # What stands inside another object is not in the document's own list of them.
        if isinstance(inner, pikepdf.Dictionary | pikepdf.Array) and not inner.is_indirect:
            _strip(inner)
    if isinstance(entries, pikepdf.Stream) and entries.get("/Filter") == pikepdf.Name.DCTDecode:
        parameters = entries.get("/DecodeParms")
        entries.write(
            without_notes(entries.read_raw_bytes()),
            filter=pikepdf.Name.DCTDecode,
            decode_parms=parameters if isinstance(parameters, pikepdf.Dictionary) else None,
        )


def _inside(entries: "pikepdf.Object") -> Iterator["pikepdf.Object"]:
    import pikepdf

    if isinstance(entries, pikepdf.Array):
        yield from entries
    else:
        yield from (value for _, value in entries.items())


def without_notes(photo: bytes) -> bytes:
    """A JPEG file without notes and without what stands behind its end, such as the second
    picture of two lenses or a film; its picture stays as it is, bit for bit.

    Raises `NotCleanable` for what is no JPEG file.
    """
    if photo[:2] != _JPEG_START:
        raise NotCleanable("not a photo")
    kept, at = bytearray(_JPEG_START), 2
    while photo[at : at + 1] == b"\xff" and photo[at + 1] != _JPEG_PICTURE:
        end = at + 2 + int.from_bytes(photo[at + 2 : at + 4])
        if end > len(photo) or end < at + 4:
            raise NotCleanable("a photo that is cut off")
        if photo[at + 1] not in _JPEG_NOTES:
            kept += photo[at:end]
        at = end
    return bytes(kept) + photo[at : _end_of_picture(photo, at)]


def _end_of_picture(photo: bytes, at: int) -> int:
    """Where the picture that begins at `at` is over; the file's end where nothing says so."""
    while (at := photo.find(b"\xff", at)) >= 0 and at + 1 < len(photo):
        match photo[at + 1]:
            case marker if marker == _JPEG_END:
                return at + 2
            case marker if marker in _JPEG_NO_MARKERS:
                at += 1 if marker == 0xFF else 2
            case _:  # the next of several passes, and its tables
                at += 2 + max(2, int.from_bytes(photo[at + 2 : at + 4]))
    return len(photo)
