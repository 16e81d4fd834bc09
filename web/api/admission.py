"""Whether a request is let in: its token, what the token is good for, and how often it asks.

Theory. Guessing a token is hopeless at any speed (`accounts.api_tokens`); what wrong ones cost is
work. So they are counted, for all programs together and never by address (W9), each before it is
looked at, so that many at once are no way around it; a right one takes its count back. While there
were few, a token is looked up in the database. When there were too many, it is first looked for
among the digests of all tokens, in memory, read anew once a second at most: then a flood costs next
to nothing, and a program with its right token comes through all the same, also one that was never
here before. Whoever has a wrong one is told to wait.

Missing, wrong, over and taken back: all are told the same.
"""

import math
import time
from collections.abc import Callable
from enum import StrEnum

from aiohttp import web

from accounts.api_tokens import ApiToken, Scope, digest_of
from web.api.house import Api, ApiStorage, ApiTransaction
from web.problems import problem

_EVERYBODY = "everybody"
_SECONDS_FRESH = 1.0
_SCHEME = "bearer"
_LONGEST_HEADER = 200
"""Characters; a token has forty."""

_NOT_LET_IN = (
    "Send a token that is good: 'Authorization: Bearer gehoor_…'. Whoever operates this makes them."
)
_TOO_OFTEN = "Ask again after the seconds in Retry-After."


class _Code(StrEnum):
    """Of RFC 6750."""

    INVALID_TOKEN = "invalid_token"
    INSUFFICIENT_SCOPE = "insufficient_scope"


class NotAdmitted(Exception):
    """Somebody is not let in."""

    def __init__(self, response: web.Response) -> None:
        super().__init__()
        self.response = response
        """What they are told."""


class KnownDigests:
    """The digests of all tokens as they were a moment ago; for when there are many wrong ones."""

    def __init__(self, storage: ApiStorage, clock: Callable[[], float] = time.monotonic) -> None:
        self._storage = storage
        self._clock = clock
        self._read_at = -math.inf
        self._digests: frozenset[str] = frozenset()

    async def have(self, digest: str) -> bool:
        """Whether it is one of them."""
        now = self._clock()
        if digest not in self._digests and now - self._read_at >= _SECONDS_FRESH:
            self._read_at = now
            self._digests = await self._storage.read(lambda tx: tx.api_tokens.digests())
        return digest in self._digests


class Admission:
    """One for the application."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known = KnownDigests(api.storage)

    async def admit(self, request: web.Request, scope: Scope | None) -> ApiToken:
        """The token that was shown, good for this. Raises `NotAdmitted`."""
        shown = _shown(request)
        digest = None if shown is None else digest_of(self._api.key_ring, shown)
        if digest is None:
            raise NotAdmitted(_unknown(was_shown=shown is not None))
        token = await self._found(digest)
        wait = self._api.turns.take(token.id)
        if wait:
            raise NotAdmitted(_later(wait))
        if scope is not None and scope not in token.scopes:
            raise NotAdmitted(_not_for_this(scope))
        await self._note_use(token)
        return token

    async def _found(self, digest: str) -> ApiToken:
        """The token with this digest, if it is good today."""
        wrong = self._api.wrong
        wait = wrong.take(_EVERYBODY)
        if wait and not await self._known.have(digest):
            raise NotAdmitted(_later(wait))
        token = await self._api.storage.read(lambda tx: tx.api_tokens.by_digest(digest))
        if token is None or not token.is_of(digest) or not token.is_good(self._api.today):
            raise NotAdmitted(_unknown(was_shown=True))
        if not wait:
            wrong.give_back(_EVERYBODY)
        return token

    async def _note_use(self, token: ApiToken) -> None:
        """Write down the day, once a day."""
        today = self._api.today
        if token.last_used_on == today:
            return

        def work(tx: ApiTransaction) -> None:
            # Taken back in the meantime, it must not come back.
            if tx.api_tokens.by_digest(token.digest) is not None:
                tx.api_tokens.put(token.used(today))

        await self._api.storage.transaction(work)


def _shown(request: web.Request) -> str | None:
    """What stands in the header; nothing else, no cookie and no address, is looked at."""
    headers = request.headers.getall("Authorization", [])
    if len(headers) != 1 or len(headers[0]) > _LONGEST_HEADER:
        return None
    scheme, _, token = headers[0].partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else None


def _challenge(code: _Code | None, scope: Scope | None = None) -> dict[str, str]:
    told = ['realm="api"']
    if code is not None:
        told.append(f'error="{code}"')
    if scope is not None:
        told.append(f'scope="{scope}"')
    return {"WWW-Authenticate": f"Bearer {', '.join(told)}"}


def _unknown(*, was_shown: bool) -> web.Response:
    code = _Code.INVALID_TOKEN if was_shown else None
    return problem(401, _NOT_LET_IN, headers=_challenge(code))


def _not_for_this(scope: Scope) -> web.Response:
    detail = f"This needs a token made with --scope {scope}."
    return problem(403, detail, headers=_challenge(_Code.INSUFFICIENT_SCOPE, scope))


def _later(seconds: float) -> web.Response:
    return problem(429, _TOO_OFTEN, headers={"Retry-After": str(math.ceil(seconds))})
