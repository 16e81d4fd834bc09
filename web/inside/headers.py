"""The few responses that need another content policy than the one that all pages carry.

Appended after `web.security_headers.protect`, so it has the last word.
"""

from aiohttp import web

from web.security_headers import CONTENT_SECURITY_POLICY

POLICY = web.RequestKey("content_policy", str)

WITH_SOUND = f"{CONTENT_SECURITY_POLICY}; media-src 'self'"
"""For a page that plays a voice message of ours."""
SANDBOXED = "sandbox; default-src 'none'; frame-ancestors 'none'; form-action 'none'"
"""For what somebody sent: whatever it is, it runs nothing, loads nothing and asks nobody."""


async def set_policy(request: web.Request, response: web.StreamResponse) -> None:
    """The policy that a handler chose for this response."""
    if POLICY in request:
        response.headers["Content-Security-Policy"] = request[POLICY]
