"""One door for tables from outside: looks at the first bytes, not at the name.

Called by `gehoor sites import` and by the review of translations.
"""

from pathlib import Path

from service.refusals import Refused
from service.tables.cells import Table
from service.tables.comma_file import read_comma_file
from service.tables.workbook import OLD_MARK, OLD_WORDS, ZIP_MARK, read_workbook

MOST_BYTES = 64_000_000


def read_table(path: Path, *, encoding: str = "", sheet: str = "") -> Table:
    """The table in a file. Raises `Refused` with what to do where it is none, or is too large."""
    data = _bytes_of(path)
    if data.startswith(OLD_MARK):
        raise Refused(f"{path.name} {OLD_WORDS}")
    if data.startswith(ZIP_MARK):
        return read_workbook(path, sheet)
    return read_comma_file(path.name, data, encoding)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                f"{path.name} is larger than {MOST_BYTES // 1_000_000} megabytes: cut it in parts"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"there is no file {path}") from None
    except OSError as fault:
        raise Refused(f"{path} cannot be read ({fault.strerror})") from None
