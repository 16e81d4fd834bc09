"""What the machine has for files is used where it is set or found, and nothing else is needed."""

from pathlib import Path

import pytest

from flows.values import Scan
from intake.recordings.stripping import STRIPPERS
from service.file_tools import copies_of, scanner_of
from service.settings import read_settings
from tests.clamd_server import EICAR, clamd_server
from tests.intake.recordings.samples import ogg


def test_a_program_on_the_path_is_found_one_that_is_set_goes_first_and_off_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, chosen = tmp_path / "ffmpeg", tmp_path / "mine"
    for path in (found, chosen):
        path.write_text(f"#!/bin/sh\necho {path.name}\n")
        path.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    def made(**given: str) -> bytes:
        copy = copies_of(read_settings(given)).made(lambda: (ogg(),), "audio/ogg")
        assert copy is not None
        return copy[0]

    assert made() == b"ffmpeg\n"
    assert made(GEHOOR_FFMPEG=str(chosen)) == b"mine\n"
    stripped = STRIPPERS["audio/ogg"](ogg())
    assert made(GEHOOR_FFMPEG="off") == stripped
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert made() == stripped


async def test_the_scanner_that_is_set_is_asked() -> None:
    assert await scanner_of(read_settings({})).scan(iter((EICAR,))) is Scan.NOT_LOOKED
    async with clamd_server() as daemon:
        scanner = scanner_of(read_settings({"GEHOOR_CLAMD": f"127.0.0.1:{daemon.port}"}))
        assert await scanner.scan(iter((EICAR,))) is Scan.INFECTED
