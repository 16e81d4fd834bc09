"""Whether a form was ours: its token, and where the browser says that the request began.

Pages put `FormGuard.issue` into each form; handlers ask `FormGuard.accepts`. The token is bound to
the holder (the visitor's or the handler's cookie) and to what the form is for, so that a token of
one form or one browser is of no use in another.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

FORM_FIELD = "form_token"
"""The hidden field's name."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FormGuard:
    """Makes and checks form tokens: HMAC-SHA256 under the installation's form secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def issue(self, holder: str, purpose: str) -> str:
        """The token of one holder for forms of one purpose; 64 hex digits."""
        # Lengths first, so that no other holder and purpose give the same bytes.
        message = f"{len(holder)}.{holder}.{purpose}".encode()
        return hmac.digest(self._secret, message, hashlib.sha256).hex()

    def accepts(self, holder: str, purpose: str, token: str) -> bool:
        """Whether `token` was issued for just these; takes the same time for any answer."""
        return hmac.compare_digest(self.issue(holder, purpose).encode(), token.encode())


GUARD = web.AppKey("guard", FormGuard)


def came_from_elsewhere(request: web.Request) -> bool:
    """Whether the browser says that another site began this request.

    Old browsers say nothing and are judged by the form's token alone. `Origin` is no help: under
    our `no-referrer` browsers send `null` from our own pages too.
    """
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN


@web.middleware
async def refuse_other_sites(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let other sites read what is public and change nothing."""
    if request.method not in _READING and came_from_elsewhere(request):
        raise web.HTTPForbidden
    return await handler(request)
