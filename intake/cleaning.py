"""Copies of files without what they tell about their maker (W4).

A photo is decoded and encoded anew, so that only its picture is left; a PDF loses its metadata,
scripts and attachments. Other kinds (sound, office documents) have no cleaned copy yet: handlers
see the original behind a warning. Called by `intake.files`, in a thread.

No promise of perfection: what is in the picture itself stays in it.

Pillow and pikepdf are read with the first file, not at the start: they take a tenth of a second
and seven megabytes, and most installations wait for files for hours.
"""

import io

LONGEST_SIDE_PIXELS = 4000
"""Larger photos are scaled down: enough to read a document, too little to trouble a slow line."""
MOST_PIXELS = 100_000_000
"""A picture that unfolds to more than this is refused as a decompression bomb."""

_PDF_ROOT_ENTRIES = ("/OpenAction", "/AA", "/AcroForm", "/Metadata", "/PieceInfo", "/Lang")
_PDF_NAME_TREES = ("/JavaScript", "/EmbeddedFiles")


class NotCleanable(Exception):
    """The file is damaged, a bomb, or not what it looks like."""


def cleaned(content: bytes, media_type: str) -> tuple[bytes, str] | None:
    """The cleaned copy and its media type; None for kinds that cannot be cleaned here.

    Raises `NotCleanable` when a photo or PDF cannot be decoded.
    """
    if media_type in {"image/jpeg", "image/png", "image/webp", "image/gif"}:
        return _clean_image(content), "image/jpeg"
    if media_type == "application/pdf":
        return _clean_pdf(content), media_type
    return None


def _clean_image(content: bytes) -> bytes:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotCleanable("the picture is too large to unfold")
            # Cameras note how they were held; the note goes, so the picture is turned first.
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except NotCleanable:
        raise
    except Exception as fault:
        # Decoders raise many kinds of exceptions on hostile input; none of them is ours to name.
        raise NotCleanable(f"not a picture: {type(fault).__name__}") from None
    upright.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue()


def _clean_pdf(content: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for entry in _PDF_ROOT_ENTRIES:
                if entry in pdf.Root:
                    del pdf.Root[entry]
            if "/Names" in pdf.Root:
                for tree in _PDF_NAME_TREES:
                    if tree in pdf.Root.Names:
                        del pdf.Root.Names[tree]
            for page in pdf.pages:
                for entry in ("/AA", "/Metadata", "/PieceInfo", "/Annots"):
                    if entry in page.obj:
                        del page.obj[entry]
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except Exception as fault:
        raise NotCleanable(f"not a document: {type(fault).__name__}") from None
    return out.getvalue()
