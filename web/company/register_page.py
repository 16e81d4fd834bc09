"""The anonymised register: a quarter's released numbers, and summaries that reporters approved.

No free filter and no day narrower than a quarter, so that no two looks can be taken from each other
(K4).
"""

import re

from aiohttp import web

from intake.ports import Transaction
from monitoring.overview.company import SharedSummary, shared_summaries
from register.particulars import Group, Theme
from web.company.figures import group_table, place_table
from web.company.house import COMPANY, own_organisation, view_for
from web.company.limit_lines import limit_lines
from web.company.places import PlaceNames
from web.inside.frame import inside, words_of
from web.inside.words import GROUP_WORDS, THEME_WORDS
from web.sign_in.doorkeeper import Person

PAGE = 20
_ID = re.compile(r"[a-z2-7]{26}")


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """One quarter; the newest one where the address names none that is shown."""
    view, words = await view_for(request, person), words_of(person)
    asked = request.query.get("quarter", "")
    quarter = next((each for each in view.quarters if str(each.quarter) == asked), view.quarters[0])
    themes = {theme: words.text(THEME_WORDS[theme]) for theme in Theme}
    groups = {group: words.text(GROUP_WORDS[group]) for group in Group}
    summaries, after = await _summaries(request, person)
    return inside(
        request,
        person,
        "company/register.html",
        quarter=str(quarter.quarter),
        quarters=tuple(str(each.quarter) for each in view.quarters),
        by_place=place_table(
            quarter, PlaceNames(view.sites, person.language, words), themes, words
        ),
        by_group=group_table(quarter, themes, groups, words),
        limits=limit_lines(quarter, words),
        summaries=summaries,
        next_summaries="" if after is None else f"/company/register?after={after}#summaries",
    )


async def _summaries(
    request: web.Request, person: Person
) -> tuple[tuple[SharedSummary, ...], str | None]:
    """A page of summaries, and after which one the next page begins."""
    asked = request.query.get("after", "")
    after = asked if _ID.fullmatch(asked) else None

    def unit(tx: Transaction) -> tuple[SharedSummary, ...]:
        own = own_organisation(tx, person)
        if own is None:
            return ()
        return shared_summaries(tx, own, after=after, limit=PAGE + 1)

    found = await request.app[COMPANY].storage.read(unit)
    shown = found[:PAGE]
    return shown, shown[-1].id if len(found) > PAGE else None
