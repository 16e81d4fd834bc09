"""The attackers: companies that pool all they have, and know what one of the reporters knows.

What an attacker has is turned into sums over unknowns: how many people told of a theme at a site,
by group. From these it is worked out what each hidden number can be. The attacker is stronger than
any that there is:

- everybody's releases of all quarters, in one hand, with the totals of every part apart;
- the time limits, with the knowledge that all were acknowledged in time and who filed twice;
- which unknowns are nought;
- of each other unknown, one person in it (an insider at every place, theme and group, all in
  league).

The rule, as in the handbooks on statistical disclosure control (Hundepool and others, Statistical
Disclosure Control, 2012, chapter 4: a suppressed cell is safe if the interval that can be worked
out holds its protection interval): what a number is too small to be shown for must seem possible
from nobody to as many as would be shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from register.quarters import Quarter
from register.release import SENSITIVE_GROUPS, SENSITIVE_THEMES, Release
from tests.attackers.gathering import on_the_map
from tests.attackers.solving import Atom, Sum, range_of
from tests.attackers.story import GROUPS, THEMES, Told, is_small
from tests.attackers.world import COMPANIES, FIRST, SECOND, Outcome

Releases: TypeAlias = Mapping[tuple[str, Quarter], Release]
Sites: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number that may not be known: these sites, this theme and group (empty: all)."""

    sites: Sites
    theme: str
    group: str
    is_counted: bool
    """Whether it is a number of a table, and not less than that."""

    @property
    def atoms(self) -> frozenset[Atom]:
        """What it is the sum of."""
        return atoms_of(self.sites, self.theme, self.group)

    @property
    def threshold(self) -> int:
        """From how many people on it may be shown."""
        return 10 if self.group in SENSITIVE_GROUPS or self.theme in SENSITIVE_THEMES else 5

    @property
    def must_seem(self) -> int:
        """How many must seem possible: a number by group lies within one that needs fewer."""
        return 10 if self.theme in SENSITIVE_THEMES else 5


def atoms_of(sites: Iterable[str], theme: str = "", group: str = "") -> frozenset[Atom]:
    """All unknowns of these."""
    return frozenset(
        (site, each_theme, each_group)
        for site in sites
        for each_theme in ([theme] if theme else THEMES)
        for each_group in ([group] if group else GROUPS)
    )


def truth_of(counted: Iterable[Told]) -> dict[Atom, int]:
    """How many people told of each, without the noughts; made apart from the code under test."""
    people: dict[Atom, set[str]] = {}
    for each in counted:
        people.setdefault((each.site, each.theme, each.group), set()).add(each.person)
    return {atom: len(those) for atom, those in people.items()}


async def attack(outcome: Outcome) -> None:
    """Everything that is tried. Raises AssertionError for the first number that is got."""
    releases = await _releases(outcome)
    _assert_told_alike(releases)
    for quarter, counted in ((FIRST, outcome.counted[0]), (SECOND, outcome.counted[1])):
        truth = truth_of(counted)
        sums = [*_shown(outcome, releases, quarter, truth), *_limits(outcome, releases, quarter)]
        for target in _targets(releases, quarter):
            _assert_hidden(target, sums, truth)
    for name, (officer, _) in outcome.reach.items():
        of_both = (outcome.gathered[name, quarter].numbers for quarter in (FIRST, SECOND))
        told = {n for numbers in of_both for (row, theme, _), n in numbers.items() if row and theme}
        assert await on_the_map(officer) <= told, "the heat map tells a number of its own"


async def _releases(outcome: Outcome) -> Releases:
    """Only for what a row and a total are made of, which is no secret."""

    def work(tx: Any) -> Releases:
        return {
            (name, quarter): found
            for name, (organisation, _) in COMPANIES.items()
            for quarter in (FIRST, SECOND)
            if (found := tx.releases.get(organisation.id, quarter)) is not None
        }

    return await outcome.inside.house.database.read(work)


def _assert_told_alike(releases: Releases) -> None:
    """The same place in the same quarter: the same numbers for everybody, whenever they came."""
    told: dict[tuple[Quarter, Sites], object] = {}
    for (name, quarter), release in releases.items():
        for place in release.places:
            cells = {(c.theme, c.group, c.number) for c in release.cells if c.place == place.key}
            first = told.setdefault((quarter, frozenset(place.site_ids)), cells)
            assert cells == first, f"{name} was told something else of {place.key} in {quarter}"


