"""Reads the fields of a posted form. Its token is for the caller to check."""

import asyncio
from collections.abc import Mapping

from aiohttp import web

from web.form_encoding import is_form

SECONDS_TO_READ = 120
"""How long a form may take to come in."""
_MOST_VALUES = 200


async def read_fields(request: web.Request) -> Mapping[str, str]:
    """The last value of each field. An `HTTPBadRequest` for what cannot be read."""
    if not is_form(request):
        raise web.HTTPBadRequest
    try:
        async with asyncio.timeout(SECONDS_TO_READ):
            posted = await request.post()
    except (ValueError, AssertionError) as fault:
        # What aiohttp says about an unreadable form may quote it.
        raise web.HTTPBadRequest from fault
    if len(posted) > _MOST_VALUES:
        raise web.HTTPBadRequest
    return {name: value for name, value in posted.items() if isinstance(value, str)}
