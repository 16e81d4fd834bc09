"""`gehoor run` is up within seconds, answers, and stops without losing what it acknowledged."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.clock import today
from service.installation import set_up
from service.settings import read_settings

SECONDS_TO_START = 60.0
"""For a loaded machine; by itself it takes about one."""
LONGEST_SECONDS = 120
"""Whatever takes longer hangs."""


@pytest.fixture
def furnished(home: Path) -> Path:
    set_up(read_settings(), today(), lambda _text: None)
    return home


@contextmanager
def running(
    home: Path, folder: Path | None = None, **settings: str
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The program in a process of its own, in this folder, and the address that it says."""
    environment = {**os.environ, "GEHOOR_HOME": str(home), "GEHOOR_WEB_PORT": "0", **settings}
    process = subprocess.Popen(
        [sys.executable, "-c", "from service.command_line import main; main()", "run"],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"Gehoor is at (http://127\.0\.0\.1:\d+)\. Ctrl-C stops it\.", line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


def _get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=LONGEST_SECONDS) as answer:
        return answer.status, answer.read().decode()


def test_it_is_soon_there_says_where_in_one_line_and_a_signal_ends_it_cleanly(
    furnished: Path,
) -> None:
    began = time.monotonic()
    with running(furnished) as (process, address):
        assert _get(f"{address}/healthz") == (200, "ok")
        assert time.monotonic() - began < SECONDS_TO_START
        assert _get(address)[0] == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=LONGEST_SECONDS)
        assert process.returncode == 0
        assert out == ""
        assert "fault=" not in err


def test_ctrl_c_ends_it_as_cleanly(furnished: Path) -> None:
    with running(furnished) as (process, _):
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=LONGEST_SECONDS) == 0


def test_a_port_that_is_taken_is_told_with_what_to_do(furnished: Path) -> None:
    with running(furnished) as (_, address):
        port = address.rpartition(":")[2]
        second = subprocess.run(
            [sys.executable, "-c", "from service.command_line import main; main()", "run"],
            env={**os.environ, "GEHOOR_HOME": str(furnished), "GEHOOR_WEB_PORT": port},
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    assert second.returncode == 1
    assert "GEHOOR_WEB_PORT" in second.stderr


def test_it_starts_while_telegram_cannot_be_reached_and_still_stops_cleanly(
    furnished: Path,
) -> None:
    settings = {
        "GEHOOR_TELEGRAM_TOKEN": "1:token",
        "GEHOOR_TELEGRAM_BASE_URL": "http://127.0.0.1:9/bot",
    }
    with running(furnished, **settings) as (process, address):
        assert _get(f"{address}/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=LONGEST_SECONDS) == 0
        assert process.stderr is not None
        assert "1:token" not in process.stderr.read()
