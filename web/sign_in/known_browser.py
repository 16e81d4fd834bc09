"""A mark in a browser in which an account was signed in before.

It opens nothing. It only gives the account, in this browser, a count of wrong tries of its own, so
that strangers who try its name, or many names, do not keep its owner waiting (`patience`). The mark
is a random word and a keyed digest over it and the account's name; nobody else can make one.
"""

import secrets
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Where wrong tries are counted."""

    key: str
    is_own: bool
    """The browser's own count: those of strangers, of whatever name, do not hold it up."""


def tally_of(key_ring: KeyRing, name_digest: str, mark: str) -> Tally:
    """The browser's own tally if its mark is genuine, else the one of the name."""
    word, _, proof = mark.partition(".")
    if proof and secrets.compare_digest(
        key_ring.pseudonym(_PURPOSE, word, name_digest).encode(), proof.encode()
    ):
        return Tally(key=key_ring.pseudonym("wrong tries", word, name_digest), is_own=True)
    return Tally(key=key_ring.pseudonym("wrong tries", name_digest), is_own=False)


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
