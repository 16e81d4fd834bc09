"""How our pages send their forms. Whatever else is posted where a form belongs is refused.

Read by `web.public.forms` and `web.inside.fields` before a byte of the body is looked at.
"""

from aiohttp import web

_URLENCODED = "application/x-www-form-urlencoded"
_OURS = frozenset({"", "utf-8", "utf8"})
"""Every page of ours is UTF-8, so every browser posts UTF-8. Another charset would be decoded by
whatever codec of Python has that name, and there are codecs that are none of text."""


def is_form(request: web.Request) -> bool:
    """Whether it is a form without files, as our pages send them."""
    return (
        request.content_type == _URLENCODED
        and (request.charset or "").strip("\"' ").lower() in _OURS
    )
