"""Tables of sites as people send them: wrong encodings, formulas, twins, bombs, other headings."""

import csv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from register.sites import Site, SiteKind
from service.foundations import records
from service.settings import read_settings
from service.tables import cells, reading, workbook
from tests.service.terminal import Gehoor

HEADING = ("code", "name", "country", "workers", "address")
OS_ID = "IN2021250D1DTN7"
THEIRS = (
    "os_id,contribution_date,name,address,country_code,country_name,lat,lng,sector,"
    "contributor (list),number_of_workers,parent_company,processing_type_facility_type_raw,"
    "facility_type,processing_type,product_type,is_closed\n"
)
FACILITY = (
    f'{OS_ID},2021-09-07,Sample Spinning,"12 Mill Road, Jaipur",IN,India,26.91,75.78,Apparel,'
    "A Brand,400|120-200,,Spinning,Final Product Assembly,Sewing,Shirts,False\n"
)


def _file(tmp_path: Path, data: bytes | str, name: str = "sites.csv") -> str:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def _book(tmp_path: Path, *rows: Sequence[object], formula: str = "") -> str:
    path = tmp_path / "sites.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sites")
        for number, row in enumerate((HEADING, *rows)):
            sheet.write_row(number, 0, row)
        if formula:
            sheet.write_formula(1, 1, formula, value="Looks harmless")
    return str(path)


def _sites() -> dict[str, Site]:
    with records(read_settings()) as kept:
        return {site.code: site for site in kept.read(lambda tx: tuple(tx.sites.sites()))}


def test_a_workbook_is_read_like_a_table_with_commas(installed: Gehoor, tmp_path: Path) -> None:
    book = _book(tmp_path, ("RJ3", "राजनगर खदान", "IN", 220), (), ("FJ1", "Xiamen", "CN", None))
    read = installed("sites", "import", book)
    assert read.status == 0
    assert "2 sites added" in read.out
    assert _sites()["RJ3"].workers == 220
    assert _sites()["FJ1"].workers is None


@pytest.mark.parametrize(
    "cell", ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "#REF!"]
)
def test_what_a_spreadsheet_would_run_is_refused_and_kept_nowhere(
    installed: Gehoor, tmp_path: Path, cell: str
) -> None:
    table = f'code,name,country\nA1,"{cell}",IN\nA2,Quarry,IN\n'
    read = installed("sites", "import", _file(tmp_path, table))
    assert read.status == 1
    assert "row 2: name: " in read.err
    assert "spreadsheet" in read.err
    assert list(_sites()) == ["A2"]


def test_a_formula_in_a_workbook_is_refused_whatever_value_stands_beside_it(
    installed: Gehoor, tmp_path: Path
) -> None:
    book = _book(tmp_path, ("A1", "x", "IN"), formula='=HYPERLINK("https://bad.example")')
    read = installed("sites", "import", book)
    assert read.status == 1
    assert "row 2: name: begins with '='" in read.err
    assert _sites() == {}


def test_a_text_in_a_workbook_that_looks_like_a_formula_is_refused_too(
    installed: Gehoor, tmp_path: Path
) -> None:
    read = installed("sites", "import", _book(tmp_path, ("A1", "=1+1", "IN")))
    assert "begins with '='" in read.err


def test_south_and_west_are_no_formulas(installed: Gehoor, tmp_path: Path) -> None:
    table = "code,name,country,latitude,longitude\nBR1,Pedreira,BR,-20.31,-40.33\n"
    assert installed("sites", "import", _file(tmp_path, table)).status == 0
    assert _sites()["BR1"].latitude == -20.31


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16-le", "utf-32-le"])
def test_an_encoding_that_cannot_be_told_is_refused_with_what_to_do(
    installed: Gehoor, tmp_path: Path, encoding: str
) -> None:
    data = "code,name,country\nPT1,Évora,PT\n".encode(encoding)
    read = installed("sites", "import", _file(tmp_path, data))
    assert read.status == 1
    assert "--encoding" in read.err
    assert _sites() == {}


def test_an_encoding_that_the_operator_knows_is_read(installed: Gehoor, tmp_path: Path) -> None:
    path = _file(tmp_path, "code;name;country\nPT1;Évora;PT\n".encode("cp1252"))
    read = installed("sites", "import", path, "--encoding", "cp1252")
    assert "Read as cp1252." in read.out
    assert _sites()["PT1"].name == "Évora"
    for name in ("klingon", "hex"):
        assert "no encoding called" in installed("sites", "import", path, "--encoding", name).err


