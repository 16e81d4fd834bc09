"""Tokens that nobody was given, parameters that mean nothing, and tags of answers that were not."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from urllib.parse import quote

import aiohttp
import orjson

from tests.security.fuzzing.making import encodable, some, text
from tests.security.fuzzing.surface import Strike, Surface
from tests.web.inside_house import inside_house
from tests.web.programs import token_of
from web.api.house import API
from web.api.routes import ROUTES
from web.api.turns import Turns

PARAMETERS = ("language", "quarter", "after", "organisation", "access_token", "limit")
VALUES = ("nl", "en", "2026-Q2", "2026-Q9", "a" * 26, "z" * 26)
_UNSENDABLE = re.compile("[\x00-\x1f\x7f]")
"""No client puts these into a header; what a server does with them is `test_injection`'s."""


@asynccontextmanager
async def programs(folder: Path) -> AsyncIterator[Strike]:
    async with inside_house(folder / "home") as inside, aiohttp.ClientSession() as session:
        given = (await token_of(inside)).token
        # So that strikes, not turns, decide what comes back.
        api = inside.app[API]
        object.__setattr__(api, "turns", Turns(per_second=1e6, at_once=1_000_000))
        object.__setattr__(api, "wrong", Turns(per_second=1e6, at_once=1_000_000))

        async def strike(random: Random) -> None:
            shown = _shown(random, given)
            headers = {} if shown is None else {"Authorization": shown}
            if random.random() < 0.3:
                headers["If-None-Match"] = _sendable(text(random))
            async with session.get(
                inside.base + _address(random), headers=headers, allow_redirects=False
            ) as answer:
                body = await answer.read()
            assert answer.status in {200, 304, 400, 401, 404}
            assert (answer.status == 401) or answer.status == 404 or _is_right(shown, given)
            if answer.status != 304:
                assert "json" in answer.content_type
                assert isinstance(orjson.loads(body), dict)

        yield strike


def _is_right(shown: str | None, given: str) -> bool:
    scheme, _, token = (shown or "").partition(" ")
    return scheme.lower() == "bearer" and token.strip() == given


def _shown(random: Random, given: str) -> str | None:
    at = random.randrange(len(given))
    match random.randrange(8):
        case 0 | 1 | 2:
            return f"{random.choice(('Bearer', 'bearer', 'BEARER'))} {given}"
        case 3:
            return f"Bearer {given[:at]}{random.choice('abcXYZ019-_')}{given[at + 1 :]}"
        case 4:
            return f"Bearer {given[:at]}" if random.random() < 0.5 else f"Bearer {given}{given}"
        case 5:
            return f"{random.choice(('Basic', 'Token', '', 'Bearer,'))} {given}"
        case 6:
            return _sendable(text(random))
        case _:
            return None


def _address(random: Random) -> str:
    path = random.choice(ROUTES).described.path.format(quarter=_value(random)[:200])
    sent = (f"{name}={_value(random)}" for name in some(random, PARAMETERS, 3))
    return f"{path}?{'&'.join(sent)[:1500]}"


def _value(random: Random) -> str:
    return random.choice(VALUES) if random.random() < 0.6 else quote(encodable(text(random)))


def _sendable(words: str) -> str:
    return _UNSENDABLE.sub("", encodable(words))[:3000]


SURFACES = (
    Surface(
        name="programs",
        claim="the token that was given, and no other, lets a program in; every answer is JSON",
        open=programs,
        strikes=300,
    ),
)
