"""A review sheet goes out as a workbook that runs nothing, and comes back row by row."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from locales.files import FOLDER, Domain, po_path
from service.review_sheet import COLUMNS
from tests.service.terminal import Gehoor

HELLO = "Hello. Here you can tell what goes wrong"
RECEIPT = "Please type the number on your receipt. It has 17 digits."
PLACES = "Code of this place: ${code}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogues of its own, as those of the product are."""
    for language in ("hi", "nl"):
        for domain in Domain:
            path = po_path(FOLDER, language, domain)
            if path.exists():
                copy = po_path(tmp_path / "locales", language, domain)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    return tmp_path / "locales"


@pytest.fixture
def sheet(gehoor: Gehoor, folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "hi.xlsx"
    made = gehoor("locales", "sheet", "hi", "--to", str(path), "--catalogues", str(folder))
    assert made.status == 0, made.err
    return path


Fill = Callable[..., None]


@pytest.fixture
def fill(sheet: Path) -> Fill:
    """Writes into the row of a text, as a reader would."""

    def fill_in(msgid: str, **cells: str) -> None:
        book = openpyxl.load_workbook(sheet)
        page = book["hi"]
        columns = {cell.value: cell.column for cell in page[1]}
        rows = [
            row[0].row
            for row in page.iter_rows(min_row=2)
            if str(row[columns["English"] - 1].value).startswith(msgid)
        ]
        assert len(rows) == 1, msgid
        for name, value in cells.items():
            cell = page.cell(rows[0], columns[name.replace("_", " ")])
            cell.value = value
        book.save(sheet)

    return fill_in


def test_a_sheet_has_every_text_and_no_formula(sheet: Path) -> None:
    page = openpyxl.load_workbook(sheet)["hi"]
    rows = list(page.iter_rows(values_only=False))
    assert [cell.value for cell in rows[0]] == list(COLUMNS)
    assert len(rows) > 400
    assert all(cell.data_type in {"s", "n"} for row in rows for cell in row)
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    assert page.protection.sheet
    columns = list(COLUMNS)
    first = dict(zip(columns, rows[1], strict=True))
    assert first["English"].protection.locked
    assert not first["reviewed text"].protection.locked
    assert first["made by"].value == "machine"


def test_reviewed_texts_are_taken_in_and_a_second_time_change_nothing(
    gehoor: Gehoor, folder: Path, sheet: Path, fill: Fill
) -> None:
    fill(RECEIPT, reviewed_text="अपनी रसीद के 17 अंक लिखें।", reviewer="Sample Reader")
    fill(PLACES, reviewed_text="ok", reviewer="Sample Reader", comment="could be shorter")
    done = gehoor("locales", "take", str(sheet), "--catalogues", str(folder))
    assert done.status == 0
    assert "2 texts taken, 0 were there already." in done.out
    assert "comment: says: could be shorter" in done.out
    text = po_path(folder, "hi", Domain.PEOPLE).read_text("utf-8")
    assert text.count("# origin: person Sample Reader") == 2
    assert "अपनी रसीद के 17 अंक लिखें।" in text
    again = gehoor("locales", "take", str(sheet), "--catalogues", str(folder))
    assert again.status == 0
    assert "0 texts taken, 2 were there already." in again.out
    left = sheet.with_name("left.xlsx")
    gehoor("locales", "sheet", "hi", "--to", str(left), "--machine", "--catalogues", str(folder))
    assert (
        openpyxl.load_workbook(left)["hi"].max_row
        == openpyxl.load_workbook(sheet)["hi"].max_row - 2
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"reviewed_text": "इस जगह का कोड"}, "reviewed text: has other ${…} places"),
        ({"reviewed_text": "=1+1 ${code}"}, "reviewed text: begins with '='"),
        ({"reviewed_text": "@SUM(${code})"}, "reviewed text: begins with '@'"),
        ({"reviewed_text": "ok", "reviewer": ""}, "reviewer: is missing"),
        ({"reviewed_text": "ok", "reviewer": "=A1"}, "reviewer: begins with '='"),
        ({"reviewed_text": "ok", "English": "Code: ${code}"}, "English: was changed"),
        ({"reviewed_text": "ok", "key": "x"}, "key: is of no text that there is"),
        (
            {"reviewed_text": "यह ${code}", "translation_now": "वह ${code}"},
            "translation now: is no longer what the catalogue has",
        ),
    ],
)
def test_a_row_that_is_wrong_is_refused_and_the_others_are_taken(
    gehoor: Gehoor, folder: Path, sheet: Path, fill: Fill, cells: dict[str, str], reason: str
) -> None:
    fill(RECEIPT, reviewed_text="ok", reviewer="Sample Reader")
    fill(PLACES, **{"reviewer": "Sample Reader", **cells})
    report = sheet.with_suffix(".csv")
    done = gehoor(
        "locales", "take", str(sheet), "--report", str(report), "--catalogues", str(folder)
    )
    assert done.status == 1
    assert reason in done.err
    assert "1 texts taken" in done.out
    told = report.read_text("utf-8-sig")
    assert told.count("\n") == 2
    assert ",refused," in told


def test_another_table_language_or_folder_is_refused(
    gehoor: Gehoor, folder: Path, sheet: Path, tmp_path: Path
) -> None:
    other = tmp_path / "sites.csv"
    other.write_text("code,name\nA,B\n", "utf-8")
    assert "is no review sheet" in gehoor("locales", "take", str(other), "--lang", "hi").err
    assert "no language that is translated" in gehoor("locales", "take", str(other)).err
    assert (
        "no language that is translated"
        in gehoor("locales", "sheet", "en", "--to", str(tmp_path / "en.xlsx")).err
    )
    assert "is there already" in gehoor("locales", "sheet", "hi", "--to", str(sheet)).err


def test_a_sheet_of_another_language_changes_nothing(
    gehoor: Gehoor, folder: Path, sheet: Path, fill: Fill
) -> None:
    fill(RECEIPT, reviewed_text="अपनी रसीद के 17 अंक लिखें।", reviewer="Sample Reader")
    done = gehoor("locales", "take", str(sheet), "--lang", "nl", "--catalogues", str(folder))
    assert done.status == 1
    assert "0 texts taken" in done.out


def test_how_much_a_person_has_read_is_listed(gehoor: Gehoor) -> None:
    listed = gehoor("locales", "list").out
    assert "en        English: the source of all others" in listed
    assert "read by a person" in listed
