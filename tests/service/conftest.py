"""Commands as an operator types them, in a home of their own."""

import io
import os
from pathlib import Path

import pytest

from service.command_line import run_command
from tests.service.terminal import Gehoor, Said


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [each for each in os.environ if each.startswith("GEHOOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GEHOOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def gehoor(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Gehoor:
    def run(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        status = run_command(arguments)
        said = capsys.readouterr()
        return Said(status=status, out=said.out, err=said.err)

    return run


@pytest.fixture
def installed(gehoor: Gehoor) -> Gehoor:
    """The same, after `gehoor init`."""
    assert gehoor("init").status == 0
    return gehoor
