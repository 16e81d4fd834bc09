"""The shelf of what companies are asked about cases, and what they answer."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.sql import ColumnElement

from register.requests import Request
from sealing.key_ring import KeyRing
from storage.locks import locking
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import COMPANY_REQUESTS

_REQUEST = SealedValues(Request, "company_requests", "details")


class SqlRequestShelf:
    """Implements `register.ports.RequestShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, request: Request) -> None:
        """Stores the request as it is now."""
        row = {
            "id": request.id,
            "case_ref": request.case_ref,
            "organisation_id": request.organisation_id,
            "details_sealed": _REQUEST.seal(self._key_ring, request.id, request),
        }
        put(self._connection, COMPANY_REQUESTS, row)

    def get(self, request_id: str) -> Request | None:
        """The request, locked until the transaction ends if it writes."""
        found = self._where(COMPANY_REQUESTS.c.id == request_id)
        return found[0] if found else None

    def of_case(self, ref: str) -> tuple[Request, ...]:
        """All that companies were asked about a case, by day."""
        found = self._where(COMPANY_REQUESTS.c.case_ref == ref)
        return tuple(sorted(found, key=lambda each: (each.asked_on, each.id)))

    def of_organisation(self, organisation_id: str) -> tuple[Request, ...]:
        """All that an organisation was asked, in no telling order."""
        return self._where(COMPANY_REQUESTS.c.organisation_id == organisation_id)

    def erase(self, ref: str) -> None:
        """All requests about a case are gone (L4)."""
        theirs = COMPANY_REQUESTS.c.case_ref == ref
        self._connection.execute(delete(COMPANY_REQUESTS).where(theirs))

    def _where(self, condition: ColumnElement[bool]) -> tuple[Request, ...]:
        columns = (COMPANY_REQUESTS.c.id, COMPANY_REQUESTS.c.details_sealed)
        chosen = select(*columns).where(condition).order_by(COMPANY_REQUESTS.c.id)
        rows = self._connection.execute(locking(self._connection, chosen))
        return tuple(_REQUEST.open(self._key_ring, row.id, row.details_sealed) for row in rows)
