"""A process that crashes leaves nothing of its memory behind."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.clock import today
from service.installation import set_up
from service.settings import read_settings
from tests.service.test_running import running

# Dies as by a fault in C code, in the middle of a command.
_CRASHES = """
import os, sys, service.command_line as line
def crash(arguments):
    words = "canary of a reporter"
    os.kill(os.getpid(), {signal})
line.run_command = crash
line.main()
"""


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_leaves_no_core_and_says_nothing(tmp_path: Path, number: signal.Signals) -> None:
    def allow_cores() -> None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _CRASHES.format(signal=int(number))],
        cwd=tmp_path,
        preexec_fn=allow_cores,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -number
    assert list(tmp_path.iterdir()) == []
    assert done.stderr == b""


def test_a_house_that_runs_can_write_no_core_and_gives_others_no_file(home: Path) -> None:
    set_up(read_settings(), today(), lambda _text: None)
    with running(home) as (process, _):
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        status = Path(f"/proc/{process.pid}/status").read_text()
    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
    assert "Umask:\t0077" in status
