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

Not covered: two organisations that share a site and lay their releases side by side; somebody who
knows what all others reported; one person who files again and again as somebody else.

Called once a quarter by the operator's round; officers and `monitoring` read the stored release.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from register.case import Case
from register.circles import Key
from register.particulars import Group, Theme
from register.places import Place, places_of, row_of
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
class Release:
    """A quarter's figures of an organisation. Final once stored."""

    organisation_id: str
    quarter: Quarter
    released_on: date
    thresholds: Thresholds
    places: tuple[Place, ...]
    """All rows, whether or not anything is shown of them."""
    cells: tuple[Cell, ...]

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
) -> Release | ReleaseRefused:
    """What may be seen of a quarter's reports about an organisation's sites.

    The same reports, in whatever order, always give the same release. Reports about other sites are
    passed over. `salt` is a secret of the installation, of 16 to 64 bytes (`register.suppression`).
    """
    if not quarter.is_closed(today):
        return ReleaseRefused(reason=ReleaseRefusal.QUARTER_NOT_OVER)
    if not 16 <= len(salt) <= 64:
        raise ValueError("the salt of releases has 16 to 64 bytes")
    limits = thresholds or Thresholds()
    places = places_of(sites)
    people = _people(reports, row_of(places))
    table = streams({key: len(tags) for key, tags in people.items()})
    sensitive = _sensitive(people, limits, {each.key for each in places if each.is_telling})
    not_shown = hidden(table, sensitive, salt)
    return Release(
        organisation_id=organisation_id,
        quarter=quarter,
        released_on=today,
        thresholds=limits,
        places=places,
        cells=tuple(
            _cell(key, stream.number) for key, stream in table.items() if key not in not_shown
        ),
    )


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
