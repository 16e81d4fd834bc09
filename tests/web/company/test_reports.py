"""Reports as PDF and as pages: the same facts as the officer's pages, and none beside them."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from service.paper.press import print_apart
from tests.house import ASHA, IMPORTER
from tests.service.printing import kinds_in, needs_pango, words_in
from tests.web.company.test_pages import quarter_of_wages, without_isolates
from tests.web.company.test_requests import ASKED, asks, requests, shared
from tests.web.desk.test_acts import SUMMARY
from tests.web.inside_house import OLGA, RIVAL, TOLD, Inside, inside_house
from tests.web.visiting import Visiting
from web.company.print_room import PrintRoom
from web.company.report_content import ReportKind
from web.ports import PrintingFault

REPORTS = "/company/reports"
KINDS = tuple(ReportKind)


@pytest.fixture
async def printing(tmp_path: Path) -> AsyncIterator[Inside]:
    """A house that can print."""
    async with inside_house(tmp_path, printer=print_apart) as house:
        yield house


async def pdf(inside: Inside, officer: Visiting, kind: str, query: str = "") -> bytes:
    address = f"{inside.base}{REPORTS}/{kind}.pdf{query}"
    cookie = {"Cookie": f"desk={officer.cookies['desk']}"}
    async with officer.session.get(address, headers=cookie) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.content_type == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="report-{kind}.pdf"'
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        return await answer.read()


@needs_pango
async def test_the_annual_report_has_every_part_numbered_pages_and_a_picture(
    printing: Inside,
) -> None:
    await quarter_of_wages(printing)
    olga = await printing.signs_in(OLGA.id)
    made = await pdf(printing, olga, "annual")
    said = without_isolates(words_in(made))
    for wanted in (
        IMPORTER.name,
        "Annual report",
        "Made on",
        "What is in it",
        "What the numbers mean, and what is not shown",
        "People are counted, not messages",
        "What people reported",
        "Time limits, kept and missed",
        "Risks, in the order in which they are dealt with",
        "What was asked, and what was answered",
        "Score with its evidence",
        f"{IMPORTER.name} – Annual report 2 / ",
    ):
        assert wanted in said, wanted
    kinds = kinds_in(made)
    assert [kind for kind, _ in kinds].count("/H1") == 1
    assert {"/Table", "/TH", "/TD", "/L", "/H2", "/H3"} <= {kind for kind, _ in kinds}
    (picture,) = [words for kind, words in kinds if kind == "/Figure"]
    assert "likelihood from left to right" in picture


@needs_pango
async def test_a_pdf_says_what_it_is_to_screen_readers(printing: Inside) -> None:
    olga = await printing.signs_in(OLGA.id)
    made = await pdf(printing, olga, "limits")
    with pikepdf.open(io.BytesIO(made)) as document:
        about = document.Root.Metadata.read_bytes().decode("utf-8")
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert 'pdfuaid:part="1"' in about
    assert "Time limits, kept and missed" in about


@needs_pango
async def test_the_figures_are_those_of_the_page_and_what_is_hidden_stays_so(
    printing: Inside,
) -> None:
    """Nine people on wages are shown; three and four, whom the page hides, are a dash here too."""
    await quarter_of_wages(printing)
    olga = await printing.signs_in(OLGA.id)
    page = await olga.goes("/company/register")
    said = without_isolates(words_in(await pdf(printing, olga, "figures")))
    assert "People who reported, by place and theme" in page.text
    assert "All places 24 9 – – – – – – – –" in said
    table = said.split("Place All themes", 1)[1].split("Nothing can be shown", 1)[0]
    assert table.count("–") == 2 * 8
    assert "Rajnagar Quarry 3 24 9 – – – – – – – –" in said


@pytest.mark.parametrize("kind", KINDS)
async def test_every_report_is_a_page_for_the_browser_too(inside: Inside, kind: str) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(f"{REPORTS}/{kind}")
    assert page.status == 200
    assert IMPORTER.name in page.text
    assert "<style" not in page.html
    assert "style=" not in page.html
    assert page.html.count("<h1>") == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_that_anybody_told_is_in_a_report(inside: Inside, kind: str) -> None:
    refs = await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(f"{REPORTS}/{kind}")
    assert TOLD not in page.text
    assert ASHA.name not in page.text
    assert not [ref for ref in refs if ref in page.html]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_comes_in_now_changes_no_report(inside: Inside, kind: str) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    before = (await olga.goes(f"{REPORTS}/{kind}")).html
    await inside.filed(theme="child_labour")
    assert (await olga.goes(f"{REPORTS}/{kind}")).html == before


@pytest.mark.parametrize("kind", KINDS)
async def test_another_company_has_reports_of_its_own_alone(inside: Inside, kind: str) -> None:
    await quarter_of_wages(inside)
    rival = await inside.signs_in(RIVAL.id)
    page = await rival.goes(f"{REPORTS}/{kind}")
    assert page.status == 200
    assert IMPORTER.name not in page.text
    assert "Rajnagar" not in page.text


@pytest.mark.parametrize("path", ["", "/annual", "/annual.pdf"])
async def test_a_handler_has_no_reports_of_a_company(inside: Inside, path: str) -> None:
    asha = await inside.signs_in(ASHA.id)
    assert (await asha.goes(f"{REPORTS}{path}")).status == 403


@pytest.mark.parametrize(
    "path",
    ["/other", "/other.pdf", "/figures?quarter=2019-Q1", "/figures.pdf?quarter=x", "/ANNUAL.pdf"],
)
async def test_a_report_that_there_is_not_is_not_found(inside: Inside, path: str) -> None:
    olga = await inside.signs_in(OLGA.id)
    assert (await olga.goes(f"{REPORTS}{path}")).status == 404


async def test_the_list_leads_to_each_report_both_ways(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(REPORTS)
    for kind in KINDS:
        query = "?quarter=" if kind is ReportKind.FIGURES else '"'
        assert f'href="{REPORTS}/{kind}.pdf{query}' in page.html
        assert f'href="{REPORTS}/{kind}{query}' in page.html
    # A browser would keep the page that says why there is none, in place of showing it.
    assert " download" not in page.html


async def test_where_nothing_is_printed_a_page_says_so_and_offers_the_browser(
    inside: Inside,
) -> None:
    olga = await inside.signs_in(OLGA.id)
    quarter = (await olga.goes("/company/register")).title.split()[1]
    page = await olga.goes(f"{REPORTS}/figures.pdf?quarter={quarter}")
    assert page.status == 409
    assert "PDF files cannot be made here" in page.text
    assert f'href="{REPORTS}/figures?quarter={quarter}"' in page.html
    assert (await olga.goes(f"{REPORTS}/figures?quarter={quarter}")).status == 200


async def test_a_pdf_that_fails_says_so(tmp_path: Path) -> None:
    async def fails(_html: str, _language: str) -> PrintingFault:
        return PrintingFault.FAILED

    async with inside_house(tmp_path, printer=fails) as house:
        olga = await house.signs_in(OLGA.id)
        page = await olga.goes(f"{REPORTS}/risks.pdf")
        assert (page.status, "The PDF could not be made." in page.text) == (409, True)


async def test_one_report_at_a_time_is_made_for_a_company_and_pages_go_on(tmp_path: Path) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(_html: str, _language: str) -> bytes:
        begun.set()
        await may_end.wait()
        return b"%PDF-1.7"

    async with inside_house(tmp_path, printer=slow) as house:
        olga = await house.signs_in(OLGA.id)
        first = asyncio.create_task(pdf(house, olga, "risks"))
        await begun.wait()
        second = await olga.goes(f"{REPORTS}/score.pdf")
        assert second.status == 409
        assert "A report is being made already" in second.text
        assert (await olga.goes("/company")).status == 200
        may_end.set()
        assert await first == b"%PDF-1.7"
        assert await pdf(house, olga, "score") == b"%PDF-1.7"


async def test_a_browser_that_goes_away_leaves_its_turn_until_the_report_is_made() -> None:
    may_end = asyncio.Event()

    async def slow(html: str, _language: str) -> bytes:
        await may_end.wait()
        return html.encode()

    room = PrintRoom(slow)
    gone = asyncio.create_task(room.printed("one", "a", "en"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await room.printed("one", "b", "en") is PrintingFault.BUSY
    other = asyncio.create_task(room.printed("two", "c", "en"))
    may_end.set()
    assert await other == b"c"
    assert await room.printed("one", "d", "en") == b"d"


async def test_a_printer_that_breaks_leaves_room_for_the_next() -> None:
    async def breaks(_html: str, _language: str) -> bytes:
        raise RuntimeError

    room = PrintRoom(breaks)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await room.printed("one", "a", "en")


@needs_pango
async def test_a_dutch_officer_has_a_dutch_report(printing: Inside) -> None:
    dutch = replace(printing.accounts[OLGA.id], language="nl")
    await printing.house.database.transaction(lambda tx: tx.accounts.put(dutch))
    await quarter_of_wages(printing)
    olga = await printing.signs_in(OLGA.id)
    said = words_in(await pdf(printing, olga, "annual"))
    assert "Jaarverslag" in said
    assert "What " not in said


@needs_pango
async def test_five_thousand_characters_stay_on_their_pages(printing: Inside) -> None:
    filed, asha = await shared(printing)
    await asks(asha)
    (asked,) = await requests(printing, filed)
    olga = await printing.signs_in(OLGA.id)
    await olga.goes(f"/company/requests/{asked.id}")
    endless = "W" * 2_400 + " " + "stone dust " * 233 + "the end"
    await olga.presses("Send the answer", kind="explanation", words=endless)
    made = await pdf(printing, olga, "requests")
    said = words_in(made)
    assert ASKED in said
    assert "stone dust the end" in said
    assert SUMMARY not in said
    # Fifty of the widest letters fill a line: an endless word is broken and not cut off.
    assert max(len(word) for word in said.split()) < 80
    assert said.count("W") >= 2_400
