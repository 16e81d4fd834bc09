"""A table's rows as text, what no cell may hold, and what is told of those rows.

Theory. A cell that begins with = + - or @ is run by the spreadsheet in which somebody opens an
export: it can fetch a page, or send what stands beside it (OWASP, "CSV injection"). Such a cell is
refused when it comes in, so that no export has to remember it. Numbers keep their sign.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from locales.cells import FORMULA_SIGNS, inert
from service.refusals import Refused

MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
ERROR_VALUES = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)
"""What a spreadsheet leaves in a cell whose formula went wrong."""
_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,15})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row by its columns. `number` is what a spreadsheet shows beside it."""

    number: int
    cells: Mapping[str, str]
    is_uneven: bool = False
    """It has more cells than the heading, or fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A heading, and rows that are read as they are asked for, once. Empty rows are left out."""

    name: str
    heading: tuple[str, ...]
    rows: Iterator[TableRow]
    sheet: str = ""
    """Which sheet of a workbook it is; empty for other files."""
    notes: tuple[str, ...] = ()
    """What was decided on the way: which sheet was read, in which encoding."""


class RowMark(StrEnum):
    """What became of a row that is told of."""

    REFUSED = "refused"
    NOTED = "noted"
    """Taken; somebody should look at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTold:
    """One thing to tell of a row: the first row under the heading is row 2."""

    row: int
    column: str = ""
    """Empty where it is about the whole row."""
    reason: str
    mark: RowMark = RowMark.REFUSED

    def __str__(self) -> str:
        where = f"{self.column}: " if self.column else ""
        return f"row {self.row}: {where}{self.reason}"


def fault_of(cell: str) -> str | None:
    """Why no column of text may hold this cell; None where nothing speaks against it."""
    if cell.startswith(FORMULA_SIGNS) and not _NUMBER.fullmatch(cell):
        return (
            f"begins with {cell[0]!r}, which a spreadsheet would run as a formula: write it "
            "without, or copy the value instead of the formula"
        )
    if cell in ERROR_VALUES:
        return f"holds a spreadsheet's error ({cell}): put the value there"
    if len(cell) > LONGEST_CELL:
        return f"is longer than {LONGEST_CELL} characters"
    if _CONTROL.search(cell):
        return "holds signs that cannot be seen: type it anew"
    return None


def table_rows(heading: tuple[str, ...], lines: Iterable[list[str]]) -> Iterator[TableRow]:
    """The rows under a heading. Raises `Refused` where there are more than `MOST_ROWS`."""
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS + 1:
            raise Refused(f"the table has more than {MOST_ROWS} rows: cut it in parts")
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        is_uneven = len(cells) < len(heading) or any(cells[len(heading) :])
        yield TableRow(
            number=number, cells=dict(zip(heading, cells, strict=False)), is_uneven=is_uneven
        )


def heading_of(name: str, line: list[str]) -> tuple[str, ...]:
    """The columns' names. Raises `Refused` for none, too many, and one that stands there twice."""
    heading = [each.strip() for each in line]
    while heading and not heading[-1]:
        heading.pop()
    if not heading:
        raise Refused(f"{name} is empty: the first row is a heading with the columns' names")
    if len(heading) > MOST_COLUMNS:
        raise Refused(f"{name} has more than {MOST_COLUMNS} columns")
    plain = ["_".join(each.casefold().split()) for each in heading]
    twice = sorted({each for each in plain if each and plain.count(each) > 1})
    if twice:
        raise Refused(f"{name}: the heading has {', '.join(twice)} more than once")
    return tuple(heading)


def write_report(path: Path, told: Iterable[RowTold]) -> None:
    """The report as a table with row, column, what became of it and why. Raises `Refused`."""
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("row", "column", "what", "why"))
            for each in told:
                writer.writerow((each.row, inert(each.column), each.mark, inert(each.reason)))
    except FileExistsError:
        raise Refused(f"{path} is there already: name another file for the report") from None
    except OSError as fault:
        raise Refused(f"the report cannot be written to {path} ({fault.strerror})") from None
