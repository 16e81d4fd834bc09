"""What happened, told at random: who has which sites, who reports what, and what changes later."""

from dataclasses import dataclass
from random import Random

from register.particulars import Group, Theme
from register.sites import Site

ORGANISATIONS = ("importer", "other", "late")
"""The last one comes when a quarter was released to the others."""
THEMES = (Theme.LIVING_WAGE, Theme.LAND_RIGHTS, Theme.HEALTH_SAFETY)
GROUPS = (Group.MIXED, Group.WOMEN)
QUARTERS = 2


def _site(name: str, workers: int) -> Site:
    return Site(
        id=name.ljust(26, "a"),
        code=name,
        name=f"Works {name}",
        country="IN",
        region="R",
        workers=workers,
    )


SITES = {
    site.id: site
    for site in (
        *(_site(f"large{letter}", 80) for letter in "bcde"),
        *(_site(f"small{letter}", 10) for letter in "bcdef"),
    )
}
"""By id; nobody has all of them."""


def is_small(site_id: str) -> bool:
    """Whether it is counted with others."""
    return site_id.startswith("small")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person tells of one thing, in the middle of a quarter."""

    quarter: int
    site: str
    theme: Theme
    group: Group
    person: str
    again: bool = False
    """The same once more, which counts as nothing."""
    later: Theme | None = None
    """What a handler finds it to be about once the quarter was released to the first ones."""
    is_withdrawn: bool = False
    """After the quarter was released to the first ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All of it."""

    chains: dict[str, tuple[str, ...]]
    """The sites of each organisation."""
    joins: tuple[str, str] | None
    """One more site for one organisation, in the first quarter after everybody has reported."""
    told: tuple[Told, ...]


def story(random: Random) -> Story:
    """One that is small enough to be solved exactly, and has everything in it."""
    sites = random.sample(sorted(SITES), random.randint(3, 7))
    chains = {
        name: tuple(site for site in sites if random.random() < 0.75) for name in ORGANISATIONS
    }
    joins = None
    if random.random() < 0.5:
        name = random.choice(ORGANISATIONS[:2])
        joins = (name, random.choice(sites))
    told = [  # Releases begin with the quarter of the first case.
        Told(quarter=0, site=sites[0], theme=THEMES[0], group=GROUPS[0], person="the first")
    ]
    for quarter in range(QUARTERS):
        for site in sites:
            for theme in THEMES:
                for group in GROUPS:
                    told += _people(random, quarter, site, theme, group)
    return Story(chains=chains, joins=joins, told=tuple(told))


def _people(random: Random, quarter: int, site: str, theme: Theme, group: Group) -> list[Told]:
    if random.random() < 0.55:
        return []
    most = random.choice((1, 2, 5) if is_small(site) else (2, 4, 9, 16))
    return [
        Told(
            quarter=quarter,
            site=site,
            theme=theme,
            group=group,
            person=f"{quarter} {site} {group} {number}",
            again=random.random() < 0.05,
            later=random.choice(THEMES) if random.random() < 0.1 else None,
            is_withdrawn=random.random() < 0.05,
        )
        for number in range(random.randint(1, most))
    ]
