"""How much of a company's chain is known, and for how much of it risks are (R89, question 2.1.1).

Read by `facts` from the supply links that the company has on its map.

Theory. A site is known when one of its links says which product and at which step of the chain;
a link that leaves either open was recorded as unknown, and counts in the whole alone. What is not
on the map at all shows as well: every product has somebody who supplies it, and all stone comes
out of some quarry. So a product beyond which no supplier, or no quarry, is on the map has one that
is unknown. Putting it on the map never lowers a share; a product more may.

Worked example. Sandstone comes from a factory (step 1) and two quarries (step 2), of one of which
the product is not sure; of granite only the factory is known. First links: 2 of 2. Quarries: 1
of 3, for one has an open link and that of the granite is not on the map.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitoring.evaluation.register_facts import Share
from register.sites import Site, SiteKind, SupplyLink

FACTORIES = frozenset({SiteKind.FACTORY, SiteKind.PROCESSING})
QUARRIES = frozenset({SiteKind.QUARRY, SiteKind.MINE})
_FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The sites of one kind on a company's map."""

    site_ids: frozenset[str]
    known_ids: frozenset[str]
    gaps: int = 0
    """How many must be there and are not on the map."""

    @property
    def known(self) -> Share:
        """How many of them are known."""
        return Share(part=len(self.known_ids), whole=self.whole)

    @property
    def whole(self) -> int:
        """All of them, as far as the map tells."""
        return len(self.site_ids) + self.gaps

    def among(self, site_ids: Collection[str]) -> Share:
        """How many of them are in `site_ids`, for instance because their risks are mapped."""
        return Share(part=len(self.site_ids.intersection(site_ids)), whole=self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A company's map of its chain."""

    first_links: Part
    factories: Part
    quarries: Part


def chain_of(links: Sequence[SupplyLink], sites: Iterable[Site]) -> Chain:
    """The map that an organisation's links make."""
    kinds = {site.id: site.kind for site in sites}

    def is_first(link: SupplyLink) -> bool:
        return link.tier == _FIRST

    def is_factory(link: SupplyLink) -> bool:
        return kinds.get(link.site_id) in FACTORIES

    def is_quarry(link: SupplyLink) -> bool:
        return kinds.get(link.site_id) in QUARRIES

    bought = [link for link in links if not link.is_own_site]
    return Chain(
        first_links=_part(links, is_first, gaps=_gaps(bought, is_first)),
        factories=_part(links, is_factory),
        quarries=_part(links, is_quarry, gaps=_gaps(links, is_quarry)),
    )


def _part(
    links: Iterable[SupplyLink], is_of: Callable[[SupplyLink], bool], *, gaps: int = 0
) -> Part:
    found = [link for link in links if is_of(link)]
    return Part(
        site_ids=frozenset(link.site_id for link in found),
        known_ids=frozenset(
            link.site_id for link in found if link.product is not None and link.tier is not None
        ),
        gaps=gaps,
    )


def _gaps(links: Iterable[SupplyLink], is_of: Callable[[SupplyLink], bool]) -> int:
    """How many products have no such link among theirs."""
    has: dict[str, bool] = {}
    for link in links:
        if link.product is not None:
            has[link.product] = has.get(link.product, False) or is_of(link)
    return sum(not each for each in has.values())


def involvement_share(links: Iterable[SupplyLink], described: Mapping[str, object]) -> Share:
    """For how many chains it is described how the company is involved (R95).

    A chain is a site with one product. `described` has the ids of sites with such a description.
    """
    chains = {(link.site_id, link.product) for link in links}
    told = sum(site_id in described for site_id, _ in chains)
    return Share(part=told, whole=len(chains))
