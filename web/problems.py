"""What a program is told when it does not get what it asked for (RFC 9457).

People get a page (`web.faults`); whoever asks below `/api` gets these few lines, in English.
"""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from aiohttp import web

PROGRAMS = "/api"
"""Below this address there are no pages."""
MEDIA_TYPE = "application/problem+json"


def is_for_a_program(request: web.Request) -> bool:
    """Whether no page is expected there."""
    return request.path == PROGRAMS or request.path.startswith(f"{PROGRAMS}/")


def problem(
    status: int, detail: str = "", *, headers: Mapping[str, str] | None = None
) -> web.Response:
    """The answer of one status; `detail` says what to do and never what was sent."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        told["detail"] = detail
    return web.Response(
        status=status, body=orjson.dumps(told), content_type=MEDIA_TYPE, headers=headers
    )
