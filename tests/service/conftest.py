"""Commands as an operator types them, in a home of their own."""

import io
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from service.command_line import run_command
from tests.service.terminal import Gehoor, Said


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command sets up the logs of its process; the process of the tests gets its own back."""
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning)
    root = logging.getLogger()
    handlers, level, is_loud = root.handlers[:], root.level, logging.raiseExceptions
    yield
    structlog.reset_defaults()
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks
    root.handlers[:], logging.raiseExceptions = handlers, is_loud
    root.setLevel(level)


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
