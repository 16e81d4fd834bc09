"""A mark in a browser in which an account was signed in before.

It opens nothing. It only gives the account, in this browser, a count of wrong tries of its own, so
that strangers who try its name do not keep its owner waiting (`patience`). The mark is a random
word and a keyed digest over it and the account's name; nobody else can make one.
"""

import secrets

from aiohttp import web

from sealing.key_ring import KeyRing
from web.cookies import JAR
from web.services import SERVICES

COOKIE = "known"
MAX_AGE_SECONDS = 180 * 24 * 3600
_PURPOSE = "known browser"


def new_mark(key_ring: KeyRing, name_digest: str) -> str:
    """A mark for this account."""
    word = secrets.token_urlsafe(16)
    return f"{word}.{key_ring.pseudonym(_PURPOSE, word, name_digest)}"


def count_key(key_ring: KeyRing, name_digest: str, mark: str) -> str:
    """Under which key wrong tries are counted: the browser's own if its mark is genuine."""
    word, _, proof = mark.partition(".")
    if proof and secrets.compare_digest(
        key_ring.pseudonym(_PURPOSE, word, name_digest).encode(), proof.encode()
    ):
        return key_ring.pseudonym("wrong tries", word, name_digest)
    return key_ring.pseudonym("wrong tries", name_digest)


def put_mark(request: web.Request, response: web.StreamResponse, mark: str) -> None:
    """Let the browser keep it for half a year."""
    response.set_cookie(
        request.app[JAR].name(COOKIE),
        mark,
        path="/",
        max_age=MAX_AGE_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=request.app[SERVICES].settings.is_https,
    )
