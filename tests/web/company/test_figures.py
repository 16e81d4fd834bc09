"""Tables of numbers: what may be shown stands first, and the rest is named but quiet."""

from datetime import date

from locales.catalogue import catalogue
from locales.files import Domain
from monitoring.overview.company import QuarterView
from register.particulars import Group, Theme
from register.places import Place, PlaceKind
from register.quarters import Quarter
from register.release import Cell
from web.company.figures import HIDDEN, NumberTable, group_table, place_table
from web.company.places import PlaceNames
from web.inside.words import GROUP_WORDS, THEME_WORDS

WORDS = catalogue("en", Domain.DESK)
PLACES = ("CN", "BR", "IN")


def quarter(*cells: Cell) -> QuarterView:
    places = (Place(kind=PlaceKind.COUNTRY, name=name, site_ids=()) for name in PLACES)
    return QuarterView(
        quarter=Quarter.of(date(2026, 9, 1)), places=tuple(places), cells=cells, limits=()
    )


def cell(number: int, *, place: str | None = None, theme: Theme | None = None) -> Cell:
    key = None if place is None else f"country:{place}"
    return Cell(place=key, theme=theme, group=None, number=number)


def by_place(*cells: Cell) -> NumberTable:
    names = PlaceNames((), "en", WORDS)
    return place_table(quarter(*cells), names, THEME_WORDS, WORDS)


def test_rows_and_columns_with_numbers_come_first() -> None:
    table = by_place(
        cell(9, place="IN", theme=Theme.LAND_RIGHTS),
        cell(9, place="IN"),
        cell(14),
    )
    assert table.columns[:3] == ("All themes", "Land rights", "Discrimination and gender")
    assert [row.numbers[:3] for row in table.rows] == [("9", "9", HIDDEN)]
    assert [row.numbers[:2] for row in table.totals] == [("14", HIDDEN)]


def test_the_place_with_the_largest_number_stands_on_top() -> None:
    table = by_place(cell(6, place="CN"), cell(12, place="IN"), cell(12, place="BR"))
    assert [row.numbers[0] for row in table.rows] == ["12", "12", "6"]
    assert "Brazil" in table.rows[0].name


def test_places_without_a_number_are_named_in_words_and_nothing_else() -> None:
    table = by_place(cell(9, place="IN"))
    assert [name.translate({0x2068: None, 0x2069: None}) for name in table.others] == [
        "Small sites in Brazil",
        "Small sites in China",
    ]


def test_a_quarter_in_which_nothing_may_be_shown_has_no_numbers() -> None:
    table = by_place()
    assert not table.has_numbers
    assert table.rows == ()
    assert len(table.others) == len(PLACES)
    assert not group_table(quarter(), THEME_WORDS, GROUP_WORDS, WORDS).has_numbers


def test_a_total_alone_is_a_number() -> None:
    assert by_place(cell(30)).has_numbers


def test_groups_stand_by_theme_over_all_places() -> None:
    released = Cell(place=None, theme=Theme.LIVING_WAGE, group=Group.WOMEN, number=11)
    table = group_table(quarter(released), THEME_WORDS, GROUP_WORDS, WORDS)
    assert table.columns[0] == "Women"
    assert [(row.name, row.numbers[0]) for row in table.rows] == [("Living wage", "11")]
    assert "Health and safety" in table.others


def test_small_sites_that_others_have_too_are_named_so() -> None:
    names = PlaceNames((), "en", WORDS)
    plain, shared = (
        names.of(key).translate({0x2068: None, 0x2069: None})
        for key in ("region:IN/A~b", "region~00ff00ff:IN/A~b")
    )
    assert plain == "Small sites in A~b, India"
    assert shared == "Small sites in A~b, India (shared with other companies)"
