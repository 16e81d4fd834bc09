"""Files made to harm, or that tell more than was meant: refused or cleaned, in bounded memory."""

import asyncio
import io
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from flows.values import StoredFile
from intake.clean_room import clean_apart
from intake.cleaning import without_notes
from intake.errors import NotCleanable
from intake.files import FileDesk, FileFault, FileRefused
from sealing.blobs import open_stream
from storage.blobs import BlobFolder
from tests.intake.documents.packages import EVERY_KIND, TELLING, everything_in, packed
from tests.security.hostile_files import (
    CLEANED,
    GPS,
    NOT_ALLOWED,
    SCRIPT,
    UNREADABLE,
    Endless,
    docx_bomb,
    in_chunks,
    jpeg,
    office,
)

MOST = 20_000_000
VIDEO = b"\x00\x00\x00\x18ftypmp42"


@pytest.fixture
def blobs(tmp_path: Path) -> BlobFolder:
    return BlobFolder(tmp_path / "blobs")


@pytest.fixture
def desk(blobs: BlobFolder) -> FileDesk:
    return FileDesk(blobs, most_bytes=MOST)


def content_of(blobs: BlobFolder, file: StoredFile) -> bytes:
    return b"".join(open_stream(blobs.read(file.blob), file.key))


def parsed_pdf(content: bytes) -> bytes:
    """All that is in a document, unfolded."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") != "/DCTDecode":
                each.write(each.read_bytes())
        out = io.BytesIO()
        document.save(out, compress_streams=False)
    return content + out.getvalue()


@pytest.mark.parametrize("what", NOT_ALLOWED)
async def test_what_is_no_photo_is_refused_whatever_its_name(
    desk: FileDesk, blobs: BlobFolder, what: str
) -> None:
    refused = await desk.keep("photo.jpg", in_chunks(NOT_ALLOWED[what]))
    assert isinstance(refused, FileRefused)
    assert refused.reason is FileFault.NOT_ALLOWED
    assert list(blobs.ids()) == []


@pytest.mark.parametrize("what", UNREADABLE)
async def test_what_unfolds_without_end_or_is_broken_is_refused(
    desk: FileDesk, blobs: BlobFolder, what: str
) -> None:
    refused = await desk.keep("photo.jpg", in_chunks(UNREADABLE[what]))
    assert isinstance(refused, FileRefused)
    assert refused.reason is FileFault.UNREADABLE
    assert list(blobs.ids()) == []


@pytest.mark.parametrize("what", CLEANED)
async def test_the_copy_has_nothing_but_what_is_seen_and_the_original_is_as_sent(
    desk: FileDesk, blobs: BlobFolder, what: str
) -> None:
    sent = CLEANED[what]
    kept = await desk.keep("mine.bin", in_chunks(sent))
    assert isinstance(kept, StoredFile)
    assert content_of(blobs, kept) == sent
    assert kept.cleaned is not None
    copy = content_of(blobs, kept.cleaned)
    assert kept.cleaned.name == ""
    everything = parsed_pdf(copy) if kept.cleaned.media_type == "application/pdf" else copy
    for told in (GPS, SCRIPT, b"8BIM", b"Exif", b"xmp"):
        assert told not in everything


async def test_a_photo_stands_upright_once_its_notes_are_gone(
    desk: FileDesk, blobs: BlobFolder
) -> None:
    kept = await desk.keep("", in_chunks(jpeg(exif=True)))
    assert isinstance(kept, StoredFile)
    assert kept.cleaned is not None
    with Image.open(io.BytesIO(content_of(blobs, kept.cleaned))) as image:
        assert image.size == (30, 40)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_picture_of_a_bared_photo_is_the_same_to_the_last_bit() -> None:
    noted = jpeg(exif=True)
    bare = without_notes(noted)
    with Image.open(io.BytesIO(noted)) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()
    assert GPS not in bare


@pytest.mark.parametrize("is_progressive", [False, True])
def test_what_stands_behind_a_picture_goes_and_the_picture_stays(is_progressive: bool) -> None:
    image, out = Image.effect_noise((90, 70), 80), io.BytesIO()
    image.save(out, "JPEG", progressive=is_progressive, restart_marker_blocks=4)
    bare = without_notes(out.getvalue() + jpeg(exif=True) + GPS)
    assert GPS not in bare
    with Image.open(io.BytesIO(bare)) as after, Image.open(out) as before:
        assert after.tobytes() == before.tobytes()
    assert without_notes(bare) == bare


async def test_an_office_document_is_never_unpacked_here(desk: FileDesk, blobs: BlobFolder) -> None:
    sent = docx_bomb()
    tracemalloc.start()
    try:
        refused = await desk.keep("report.docx", in_chunks(sent))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert isinstance(refused, FileRefused)
    assert refused.reason is FileFault.UNCLEANABLE
    assert list(blobs.ids()) == []


@pytest.mark.parametrize(
    "sent",
    [
        office(document=b"", **{"vbaProject.bin": SCRIPT}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        b"{\\rtf1 words}",
    ],
)
async def test_a_document_that_cannot_be_cleaned_is_refused_with_what_to_send_instead(
    desk: FileDesk, blobs: BlobFolder, sent: bytes
) -> None:
    refused = await desk.keep("report.docx", in_chunks(sent))
    assert isinstance(refused, FileRefused)
    assert refused.reason is FileFault.UNCLEANABLE
    assert "send photos of its pages" in refused.text.msgid
    assert list(blobs.ids()) == []


@pytest.mark.parametrize("kind", EVERY_KIND)
async def test_an_office_document_has_a_cleaned_copy_and_the_original_is_as_sent(
    desk: FileDesk, blobs: BlobFolder, kind: str
) -> None:
    parts = EVERY_KIND[kind]
    sent = packed({name: parts[name] for name in parts if "vbaProject" not in name})
    kept = await desk.keep("report.docx", in_chunks(sent))
    assert isinstance(kept, StoredFile)
    assert kept.media_type == kind
    assert content_of(blobs, kept) == sent
    assert kept.cleaned is not None
    everything = everything_in(content_of(blobs, kept.cleaned))
    assert [told for told in TELLING if told in everything] == []


async def test_sixty_megabytes_are_left_where_the_limit_is_and_nothing_stays(
    desk: FileDesk, blobs: BlobFolder
) -> None:
    endless = Endless(VIDEO, 60_000_000)
    tracemalloc.start()
    try:
        refused = await desk.keep("film.mp4", endless.chunks())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(refused, FileRefused)
    assert refused.reason is FileFault.TOO_LARGE
    assert endless.given <= MOST + 2 * 64 * 1024
    assert peak < 6_000_000
    assert list(blobs.ids()) == []


async def test_a_large_file_is_sealed_as_it_comes_in_memory_that_does_not_grow(
    desk: FileDesk, blobs: BlobFolder
) -> None:
    endless = Endless(VIDEO, 19_000_000)
    tracemalloc.start()
    try:
        kept = await desk.keep("film.mp4", endless.chunks())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(kept, StoredFile)
    assert kept.size == endless.given
    assert peak < 6_000_000
    assert list(blobs.ids()) == [kept.blob]


async def test_many_slow_uploads_hold_little_each(blobs: BlobFolder, desk: FileDesk) -> None:
    """Ten people on bad lines, each in the middle of a large film."""
    gate = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        async for chunk in Endless(VIDEO, 5_000_000).chunks():
            yield chunk
        waiting.release()
        await gate.wait()

    waiting = asyncio.Semaphore(0)
    tracemalloc.start()
    try:
        tasks = [asyncio.create_task(desk.keep("film.mp4", slow())) for _ in range(10)]
        for _ in tasks:
            await waiting.acquire()
        held = tracemalloc.get_traced_memory()[0]
        gate.set()
        kept = await asyncio.gather(*tasks)
    finally:
        tracemalloc.stop()
    assert held < 10 * 1_500_000
    assert sorted(each.blob for each in kept if isinstance(each, StoredFile)) == list(blobs.ids())


async def test_who_breaks_off_in_the_middle_leaves_nothing(
    blobs: BlobFolder, desk: FileDesk
) -> None:
    reached = asyncio.Event()

    async def broken() -> AsyncIterator[bytes]:
        async for chunk in Endless(VIDEO, 3_000_000).chunks():
            yield chunk
        reached.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(desk.keep("film.mp4", broken()))
    await reached.wait()
    assert list(blobs.ids()) != []
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(blobs.ids()) == []


async def test_no_part_that_is_put_aside_is_readable_on_the_disk(
    blobs: BlobFolder, desk: FileDesk, tmp_path: Path
) -> None:
    seen: list[bytes] = []

    async def telling() -> AsyncIterator[bytes]:
        yield VIDEO
        for _ in range(40):
            yield b"CANARYWORDS" * 6_000
        seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    await desk.keep("CANARYNAME.mp4", telling())
    assert seen
    assert all(b"CANARY" not in content for content in seen)


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "image/png"])
def test_the_clean_room_refuses_what_it_cannot_read(kind: str) -> None:
    with pytest.raises(NotCleanable):
        clean_apart((b"not at all what it is said to be",), kind)


def test_the_clean_room_refuses_a_kind_that_it_does_not_know() -> None:
    with pytest.raises(NotCleanable):
        clean_apart((jpeg(),), "image/svg+xml")
