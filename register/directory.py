"""The sites that people can name: found by code, by name in any script, by country and region.

Built from storage when sites change and handed to the flows as the list `sites`
(`flows.engine.ExternalList`), to the web's pages, and to `register.filing`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows.definition import Choice
from register.folding import fold
from register.sites import Organisation, Site, SupplyLink
from register.spelling import Closeness, SpellingIndex

_OFFERED = 10
"""How many sites a search offers at most (docs/architecture.md)."""
_WORDS_READ = 8
"""How many typed words are looked at; a pasted story is no search."""
_WORD_LIMIT = 40
"""How many letters of a typed word are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """Some sites by name, and what to ask for to get the next; None at the end."""

    sites: tuple[Site, ...]
    next: str | None


class SiteDirectory:
    """Every site in memory. Closed sites can be looked up by id and are not offered."""

    def __init__(
        self,
        sites: Iterable[Site],
        organisations: Iterable[Organisation] = (),
        links: Iterable[SupplyLink] = (),
    ) -> None:
        everything = sorted(sites, key=_by_name)
        self._by_id = {site.id: site for site in everything}
        self._open: Sequence[Site] = [site for site in everything if site.is_active]
        self._by_code = {site.code.casefold(): site for site in self._open}
        self._words = SpellingIndex(_words(site) for site in self._open)
        self._places: dict[tuple[str, str | None], list[Site]] = defaultdict(list)
        for site in self._open:
            self._places[site.country, None].append(site)
            self._places[site.country, site.region].append(site)
        self._organisations = {each.id: each for each in organisations}
        self._links: dict[str, list[SupplyLink]] = defaultdict(list)
        for link in links:
            self._links[link.site_id].append(link)

    def site(self, site_id: str) -> Site | None:
        """The site with this id, closed ones too."""
        return self._by_id.get(site_id)

    def by_code(self, code: str) -> Site | None:
        """The open site with this public code; case does not matter."""
        return self._by_code.get(code.strip().casefold())

    def organisations_of(self, site_id: str) -> tuple[Organisation, ...]:
        """Whose chain the site is in, by id, each once; closed organisations are left out."""
        ids = {link.organisation_id for link in self._links.get(site_id, ())}
        known = (self._organisations.get(each) for each in sorted(ids))
        return tuple(each for each in known if each is not None and each.is_active)

    def find(self, words: str, language: str) -> tuple[Choice, ...]:
        """At most ten sites, best first. `""` gives the first by name. A code gives its site.

        Every typed word counts: sites that have more of them come first, then those that have
        them better (whole, begun, one slip away), then by name.
        """
        by_code = self.by_code(words)
        if by_code is not None:
            return (_choice(by_code, language),)
        folded = fold(words[: _WORDS_READ * _WORD_LIMIT])
        found = self._ranked(folded) if folded else self._open[:_OFFERED]
        return tuple(_choice(site, language) for site in found)

    def get(self, name: str, language: str) -> Choice | None:
        """The site with this id as a choice; None for one that is unknown or closed."""
        site = self._by_id.get(name)
        return None if site is None or not site.is_active else _choice(site, language)

    def countries(self) -> tuple[str, ...]:
        """The countries that have open sites."""
        return tuple(sorted(country for country, region in self._places if region is None))

    def regions(self, country: str) -> tuple[str, ...]:
        """The regions of a country that have open sites; the empty one is "not known"."""
        return tuple(
            sorted(
                region
                for in_country, region in self._places
                if in_country == country and region is not None
            )
        )

    def page(
        self, *, country: str, region: str | None = None, after: str | None = None, limit: int = 10
    ) -> SitePage:
        """Open sites of a country, or of one region, by name. `after` is the last page's `next`."""
        sites = self._places.get((country, region), [])
        start = 0
        if after is not None:
            last = self._by_id.get(after)
            start = 0 if last is None else bisect_right(sites, _by_name(last), key=_by_name)
        shown = tuple(sites[start : start + limit])
        more = start + limit < len(sites)
        return SitePage(sites=shown, next=shown[-1].id if shown and more else None)

    def _ranked(self, folded: str) -> list[Site]:
        points: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for word in folded.split()[:_WORDS_READ]:
            for number, closeness in self._matches(word).items():
                words, fit = points[number]
                points[number] = (words + 1, fit + closeness)
        best = sorted(points, key=lambda number: (*(-each for each in points[number]), number))
        return [self._open[number] for number in best[:_OFFERED]]

    def _matches(self, word: str) -> Mapping[int, Closeness]:
        return self._words.find(word[:_WORD_LIMIT])


def _by_name(site: Site) -> tuple[str, str]:
    return fold(site.name), site.id


def _words(site: Site) -> set[str]:
    names = (site.name, *site.local_names.values(), site.region, site.code)
    return {word for name in names for word in fold(name).split()}


def _choice(site: Site, language: str) -> Choice:
    name = site.name_in(language)
    columns = {"code": site.code, "country": site.country, "region": site.region}
    return Choice(
        name=site.id, label=f"{name} ({site.region})" if site.region else name, columns=columns
    )
