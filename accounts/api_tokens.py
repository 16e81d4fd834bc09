"""Tokens by which a company's own program reads what the company may see, and nothing else.

An operator makes one for one organisation (`gehoor tokens add`); it is shown once. Kept is a keyed
digest: who steals the database cannot even try a token without the key ring. Used by `web.api`.

Theory. A token is 192 random bits, so how fast somebody guesses does not matter: at a million
guesses a second, one of a thousand tokens is found in 10^41 years. What a look-up takes could still
tell by its time how far a guess was right. So what is looked up is the keyed digest, which nobody
outside can steer, and it is compared once more in constant time.
"""

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from sealing.identifiers import new_id, new_token
from sealing.key_ring import KeyRing

PREFIX = "gehoor_"
"""So that scanners for secrets can know one that was left in a file."""
USUAL_DAYS = 365
MOST_DAYS = 730
_SHAPE = re.compile(re.escape(PREFIX) + r"[A-Za-z0-9_-]{32}")
_PURPOSE = "api token"


class Scope(StrEnum):
    """What a token is good for. Stored: never reuse a value."""

    RELEASES = "releases"
    """A quarter's released numbers, and how its time limits were kept."""
    SUMMARIES = "summaries"
    """Summaries that reporters approved."""
    SCORE = "score"
    """The evaluation with its evidence."""
    RISKS = "risks"
    """The heat map, the risks in their order, and how the company is tied to each."""
    REQUESTS = "requests"
    """What the company is asked about cases, and what it answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """What is kept of one. Days alone: when a program asks is nobody's business."""

    id: str
    organisation_id: str
    digest: str = field(repr=False)
    scopes: frozenset[Scope]
    made_on: date
    expires_on: date
    """The last day on which it is good."""
    last_used_on: date | None = None

    def is_good(self, today: date) -> bool:
        """Whether it is good on this day; not before it was made, when a clock was wrong."""
        return self.made_on - timedelta(days=1) <= today <= self.expires_on

    def is_of(self, digest: str) -> bool:
        """Whether this is its digest; takes the same time for any answer."""
        return hmac.compare_digest(self.digest.encode(), digest.encode())

    def used(self, today: date) -> "ApiToken":
        """The token, used on this day."""
        return replace(self, last_used_on=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiToken:
    """A token to keep, and what its owner gets and nobody else ever sees."""

    kept: ApiToken
    token: str = field(repr=False)


class TokenRefusal(StrEnum):
    """Why no token was made."""

    NO_SCOPE = "no_scope"
    DAYS_WRONG = "days_wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRefused:
    """No token was made."""

    reason: TokenRefusal


def new_api_token(
    key_ring: KeyRing,
    organisation_id: str,
    scopes: Collection[Scope],
    today: date,
    *,
    days: int = USUAL_DAYS,
) -> NewApiToken | TokenRefused:
    """A token that is good from today on for so many days, 1 to `MOST_DAYS`."""
    if not scopes:
        return TokenRefused(reason=TokenRefusal.NO_SCOPE)
    if not 1 <= days <= MOST_DAYS:
        return TokenRefused(reason=TokenRefusal.DAYS_WRONG)
    token = PREFIX + new_token()
    kept = ApiToken(
        id=new_id(),
        organisation_id=organisation_id,
        digest=key_ring.pseudonym(_PURPOSE, token),
        scopes=frozenset(scopes),
        made_on=today,
        expires_on=today + timedelta(days=days - 1),
    )
    return NewApiToken(kept=kept, token=token)


def digest_of(key_ring: KeyRing, token: str) -> str | None:
    """What would be kept of it; None for what is no token of ours and not worth a look-up."""
    return key_ring.pseudonym(_PURPOSE, token) if _SHAPE.fullmatch(token) else None
