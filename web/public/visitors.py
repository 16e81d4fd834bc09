"""Who is at the pages: a browser with a random token, and the language they read.

Handlers ask `visitor_of`; `web.public.answering` sets the cookies of a new one.
"""

from dataclasses import dataclass, field

from aiohttp import web

from sealing.identifiers import new_token
from web.cookies import JAR, VISIT, is_token
from web.languages import browsers_language, chosen_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One browser, until it is closed."""

    token: str = field(repr=False)
    is_new: bool
    """The browser brought no token: it has no conversation here."""
    language: str
    has_chosen: bool
    """The language was chosen on a page, not guessed from what the browser asks for."""


_VISITOR = web.RequestKey("visitor", Visitor)


def visitor_of(request: web.Request) -> Visitor:
    """The same visitor for the whole of one request."""
    visitor = request.get(_VISITOR)
    if visitor is None:
        token = request.app[JAR].read(request, VISIT)
        is_known = is_token(token)
        chosen = chosen_language(request)
        visitor = request[_VISITOR] = Visitor(
            token=token if is_known else new_token(),
            is_new=not is_known,
            language=chosen or browsers_language(request),
            has_chosen=chosen is not None,
        )
    return visitor
