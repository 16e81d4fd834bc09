"""The shelf of where people can turn besides us, country by country.

Which countries an installation has is not readable in it: the country is a pseudonym.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, select

from register.referrals import Referral
from sealing.key_ring import KeyRing
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import REFERRALS

_REFERRAL = SealedValues(Referral, "referrals", "details")


class SqlReferralShelf:
    """Implements `register.ports.ReferralShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def replace(self, country: str, entries: Iterable[Referral]) -> None:
        """A country's entries in place of those it had. Another country's is an error."""
        name = self._country(country)
        self._connection.execute(delete(REFERRALS).where(REFERRALS.c.country == name))
        for entry in entries:
            if entry.country != country:
                raise ValueError("an entry is kept under its own country")
            sealed = _REFERRAL.seal(self._key_ring, entry.id, entry)
            row = {"id": entry.id, "country": name, "details_sealed": sealed}
            put(self._connection, REFERRALS, row)

    def of_country(self, country: str) -> tuple[Referral, ...]:
        """A country's entries, in no telling order."""
        chosen = select(REFERRALS.c.id, REFERRALS.c.details_sealed)
        rows = self._connection.execute(
            chosen.where(REFERRALS.c.country == self._country(country)).order_by(REFERRALS.c.id)
        )
        return tuple(_REFERRAL.open(self._key_ring, row.id, row.details_sealed) for row in rows)

    def every(self) -> Iterator[Referral]:
        """All entries."""
        chosen = select(REFERRALS.c.id, REFERRALS.c.details_sealed).order_by(REFERRALS.c.id)
        for row in self._connection.execute(chosen):
            yield _REFERRAL.open(self._key_ring, row.id, row.details_sealed)

    def _country(self, country: str) -> str:
        return self._key_ring.pseudonym("referral country", country)
