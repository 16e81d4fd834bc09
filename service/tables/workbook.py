"""Tables in workbooks (XLSX), read row by row, within bounds and without calculating anything.

A workbook is a ZIP of XML: a few kilobytes can unfold into gigabytes, and XML can hold entities
that grow. So the sizes it declares are added up before anything is unfolded (`zipfile` gives no
more than what is declared), defusedxml refuses entities, and rows and columns are counted.
Formulas are seen as formulas, never as the value that somebody's spreadsheet left beside them.
"""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from service.refusals import Refused
from service.tables.cells import MOST_COLUMNS, Table, heading_of, table_rows

MOST_UNFOLDED_BYTES = 150_000_000
MOST_PARTS = 2_000
ZIP_MARK = b"PK\x03\x04"
OLD_MARK = b"\xd0\xcf\x11\xe0"
"""Of workbooks as they were before 2007, and of those with a password (Compound File Binary)."""
OLD_WORDS = "is an old workbook (XLS), or has a password: save it as XLSX without a password"
_ENCRYPTED = 0x1


def read_workbook(path: Path, sheet: str = "") -> Table:
    """The table in one sheet, the first where none is named. Raises `Refused` with what to do."""
    check_size(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of decorations that openpyxl does not know
        try:
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
            found = _sheet(path.name, book, sheet)
            found.reset_dimensions()
            lines = _lines(path.name, book, found)
            heading = heading_of(path.name, next(lines, []))
        except Refused:
            raise
        except Exception as fault:  # a damaged workbook breaks openpyxl in a dozen ways
            raise Refused(_damaged(path.name, fault)) from None
    names = book.sheetnames
    note = (f"Read the sheet {found.title} of {len(names)}.",) if len(names) > 1 else ()
    even = (line + [""] * (len(heading) - len(line)) for line in lines)
    rows = table_rows(heading, even)
    return Table(name=path.name, heading=heading, rows=rows, sheet=found.title, notes=note)


def check_size(path: Path) -> None:
    """Raises `Refused` for a file that is no ZIP, that is locked, or unfolds into too much."""
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as fault:
        raise Refused(_damaged(path.name, fault)) from None
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise Refused(f"{path.name} has a password: save it without")
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNFOLDED_BYTES:
        raise Refused(
            f"{path.name} unfolds into more than {MOST_UNFOLDED_BYTES // 1_000_000} megabytes: cut "
            "it in parts, or save it as CSV"
        )


def _sheet(name: str, book: Any, wanted: str) -> Any:
    sheets = {each.title: each for each in book.worksheets}
    if not sheets:
        raise Refused(f"{name} has no sheet with a table")
    if wanted and wanted not in sheets:
        raise Refused(f"{name} has no sheet {wanted}; there are {', '.join(sheets)}")
    return sheets[wanted] if wanted else next(iter(sheets.values()))


def _lines(name: str, book: Any, sheet: Any) -> Iterator[list[str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
                yield _without_tail([_text(value) for value in row])
    except Refused:
        raise
    except Exception as fault:  # as above: the XML of a later row may be damaged
        raise Refused(_damaged(name, fault)) from None
    finally:
        book.close()


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _without_tail(line: list[str]) -> list[str]:
    while line and not line[-1]:
        line.pop()
    return line


def _damaged(name: str, fault: Exception) -> str:
    return f"{name} cannot be read as a workbook ({type(fault).__name__}): save it anew as XLSX"
