"""An account as a page shows it: questions in the handler's language, words as they were given.

What somebody typed stays as typed, with its language and a direction of its own; choices are ours
to translate. Pure: values in, values out.
"""

from dataclasses import dataclass, field

from flows.submission import AccountEntry
from flows.values import StoredFile
from locales.catalogue import Catalogue
from register.account import KNOWN_BEFOREHAND, Account
from web.desk.file_lines import FileLine, file_lines


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
    return tuple(
        _line(entry, ours, theirs)
        for entry in account.entries
        if entry.path not in KNOWN_BEFOREHAND
    )


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
