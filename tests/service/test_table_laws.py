"""Whatever a file holds, it is read or refused with words; nothing else ever comes of it."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.refusals import Refused
from service.site_rows import read_sites
from service.tables.cells import FORMULA_SIGNS, Table
from service.tables.comma_file import read_comma_file
from service.tables.reading import read_table

CELLS = st.text(st.characters(codec="utf-8"), max_size=30)
ENCODINGS = st.sampled_from(["", "utf-8", "utf-16", "cp1252", "latin-1", "gb18030", "nonsense"])
LAW = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _read_through(table: Table) -> None:
    found = read_sites(table)
    for _, row in found.rows:
        for text in (
            row.name,
            row.region,
            row.address,
            row.organisation,
            *row.local_names.values(),
        ):
            number = text.replace(",", ".")
            assert not text.startswith(FORMULA_SIGNS) or _is_number(number), text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@LAW
@given(st.binary(max_size=300), ENCODINGS)
def test_any_bytes_are_a_table_or_are_refused(data: bytes, encoding: str) -> None:
    try:
        _read_through(read_comma_file("any.csv", data, encoding))
    except Refused as refusal:
        assert all(refusal.reasons)


@LAW
@given(st.lists(st.lists(CELLS, min_size=3, max_size=4), max_size=5), st.sampled_from(",;\t|"))
def test_no_cell_that_a_spreadsheet_would_run_is_ever_taken(
    rows: list[list[str]], separator: str
) -> None:
    lines = ["code,name,country,region".replace(",", separator)]
    for number, row in enumerate(rows):
        quoted = [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row[1:]]
        lines.append(separator.join((f"A{number}", *quoted[:1], "IN", *quoted[2:], "")[:4]))
    data = "\r\n".join(lines).encode()
    try:
        _read_through(read_comma_file("any.csv", data))
    except Refused as refusal:
        assert all(refusal.reasons)


@pytest.fixture(scope="module")
def whole() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("code", "name", "country"))
        sheet.write_row(1, 0, ("A1", "Quarry", "IN"))
    return made.getvalue()


@LAW
@given(data=st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(
    whole: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        where = data.draw(st.integers(4, len(changed) - 1))
        changed[where] = data.draw(st.integers(0, 255))
    path = tmp_path / "changed.xlsx"
    path.write_bytes(changed)
    try:
        _read_through(read_table(path))
    except Refused as refusal:
        assert all(refusal.reasons)


def test_a_workbook_of_a_later_kind_of_zip_is_refused(whole: bytes, tmp_path: Path) -> None:
    directory = whole.index(b"PK\x01\x02")
    later = whole[: directory + 6] + b"\x40" + whole[directory + 7 :]
    path = tmp_path / "later.xlsx"
    path.write_bytes(later)
    with pytest.raises(Refused):
        read_table(path)


@LAW
@given(data=st.data())
def test_a_workbook_with_any_part_changed_is_read_or_refused(
    whole: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        content = {name: bytearray(parts.read(name)) for name in parts.namelist()}
    name = data.draw(st.sampled_from(sorted(content)))
    where = data.draw(st.integers(0, len(content[name]) - 1))
    content[name][where : where + 1] = data.draw(st.binary(max_size=12))
    path = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        for each, text in content.items():
            parts.writestr(each, bytes(text))
    try:
        _read_through(read_table(path))
    except Refused as refusal:
        assert all(refusal.reasons)
