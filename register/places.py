"""The rows of a release: large sites by themselves, small ones together (K2).

A site with fewer than 50 workers, or an unknown number, would point at its few people. It counts in
the row of its region; a region with fewer than three such sites in its country's; a country with
fewer than three in "elsewhere". Which row a site is in depends on who has which sites alone, never
on who reported, so that the rows themselves say nothing.

Sites that several organisations have are a part of their own: those that the very same ones have.
A row lies within one part and has the same sites for each of them, or their rows could be taken
from each other: three small sites here, the same three and a fourth there, and the fourth is bare.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from register.sites import Site

SMALL_SITE_WORKERS = 50
"""A site with fewer is small (K2)."""
LEAST_SITES = 3
"""Fewer small sites than this make no row: each would know the others' part of it."""
SHARED = "~"
"""Stands in a row's key between its kind and the mark of those who share it."""
_SEVERAL = 2

Holders: TypeAlias = Mapping[str, frozenset[str]]
"""The ids of the organisations that have a site, by its id."""


class PlaceKind(StrEnum):
    """How much a row covers."""

    SITE = "site"
    REGION = "region"
    COUNTRY = "country"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row. `name` is a site's id, `IN/Rajasthan`, `IN`, or empty for elsewhere."""

    kind: PlaceKind
    name: str
    site_ids: tuple[str, ...]
    shared: str = ""
    """Which organisations have these sites, as a mark; empty for one alone, and for a single site:
    its row is the same for all."""

    @property
    def key(self) -> str:
        """What the row is called in a release."""
        mark = f"{SHARED}{self.shared}" if self.shared else ""
        return f"{self.kind}{mark}:{self.name}"

    @property
    def is_telling(self) -> bool:
        """True if the row is few sites that are small, so that nothing of it is ever shown."""
        return self.kind is not PlaceKind.SITE and len(self.site_ids) < LEAST_SITES


def parts_of(
    sites: Iterable[Site], holders: Holders | None = None
) -> tuple[tuple[Place, ...], ...]:
    """The rows for an organisation's sites, by part; each site in exactly one.

    `holders` are the organisations of each site by its id; without them nobody shares any.
    """
    every: dict[frozenset[str], list[Site]] = defaultdict(list)
    for site in sorted(sites, key=lambda site: site.id):
        every[(holders or {}).get(site.id, frozenset())].append(site)
    return tuple(
        tuple(_rows(part, _mark(having)))
        for having, part in sorted(every.items(), key=lambda each: (len(each[0]), sorted(each[0])))
    )


def places_of(sites: Iterable[Site], holders: Holders | None = None) -> tuple[Place, ...]:
    """The rows of all parts, sorted by key."""
    rows = (place for part in parts_of(sites, holders) for place in part)
    return tuple(sorted(rows, key=lambda place: place.key))


def _mark(holders: frozenset[str]) -> str:
    if len(holders) < _SEVERAL:
        return ""
    return hashlib.blake2b(" ".join(sorted(holders)).encode(), digest_size=4).hexdigest()


def _rows(every: list[Site], shared: str) -> list[Place]:
    rows = [
        Place(kind=PlaceKind.SITE, name=site.id, site_ids=(site.id,))
        for site in every
        if not is_small(site)
    ]
    small = [site for site in every if is_small(site)]
    in_regions = _grouped(
        PlaceKind.REGION, ((f"{s.country}/{s.region}", s.id) for s in small), shared
    )
    regions = [place for place in in_regions if not place.is_telling]
    country_of = {site.id: site.country for site in small}
    left = _left(small, regions)
    in_countries = _grouped(PlaceKind.COUNTRY, ((country_of[each], each) for each in left), shared)
    countries = [place for place in in_countries if not place.is_telling]
    elsewhere = _grouped(
        PlaceKind.ELSEWHERE, (("", each) for each in _left(small, [*regions, *countries])), shared
    )
    return [*rows, *regions, *countries, *elsewhere]


def is_small(site: Site) -> bool:
    """True for fewer than 50 workers, and where the number is not known (K2)."""
    return site.workers is None or site.workers < SMALL_SITE_WORKERS


def row_of(places: Iterable[Place]) -> Mapping[str, Place]:
    """The row of each site, by site id."""
    return {site_id: place for place in places for site_id in place.site_ids}


def _left(small: Iterable[Site], taken: Iterable[Place]) -> list[str]:
    placed = {site_id for place in taken for site_id in place.site_ids}
    return [site.id for site in small if site.id not in placed]


def _grouped(kind: PlaceKind, pairs: Iterable[tuple[str, str]], shared: str) -> list[Place]:
    names: dict[str, list[str]] = defaultdict(list)
    for name, site_id in pairs:
        names[name].append(site_id)
    return [
        Place(kind=kind, name=name, site_ids=tuple(ids), shared=shared)
        for name, ids in names.items()
    ]
