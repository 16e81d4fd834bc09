"""Files as a handler's pages offer them: what each is, what its copy leaves out, its scan.

Pure: values in, values out. A file's own name is never shown: it may say who sent it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.values import Scan, StoredFile
from locales.catalogue import Catalogue
from locales.marking import N_

_KINDS: Mapping[str, str] = {
    "image": N_("Photo"),
    "audio": N_("Voice message"),
    "video": N_("Video"),
    "": N_("File"),
}
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_TYPES: Mapping[str, str] = {
    "application/pdf": N_("PDF"),
    "text/plain": N_("plain text"),
    f"{_OPEN_XML}.wordprocessingml.document": N_("Word document"),
    f"{_OPEN_XML}.spreadsheetml.sheet": N_("Excel table"),
    f"{_OPEN_XML}.presentationml.presentation": N_("PowerPoint slides"),
    f"{_OPEN_DOCUMENT}.text": N_("OpenDocument text"),
    f"{_OPEN_DOCUMENT}.spreadsheet": N_("OpenDocument table"),
    f"{_OPEN_DOCUMENT}.presentation": N_("OpenDocument slides"),
}
"""Types with a name of their own; others are called by the last part of their media type."""

_CLEANED: Mapping[str, str] = {
    "image": N_("Drawn anew, without place, time and device. What is in the picture stays."),
    "audio": N_("Without what the recorder noted. The voice can still be recognised."),
    "video": N_("Without what the camera noted. Faces and voices can still be recognised."),
    "": N_("Without authors, times, links, formulas and programs. What it says stays."),
}
_NOT_CLEANED: Mapping[str, str] = {
    "audio": N_("No cleaned copy could be made. This plays what was sent."),
    "video": N_("No cleaned copy could be made."),
    "": N_("There is no cleaned copy of this kind of file."),
}
_LEFT_ALONE = N_("No copy was made, because a scanner found something harmful.")
_PLAIN_TEXT = N_("Plain text has nothing beside its words, so there is no cleaned copy.")

_SCANS: Mapping[Scan, tuple[str, str]] = {
    Scan.CLEAN: (N_("scanned, nothing harmful found"), "good"),
    Scan.INFECTED: (N_("harmful: do not open"), "grave"),
    Scan.TOO_LARGE: (N_("not scanned: too large for the scanner"), "care"),
    Scan.UNANSWERED: (N_("not scanned: the scanner did not answer"), "care"),
    Scan.NOT_LOOKED: (N_("not scanned: there is no scanner here"), "plain"),
}
"""The mark beside a file, and its tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file as it is offered."""

    blob: str
    label: str
    kind: str
    """`image`, `audio`, `video`, or empty for anything else."""
    type_words: str
    kilobytes: int
    """Of the file as it was sent."""
    copy_kilobytes: int
    """0 where there is no cleaned copy."""
    copy_words: str
    """What the copy leaves out, or why there is none (W4)."""
    is_playable: bool
    """A sound that is played on the page."""
    is_harmful: bool
    scan_words: str
    scan_tone: str

    @property
    def is_cleaned(self) -> bool:
        """There is a copy without metadata, which is what opens first."""
        return self.copy_kilobytes > 0


def file_lines(files: Iterable[StoredFile], words: Catalogue) -> tuple[FileLine, ...]:
    """The files as they are offered."""
    return tuple(file_line(file, file.scan, words) for file in files)


def file_line(file: StoredFile, scan: Scan, words: Catalogue) -> FileLine:
    """One file; `scan` is what is known of it now."""
    kind = file.media_type.partition("/")[0]
    kind = kind if kind in _KINDS else ""
    mark, tone = _SCANS[scan]
    copy = file.cleaned
    is_harmful = scan is Scan.INFECTED
    return FileLine(
        blob=file.blob,
        label=words.text(_KINDS[kind]),
        kind=kind,
        type_words=_type_words(file.media_type, words),
        kilobytes=_kilobytes(file),
        copy_kilobytes=0 if copy is None else _kilobytes(copy),
        copy_words=words.text(_about_copy(file, kind, is_harmful=is_harmful)),
        is_playable=kind == "audio" and (copy is not None or not is_harmful),
        is_harmful=is_harmful,
        scan_words=words.text(mark),
        scan_tone=tone,
    )


def _kilobytes(file: StoredFile) -> int:
    return max(1, file.size // 1000)


def _type_words(media_type: str, words: Catalogue) -> str:
    known = _TYPES.get(media_type)
    return words.text(known) if known else media_type.rpartition("/")[2].upper()


def _about_copy(file: StoredFile, kind: str, *, is_harmful: bool) -> str:
    if file.cleaned is not None:
        return _CLEANED[kind]
    if is_harmful:
        return _LEFT_ALONE
    if file.media_type == "text/plain":
        return _PLAIN_TEXT
    return _NOT_CLEANED.get(kind, _NOT_CLEANED[""])