def test_utf_16_with_its_mark_is_read(installed: Gehoor, tmp_path: Path) -> None:
    read = installed(
        "sites", "import", _file(tmp_path, "code\tname\tcountry\nA1\tअ\tIN\n".encode("utf-16"))
    )
    assert read.status == 0
    assert _sites()["A1"].name == "अ"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_usual_separator_is_found(installed: Gehoor, tmp_path: Path, separator: str) -> None:
    table = "code,name,country\nA1,Quarry,IN\n".replace(",", separator)
    assert installed("sites", "import", _file(tmp_path, table)).status == 0


def test_the_line_by_which_excel_is_told_the_separator_is_no_heading(
    installed: Gehoor, tmp_path: Path
) -> None:
    table = "sep=;\r\ncode;name;country\r\n?;Quarry, old;IN\r\nA1;Quarry, old;IN\r\n"
    read = installed("sites", "import", _file(tmp_path, table))
    assert "row 2: code" in read.err
    assert _sites()["A1"].name == "Quarry, old"


def test_capitals_and_spaces_in_a_heading_do_not_matter(installed: Gehoor, tmp_path: Path) -> None:
    table = "Code,NAME,Country,Risk country,name_ZH_hans\nA1,Quarry,CN,yes,采石场\n"
    assert installed("sites", "import", _file(tmp_path, table)).status == 0
    site = _sites()["A1"]
    assert site.is_risk_country
    assert site.name_in("zh_Hans") == "采石场"
    twice = installed("sites", "import", _file(tmp_path, "code,name,Name,country\nA,B,C,IN\n"))
    assert "name more than once" in twice.err


def test_empty_rows_are_passed_over_and_counted_as_a_spreadsheet_counts_them(
    installed: Gehoor, tmp_path: Path
) -> None:
    table = 'code,name,country\n\n,,\nA1,"Two\nlines",IN\n\n?,Name,IN\n'
    read = installed("sites", "import", _file(tmp_path, table))
    assert "row 6: code" in read.err
    assert "1 sites added" in read.out


def test_a_row_that_says_the_same_again_is_refused(installed: Gehoor, tmp_path: Path) -> None:
    table = "code,name,country\nA1,Quarry,IN\nA1,Quarry,IN\n"
    read = installed("sites", "import", _file(tmp_path, table))
    assert "row 3: says the same as row 2" in read.err


def test_a_namesake_under_another_code_is_kept_and_pointed_out(
    installed: Gehoor, tmp_path: Path
) -> None:
    installed("sites", "add", "--code", "A1", "--name", "Old Quarry", "--country", "IN")
    read = installed("sites", "import", _file(tmp_path, "code,name,country\nA2,OLD  quarry,IN\n"))
    assert read.status == 0
    assert "row 2: name: was added, and A1 has the same name and country" in read.out
    assert set(_sites()) == {"A1", "A2"}


def test_a_quotation_mark_that_is_not_closed_refuses_the_table(
    installed: Gehoor, tmp_path: Path
) -> None:
    read = installed("sites", "import", _file(tmp_path, 'code,name,country\nA1,"Quarry,IN\n'))
    assert read.status == 1
    assert "a quotation mark is not closed" in read.err


def test_an_empty_file_and_a_column_twice_are_refused(installed: Gehoor, tmp_path: Path) -> None:
    assert "is empty" in installed("sites", "import", _file(tmp_path, "")).err
    twice = installed("sites", "import", _file(tmp_path, "code,name,country,name\n"))
    assert "name more than once" in twice.err


def test_files_and_tables_without_end_are_refused(
    installed: Gehoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = _file(tmp_path, "code,name,country\nA1,Quarry,IN\nA2,Quarry two,IN\n")
    monkeypatch.setattr(cells, "MOST_ROWS", 1)
    assert "more than 1 rows" in installed("sites", "import", table).err
    monkeypatch.setattr(reading, "MOST_BYTES", 20)
    assert "larger than" in installed("sites", "import", table).err


def test_a_workbook_that_unfolds_into_too_much_is_refused_before_it_is_unfolded(
    installed: Gehoor, tmp_path: Path
) -> None:
    path = Path(_book(tmp_path, ("A1", "Quarry", "IN")))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/bomb.xml", bytes(workbook.MOST_UNFOLDED_BYTES))
    assert path.stat().st_size < 1_000_000
    assert "unfolds into more than" in installed("sites", "import", str(path)).err


def test_entities_in_a_workbook_are_never_unfolded(installed: Gehoor, tmp_path: Path) -> None:
    path = Path(_book(tmp_path, ("A1", "Quarry", "IN")))
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = content["xl/sharedStrings.xml"].decode()
    content["xl/sharedStrings.xml"] = (
        text.replace("?>", f"?>{bomb}", 1).replace("Quarry", "&b;").encode()
    )
    with zipfile.ZipFile(path, "w") as parts:
        for name, data in content.items():
            parts.writestr(name, data)
    read = installed("sites", "import", str(path))
    assert read.status == 1
    assert "cannot be read as a workbook (ValueError)" in read.err
    assert _sites() == {}


def test_a_row_far_down_does_not_keep_anybody_waiting(
    installed: Gehoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "MOST_ROWS", 1000)
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1_000_000, 0, ("A1", "Quarry", "IN"))
    assert "more than 1000 rows" in installed("sites", "import", str(path)).err


