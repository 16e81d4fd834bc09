"""One request that was let in, and how it is answered: JSON with a tag, or that nothing is new."""

import hashlib
from dataclasses import dataclass

import orjson
from aiohttp import web

from accounts.api_tokens import ApiToken
from locales.catalogue import Catalogue, catalogue
from locales.files import LANGUAGES_OF, Domain
from locales.languages import SOURCE
from web.api.house import Api

_TAG_LETTERS = 32


class CannotAnswer(Exception):
    """The request is not one that can be answered; told as a problem of this status."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__()
        self.status = status
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks what."""

    request: web.Request
    api: Api
    token: ApiToken

    @property
    def organisation_id(self) -> str:
        """The one organisation that this token may read of; no address ever names another."""
        return self.token.organisation_id

    @property
    def language(self) -> str:
        """The language of names and sentences. Raises `CannotAnswer` for one that is not ours."""
        wanted = self.request.query.get("language", SOURCE)
        known = [each.code for each in LANGUAGES_OF[Domain.DESK]]
        if wanted not in known:
            raise CannotAnswer(400, f"language is one of {', '.join(known)}.")
        return wanted

    @property
    def words(self) -> Catalogue:
        """The words of that language."""
        return catalogue(self.language, Domain.DESK)


def answered(request: web.Request, content: object) -> web.Response:
    """The content as JSON, or 304 where whoever asks has it already."""
    body = orjson.dumps(content)
    tag = hashlib.sha256(body).hexdigest()[:_TAG_LETTERS]
    headers = {
        "ETag": f'"{tag}"',
        # A program may keep it, a cache in between may not; and it asks each time.
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization",
    }
    had = request.if_none_match or ()
    if any(each.value in {"*", tag} for each in had):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type="application/json", headers=headers)
