"""Released figures and time limits, quarter by quarter, as the company's register shows them."""

from collections.abc import Mapping
from typing import Any

from locales.sentences import unfenced
from monitoring.overview.company import QuarterView, shown_quarters
from register.release import Cell
from register.sites import Site
from web.api.asked import Asked, CannotAnswer
from web.api.house import ApiTransaction
from web.company.figures import cells_on_pages
from web.company.places import PlaceNames

QUARTERS = "/api/v1/quarters"
_NOT_SHOWN = f"There is no such quarter, or it is not shown (any more): {QUARTERS} lists those."


async def quarters(asked: Asked) -> object:
    """Those that are shown: always the same number, whether or not anything was heard."""
    views, _ = await _shown(asked)
    return {
        "quarters": [
            {
                "quarter": str(each.quarter),
                "first_day": each.quarter.first_day.isoformat(),
                "last_day": each.quarter.last_day.isoformat(),
                "href": f"{QUARTERS}/{each.quarter}",
            }
            for each in views
        ]
    }


async def quarter(asked: Asked) -> object:
    """One of them: its rows, and the numbers that stand on the company's page."""
    language, words = asked.language, asked.words
    views, sites = await _shown(asked)
    view = _called(views, asked.request.match_info["quarter"], 404)
    names = PlaceNames(sites, language, words)
    return {
        "quarter": str(view.quarter),
        "places": [
            {"place": each.key, "kind": each.kind, "name": unfenced(names.of(each.key))}
            for each in view.places
        ],
        "figures": [_figure(each) for each in cells_on_pages(view)],
    }


async def deadlines(asked: Asked) -> object:
    """How the limits of a quarter were kept; of the newest where none is named."""
    views, _ = await _shown(asked)
    named = asked.request.query.get("quarter")
    view = views[0] if named is None else _called(views, named, 400)
    return {
        "quarter": str(view.quarter),
        "deadlines": [
            {"kind": each.kind, "kept": each.in_time, "missed": each.missed} for each in view.limits
        ],
    }


async def _shown(asked: Asked) -> tuple[tuple[QuarterView, ...], tuple[Site, ...]]:
    own, today = asked.organisation_id, asked.api.today

    def unit(tx: ApiTransaction) -> tuple[tuple[QuarterView, ...], tuple[Site, ...]]:
        sites = tx.sites.sites_of(own)
        return shown_quarters(tx, own, sites, today), sites

    return await asked.api.storage.read(unit)


def _called(views: tuple[QuarterView, ...], name: str, status: int) -> QuarterView:
    found = next((each for each in views if str(each.quarter) == name), None)
    if found is None:
        raise CannotAnswer(status, _NOT_SHOWN)
    return found


def _figure(cell: Cell) -> Mapping[str, Any]:
    return {
        "place": cell.place,
        "theme": cell.theme,
        "affected_group": cell.group,
        "people": cell.number,
    }
