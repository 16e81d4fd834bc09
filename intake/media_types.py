"""What a file is, by its own bytes; its name and the type it claims are not believed.

Called by `intake.files` with the ends of a file, so that a large one need not be held.
"""

from collections.abc import Mapping

ENDS_BYTES = 4096
"""How much of the beginning and of the end is looked at."""

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OFFICE: Mapping[bytes, str] = {
    b"word/": f"{_OPEN_XML}wordprocessingml.document",
    b"xl/": f"{_OPEN_XML}spreadsheetml.sheet",
    b"ppt/": f"{_OPEN_XML}presentationml.presentation",
}
_OPEN_KINDS = ("text", "spreadsheet", "presentation")
OFFICE_TYPES = frozenset({*_OFFICE.values(), *(f"{_OPEN_DOCUMENT}{kind}" for kind in _OPEN_KINDS)})
"""Documents of office programs, of the kinds that can be cleaned."""

UNCLEANABLE_DOCUMENT = "application/x-uncleanable-document"
"""Our own name for documents that cannot be cleaned: of older formats (doc, xls, ppt, rtf), with a
pass word, or with programs inside. They are refused with a word on what to send instead."""

ALLOWED_TYPES = OFFICE_TYPES | {
    "image/jpeg", "image/png", "image/webp", "image/gif", "image/heic",
    "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "audio/webm",
    "audio/amr", "video/mp4", "video/3gpp", "video/webm",
    "application/pdf", "text/plain",
}  # fmt: skip
"""What a reporter may send. Not pages or drawings with scripts, and not programs."""

_ISO_BRANDS: Mapping[bytes, str] = {
    b"M4A ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
}
_ISO_TRACKS = (b"soun", b"vide")
_WEBM_TRACKS = (b"A_OPUS", b"V_")
_EBML = b"\x1aE\xdf\xa3"
_SAME_AS: Mapping[str, str] = {
    "application/ogg": "audio/ogg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "video/ogg": "audio/ogg",
}


_OLDER_DOCUMENTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_ARCHIVE = "application/zip"
_MACROS = b"vbaProject"


def media_type_of(start: bytes, end: bytes, *, is_text: bool) -> str:
    """The media type of a file with these ends; `is_text` says that all of it reads as UTF-8."""
    if start[4:8] == b"ftyp":
        return _ISO_BRANDS.get(start[8:12]) or _sound_or_film(start + end, _ISO_TRACKS, "mp4")
    if start.startswith(_EBML) and b"webm" in start[:64]:
        return _sound_or_film(start, _WEBM_TRACKS, "webm")
    if start.startswith(b"#!AMR"):
        return "audio/amr"
    if start.startswith(_OLDER_DOCUMENTS):
        return UNCLEANABLE_DOCUMENT
    if start.startswith(b"PK\x03\x04"):
        return _office_type(start + end)
    import puremagic  # here: rooms that take files apart need the names above alone

    try:
        for match in puremagic.magic_string(start + end):
            if match.mime_type:
                found = str(match.mime_type)
                return _SAME_AS.get(found, found)
    except puremagic.PureError:
        pass
    is_page = start.decode("utf-8", "ignore").lstrip().startswith("<")
    return "text/plain" if is_text and not is_page else "application/octet-stream"


def _sound_or_film(ends: bytes, tracks: tuple[bytes, bytes], kind: str) -> str:
    """Many telephones save a voice in what could be a film; a film unless it is seen not to be."""
    sound, film = tracks
    return f"{'audio' if sound in ends and film not in ends else 'video'}/{kind}"


def _office_type(ends: bytes) -> str:
    """An office document is an archive; which one, the names in it say."""
    if _MACROS in ends:
        return UNCLEANABLE_DOCUMENT
    for kind in _OPEN_KINDS:
        if f"mimetype{_OPEN_DOCUMENT}{kind}PK".encode() in ends:
            return f"{_OPEN_DOCUMENT}{kind}"
    if b"[Content_Types].xml" in ends:
        return next((kind for name, kind in _OFFICE.items() if name in ends), _ARCHIVE)
    return _ARCHIVE