def test_a_damaged_old_or_foreign_workbook_is_refused_with_what_to_do(
    installed: Gehoor, tmp_path: Path
) -> None:
    whole = Path(_book(tmp_path, ("A1", "Quarry", "IN"))).read_bytes()
    cut = _file(tmp_path, whole[: len(whole) // 2], "cut.xlsx")
    assert "save it anew" in installed("sites", "import", cut).err
    old = _file(tmp_path, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old.xls")
    assert "save it as XLSX without a password" in installed("sites", "import", old).err
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as parts:
        parts.writestr("letter.txt", "hello")
    assert "save it anew" in installed("sites", "import", str(tmp_path / "zip.xlsx")).err


def test_the_report_names_row_column_and_why_and_runs_nothing(
    installed: Gehoor, tmp_path: Path
) -> None:
    rows = "".join(f"?,=x{number},IN\n" for number in range(60))
    report = tmp_path / "report.csv"
    table = _file(tmp_path, f"code,name,country\n{rows}A1,Quarry,IN\n")
    read = installed("sites", "import", table, "--report", str(report))
    assert "… and 70 more: all are in the report" in read.err
    with report.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert told[0] == ["row", "column", "what", "why"]
    assert len(told) == 121
    assert {(row[0], row[1]) for row in told[1:3]} == {("2", "name"), ("2", "code")}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in told for cell in row)
    again = installed("sites", "import", table, "--report", str(report))
    assert "is there already" in again.err


def test_a_column_that_a_table_lacks_changes_nothing(installed: Gehoor, tmp_path: Path) -> None:
    full = "code,name,country,workers,name_hi,os_id\nA1,Quarry,IN,80,खदान," + OS_ID + "\n"
    installed("sites", "import", _file(tmp_path, full))
    installed("sites", "import", _file(tmp_path, "code,name,country,workers\nA1,Pit,IN,\n"))
    site = _sites()["A1"]
    assert (site.name, site.workers, site.os_id) == ("Pit", None, OS_ID)
    assert site.name_in("hi") == "खदान"


def test_open_supply_hubs_download_is_read_with_its_ids(installed: Gehoor, tmp_path: Path) -> None:
    read = installed("sites", "import", _file(tmp_path, THEIRS + FACILITY))
    assert read.status == 0
    site = _sites()[OS_ID]
    assert (site.os_id, site.name, site.country) == (OS_ID, "Sample Spinning", "IN")
    assert (site.address, site.latitude) == ("12 Mill Road, Jaipur", 26.91)
    assert (site.kind, site.is_active) == (SiteKind.FACTORY, True)
    assert site.workers == 120, "the lowest number hides most (K2)"


def test_their_row_is_about_the_site_that_has_its_id(installed: Gehoor, tmp_path: Path) -> None:
    ours = f"code,name,country,os_id\nRJ3,Spinning,IN,{OS_ID}\n"
    installed("sites", "import", _file(tmp_path, ours))
    closed = FACILITY.replace("False", "True")
    read = installed("sites", "import", _file(tmp_path, THEIRS + closed))
    assert "0 sites added, 1 changed" in read.out
    site = _sites()["RJ3"]
    assert (site.name, site.is_active) == ("Sample Spinning", False)


def test_an_id_that_is_none_or_another_sites_is_refused(installed: Gehoor, tmp_path: Path) -> None:
    table = f"code,name,country,os_id\nA1,One,IN,{OS_ID}\nA2,Two,IN,{OS_ID}\nA3,Three,IN,IN-12\n"
    read = installed("sites", "import", _file(tmp_path, table))
    assert f"row 3: os_id: {OS_ID} is the site A1 already" in read.err
    assert "row 4: os_id: is no OS ID" in read.err


def test_a_long_table_says_how_far_it_is_and_is_read_again_without_twins(
    installed: Gehoor, tmp_path: Path
) -> None:
    rows = "".join(f"A{number},Place {number},IN\n" for number in range(2_100))
    table = _file(tmp_path, "code,name,country\n" + rows)
    read = installed("sites", "import", table)
    assert "Keeping rows: 2100 of 2100" in read.out
    assert "0 sites added, 0 changed" in installed("sites", "import", table).out
    assert len(_sites()) == 2_100
