"""Rows of releases and maps as people read them: a site's name, or what is counted together."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from locales.catalogue import Catalogue
from locales.marking import N_
from register.places import SHARED, PlaceKind
from register.sites import Site


class PlaceNames:
    """Names the rows of one organisation in one language."""

    def __init__(self, sites: Iterable[Site], language: str, words: Catalogue) -> None:
        self._names: Mapping[str, str] = {site.id: site.name_in(language) for site in sites}
        self._words = words

    def of(self, key: str) -> str:
        """The name of a row's key (`register.places.Place.key`, or `chain:ID`)."""
        row, _, name = key.partition(":")
        kind, _, shared = row.partition(SHARED)
        named = self._of(kind, name)
        if not shared:
            return named
        return self._words.text(N_("${place} (shared with other companies)"), place=named)

    def _of(self, kind: str, name: str) -> str:
        match kind:
            case PlaceKind.SITE:
                return self._names.get(name) or self._words.text(N_("A site from before"))
            case PlaceKind.REGION:
                country, _, region = name.partition("/")
                return self._small_sites(country, region)
            case PlaceKind.COUNTRY:
                return self._small_sites(name)
            case PlaceKind.ELSEWHERE:
                return self._words.text(N_("Small sites elsewhere"))
            case _:
                return self._words.text(N_("The chain as a whole"))

    def _small_sites(self, country_code: str, region: str = "") -> str:
        country = self._words.country(country_code)
        if not region:
            return self._words.text(N_("Small sites in ${country}"), country=country)
        return self._words.text(
            N_("Small sites in ${region}, ${country}"), region=region, country=country
        )


def address_of_finding(finding_id: str) -> str:
    """Where a risk's page is; ids of sites together hold a region's own name."""
    return f"/company/findings/{quote(finding_id, safe=':/')}"
