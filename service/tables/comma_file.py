"""Tables with commas, semicolons, tabs or bars between the cells (RFC 4180), in what encoding.

UTF-8 is read, and UTF-16 where the file says it is (a byte order mark). Any other encoding cannot
be told from the bytes: Jõgi and Jòói are both readable. So it is refused with what to do, unless
the operator says which it is.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from service.refusals import Refused
from service.tables.cells import Table, heading_of, table_rows

_SEPARATORS = ",;\t|"
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The first that a file begins with counts: UTF-32's begins with UTF-16's."""
_SAID = re.compile(rf"sep=([{_SEPARATORS}])\r?\n")
"""The line by which Excel is told the separator; it shows the heading as row 1 all the same."""
_SAVE_AS = (
    "save it again as UTF-8 (in a spreadsheet: Save as, CSV UTF-8), or say what it is, such as "
    "--encoding cp1252"
)


def read_comma_file(name: str, data: bytes, encoding: str = "") -> Table:
    """The table in these bytes. Raises `Refused` where they are no text, or no table."""
    text, note = _text(name, data, encoding)
    said = _SAID.match(text)
    separator = said[1] if said else _separator(text)
    lines = _lines(name, text[said.end() :] if said else text, separator)
    heading = heading_of(name, next(lines, []))
    return Table(name=name, heading=heading, rows=table_rows(heading, lines), notes=note)


def _text(name: str, data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    chosen = encoding or next((each for mark, each in _MARKS if data.startswith(mark)), "utf-8")
    try:
        if not codecs.lookup(chosen)._is_text_encoding:  # "hex" and "zip" are none
            raise LookupError
        text = data.decode(chosen)
    except LookupError:
        raise Refused(f"--encoding: there is no encoding called {chosen}") from None
    except UnicodeError as fault:
        row = data.count(b"\n", 0, getattr(fault, "start", 0)) + 1
        kind = f"not {chosen}" if encoding else "neither UTF-8 nor marked UTF-16"
        raise Refused(f"{name} is {kind} (line {row}): {_SAVE_AS}") from None
    if "\x00" in text:
        raise Refused(f"{name} holds empty bytes, as UTF-16 without its mark does: {_SAVE_AS}")
    is_told = chosen not in {"utf-8", "utf-8-sig"}
    return text.removeprefix("\ufeff"), (f"Read as {chosen}.",) if is_told else ()


def _separator(text: str) -> str:
    """What stands between the names of the heading most often; a comma where nothing does."""
    heading = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=heading.count)


def _lines(name: str, text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, line in enumerate(reader, start=1):  # noqa: B007  # told where it breaks
            yield line
    except csv.Error:
        raise Refused(
            f"{name}, row {number + 1}: a quotation mark is not closed, or stands inside a cell: "
            "nothing after it can be read"
        ) from None
