"""A scanner is asked over a real socket; whatever it does, a file is taken and marked truly."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.values import Scan, StoredFile
from intake.clamd import Clamd, read_address
from intake.files import FileDesk
from intake.scanning import NoScanner
from sealing.blobs import open_stream
from sealing.failures import Tampered
from storage.blobs import BlobFolder
from tests.clamd_server import EICAR, clamd_server
from tests.security.hostile_files import in_chunks, jpeg


def pieces(content: bytes, size: int = 300_000) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


async def test_what_is_harmless_is_clean_and_what_is_known_is_infected() -> None:
    async with clamd_server() as daemon:
        clamd = Clamd(("127.0.0.1", daemon.port))
        assert await clamd.scan(pieces(b"words")) is Scan.CLEAN
        assert await clamd.scan(pieces(bytes(1_000_000) + EICAR)) is Scan.INFECTED
        assert await clamd.scan(iter(())) is Scan.CLEAN
        assert await clamd.scan(iter((b"", b"words", b"", EICAR))) is Scan.INFECTED
        assert daemon.heard == [5, 1_000_000 + len(EICAR), 0, 5 + len(EICAR)]


async def test_a_unix_socket_is_asked_the_same_way(tmp_path: Path) -> None:
    async with clamd_server(tmp_path / "clamd.ctl"):
        clamd = Clamd(read_address(str(tmp_path / "clamd.ctl")))
        assert await clamd.scan(pieces(EICAR)) is Scan.INFECTED


async def test_what_is_too_large_for_it_is_said_so_even_if_it_hangs_up_midway() -> None:
    async with clamd_server() as daemon:
        daemon.most_bytes = 1_000_000
        clamd = Clamd(("127.0.0.1", daemon.port))
        assert await clamd.scan(pieces(bytes(1_100_000))) is Scan.TOO_LARGE


async def test_what_unfolds_to_more_than_it_looks_at_was_not_scanned() -> None:
    async with clamd_server() as daemon:
        daemon.says = b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"
        clamd = Clamd(("127.0.0.1", daemon.port))
        assert await clamd.scan(pieces(b"words")) is Scan.TOO_LARGE


@pytest.mark.parametrize(
    "says",
    [b"", b"stream: ", b"COMMAND READ TIMED OUT\0", b"stream: Can't allocate ERROR\0", b"\0"],
)
async def test_an_answer_that_means_nothing_is_no_answer(says: bytes) -> None:
    async with clamd_server() as daemon:
        daemon.says = says
        clamd = Clamd(("127.0.0.1", daemon.port))
        assert await clamd.scan(pieces(b"words")) is Scan.UNANSWERED


async def test_an_answer_without_end_is_no_answer() -> None:
    async with clamd_server() as daemon:
        daemon.says = b"stream: OK" * 100_000
        clamd = Clamd(("127.0.0.1", daemon.port))
        assert await clamd.scan(pieces(b"words")) is Scan.UNANSWERED


async def test_a_scanner_that_says_nothing_is_left_and_not_asked_again_at_once() -> None:
    async with clamd_server() as daemon:
        daemon.is_silent = True
        clamd = Clamd(("127.0.0.1", daemon.port), seconds_to_scan=0.05)
        assert await clamd.scan(pieces(b"words")) is Scan.UNANSWERED
        daemon.is_silent = False
        clamd._seconds = 60  # were it asked now, it would answer
        assert await clamd.scan(pieces(b"words")) is Scan.UNANSWERED
        assert len(daemon.heard) <= 1
        clamd._silent_until = 0.0  # later
        assert await clamd.scan(pieces(b"words")) is Scan.CLEAN


async def test_a_scanner_that_is_not_there_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.clamd.SECONDS_TO_CONNECT", 600.0)
    async with asyncio.timeout(60):
        assert (
            await Clamd(tmp_path / "none", seconds_to_scan=600).scan(pieces(b"words"))
            is Scan.UNANSWERED
        )
        async with clamd_server() as gone:
            port = gone.port
        clamd = Clamd(("127.0.0.1", port), seconds_to_scan=600)
        assert await clamd.scan(pieces(b"words")) is Scan.UNANSWERED


async def test_who_breaks_off_leaves_no_connection_behind() -> None:
    async with clamd_server() as daemon:
        daemon.is_silent = True
        asked = asyncio.create_task(Clamd(("127.0.0.1", daemon.port)).scan(pieces(b"words")))
        async with asyncio.timeout(60):
            await daemon.has_heard.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked


async def test_what_cannot_be_opened_is_said_as_it_is() -> None:
    def torn() -> Iterator[bytes]:
        yield b"words"
        raise Tampered

    async with clamd_server() as daemon:
        with pytest.raises(Tampered):
            await Clamd(("127.0.0.1", daemon.port)).scan(torn())


@pytest.mark.parametrize("text", ["clamav", "clamav:", ":3310", "clamav:99999", "a:b", "a:-1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="should be"):
        read_address(text)


def test_an_address_is_a_socket_or_a_host_with_a_port() -> None:
    assert read_address("/run/clamav/clamd.ctl") == Path("/run/clamav/clamd.ctl")
    assert read_address("127.0.0.1:3310") == ("127.0.0.1", 3310)
    assert read_address("[::1]:3310") == ("::1", 3310)


async def taken(desk: FileDesk, content: bytes) -> StoredFile:
    kept = await desk.keep("a.bin", in_chunks(content))
    assert isinstance(kept, StoredFile)
    return kept


async def test_an_infected_file_is_kept_sealed_marked_and_given_to_no_decoder(
    tmp_path: Path,
) -> None:
    blobs = BlobFolder(tmp_path / "blobs")
    async with clamd_server() as daemon:
        desk = FileDesk(blobs, most_bytes=9_000_000, scanner=Clamd(("127.0.0.1", daemon.port)))
        clean = await taken(desk, jpeg())
        assert clean.scan is Scan.CLEAN
        assert clean.cleaned is not None
        sent = jpeg() + bytes(3_000_000) + EICAR
        infected = await taken(desk, sent)
    assert infected.scan is Scan.INFECTED
    assert infected.cleaned is None
    assert b"".join(open_stream(blobs.read(infected.blob), infected.key)) == sent
    assert all(EICAR not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_a_scanner_that_is_down_keeps_nobody_from_being_heard(tmp_path: Path) -> None:
    scanner = Clamd(tmp_path / "none")
    desk = FileDesk(BlobFolder(tmp_path / "blobs"), most_bytes=9_000_000, scanner=scanner)
    kept = await taken(desk, jpeg())
    assert kept.scan is Scan.UNANSWERED
    assert kept.cleaned is not None


async def test_where_there_is_no_scanner_nothing_is_said_of_a_file(tmp_path: Path) -> None:
    desk = FileDesk(BlobFolder(tmp_path / "blobs"), most_bytes=9_000_000)
    assert (await taken(desk, jpeg())).scan is Scan.NOT_LOOKED
    assert await NoScanner().scan(pieces(EICAR)) is Scan.NOT_LOOKED
