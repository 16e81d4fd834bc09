"""The two cookies of a visitor: a random token that stands for the browser, and a language.

Both last until the browser is closed. The token is what intake makes a pseudonym of; it is never
stored or logged here. `Secure` and the `__Host-` prefix come with https.
"""

import re
from typing import Literal, TypeAlias

from aiohttp import web

_TOKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")
"""Of `sealing.identifiers.new_token`."""

SameSite: TypeAlias = Literal["Lax", "Strict"]

VISIT = "visit"
LANGUAGE = "language"


class Jar:
    """Reads and sets cookies as this installation is reached."""

    def __init__(self, *, is_https: bool) -> None:
        self._is_https = is_https

    def name(self, name: str) -> str:
        """With https no subdomain and no plain-text page can plant a `__Host-` cookie."""
        return f"__Host-{name}" if self._is_https else name

    def read(self, request: web.BaseRequest, name: str) -> str:
        """The cookie's value, empty when there is none."""
        return request.cookies.get(self.name(name), "")

    def put(
        self, response: web.StreamResponse, name: str, value: str, *, same_site: SameSite = "Lax"
    ) -> None:
        """Set it until the browser is closed; no script can read it.

        `Lax` lets somebody arrive by a link from elsewhere; signed-in pages take `Strict`.
        """
        response.set_cookie(
            self.name(name),
            value,
            path="/",
            httponly=True,
            samesite=same_site,
            secure=self._is_https,
        )

    def drop(self, response: web.StreamResponse, name: str) -> None:
        """Make the browser forget it."""
        response.del_cookie(
            self.name(name), path="/", httponly=True, samesite="Lax", secure=self._is_https
        )


def is_token(text: str) -> bool:
    """Whether it could be one of ours; anything else is not worth a look-up."""
    return _TOKEN_SHAPE.fullmatch(text) is not None


JAR = web.AppKey("jar", Jar)
