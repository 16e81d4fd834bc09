"""A whole `gehoor run` that crashes in the middle of a report leaves none of it anywhere.

Core files, the folder it ran in, temporary files, the database and its journals, what it printed
at its most talkative, its figures; and a backup that is made of what it left.
"""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from service.clock import today
from service.installation import set_up
from service.settings import read_settings
from tests.security.test_no_trace import FORMS, WRITTEN, assert_no_trace, tells
from tests.service.conftest import home  # noqa: F401 - a fixture
from tests.service.test_running import running
from tests.web.visiting import Visiting

CRASHES = (signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL)


@pytest.fixture
def furnished(home: Path) -> Path:  # noqa: F811 - the fixture
    set_up(read_settings(), today(), lambda _text: None)
    return home


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def cores_are_allowed() -> None:
    """The program must see to it itself."""
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))


@pytest.mark.parametrize("crash", CRASHES)
@pytest.mark.usefixtures("cores_are_allowed")
async def test_a_crash_in_the_middle_of_a_report_leaves_nothing_of_it(
    furnished: Path, tmp_path: Path, crash: signal.Signals
) -> None:
    folder, temporary, port = tmp_path / "folder", tmp_path / "temporary", free_port()
    folder.mkdir()
    temporary.mkdir()
    house = running(
        furnished,
        folder,
        TMPDIR=str(temporary),
        GEHOOR_LOG_LEVEL="debug",
        GEHOOR_METRICS_PORT=str(port),
        PYTHONFAULTHANDLER="1",
        PYTHONASYNCIODEBUG="1",
    )
    process, base = await asyncio.to_thread(house.__enter__)
    person, watcher = Visiting(base), Visiting(f"http://127.0.0.1:{port}")
    try:
        answered = [asked async for asked in tells(person)]
        assert set(WRITTEN) <= set(answered)
        told = "".join([(await watcher.goes(path)).html for path in ("/metrics", "/readyz")])
        assert "gehoor_arrivals_total" in told
        # The review has every word on it: they are in the memory of the process now.
        assert "CANARY" in person.page.html
        process.send_signal(crash)
        said = await asyncio.to_thread(process.communicate, timeout=120)
    finally:
        await person.session.close()
        await watcher.session.close()
        await asyncio.to_thread(house.__exit__, None, None, None)
    assert process.returncode == -crash
    assert_silent(told, *said)
    assert list(folder.iterdir()) == []
    assert list(temporary.iterdir()) == []
    assert {"gehoor.db", "gehoor.db-wal"} <= assert_no_trace(furnished)
    assert_silent(*(await asyncio.to_thread(backed_up, furnished, tmp_path / "backup")))
    assert len(assert_no_trace(tmp_path / "backup")) >= 2


def assert_silent(*told: str) -> None:
    for text in told:
        for form in FORMS:
            assert form not in text.encode()


def backed_up(home: Path, to: Path) -> tuple[str, str]:  # noqa: F811 - not the fixture
    """What `gehoor backup` says of the home that was left behind."""
    command = "from service.command_line import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "backup", str(to)],
        env={**os.environ, "GEHOOR_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout, done.stderr
