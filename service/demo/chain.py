"""The invented companies and sites, as the operator would have entered them. Called by `making`."""

from collections.abc import Mapping
from dataclasses import dataclass

from register.sites import Organisation, Site, SupplyLink
from service.demo.naming import marked, sample_id
from service.demo.script import Chain, Place
from storage.transaction import SqlTransaction

_WITHOUT_RAISED_RISK = frozenset({"BE", "NL", "PT"})
"""Of the countries in the sample; all others count as risk countries there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """Companies by key, sites by code."""

    companies: Mapping[str, Organisation]
    sites: Mapping[str, Site]


def furnish(tx: SqlTransaction, chain: Chain) -> Furnished:
    """Keep companies, sites and the links between them."""
    companies = {
        each.key: Organisation(
            id=sample_id("company", each.key),
            name=marked(each.name),
            category=each.category,
            employees=each.employees,
            turnover_eur=each.turnover_eur,
        )
        for each in chain.companies
    }
    sites = {each.code: _site(each) for each in chain.sites}
    for company in companies.values():
        tx.sites.put_organisation(company)
    for site in sites.values():
        tx.sites.put_site(site)
    for place in chain.sites:
        for key, (product, tier) in place.links.items():
            link = SupplyLink(
                organisation_id=companies[key].id,
                site_id=sites[place.code].id,
                product=product,
                tier=tier,
            )
            tx.sites.put_link(link)
    return Furnished(companies=companies, sites=sites)


def _site(place: Place) -> Site:
    return Site(
        id=sample_id("site", place.code),
        code=place.code,
        name=marked(place.name),
        country=place.country,
        kind=place.kind,
        local_names={language: marked(name, language) for language, name in place.local.items()},
        region=place.region,
        workers=place.workers,
        is_risk_country=place.country not in _WITHOUT_RAISED_RISK,
    )
