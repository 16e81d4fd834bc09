"""Open Supply Hub's facility download (CSV or XLSX), put into our columns.

Its heading begins with os_id, contribution_date, name, address, country_code, country_name, lat,
lng, sector; then come contributors, number_of_workers, facility_type, claims and is_closed. What we
have no column for is left out. The OS ID is kept, and is the site's code too: it has letters and
digits only. Where several contributors differ, their values stand in one cell with bars between.

Theory of the number of workers. Contributors say one number or a band, and differ. The lowest is
taken, because too high a number would show figures of a small site that must stay hidden (K2).

Called by `service.site_rows`.
"""

import re
from collections.abc import Mapping, Sequence

from register.sites import SiteKind

_TELLING = frozenset({"os_id", "country_code", "lat", "lng"})
_NUMBER = re.compile(r"\d+")
_KINDS: tuple[tuple[str, str, SiteKind], ...] = (
    ("facility_type", "office", SiteKind.OFFICE),
    ("facility_type", "raw material", SiteKind.PROCESSING),
    ("facility_type", "final product assembly", SiteKind.FACTORY),
    ("sector", "quarr", SiteKind.QUARRY),
    ("sector", "mining", SiteKind.MINE),
    ("sector", "agricult", SiteKind.FARM),
    ("sector", "farm", SiteKind.FARM),
    ("facility_type", "", SiteKind.FACTORY),
)
"""The first whose column holds these letters counts; the last: any type that was told."""


def is_their_heading(heading: Sequence[str]) -> bool:
    """True if these columns are of their download."""
    return _TELLING.issubset(heading) and "code" not in heading


def ours_from_theirs(cells: Mapping[str, str]) -> dict[str, str]:
    """A row of theirs in our columns; a column that they left out is left out."""
    given = {
        "code": cells.get("os_id", ""),
        "os_id": cells.get("os_id", ""),
        "name": cells.get("name", ""),
        "address": cells.get("address", ""),
        "country": cells.get("country_code", ""),
        "latitude": cells.get("lat", ""),
        "longitude": cells.get("lng", ""),
    }
    if "number_of_workers" in cells:
        given["workers"] = _fewest(cells["number_of_workers"])
    if "facility_type" in cells:
        given["kind"] = _kind(cells)
    if "is_closed" in cells:
        given["closed"] = "yes" if cells["is_closed"].casefold() in {"true", "yes"} else "no"
    return given


def _fewest(cell: str) -> str:
    """The lowest number in `120|100-200`; empty where there is none."""
    numbers = [int(each) for each in _NUMBER.findall(cell.replace(",", ""))]
    return str(min(numbers)) if numbers else ""


def _kind(cells: Mapping[str, str]) -> str:
    for column, letters, kind in _KINDS:
        cell = cells.get(column, "").casefold()
        if cell and letters in cell:
            return kind.value
    return SiteKind.OTHER.value
