"""A process of its own for what somebody sent: it has no keys, little memory and little time.

The process that serves the pages holds handlers' keys and everybody's drafts, so nothing is decoded
there. The file goes to a fresh process as memory without a name (never on a disk), and what comes
back is read up to a limit. Used by `intake.clean_room` and `intake.sound_room`.
"""

import os
import resource
import subprocess  # nosec B404  # no shell, see below
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from intake.errors import NotCleanable

LONGEST_SECONDS = 180.0
MOST_COPY_BYTES = 64 * 1024 * 1024
MOST_MEMORY_BYTES = 1024 * 1024 * 1024
"""Of addresses, the interpreter's own 300 MB included."""
_PIECE_BYTES = 256 * 1024


def run_apart(module: str, arguments: tuple[str, ...], content: Iterable[bytes]) -> bytes:
    """What this module of ours writes when it is run with this content as its standard input.

    Waits for it: use a thread. Raises `NotCleanable` when it fails, writes too much or takes too
    long; `OSError` when no process could be started.
    """
    # The program and its arguments are ours: kinds are some of a few, and no shell reads them
    # (hence the two marks for the security linter in this module). -B: on a full disk Python would
    # leave half of a compiled module behind, which the next start stumbles over.
    with (
        _in_memory(content) as given,
        subprocess.Popen(  # nosec B603  # ours alone
            (sys.executable, "-I", "-B", "-m", module, *arguments),
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
        ) as room,
    ):
        too_late = threading.Timer(LONGEST_SECONDS, room.kill)
        too_late.start()
        try:
            return _output(room)
        finally:
            too_late.cancel()
            room.kill()


def confine(*, cpu_seconds: int, may_start_others: bool = False) -> None:
    """From here on this process may do little, and cannot take that back.

    It writes no file and leaves no core dump; nor does a program that it turns into.
    """
    limits = [
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]
    if not may_start_others:
        limits.append((resource.RLIMIT_NPROC, 0))
    for limit, most in limits:
        resource.setrlimit(limit, (most, most))


@contextmanager
def _in_memory(content: Iterable[bytes]) -> Iterator[BinaryIO]:
    """A file without a name that is in memory alone; readers may go back and forth in it."""
    with os.fdopen(os.memfd_create("", os.MFD_CLOEXEC), "w+b") as memory:
        for piece in content:
            memory.write(piece)
        memory.seek(0)
        yield memory


def _output(room: "subprocess.Popen[bytes]") -> bytes:
    """All that comes out, if the process ends well."""
    if room.stdout is None:
        raise AssertionError("the pipe was asked for")
    copy, pipe = bytearray(), room.stdout.fileno()
    # In pieces: asked for the most at once, that much memory is taken for the smallest file.
    while piece := os.read(pipe, _PIECE_BYTES):
        copy += piece
        if len(copy) > MOST_COPY_BYTES:
            raise NotCleanable("a copy without end")
    if room.wait() != 0 or not copy:
        raise NotCleanable("refused, or too much work")
    return bytes(copy)
