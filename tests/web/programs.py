"""A company's own program: it has a token, keeps no cookies, and reads JSON."""

from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from accounts.api_tokens import ApiToken, NewApiToken, Scope, new_api_token
from tests.house import IMPORTER
from tests.web.inside_house import Inside

EVERYTHING = tuple(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came back."""

    status: int
    headers: Any
    content: Any
    """Read as JSON; None where there was no body."""

    @property
    def text(self) -> str:
        return "" if self.content is None else orjson.dumps(self.content).decode()


async def token_of(
    inside: Inside, *scopes: Scope, organisation_id: str = IMPORTER.id, days: int = 30
) -> NewApiToken:
    """A token that is kept, as `gehoor tokens add` keeps it."""
    made = new_api_token(
        inside.house.key_ring,
        organisation_id,
        scopes or EVERYTHING,
        inside.house.clock.today,
        days=days,
    )
    assert isinstance(made, NewApiToken)
    await inside.house.database.transaction(lambda tx: tx.api_tokens.put(made.kept))
    return made


async def kept(inside: Inside, made: NewApiToken) -> ApiToken | None:
    """The token as it is kept now."""
    return await inside.house.database.read(lambda tx: tx.api_tokens.by_digest(made.kept.digest))


@dataclass(slots=True)
class Program:
    """One program."""

    base: str
    token: str = ""

    async def asks(self, path: str, verb: str = "GET", **headers: str) -> Told:
        """One request; `headers` go beside the token, with - for _."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.request(verb, self.base + path, headers=sent, allow_redirects=False) as answer,
        ):
            body = await answer.read()
            return Told(
                status=answer.status,
                headers=answer.headers,
                content=orjson.loads(body) if "json" in answer.content_type and body else None,
            )


async def program(inside: Inside, *scopes: Scope, **more: Any) -> Program:
    """One with a token of its own."""
    return Program(inside.base, (await token_of(inside, *scopes, **more)).token)
