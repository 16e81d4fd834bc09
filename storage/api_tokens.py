"""The shelf of tokens that companies' programs show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from accounts.api_tokens import ApiToken, Scope
from sealing.key_ring import KeyRing
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import API_TOKENS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Details:
    """What of a token is nobody's business who steals the database."""

    scopes: frozenset[Scope]
    made_on: date
    expires_on: date
    last_used_on: date | None = None


_DETAILS = SealedValues(_Details, "api_tokens", "details")


class SqlApiTokenShelf:
    """Implements `accounts.ports.ApiTokenShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, token: ApiToken) -> None:
        """Add it, or replace the one with its id."""
        details = _Details(
            scopes=token.scopes,
            made_on=token.made_on,
            expires_on=token.expires_on,
            last_used_on=token.last_used_on,
        )
        row = {
            "id": token.id,
            "organisation_id": token.organisation_id,
            "digest": token.digest,
            "details_sealed": _DETAILS.seal(self._key_ring, token.id, details),
        }
        put(self._connection, API_TOKENS, row)

    def by_digest(self, digest: str) -> ApiToken | None:
        """The token with this digest, those that are no longer good too."""
        chosen = select(API_TOKENS).where(API_TOKENS.c.digest == digest)
        row = self._connection.execute(chosen).one_or_none()
        return None if row is None else self._token(row)

    def digests(self) -> frozenset[str]:
        """Those of all tokens."""
        return frozenset(self._connection.execute(select(API_TOKENS.c.digest)).scalars())

    def every(self) -> tuple[ApiToken, ...]:
        """All tokens, by id, which is random."""
        chosen = select(API_TOKENS).order_by(API_TOKENS.c.id)
        return tuple(self._token(row) for row in self._connection.execute(chosen))

    def drop(self, token_id: str) -> bool:
        """It is good for nothing from now on; False when there is none with this id."""
        dropped = delete(API_TOKENS).where(API_TOKENS.c.id == token_id)
        return self._connection.execute(dropped).rowcount == 1

    def _token(self, row: Row[*tuple[Any, ...]]) -> ApiToken:
        details = _DETAILS.open(self._key_ring, row.id, row.details_sealed)
        return ApiToken(
            id=row.id,
            organisation_id=row.organisation_id,
            digest=row.digest,
            scopes=details.scopes,
            made_on=details.made_on,
            expires_on=details.expires_on,
            last_used_on=details.last_used_on,
        )
