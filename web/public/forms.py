"""Reads a posted form: its token first, then its fields, its files while they stream in.

Called by the handlers of the public pages. A form that is not ours is an `HTTPForbidden`, one that
is too large an `HTTPRequestEntityTooLarge`, one that cannot be read an `HTTPBadRequest`.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, MultipartReader, web

from flows.values import StoredFile, Text
from intake.arrivals import Channel
from intake.files import FileRefused
from web.faults import WRITTEN
from web.form_encoding import is_form
from web.public.visitors import Visitor
from web.security_forms import FORM_FIELD, GUARD
from web.services import SERVICES

FORM_SECONDS = 120
UPLOAD_SECONDS = 30 * 60
"""20 MB at 100 kbit/s take 27 minutes: an old phone on a slow line may finish (W7)."""
_MOST_FIELDS = 200
_MOST_FIELD_BYTES = 512 * 1024
_PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What was posted; every field may come several times."""

    fields: Mapping[str, tuple[str, ...]] = field(repr=False)
    files: tuple[StoredFile, ...] = ()
    """Sealed while they came in."""
    refused: tuple[Text, ...] = ()
    """Why files were not taken, one sentence each."""

    def one(self, name: str) -> str:
        """The field's first value; empty when it did not come."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All of the field's values, in order."""
        return self.fields.get(name, ())


async def read_form(request: web.Request, visitor: Visitor, purpose: str) -> Form:
    """The form, if it was made for this visitor and purpose."""
    try:
        if request.content_type == "multipart/form-data":
            async with asyncio.timeout(UPLOAD_SECONDS):
                return await _read_parts(request, visitor, purpose)
        async with asyncio.timeout(FORM_SECONDS):
            return await _read_fields(request, visitor, purpose)
    except (ValueError, AssertionError, RuntimeError) as fault:
        # What aiohttp says about an unreadable form may quote it.
        raise web.HTTPBadRequest from fault


async def _read_fields(request: web.Request, visitor: Visitor, purpose: str) -> Form:
    if not is_form(request):
        raise web.HTTPBadRequest
    posted = await request.post()
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in posted.items():
        if isinstance(value, str):
            fields[name] = (*fields.get(name, ()), value)
    _check(request, visitor, purpose, next(iter(fields.get(FORM_FIELD, ())), ""))
    request[WRITTEN] = tuple((name, value) for name, all_ in fields.items() for value in all_)
    return Form(fields=fields)


def _check(request: web.Request, visitor: Visitor, purpose: str, token: str) -> None:
    if visitor.is_new or not request.app[GUARD].accepts(visitor.token, purpose, token):
        raise web.HTTPForbidden


async def _read_parts(request: web.Request, visitor: Visitor, purpose: str) -> Form:
    most_bytes = request.app[SERVICES].settings.most_upload_bytes
    if (request.content_length or 0) > most_bytes:
        raise web.HTTPRequestEntityTooLarge(max_size=most_bytes, actual_size=0)
    upload = _Upload(request, visitor, purpose, most_bytes)
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        await upload.take(part)
    upload.require_token()
    return Form(fields=upload.fields, files=tuple(upload.files), refused=tuple(upload.refused))


class _Upload:
    """One multipart form while it comes in."""

    def __init__(
        self, request: web.Request, visitor: Visitor, purpose: str, most_bytes: int
    ) -> None:
        self._request = request
        self._visitor = visitor
        self._purpose = purpose
        self._bytes_left = most_bytes
        self._parts_left = _MOST_FIELDS
        self.fields: dict[str, tuple[str, ...]] = {}
        self.files: list[StoredFile] = []
        self.refused: list[Text] = []

    def require_token(self) -> None:
        """Files are taken only after the token, which stands first in our forms."""
        token = next(iter(self.fields.get(FORM_FIELD, ())), "")
        _check(self._request, self._visitor, self._purpose, token)

    async def take(self, part: BodyPartReader | MultipartReader) -> None:
        """One field or file."""
        self._parts_left -= 1
        if isinstance(part, MultipartReader) or not part.name or self._parts_left < 0:
            raise web.HTTPBadRequest
        if part.filename is None:
            words = b"".join([piece async for piece in self._pieces(part, _MOST_FIELD_BYTES)])
            self.fields[part.name] = (*self.fields.get(part.name, ()), words.decode("utf-8"))
        elif part.filename:
            self.require_token()
            await self._keep(part, part.filename)
        else:
            # Browsers send a file field that was left empty as a part without a name.
            await part.release()

    async def _keep(self, part: BodyPartReader, name: str) -> None:
        kept = await self._request.app[SERVICES].reception.keep_file(
            channel=Channel.WEB,
            correspondent=self._visitor.token,
            name=name,
            chunks=self._pieces(part, self._bytes_left),
        )
        if isinstance(kept, FileRefused):
            self.refused.append(kept.text)
            # The rest of a file that was refused half-way stands before the next part.
            async for _ in self._pieces(part, self._bytes_left):
                pass
        else:
            self.files.append(kept)

    async def _pieces(self, part: BodyPartReader, most_bytes: int) -> AsyncIterator[bytes]:
        limit = min(most_bytes, self._bytes_left)
        while piece := await part.read_chunk(_PIECE_BYTES):
            limit -= len(piece)
            self._bytes_left -= len(piece)
            if limit < 0:
                raise web.HTTPRequestEntityTooLarge(max_size=most_bytes, actual_size=0)
            yield bytes(piece)
