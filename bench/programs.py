"""Programs that a measure starts, watches and ends: each in a process of its own.

A program is pinned to a processor where the machine has two or more, so that it and what loads it
do not take each other's time. Only what was started here is ever ended.
"""

import os
import subprocess  # nosec B404 - starts our own programs alone
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_SECONDS_TO_START = 30.0
_SECONDS_TO_END = 15.0


class ProgramFailedError(Exception):
    """A program ended, or did not begin, as it should."""


@dataclass(frozen=True, slots=True)
class Program:
    """One that runs."""

    process: subprocess.Popen[bytes]
    first_line: str
    """What it said when it was ready."""
    seconds_to_start: float

    @property
    def memory_megabytes(self) -> float:
        """What it holds now."""
        return self._status("VmRSS")

    @property
    def most_memory_megabytes(self) -> float:
        """The most that it ever held."""
        return self._status("VmHWM")

    @property
    def processor_seconds(self) -> float:
        """What it took of the processors, all threads together."""
        line = Path(f"/proc/{self.process.pid}/stat").read_text()
        fields = line.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND

    def _status(self, name: str) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
        raise ProgramFailedError(f"nothing is known of {name}")


@contextmanager
def running(
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    processor: int = 0,
) -> Iterator[Program]:
    """A program, from its first line to the end of the block. What it logs goes to `log`."""
    began = time.monotonic()
    with log.open("ab") as errors, _on(processor):
        process = subprocess.Popen(  # nosec B603 - our own programs, no shell
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    try:
        line = process.stdout.readline() if process.stdout else b""
        if not line:
            raise ProgramFailedError(f"{command[-1]} did not start: {_last_line(log)}")
        yield Program(process, line.decode().strip(), time.monotonic() - began)
    finally:
        _end(process)


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of ours with this interpreter."""
    return [sys.executable, "-m", module, *arguments]


def output_of(
    command: Sequence[str],
    *,
    log: Path,
    processor: int,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    typed: bytes | None = None,
) -> bytes:
    """Everything that a program said until it ended, within so many seconds.

    `typed` is what stands on its standard input.
    """
    with log.open("ab") as errors, _on(processor):
        process = subprocess.Popen(  # nosec B603 - our own programs, no shell
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=None if typed is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    try:
        said, _ = process.communicate(typed, timeout=seconds)
    finally:
        _end(process)
    if process.returncode:
        raise ProgramFailedError(f"{command[2]} failed: {_last_line(log)}")
    return said


def _last_line(log: Path) -> str:
    return next(reversed(log.read_text().splitlines()), "it said nothing")


@contextmanager
def _on(processor: int) -> Iterator[None]:
    """What is started within the block stays on this processor, with all its threads."""
    before = os.sched_getaffinity(0)
    chosen = sorted(before)[processor % len(before)]
    os.sched_setaffinity(0, {chosen})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()
