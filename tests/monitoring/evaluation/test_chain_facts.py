"""What is on the map, what is left open, and what must be there and is not."""

from hypothesis import given
from hypothesis import strategies as st

from monitoring.evaluation.chain_facts import chain_of, involvement_share
from monitoring.evaluation.register_facts import Share
from register.sites import Site, SiteKind, SupplyLink

KINDS = {
    "works": SiteKind.FACTORY,
    "mill": SiteKind.PROCESSING,
    "pit": SiteKind.QUARRY,
    "hill": SiteKind.QUARRY,
    "desk": SiteKind.OFFICE,
}
SITES = tuple(
    Site(id=name, code=name, name=name.title(), country="IN", kind=kind)
    for name, kind in KINDS.items()
)


def link(site: str, product: str | None = "sandstone", tier: int | None = 2) -> SupplyLink:
    return SupplyLink(organisation_id="o", site_id=site, product=product, tier=tier)


def test_the_worked_example() -> None:
    links = (
        link("works", tier=1),
        link("pit"),
        link("hill", product=None),
        link("mill", "granite", 1),
    )
    chain = chain_of(links, SITES)
    assert chain.first_links.known == Share(part=2, whole=2)
    assert chain.quarries.known == Share(part=1, whole=3)
    assert chain.factories.known == Share(part=2, whole=2)


def test_a_link_that_leaves_the_step_open_is_not_known() -> None:
    assert chain_of((link("pit", tier=None),), SITES).quarries.known == Share(part=0, whole=1)


def test_a_site_is_known_by_any_of_its_links() -> None:
    links = (link("pit", product=None), link("pit"))
    assert chain_of(links, SITES).quarries.known == Share(part=1, whole=1)


def test_without_a_map_nothing_is_measured() -> None:
    chain = chain_of((), SITES)
    assert chain.quarries.known.percent is None
    assert chain.first_links.known.percent is None


def test_ones_own_quarry_needs_no_supplier() -> None:
    chain = chain_of((link("pit", tier=0),), SITES)
    assert chain.first_links.known == Share()
    assert chain.quarries.known == Share(part=1, whole=1)


def test_risks_count_only_at_sites_of_the_kind() -> None:
    chain = chain_of((link("works", tier=1), link("pit")), SITES)
    assert chain.quarries.among({"pit", "works"}) == Share(part=1, whole=1)


def test_involvement_counts_each_product_of_a_site() -> None:
    links = (link("pit"), link("pit", "granite"), link("works"))
    assert involvement_share(links, {"pit": True}) == Share(part=2, whole=3)


LINKS = st.builds(
    link,
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(("sandstone", "granite", None)),
    st.sampled_from((0, 1, 2, 3, None)),
)


@given(st.lists(LINKS, max_size=8), st.sampled_from(("pit", "hill")))
def test_putting_a_known_quarry_on_the_map_never_lowers_its_share(
    links: list[SupplyLink], site: str
) -> None:
    products = {each.product for each in links if each.product}
    for product in sorted(products):
        before = chain_of(links, SITES).quarries.known
        after = chain_of((*links, link(site, product)), SITES).quarries.known
        assert (after.percent or 0) >= (before.percent or 0)
