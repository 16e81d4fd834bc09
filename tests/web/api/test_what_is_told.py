"""The interface tells what the company's pages show, cell by cell, and not a thing more."""

from accounts.api_tokens import Scope
from monitoring.overview.company import shown_quarters
from register.particulars import Group, Theme
from register.places import places_of
from register.quarters import Quarter
from register.release import Cell, Release, Thresholds
from tests.house import IMPORTER, QUARRY
from tests.web.company.test_pages import quarter_of_wages, row_of
from tests.web.inside_house import OLGA, Inside
from tests.web.programs import program
from web.inside.words import THEME_WORDS

FIRST = Quarter(year=2026, number=1)


async def release_of(inside: Inside, *cells: Cell) -> None:
    """A release of the first quarter with these cells."""
    made = Release(
        organisation_id=IMPORTER.id,
        quarter=FIRST,
        released_on=inside.house.clock.today,
        thresholds=Thresholds(),
        places=places_of((QUARRY,)),
        cells=cells,
    )
    await inside.house.database.transaction(lambda tx: tx.releases.put(made))


async def test_a_quarters_figures_are_those_of_the_page(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga, mine = await inside.signs_in(OLGA.id), await program(inside)
    shown = row_of((await olga.goes("/company/register?quarter=2026-Q3")).html, QUARRY.name)
    told = (await mine.asks("/api/v1/quarters/2026-Q3")).content
    quarry = next(each for each in told["places"] if each["name"] == QUARRY.name)
    assert quarry["kind"] == "site"
    of_quarry = {
        each["theme"]: each["people"]
        for each in told["figures"]
        if each["place"] == quarry["place"] and each["affected_group"] is None
    }
    for theme in Theme:
        number = of_quarry.get(theme)
        wanted = "–too few to show" if number is None else str(number)
        assert shown[THEME_WORDS[theme]] == wanted, theme
    assert 9 in of_quarry.values()


async def test_a_released_cell_that_no_page_has_a_place_for_is_not_told(inside: Inside) -> None:
    key, wages = f"site:{QUARRY.id}", Theme.LIVING_WAGE
    finer = (
        Cell(place=key, theme=wages, group=Group.MEN, number=7771),
        Cell(place=key, theme=None, group=Group.MEN, number=7772),
        Cell(place=None, theme=None, group=Group.MEN, number=7773),
    )
    await release_of(inside, *finer, Cell(place=None, theme=wages, group=Group.MEN, number=7774))
    told = (await (await program(inside)).asks("/api/v1/quarters/2026-Q1")).text
    assert "7774" in told
    for number in ("7771", "7772", "7773"):
        assert number not in told
    olga = await inside.signs_in(OLGA.id)
    page = (await olga.goes("/company/register?quarter=2026-Q1")).html
    assert "7774" in page
    for number in ("7771", "7772", "7773"):
        assert number not in page


async def test_the_same_quarters_are_listed_whether_or_not_anything_was_heard(
    inside: Inside,
) -> None:
    mine = await program(inside)
    quiet = (await mine.asks("/api/v1/quarters")).content["quarters"]
    assert len(quiet) == 8
    assert quiet[0]["quarter"] == "2026-Q2"
    for each in quiet:
        told = await mine.asks(each["href"])
        assert told.content["figures"] == []
    assert (quiet[0]["first_day"], quiet[0]["last_day"]) == ("2026-04-01", "2026-06-30")


async def test_what_comes_in_now_changes_no_answer(inside: Inside) -> None:
    await quarter_of_wages(inside)
    mine = await program(inside)
    addresses = ("/api/v1/quarters", "/api/v1/quarters/2026-Q3", "/api/v1/deadlines")
    before = [(await mine.asks(each)).content for each in addresses]
    for theme in ("child_labour", "living_wage"):
        await inside.filed(theme=theme, danger="yes", people="hundreds", group="children")
    assert [(await mine.asks(each)).content for each in addresses] == before


async def test_deadlines_are_those_of_the_pages(inside: Inside) -> None:
    await quarter_of_wages(inside)
    mine, olga = await program(inside, Scope.RELEASES), await inside.signs_in(OLGA.id)
    views = await inside.house.database.read(
        lambda tx: shown_quarters(tx, IMPORTER.id, (QUARRY,), inside.house.clock.today)
    )
    for view in views:
        told = (await mine.asks(f"/api/v1/deadlines?quarter={view.quarter}")).content
        assert [(each["kept"], each["missed"]) for each in told["deadlines"]] == [
            (each.in_time, each.missed) for each in view.limits
        ]
        page = await olga.goes(f"/company/register?quarter={view.quarter}")
        for each in told["deadlines"]:
            for number in (each["kept"], each["missed"]):
                assert number is None or f'<td class="number">{number}</td>' in page.html
    assert (await mine.asks("/api/v1/deadlines")).content["quarter"] == str(views[0].quarter)
    for wrong in ("1999-Q1", "2026-Q4", "x", ""):
        assert (await mine.asks(f"/api/v1/deadlines?quarter={wrong}")).status == 400
    assert any(
        each["missed"] for each in (await mine.asks("/api/v1/deadlines")).content["deadlines"]
    )


async def test_no_story_case_or_receipt_is_in_any_answer(inside: Inside) -> None:
    refs = await quarter_of_wages(inside)
    mine = await program(inside)
    for address in ("quarters/2026-Q3", "deadlines", "summaries", "score", "quarters"):
        told = (await mine.asks(f"/api/v1/{address}")).text
        assert "CANARY-STORY" not in told
        assert not any(ref in told for ref in refs)
