"""What came with a case: photos, voices, documents. Opened in memory, never kept in clear.

The cleaned copy is what opens; the file as it was sent stands behind a page that says what it may
tell, and opening it is logged. There a scanner looks once more, where there is one: it may have
learned since, and nobody else can open the file for it. Whatever it is, it is served as data:
sandboxed, sniffed by nobody, under a name of ours. A voice message of which no copy could be made
is played from what was sent, because playing shows nothing of what is beside the sound; one that a
scanner calls harmful is not.
"""

import asyncio
from collections.abc import Iterator

from aiohttp import web

from flows.values import Scan, StoredFile
from intake.ports import BlobStore, Transaction
from register.desk import short_ref
from sealing.blobs import open_stream
from sealing.failures import SealingError
from web.desk.case_page import CaseRead, address_of, open_case, read_case, ref_in
from web.desk.closed_page import closed_page
from web.desk.file_lines import file_line
from web.desk.house import DESK
from web.desk.openings import note_opening
from web.desk.reading import Opened, files_of
from web.inside.frame import inside, see_other, words_of
from web.inside.headers import POLICY, SANDBOXED
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

FILE = "/desk/cases/{ref:[a-z2-7]{26}}/files/{blob:[a-z2-7]{26}}"
ORIGINAL = f"{FILE}/original"

_INLINE = frozenset(
    {
        "image/jpeg",
        "audio/ogg",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/wav",
        "audio/webm",
        "audio/amr",
    }
)
"""What a browser shows or plays by itself; anything else is handed over as a file."""
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "audio/aac": "aac",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "audio/amr": "amr",
    "video/3gpp": "3gp",
    "video/webm": "webm",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_AT_ONCE = 256 * 1024


async def show_file(request: web.Request, person: Person) -> web.StreamResponse:
    """The cleaned copy; a voice message as it is; for all else the way to the original."""
    found = await _find(request, person)
    if isinstance(found, web.StreamResponse):
        return found
    _, file = found
    if file.cleaned is not None:
        return await _serve(request, file.cleaned, is_inline=file.cleaned.media_type in _INLINE)
    if file.media_type.startswith("audio/") and file.scan is not Scan.INFECTED:
        return await _serve(request, file, is_inline=file.media_type in _INLINE)
    return see_other(f"{request.path}/original")


async def warn(request: web.Request, person: Person) -> web.StreamResponse:
    """What the file as it was sent may tell, before it is opened."""
    found = await _find(request, person)
    if isinstance(found, web.StreamResponse):
        return found
    read, file = found
    scan = await _scanned(request, file)
    return inside(
        request,
        person,
        "desk/original.html",
        here="/desk",
        ref=short_ref(read.case.ref),
        address=address_of(read.case.ref),
        file=file_line(file, scan, words_of(person)),
    )


async def show_original(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """The file as it was sent, as a download; logged."""
    del form
    found = await _find(request, person)
    if isinstance(found, web.StreamResponse):
        return found
    read, file = found
    desk, actor = request.app[DESK], read.desk.actor
    today, blob = desk.today, file.blob

    def note(tx: Transaction) -> None:
        note_opening(tx, read.case.ref, actor, Opened.ORIGINAL_FILE, today, blob)

    await desk.storage.transaction(note)
    return await _serve(request, file, is_inline=False)


async def _scanned(request: web.Request, file: StoredFile) -> Scan:
    """What a scanner says of the file now; where it says nothing, what it said when it came in."""
    desk = request.app[DESK]
    try:
        scan = await desk.scanner.scan(open_stream(desk.blobs.read(file.blob), file.key))
    except (SealingError, KeyError):
        raise web.HTTPNotFound from None
    return file.scan if scan in {Scan.NOT_LOOKED, Scan.UNANSWERED} else scan


async def _find(
    request: web.Request, person: Person
) -> tuple[CaseRead, StoredFile] | web.StreamResponse:
    """The file with its key, out of the opened case; 404 where the case has no such file."""
    ref, blob = ref_in(request), request.match_info["blob"]
    identity = request.app[DESK].cabinet.identity(person.login)
    if identity is None:
        return see_other(f"/desk/unlock?case={ref}")
    read = await read_case(request, person, ref)
    if read.refusal is not None:
        return closed_page(request, person, read.case, read.refusal)
    opened = await asyncio.to_thread(open_case, read, identity)
    for file in files_of(opened.account, opened.letters):
        if file.blob == blob:
            return read, file
    raise web.HTTPNotFound


async def _serve(request: web.Request, file: StoredFile, *, is_inline: bool) -> web.StreamResponse:
    """Stream it. A file that was cut off or altered is refused before its first byte."""
    blobs = request.app[DESK].blobs
    if not await asyncio.to_thread(_is_whole, blobs, file):
        raise web.HTTPNotFound
    wanted = _range(request, file.size)
    ending = _ENDINGS.get(file.media_type, "bin")
    name = f"{short_ref(ref_in(request))}-{file.blob[:4]}.{ending}"
    request[POLICY] = SANDBOXED
    response = web.StreamResponse(
        headers={
            "Content-Type": file.media_type if is_inline else "application/octet-stream",
            "Content-Disposition": f'{"inline" if is_inline else "attachment"}; filename="{name}"',
            "Content-Length": str(len(wanted)),
            "Accept-Ranges": "bytes",
        }
    )
    if len(wanted) < file.size:
        response.set_status(206)
        response.headers["Content-Range"] = f"bytes {wanted[0]}-{wanted[-1]}/{file.size}"
    await response.prepare(request)
    if request.method == "HEAD":
        # A body here would be read as the beginning of the next answer on the same connection.
        return response
    pieces = _opened(blobs, file, wanted)
    while piece := await asyncio.to_thread(_next, pieces):
        await response.write(piece)
    await response.write_eof()
    return response


def _range(request: web.Request, size: int) -> range:
    """The bytes that are asked for (RFC 9110 §14); some players play nothing without it."""
    whole = range(size)
    try:
        asked = request.http_range
    except ValueError:
        return whole
    wanted = whole[asked]
    # A range that cannot be given is answered with the whole, as for one that was not asked for.
    return wanted if wanted else whole


def _is_whole(blobs: BlobStore, file: StoredFile) -> bool:
    """Whether all of it opens: opening twice costs less than showing half of something altered."""
    try:
        return sum(map(len, open_stream(blobs.read(file.blob), file.key))) == file.size
    except (SealingError, KeyError):
        return False


def _opened(blobs: BlobStore, file: StoredFile, wanted: range) -> Iterator[bytes]:
    """The wanted bytes, in pieces that are worth a thread each."""
    held, at = bytearray(), 0
    for piece in open_stream(blobs.read(file.blob), file.key):
        held += piece[max(0, wanted.start - at) : max(0, wanted.stop - at)]
        at += len(piece)
        if len(held) >= _AT_ONCE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _next(pieces: Iterator[bytes]) -> bytes:
    return next(pieces, b"")
