"""What stands on the register's page, to take away: a quarter's numbers, and the summaries.

A table has a cell for every number that the page has a place for, and the cell is empty where the
page shows a dash: which rows and columns there are depends on nothing that was heard.
"""

from collections.abc import Iterator

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.overview.company import CompanyView, QuarterView, SharedSummary, shared_summaries
from register.particulars import Group, Theme
from web.company.downloads import csv_file, workbook_file
from web.company.house import COMPANY, own_organisation, view_for
from web.company.places import PlaceNames
from web.company.words import LIMIT_WORDS
from web.inside.frame import words_of
from web.inside.words import GROUP_WORDS, THEME_WORDS
from web.ports import Cell, Sheet
from web.sign_in.doorkeeper import Person

NUMBERS = "/company/register/numbers"
SUMMARIES = "/company/register/summaries"
_AT_ONCE = 500


async def numbers_as_csv(request: web.Request, person: Person) -> web.StreamResponse:
    """One line a number: where, what about, who, how many."""
    view, words = await view_for(request, person), words_of(person)
    quarter = _asked(request, view)
    heading = (
        words.text(N_("Quarter")),
        words.text(N_("Place")),
        words.text(N_("Theme")),
        words.text(N_("Most affected")),
        words.text(N_("People")),
    )
    lines = _lines(quarter, PlaceNames(view.sites, person.language, words), words)
    rows = ((str(quarter.quarter), *line) for line in lines)
    return csv_file(request, "numbers", Sheet(name="numbers", rows=(heading, *rows)))


async def numbers_as_workbook(request: web.Request, person: Person) -> web.StreamResponse:
    """The page's tables, each in a sheet of its own."""
    view, words = await view_for(request, person), words_of(person)
    quarter = _asked(request, view)
    names = PlaceNames(view.sites, person.language, words)
    sheets = (_by_place(quarter, names, words), _by_group(quarter, words), _limits(quarter, words))
    return await workbook_file(request, "numbers", sheets, request.app[COMPANY].workbook)


async def summaries_as_csv(request: web.Request, person: Person) -> web.StreamResponse:
    """All that are shared now."""
    words = words_of(person)

    def unit(tx: Transaction) -> tuple[SharedSummary, ...] | None:
        own = own_organisation(tx, person)
        return None if own is None else tuple(_every_summary(tx, own))

    found = await request.app[COMPANY].storage.read(unit)
    if found is None:
        raise web.HTTPForbidden
    heading = (words.text(N_("Shared in")), words.text(N_("Summary")))
    rows = ((str(each.shared_in), each.words) for each in found)
    return csv_file(request, "summaries", Sheet(name="summaries", rows=(heading, *rows)))


def _every_summary(tx: Transaction, organisation_id: str) -> Iterator[SharedSummary]:
    after: str | None = None
    while found := shared_summaries(tx, organisation_id, after=after, limit=_AT_ONCE):
        yield from found
        after = found[-1].id


def _asked(request: web.Request, view: CompanyView) -> QuarterView:
    """The quarter that the address names, else the newest; 404 for one that is not shown."""
    asked = request.query.get("quarter", str(view.quarters[0].quarter))
    found = next((each for each in view.quarters if str(each.quarter) == asked), None)
    if found is None:
        raise web.HTTPNotFound
    return found


def _lines(quarter: QuarterView, names: PlaceNames, words: Catalogue) -> Iterator[tuple[Cell, ...]]:
    everywhere, all_themes = words.text(N_("All places")), words.text(N_("All themes"))
    everybody = words.text(N_("Everybody"))
    places = {place.key: names.of(place.key) for place in quarter.places}
    for place in (None, *places):
        for theme in (None, *Theme):
            yield (
                everywhere if place is None else places[place],
                all_themes if theme is None else words.text(THEME_WORDS[theme]),
                everybody,
                quarter.number(place=place, theme=theme),
            )
    for theme in Theme:
        for group in Group:
            yield (
                everywhere,
                words.text(THEME_WORDS[theme]),
                words.text(GROUP_WORDS[group]),
                quarter.number(theme=theme, group=group),
            )


def _by_place(quarter: QuarterView, names: PlaceNames, words: Catalogue) -> Sheet:
    themes = (words.text(THEME_WORDS[theme]) for theme in Theme)
    heading = (words.text(N_("Place")), words.text(N_("All themes")), *themes)
    places = {place.key: names.of(place.key) for place in quarter.places}
    rows = (
        (
            words.text(N_("All places")) if place is None else places[place],
            *(quarter.number(place=place, theme=theme) for theme in (None, *Theme)),
        )
        for place in (*places, None)
    )
    return Sheet(name=words.text(N_("By place")), rows=(heading, *rows))


def _by_group(quarter: QuarterView, words: Catalogue) -> Sheet:
    groups = (words.text(GROUP_WORDS[group]) for group in Group)
    heading = (words.text(N_("Theme")), *groups)
    rows = (
        (
            words.text(THEME_WORDS[theme]),
            *(quarter.number(theme=theme, group=group) for group in Group),
        )
        for theme in Theme
    )
    return Sheet(name=words.text(N_("By who is most affected")), rows=(heading, *rows))


def _limits(quarter: QuarterView, words: Catalogue) -> Sheet:
    heading = (words.text(N_("Promise")), words.text(N_("Kept")), words.text(N_("Missed")))
    rows = (
        (words.text(LIMIT_WORDS[each.kind]), each.in_time, each.missed) for each in quarter.limits
    )
    return Sheet(name=words.text(N_("Time limits")), rows=(heading, *rows))
