"""An account as a page shows it: questions in the handler's language, words as they were given.

What somebody typed stays as typed, with its language and a direction of its own; choices are ours
to translate. Pure: values in, values out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.submission import AccountEntry
from flows.values import StoredFile
from locales.catalogue import Catalogue
from locales.marking import N_
from register.account import Account

_KINDS = {
    "image": N_("Photo"),
    "audio": N_("Voice message"),
    "video": N_("Video"),
    "": N_("File"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file as it is offered. Its own name is not used: it may say who sent it."""

    blob: str
    label: str
    kind: str
    """`image`, `audio`, `video`, or empty for anything else."""
    media_type: str
    kilobytes: int
    is_cleaned: bool
    """There is a copy without metadata, which is what opens first (W4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One answer with its question."""

    question: str
    original_question: str
    """As the reporter read it, where that is another language; else empty."""
    shown: tuple[str, ...] = field(default=(), repr=False)
    """The answer in the handler's language: choices, numbers, days."""
    typed: str = field(default="", repr=False)
    """The answer in the reporter's own words, shown as they are."""
    files: tuple[FileLine, ...] = ()


def answer_lines(account: Account, ours: Catalogue, theirs: Catalogue) -> tuple[AnswerLine, ...]:
    """The lines of an account: `ours` is the handler's language, `theirs` the reporter's."""
    return tuple(_line(entry, ours, theirs) for entry in account.entries)


def file_lines(files: Iterable[StoredFile], words: Catalogue) -> tuple[FileLine, ...]:
    """The files as they are offered."""
    return tuple(_file(file, words) for file in files)


def _line(entry: AccountEntry, ours: Catalogue, theirs: Catalogue) -> AnswerLine:
    question, original = ours.render(entry.label), theirs.render(entry.label)
    other = original if original != question else ""
    value = entry.value
    several = value if isinstance(value, tuple) else ()
    files = [each for each in several if isinstance(each, StoredFile)]
    if files:
        return AnswerLine(question=question, original_question=other, files=file_lines(files, ours))
    if entry.choices:
        shown = tuple(ours.render(choice) for choice in entry.choices)
        return AnswerLine(question=question, original_question=other, shown=shown)
    if isinstance(value, str):
        return AnswerLine(question=question, original_question=other, typed=value)
    return AnswerLine(question=question, original_question=other, shown=(ours.show(value),))


def _file(file: StoredFile, words: Catalogue) -> FileLine:
    kind = file.media_type.partition("/")[0]
    known = kind if kind in _KINDS else ""
    offered = file.cleaned or file
    return FileLine(
        blob=file.blob,
        label=words.text(_KINDS[known]),
        kind=known,
        media_type=offered.media_type,
        kilobytes=max(1, offered.size // 1000),
        is_cleaned=file.cleaned is not None,
    )
