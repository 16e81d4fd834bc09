"""Workbooks (XLSX) that are taken away: made in memory, and no cell of them runs anything.

`write_workbook` is the port of `web.ports.WorkbookWriter`. No file is made on the way, so that
nothing of a table is left on the disk.
"""

import io
from datetime import datetime
from typing import Any

from locales.cells import inert
from web.ports import Cell, Sheet

_LONGEST_CELL = 32_767
"""Characters; more does not fit into a cell of a workbook."""
_WIDEST, _NARROWEST = 60, 8
_NOTHING_RUNS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook's own days have no zone
"""In a workbook's properties stands when it was made: when somebody looked is nobody's business."""


def write_workbook(sheets: tuple[Sheet, ...]) -> bytes:
    """The workbook. Sheets' names have at most 31 characters."""
    import xlsxwriter

    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _NOTHING_RUNS) as book:
        book.set_properties({"created": _NO_DAY})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            for number, row in enumerate(sheet.rows):
                for column, cell in enumerate(row):
                    _put(page, number, column, cell, plain if number else heading)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
    return written.getvalue()


def _put(page: Any, row: int, column: int, cell: Cell, shape: Any) -> None:
    match cell:
        case None:
            return
        case str():
            page.write_string(row, column, inert(cell)[:_LONGEST_CELL], shape)
        case _:
            page.write_number(row, column, cell, shape)


def _widths(sheet: Sheet) -> list[int]:
    columns = max((len(row) for row in sheet.rows), default=0)
    longest = [
        max((len(str(row[at])) for row in sheet.rows if at < len(row)), default=0)
        for at in range(columns)
    ]
    return [min(_WIDEST, max(_NARROWEST, each + 2)) for each in longest]
