"""Review sheets for native readers: a workbook out, and back in (`locales.review` decides).

A reader gets rows with the English, where it is used, and the translation as it is. They write the
text as it should be (or `ok` where it is right), and their name. What they cannot change is locked;
what they change all the same is found when the sheet comes back. No cell is ever a formula.

Called by `gehoor locales`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from locales.languages import Direction, Language
from locales.review import Reviewed, ReviewFault, ReviewLine
from service.refusals import Refused
from service.tables.cells import RowMark, RowTold, Table, fault_of

COLUMNS: Mapping[str, int] = {
    "key": 14,
    "read by": 10,
    "English": 48,
    "English plural": 20,
    "plural form": 11,
    "where it is used": 26,
    "note": 30,
    "translation now": 48,
    "made by": 12,
    "reviewed text": 48,
    "reviewer": 20,
    "comment": 30,
}
"""The columns and how wide they are, in letters."""
FOR_READERS = frozenset({"reviewed text", "reviewer", "comment"})
_WHERE: tuple[tuple[str, str], ...] = (
    ("flows/definitions/", "questions: "),
    ("flows/", "around the questions"),
    ("intake/", "around the questions"),
    ("consultations/", "consultations"),
    ("register/", "around the questions"),
    ("bot/", "Telegram"),
    ("web/templates/paper/", "posters and cards"),
    ("web/templates/public/", "web form"),
    ("web/templates/desk/", "handlers' pages"),
    ("web/templates/company/", "companies' pages"),
    ("web/templates/", "all pages"),
    ("web/public/", "web form"),
    ("web/desk/", "handlers' pages"),
    ("web/company/", "companies' pages"),
    ("web/", "all pages"),
    ("monitoring/", "figures and score"),
    ("service/", "what the operator prints"),
)
"""Where a text stands, by the folder of its source, in words that a reader knows."""
_FAULTS: Mapping[ReviewFault, tuple[str, str]] = {
    ReviewFault.UNKNOWN: (
        "key",
        "is of no text that there is: the text is gone, or the key was changed",
    ),
    ReviewFault.ENGLISH_CHANGED: ("English", "was changed: only the reviewed text may be"),
    ReviewFault.TRANSLATION_CHANGED: (
        "translation now",
        "is no longer what the catalogue has: make a new sheet and review this text in it",
    ),
    ReviewFault.NO_REVIEWER: ("reviewer", "is missing: who read this text?"),
    ReviewFault.NAME_UNFIT: ("reviewer", "is no person's name"),
    ReviewFault.PLACES_LOST: (
        "reviewed text",
        "has other ${…} places than the English: each stays as it is, whatever its order",
    ),
    ReviewFault.BIDI_CONTROL: (
        "reviewed text",
        "holds a sign that turns text around and cannot be seen: type it anew",
    ),
    ReviewFault.TWICE: ("key", "stands in a row above already"),
    ReviewFault.FORMS_APART: (
        "plural form",
        "is reviewed alone: a text that counts is taken with all of its forms, or not",
    ),
}
_HOW = (
    "How to review",
    "Read each translation as the people will read it: tired, on a small screen, twelve years old.",
    "Where it is right, write ok into 'reviewed text'. Where it is not, write it as it should be.",
    "Write your name, or that of your organisation, into 'reviewer' in each row that you read.",
    "Rows with an empty 'reviewed text' are left as they are. You can send the sheet in parts.",
    "Keep ${…} as it stands: a name or a number comes there. You may put it elsewhere in the text.",
    "Short sentences, everyday words, kind. Never promise more than the English does.",
    "'plural form' numbers the forms that your language has for counting; fill in all of a text.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """A sheet that came back: lines to take, and what is told of rows beforehand."""

    lines: tuple[Reviewed, ...]
    told: tuple[RowTold, ...]


def write_sheet(path: Path, language: Language, lines: tuple[ReviewLine, ...]) -> None:
    """The workbook for a language. Raises `Refused` where it is there already."""
    import xlsxwriter

    if path.exists():
        raise Refused(f"{path} is there already: name another file")
    nothing_runs = {"strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, nothing_runs) as book:
            _fill(book, language, lines)
    except (OSError, xlsxwriter.exceptions.FileCreateError):
        raise Refused(f"{path} cannot be written: look whether the folder is there") from None


def read_sheet(table: Table) -> SheetRead:
    """The rows of a sheet that came back. Raises `Refused` for a table that is none."""
    missing = [each for each in COLUMNS if each not in table.heading]
    if missing:
        raise Refused(
            f"{table.name} is no review sheet: it lacks {', '.join(missing)}. "
            "`gehoor locales sheet LANG --to FILE.xlsx` makes one"
        )
    lines, told = [], []
    for row in table.rows:
        cells = row.cells
        faults = [
            RowTold(row=row.number, column=column, reason=fault)
            for column in sorted(FOR_READERS)
            if (fault := fault_of(cells.get(column, ""))) is not None
        ]
        told += faults
        if faults:
            continue
        lines.append(_reviewed(row.number, cells))
        if comment := cells.get("comment", ""):
            noted = f"says: {comment}"
            told.append(RowTold(row=row.number, column="comment", reason=noted, mark=RowMark.NOTED))
    return SheetRead(lines=tuple(lines), told=tuple(told))


def fault_told(row: int, fault: ReviewFault) -> RowTold:
    """Why a line was not taken, in words."""
    column, reason = _FAULTS[fault]
    return RowTold(row=row, column=column, reason=reason)


def _reviewed(number: int, cells: Mapping[str, str]) -> Reviewed:
    return Reviewed(
        row=number,
        key=cells["key"],
        msgid=cells["English"],
        translation=cells["translation now"],
        text=cells.get("reviewed text", ""),
        reviewer=" ".join(cells.get("reviewer", "").split()),
    )


def _fill(book: Any, language: Language, lines: tuple[ReviewLine, ...]) -> None:
    sheet = book.add_worksheet(language.code)
    order = 2 if language.direction is Direction.RIGHT_TO_LEFT else 1
    kept = {"text_wrap": True, "valign": "top"}
    grey = {**kept, "locked": True, "bg_color": "#F2F2F2"}
    locked = book.add_format(grey)
    theirs = book.add_format({**grey, "reading_order": order})
    free = book.add_format({**kept, "locked": False, "reading_order": order})
    heading = book.add_format({**kept, "bold": True, "bottom": 2})
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, heading)
    for number, line in enumerate(lines, start=1):
        cells = dict(zip(COLUMNS, _cells(line), strict=False))
        for column, name in enumerate(COLUMNS):
            style = free if name in FOR_READERS else locked
            style = theirs if name == "translation now" else style
            sheet.write_string(number, column, cells.get(name, ""), style)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(lines), 1), len(COLUMNS) - 1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    how = book.add_worksheet("How")
    how.set_column(0, 0, 110)
    for number, words in enumerate(_HOW):
        how.write_string(number, 0, words, heading if number == 0 else book.add_format(kept))


def _cells(line: ReviewLine) -> Iterator[str]:
    yield line.key
    yield "people" if line.domain == "people" else "desk"
    yield line.msgid
    yield line.many
    yield str(line.form) if line.many else ""
    yield ", ".join(dict.fromkeys(_where(source) for source in line.sources))
    yield " ".join(line.comments)
    yield line.translation
    yield ", ".join(line.origins) or "machine"


def _where(source: str) -> str:
    for folder, words in _WHERE:
        if source.startswith(folder):
            return words + Path(source).stem.replace("_", " ") if words.endswith(": ") else words
    return source
