"""Tokens of companies' programs, as `gehoor tokens` makes and shows them."""

from collections.abc import Sequence
from datetime import date

from accounts.api_tokens import (
    MOST_DAYS,
    ApiToken,
    NewApiToken,
    Scope,
    TokenRefusal,
    TokenRefused,
    new_api_token,
)
from sealing.key_ring import KeyRing
from service.organisation_list import organisation_called
from service.refusals import Refused
from storage.transaction import SqlTransaction

_SCOPES = ", ".join(Scope)
_WORDS = {
    TokenRefusal.NO_SCOPE: f"say what the token is good for: --scope, one or more of {_SCOPES}",
    TokenRefusal.DAYS_WRONG: f"--days is 1 to {MOST_DAYS}",
}


def make_token(
    tx: SqlTransaction,
    key_ring: KeyRing,
    organisation: str,
    scopes: Sequence[str],
    today: date,
    days: int,
) -> NewApiToken:
    """A token that is kept. Raises `Refused` for an organisation, scope or time that cannot be."""
    unknown = sorted(set(scopes) - set(Scope))
    if unknown:
        raise Refused(f"--scope: there is no {', '.join(unknown)}; there are {_SCOPES}")
    owner = organisation_called(tx, organisation)
    made = new_api_token(key_ring, owner.id, tuple(map(Scope, scopes)), today, days=days)
    if isinstance(made, TokenRefused):
        raise Refused(_WORDS[made.reason])
    tx.api_tokens.put(made.kept)
    return made


def token_lines(tx: SqlTransaction, today: date) -> tuple[str, ...]:
    """One line for each token, by company."""
    names = {each.id: each.name for each in tx.sites.organisations()}
    every = sorted(tx.api_tokens.every(), key=lambda each: (names[each.organisation_id], each.id))
    return tuple(_line(each, names[each.organisation_id], today) for each in every)


def _line(token: ApiToken, owner: str, today: date) -> str:
    used = "never used" if token.last_used_on is None else f"last used on {token.last_used_on}"
    end = f"up to {token.expires_on}" if token.is_good(today) else f"over since {token.expires_on}"
    return f"{token.id}  {owner}: {', '.join(sorted(token.scopes))}; {end}; {used}"
