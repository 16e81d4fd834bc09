"""The shelf of sites, organisations and supply links. Names and codes are not readable in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.sql import ColumnElement

from register.sites import Organisation, Site, SupplyLink
from sealing.key_ring import KeyRing
from storage.installation import Installation
from storage.sealed_values import RememberedValues, SealedValues
from storage.statements import put
from storage.tables import ORGANISATIONS, SITES, SUPPLY_LINKS

_SITE = RememberedValues(Site, "sites", "details", most=5_000)
_ORGANISATION = SealedValues(Organisation, "organisations", "details")
_LINK = SealedValues(SupplyLink, "supply_links", "details")
_REVISION = "sites"


class SqlSiteShelf:
    """Implements `register.ports.SiteShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring
        self._installation = Installation(connection)

    def put_organisation(self, organisation: Organisation) -> None:
        """Adds it, or replaces the one with its id."""
        sealed = _ORGANISATION.seal(self._key_ring, organisation.id, organisation)
        put(self._connection, ORGANISATIONS, {"id": organisation.id, "details_sealed": sealed})
        self._installation.revise(_REVISION)

    def put_site(self, site: Site) -> None:
        """Adds it, or replaces the one with its id. A code that another site has is an error."""
        row = {
            "id": site.id,
            "code": self._code(site.code),
            "details_sealed": _SITE.seal(self._key_ring, site.id, site),
        }
        put(self._connection, SITES, row)
        self._installation.revise(_REVISION)

    def put_link(self, link: SupplyLink) -> None:
        """Adds it; the same link twice is one."""
        name = self._link_name(link)
        row = {
            "id": name,
            "organisation_id": link.organisation_id,
            "site_id": link.site_id,
            "details_sealed": _LINK.seal(self._key_ring, name, link),
        }
        put(self._connection, SUPPLY_LINKS, row)
        self._installation.revise(_REVISION)

    def remove_link(self, link: SupplyLink) -> None:
        """Removes it, if it is there."""
        name = self._link_name(link)
        self._connection.execute(delete(SUPPLY_LINKS).where(SUPPLY_LINKS.c.id == name))
        self._installation.revise(_REVISION)

    def site(self, site_id: str) -> Site | None:
        """The site with this id."""
        return next(self._sites_where(SITES.c.id == site_id), None)

    def by_code(self, code: str) -> Site | None:
        """The site with this public code; case does not matter."""
        return next(self._sites_where(SITES.c.code == self._code(code)), None)

    def organisation(self, organisation_id: str) -> Organisation | None:
        """The organisation with this id."""
        return next(self._organisations_where(ORGANISATIONS.c.id == organisation_id), None)

    def sites(self) -> Iterator[Site]:
        """All sites, for the directory."""
        return self._sites_where()

    def organisations(self) -> Iterator[Organisation]:
        """All organisations."""
        return self._organisations_where()

    def links(self) -> Iterator[SupplyLink]:
        """All supply links."""
        chosen = select(SUPPLY_LINKS.c.id, SUPPLY_LINKS.c.details_sealed)
        for row in self._connection.execute(chosen.order_by(SUPPLY_LINKS.c.id)):
            yield _LINK.open(self._key_ring, row.id, row.details_sealed)

    def links_of(self, organisation_id: str) -> tuple[SupplyLink, ...]:
        """An organisation's supply links, by site."""
        theirs = SUPPLY_LINKS.c.organisation_id == organisation_id
        chosen = select(SUPPLY_LINKS.c.id, SUPPLY_LINKS.c.details_sealed).where(theirs)
        rows = self._connection.execute(chosen.order_by(SUPPLY_LINKS.c.site_id, SUPPLY_LINKS.c.id))
        return tuple(_LINK.open(self._key_ring, row.id, row.details_sealed) for row in rows)

    def sites_of(self, organisation_id: str) -> tuple[Site, ...]:
        """The sites in an organisation's chain, by id."""
        linked = select(SUPPLY_LINKS.c.site_id).where(
            SUPPLY_LINKS.c.organisation_id == organisation_id
        )
        return tuple(self._sites_where(SITES.c.id.in_(linked)))

    def holders(self, organisation_id: str) -> Mapping[str, frozenset[str]]:
        """Of each of its sites, by id, the organisations that have it in their chain."""
        theirs = select(SUPPLY_LINKS.c.site_id).where(
            SUPPLY_LINKS.c.organisation_id == organisation_id
        )
        chosen = select(SUPPLY_LINKS.c.site_id, SUPPLY_LINKS.c.organisation_id)
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._connection.execute(chosen.where(SUPPLY_LINKS.c.site_id.in_(theirs))):
            found[row.site_id].add(row.organisation_id)
        return {site_id: frozenset(having) for site_id, having in found.items()}

    def revision(self) -> int:
        """A number that grows with every change here: is a directory in memory still true?"""
        return self._installation.revision(_REVISION)

    def _sites_where(self, *conditions: ColumnElement[bool]) -> Iterator[Site]:
        chosen = select(SITES.c.id, SITES.c.details_sealed).where(*conditions)
        for row in self._connection.execute(chosen.order_by(SITES.c.id)):
            yield _SITE.open(self._key_ring, row.id, row.details_sealed)

    def _organisations_where(self, *conditions: ColumnElement[bool]) -> Iterator[Organisation]:
        chosen = select(ORGANISATIONS.c.id, ORGANISATIONS.c.details_sealed).where(*conditions)
        for row in self._connection.execute(chosen.order_by(ORGANISATIONS.c.id)):
            yield _ORGANISATION.open(self._key_ring, row.id, row.details_sealed)

    def _code(self, code: str) -> str:
        return self._key_ring.pseudonym("site code", code.casefold())

    def _link_name(self, link: SupplyLink) -> str:
        parts = (link.organisation_id, link.site_id, link.product or "", str(link.tier))
        return self._key_ring.pseudonym("supply link", *parts)
