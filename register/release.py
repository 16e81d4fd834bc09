"""The only way out for figures: a quarter's counts of an organisation, after the rules K1 to K7.

    K1  a number is shown for at least 5 different people; 10 for a group of one gender or origin,
        and for harassment, union, health and child topics. Settings only raise these.
    K2  small sites are counted together (`register.places`).
    K3  no hidden number can be worked out from shown ones and totals (`register.suppression`).
    K4  whole quarters, when they are over, once: what is late or corrected changes nothing.
    K5  a number is hidden if everybody behind it shares a group, or a theme, that must not stick
        to them.
    K6  there is nothing in it but counts.
    K7  people are counted: each once per place and theme. Totals add these up, and a total is shown
        only if enough different people are behind it.

A hidden number and a zero look the same: they are not there. K5 is about places: who belongs to a
whole chain is known to nobody, so organisation-wide numbers stick to no one.

Organisations that share sites and lay their releases side by side learn nothing more: sites that
the same organisations have are counted in a table of their own (`register.places.parts_of`), and
what was told of it to one of them is told to the others as it is (`earlier`). So no two tables have
a person in common, and whoever holds all of them knows no more than each tells (K3 within each).
An organisation's own totals add up those of its parts that are shown.

Not covered: somebody who knows what all others reported; one who files again and again as somebody
else. Attackers and what they get: docs/decisions/release.md.

Called once a quarter by the operator's round; officers and `monitoring` read the stored release.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, starmap
from typing import NamedTuple, TypeAlias

from register.case import Case
from register.circles import Key
from register.particulars import Group, Theme
from register.places import Holders, Place, parts_of, row_of
from register.quarters import Quarter
from register.sites import Site
from register.suppression import hidden, streams

LEAST_PEOPLE = 5
"""K1, for any number."""
LEAST_PEOPLE_SENSITIVE = 10
"""K1, where a group is told apart and for the sensitive themes."""
SENSITIVE_THEMES = frozenset(
    {
        Theme.DISCRIMINATION_GENDER,
        Theme.FREEDOM_OF_ASSOCIATION,
        Theme.HEALTH_SAFETY,
        Theme.CHILD_LABOUR,
    }
)
"""Harassment, union, health and child topics (K1)."""
SENSITIVE_GROUPS = frozenset({Group.WOMEN, Group.MEN, Group.CHILDREN, Group.MIGRANTS})
"""Groups that say something of each person in them (K5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How many different people a shown number needs."""

    people: int = LEAST_PEOPLE
    people_sensitive: int = LEAST_PEOPLE_SENSITIVE

    def __post_init__(self) -> None:
        """Raises ValueError for thresholds that a company may not have (K1)."""
        if self.people < LEAST_PEOPLE:
            raise ValueError(f"a number needs at least {LEAST_PEOPLE} people")
        if self.people_sensitive < max(self.people, LEAST_PEOPLE_SENSITIVE):
            raise ValueError(f"a sensitive number needs at least {LEAST_PEOPLE_SENSITIVE} people")

    def to_show(self, key: Key) -> int:
        """How many people a number needs to be shown."""
        _, theme, group = key
        is_sensitive = group in SENSITIVE_GROUPS or theme in SENSITIVE_THEMES
        return self.people_sensitive if is_sensitive else self.people

    def to_leave_open(self, key: Key) -> int:
        """How high a hidden number must still seem possible.

        That is what its theme needs: a number by group lies within one that is shown for fewer.
        """
        _, theme, _ = key
        return self.people_sensitive if theme in SENSITIVE_THEMES else self.people


class Report(NamedTuple):
    """What is counted of a case. A million of them are read for one release: hence no dataclass."""

    reporter_tag: Hashable
    """The same for one person within a quarter (K7)."""
    site_id: str
    theme: Theme
    group: Group
    filed_on: date
    acknowledged_on: date | None = None
    feedback_on: date | None = None

    def __repr__(self) -> str:
        """Hides who it was."""
        return f"Report({self.theme}, {self.filed_on})"


def report_of(case: Case) -> Report | None:
    """What is counted of a case; None for one whose site is not known.

    Without a tag (a web form knows nobody) each case counts as another person.
    """
    if case.site_id is None:
        return None
    return Report(
        reporter_tag=case.reporter_tag or case.ref,
        site_id=case.site_id,
        theme=case.theme,
        group=case.particulars.group,
        filed_on=case.filed_on,
        acknowledged_on=case.acknowledged_on,
        feedback_on=case.feedback_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number that may be seen. None stands for "all of them"."""

    place: str | None
    """The key of a `Place`."""
    theme: Theme | None
    group: Group | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Sites that the same organisations have: one table, with its own totals."""

    site_ids: tuple[str, ...]
    totals: tuple[Cell, ...]
    """Those that may be seen, over its places; the others stand in the release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A quarter's figures of an organisation. Final once stored."""

    organisation_id: str
    quarter: Quarter
    released_on: date
    thresholds: Thresholds
    places: tuple[Place, ...]
    """All rows, whether or not anything is shown of them."""
    cells: tuple[Cell, ...]
    """Without a place: the totals of all parts that may be seen, added up."""
    parts: tuple[Part, ...] = ()
    """None in releases of versions that knew one table alone."""

    def number(
        self, place: str | None = None, theme: Theme | None = None, group: Group | None = None
    ) -> int | None:
        """The number of a cell; None for "too few to show", which may be nobody."""
        wanted = (place, theme, group)
        found = (c.number for c in self.cells if (c.place, c.theme, c.group) == wanted)
        return next(found, None)

    def place_of(self, site_id: str) -> Place | None:
        """The row that a site counts in."""
        return row_of(self.places).get(site_id)

    @property
    def told_sites(self) -> frozenset[str]:
        """The sites whose people, of all themes, are within a number that is shown."""
        shown = {each.place for each in self.cells if each.theme is None and each.group is None}
        rows = (place.site_ids for place in self.places if place.key in shown)
        parts = (part.site_ids for part in self.parts if any(c.theme is None for c in part.totals))
        whole = row_of(self.places) if None in shown and not self.parts else ()
        return frozenset((*chain.from_iterable((*rows, *parts)), *whole))


class ReleaseRefusal(StrEnum):
    """Why there is no release."""

    QUARTER_NOT_OVER = "quarter_not_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRefused:
    """Nothing is released."""

    reason: ReleaseRefusal


def release(
    organisation_id: str,
    quarter: Quarter,
    reports: Iterable[Report],
    sites: Iterable[Site],
    *,
    today: date,
    salt: bytes,
    thresholds: Thresholds | None = None,
    holders: Holders | None = None,
    earlier: Iterable[Release] = (),
) -> Release | ReleaseRefused:
    """What may be seen of a quarter's reports about an organisation's sites.

    The same reports, in whatever order, always give the same release. Reports about other sites are
    passed over. `salt` is a secret of the installation, of 16 to 64 bytes (`register.suppression`).
    `holders` says which organisations have each site; `earlier` are the releases of this quarter
    that any organisation has by now, always in the same order.
    """
    if not quarter.is_closed(today):
        return ReleaseRefused(reason=ReleaseRefusal.QUARTER_NOT_OVER)
    if not 16 <= len(salt) <= 64:
        raise ValueError("the salt of releases has 16 to 64 bytes")
    limits = thresholds or Thresholds()
    told = tuple(earlier)
    parts = parts_of(sites, holders)
    places = tuple(sorted(chain.from_iterable(parts), key=lambda place: place.key))
    people: dict[str, dict[Key, set[Hashable]]] = defaultdict(dict)
    for key, tags in _people(reports, row_of(places)).items():
        people[key[0]][key] = tags
    tables = [_as_told(rows, told) or _counted(rows, people, limits, salt) for rows in parts]
    totals: Counter[Key] = Counter()
    for part, _ in tables:
        totals.update({_key(each): each.number for each in part.totals})
    rows = chain.from_iterable(cells for _, cells in tables)
    return Release(
        organisation_id=organisation_id,
        quarter=quarter,
        released_on=today,
        thresholds=limits,
        places=places,
        cells=tuple(sorted((*rows, *starmap(_cell, totals.items())), key=_key)),
        parts=tuple(part for part, _ in tables),
    )


def is_open(rows: Iterable[Place], earlier: Iterable[Release]) -> bool:
    """Whether nobody was told anything of these places in the quarter of `earlier`."""
    sites = frozenset(row_of(rows))
    return not any(sites & row_of(release.places).keys() for release in earlier)


_Table: TypeAlias = tuple[Part, tuple[Cell, ...]]
"""A part, and the cells of its places."""


def _as_told(rows: tuple[Place, ...], earlier: Iterable[Release]) -> _Table | None:
    """What was told of these places before, in the quarter; None if nothing was.

    If the sites were parted otherwise then, only what was told of the very same places: of the
    others a second number would show what has changed, or who was added.
    """
    sites = frozenset(row_of(rows))
    touching = [each for each in earlier if sites & row_of(each.places).keys()]
    if not touching:
        return None
    site_ids = tuple(sorted(sites))
    for each in touching:
        for part in each.parts:
            if part.site_ids == site_ids:
                return part, _cells_as_told(rows, (each,))
    return Part(site_ids=site_ids, totals=()), _cells_as_told(rows, touching)


def _cells_as_told(rows: Iterable[Place], earlier: Iterable[Release]) -> tuple[Cell, ...]:
    found: dict[tuple[str, ...], tuple[Cell, ...]] = {}
    for each in earlier:
        for place in each.places:
            cells = tuple(cell for cell in each.cells if cell.place == place.key)
            found.setdefault(place.site_ids, cells)
    return tuple(
        replace(cell, place=row.key) for row in rows for cell in found.get(row.site_ids, ())
    )


def _counted(
    rows: tuple[Place, ...],
    people: Mapping[str, Mapping[Key, set[Hashable]]],
    limits: Thresholds,
    salt: bytes,
) -> _Table:
    here = {key: tags for row in rows for key, tags in people.get(row.key, {}).items()}
    table = streams({key: len(tags) for key, tags in here.items()})
    sensitive = _sensitive(here, limits, {row.key for row in rows if row.is_telling})
    not_shown = hidden(table, sensitive, salt)
    cells = [_cell(key, stream.number) for key, stream in table.items() if key not in not_shown]
    part = Part(
        site_ids=tuple(sorted(row_of(rows))),
        totals=tuple(each for each in cells if each.place is None),
    )
    return part, tuple(each for each in cells if each.place is not None)


def _people(reports: Iterable[Report], rows: Mapping[str, Place]) -> dict[Key, set[Hashable]]:
    """Who is behind each number by place, theme and group: each person once per place and theme."""
    keys = {site_id: row.key for site_id, row in rows.items()}
    said: dict[tuple[str, Theme], dict[Hashable, Group]] = defaultdict(dict)
    for tag, site_id, theme, group, *_ in reports:
        place = keys.get(site_id)
        if place is not None:
            groups = said[place, theme]
            groups[tag] = group if groups.get(tag, group) is group else Group.MIXED
    people: dict[Key, set[Hashable]] = defaultdict(set)
    for (place, theme), groups in said.items():
        for tag, group in groups.items():
            people[place, theme, group].add(tag)
    return people


def _sensitive(
    people: Mapping[Key, set[Hashable]], limits: Thresholds, telling: set[str]
) -> dict[Key, int]:
    """The numbers that may not be seen for themselves, and how high each must seem possible."""
    tags: dict[Key, set[Hashable]] = defaultdict(set)
    parts: dict[Key, set[Key]] = defaultdict(set)
    enough = limits.people_sensitive
    for (place, theme, group), behind in people.items():
        for key in streams({(place, theme, group): 1}):
            if len(tags[key]) < enough:  # More need not be told apart.
                tags[key] |= behind
            parts[key].add((place, theme, group))
    return {
        key: limits.to_leave_open(key)
        for key, behind in tags.items()
        if len(behind) < limits.to_show(key) or key[0] in telling or _is_alike(key, parts)
    }


def _is_alike(key: Key, parts: Mapping[Key, set[Key]]) -> bool:
    """K5: everybody behind the number shares what must not stick to them.

    A number by group is asked about the people it was taken from: if all at a place and theme are
    women, neither the number of women nor the number of people there is shown.
    """
    place, theme, _ = key
    if not place:
        return False
    groups = {group for _, _, group in parts[place, theme, ""]}
    themes = {theme for _, theme, _ in parts[place, "", ""]}
    return any(
        len(shared) == 1 and shared <= sensitive
        for shared, sensitive in ((groups, SENSITIVE_GROUPS), (themes, SENSITIVE_THEMES))
    )


def _cell(key: Key, number: int) -> Cell:
    place, theme, group = key
    return Cell(
        place=place or None,
        theme=Theme(theme) if theme else None,
        group=Group(group) if group else None,
        number=number,
    )


def _key(cell: Cell) -> Key:
    return (cell.place or "", cell.theme or "", cell.group or "")
