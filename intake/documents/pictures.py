"""Pictures inside a document: decoded and encoded anew in their own format, as names demand it.

A format that is no plain photo or drawing (vector drawings, scans) is left out of the copy: such
formats hold text, links and programs of their own.
"""

import io

from intake.cleaning import LONGEST_SIDE_PIXELS, refuse_bombs
from intake.errors import NotCleanable

_STARTS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"))
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}
_MODES = {"PNG": ("RGB", "RGBA"), "JPEG": ("RGB",), "GIF": ("P",)}


def format_of(content: bytes) -> str:
    """PNG, JPEG or GIF by its own bytes; empty for all else."""
    return next((kind for start, kind in _STARTS if content.startswith(start)), "")


def bare_picture(content: bytes, kind: str) -> bytes:
    """The same picture in the same format, with nothing beside it.

    Raises `NotCleanable` where it does not decode; a drawing that moves stands still.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as image:
            refuse_bombs(image)
            upright = ImageOps.exif_transpose(image) if kind == "JPEG" else image
            modes = _MODES[kind]
            has_holes = "transparency" in image.info or image.mode in {"RGBA", "LA", "PA"}
            shown = upright.convert(modes[-1] if has_holes else modes[0])
        shown.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
        bare = Image.new(shown.mode, shown.size)
        if shown.mode == "P" and (palette := shown.getpalette()):
            bare.putpalette(palette)
        bare.paste(shown)
        out = io.BytesIO()
        bare.save(out, kind)
        return out.getvalue()
    except NotCleanable:
        raise
    except Exception as fault:
        # As in `cleaning`: decoders raise many kinds on hostile input.
        raise NotCleanable(type(fault).__name__) from None