def _shown(
    outcome: Outcome, releases: Releases, quarter: Quarter, truth: Mapping[Atom, int]
) -> Iterator[Sum]:
    for name in COMPANIES:
        release = releases[name, quarter]
        rows = {place.key: frozenset(place.site_ids) for place in release.places}
        for (row, theme, group), number in outcome.gathered[name, quarter].numbers.items():
            if row:
                yield Sum(atoms=atoms_of(rows[row], theme, group) & {*truth}, number=number)
        for part in release.parts:
            for each in part.totals:
                atoms = atoms_of(part.site_ids, each.theme or "", each.group or "")
                yield Sum(atoms=atoms & {*truth}, number=each.number)
        for (theme, group), number in _totals_without_parts(outcome, release, name).items():
            whole = frozenset().union(*rows.values())
            yield Sum(atoms=atoms_of(whole, theme, group) & {*truth}, number=number)


def _totals_without_parts(
    outcome: Outcome, release: Release, name: str
) -> Mapping[tuple[str, str], int]:
    """The totals of the page, where they are of one part or none are known."""
    numbers = outcome.gathered[name, release.quarter].numbers
    totals = {(theme, group): number for (row, theme, group), number in numbers.items() if not row}
    parts: dict[tuple[str, str], int] = {}
    for part in release.parts:
        for each in part.totals:
            key = (each.theme or "", each.group or "")
            parts[key] = parts.get(key, 0) + each.number
    assert totals.items() <= parts.items() or not release.parts, "a total is that of its parts"
    return {} if release.parts else totals


def _limits(outcome: Outcome, releases: Releases, quarter: Quarter) -> Iterator[Sum]:
    """Acknowledged in the quarter of filing; and what was promised for the next one and missed."""
    counted = outcome.counted[0 if quarter is FIRST else 1]
    truth = truth_of(counted)
    figures = [(quarter, "acknowledge", "kept")]
    if quarter is FIRST:
        figures.append((SECOND, "feedback", "missed"))
    for name in COMPANIES:
        release = releases[name, quarter]
        every = frozenset(site for place in release.places for site in place.site_ids)
        for ended_in, kind, side in figures:
            number = outcome.gathered[name, ended_in].limits.get((kind, side))
            if number is None:
                continue
            for sites in (every, release.told_sites):
                twice = sum(each.again for each in counted if each.site in sites)
                atoms = atoms_of(sites) & {*truth}
                if sum(truth[atom] for atom in atoms) == number - twice:
                    yield Sum(atoms=atoms, number=number - twice)
                    break


def _targets(releases: Releases, quarter: Quarter) -> list[Target]:
    """Each row, each part and each site that a release speaks of, by theme and group."""
    counted: set[Sites] = set()
    others: set[Sites] = set()
    for (name, of_quarter), release in releases.items():
        if of_quarter is quarter:
            is_told_as_it_was = (name, quarter) == ("late", FIRST)
            found = others if is_told_as_it_was else counted
            found |= {frozenset(place.site_ids) for place in release.places}
            found |= {frozenset(part.site_ids) for part in release.parts}
            others |= {frozenset({site}) for place in release.places for site in place.site_ids}
    return [
        Target(sites=each, theme=theme, group=group, is_counted=each in counted)
        for each in sorted(counted | others, key=sorted)
        for theme in ("", *THEMES)
        for group in (("", *GROUPS) if theme else ("",))
    ]


def _assert_hidden(target: Target, sums: list[Sum], truth: Mapping[Atom, int]) -> None:
    number = sum(truth.get(atom, 0) for atom in target.atoms)
    if not 0 < number < target.threshold:
        return
    least = dict.fromkeys(truth, 0)
    if target.is_counted:
        least |= dict.fromkeys(_insiders(truth) - target.atoms, 1)
    lowest, most = range_of(target.atoms & {*truth}, sums, least)
    assert lowest <= max(0, number - target.must_seem), f"{target} is at least {lowest}"
    if most is not None:
        assert most >= max(target.must_seem, number + 1), f"{target} is at most {most}"


def _insiders(truth: Mapping[Atom, int]) -> frozenset[Atom]:
    """Where somebody is in league: one at each large site, and one of all small ones.

    What is hidden of a row stays hidden from one in each number; of a site within a row, from
    nobody who is at the next one.
    """
    small = {atom[1:]: atom for atom in sorted(truth, reverse=True) if is_small(atom[0])}
    return frozenset((*small.values(), *(atom for atom in truth if not is_small(atom[0]))))
