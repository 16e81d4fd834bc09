"""How a table is handed over: as CSV or as a workbook, under a name that says nothing.

CSV is UTF-8 with its mark, so that spreadsheets read every name, with commas (RFC 4180). No cell of
either runs in a spreadsheet. What may not be shown is an empty cell, and so is nobody at all.
"""

import asyncio
import csv
import io

from aiohttp import web

from locales.cells import inert
from web.inside.headers import POLICY, SANDBOXED
from web.ports import Cell, Sheet, WorkbookWriter

_MARK = "\ufeff"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(request: web.Request, name: str, sheet: Sheet) -> web.Response:
    """One table; `name` without an ending."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_cell(each) for each in row] for row in sheet.rows)
    body = (_MARK + written.getvalue()).encode("utf-8")
    return _file(request, f"{name}.csv", body, "text/csv")


async def workbook_file(
    request: web.Request, name: str, sheets: tuple[Sheet, ...], write: WorkbookWriter
) -> web.Response:
    """Several tables; `name` without an ending."""
    return _file(request, f"{name}.xlsx", await asyncio.to_thread(write, sheets), _XLSX)


def _cell(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case str():
            return inert(cell)
        case _:
            return cell


def _file(request: web.Request, name: str, body: bytes, media_type: str) -> web.Response:
    request[POLICY] = SANDBOXED
    return web.Response(
        body=body,
        headers={
            "Content-Type": f"{media_type}; charset=utf-8" if "csv" in media_type else media_type,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
