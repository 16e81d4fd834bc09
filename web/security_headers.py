"""The headers that every response carries, whatever made it. Called by `web.app`.

Nothing is loaded from elsewhere, framed, sniffed, or told to other sites; pages about a person
are never kept by a cache (W2, W4).
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "browsing-topics=(), display-capture=()"
    ),
}

TWO_YEARS = 63_072_000
"""In seconds; what browsers' preload lists ask for at least."""

Prepare = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


def protect(*, is_https: bool) -> Prepare:
    """A hook for `on_response_prepare` that sets them all."""

    async def prepare(_request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(ALWAYS)
        response.headers.setdefault("Cache-Control", "no-store")
        if is_https:
            response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
        # Which software answers, in which version, is of use to nobody but an attacker.
        response.headers.popall("Server", None)

    return prepare
