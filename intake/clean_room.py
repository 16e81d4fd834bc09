"""A process of its own for taking files apart: it has no keys, little memory and little time.

    copy, media_type = clean_apart(content, "image/jpeg")

Decoders of photos and documents are large, and what somebody sends may be made to break them. The
process that serves the pages holds handlers' keys and everybody's drafts; so a file is never
decoded there. It goes to a fresh process through a pipe, which may write no file, start no other
process and leave no core dump, and is gone after one file. Whatever becomes of it, the worst is a
file that is refused. It costs a tenth of a second for a photo, two for a PDF.

Called by `intake.files`, in a thread; run by Python as `-m intake.clean_room KIND`.
"""

import resource
import subprocess  # nosec B404  # no shell, see below
import sys
import threading

from intake.cleaning import NotCleanable, cleaned

MOST_MEMORY_BYTES = 1024 * 1024 * 1024
"""Of addresses, the interpreter's own 300 MB included."""
MOST_CPU_SECONDS = 30
LONGEST_SECONDS = 120.0
MOST_COPY_BYTES = 64 * 1024 * 1024

_REFUSED = 3
_LIMITS = (
    (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
    (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NPROC, 0),
)


def clean_apart(content: bytes, media_type: str) -> tuple[bytes, str]:
    """As `intake.cleaning.cleaned`, in a process of its own. Waits for it: use a thread.

    Raises `NotCleanable` when the file is refused, or took too much memory or time; `OSError` when
    no process could be started.
    """
    # The program and its one argument are ours: the kind is one of a few, and no shell reads it
    # (hence the two marks for the security linter in this module). -B: on a full disk Python would
    # leave half of a compiled module behind, which the next start stumbles over.
    with subprocess.Popen(  # nosec B603  # ours alone
        (sys.executable, "-I", "-B", "-m", __spec__.name, media_type),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    ) as room:
        too_late = threading.Timer(LONGEST_SECONDS, room.kill)
        too_late.start()
        try:
            copy = _through(room, content)
        finally:
            too_late.cancel()
            room.kill()
    kind, _, picture = copy.partition(b"\n")
    if not picture or len(copy) > MOST_COPY_BYTES:
        raise NotCleanable("refused, or too much work")
    return picture, kind.decode("ascii", "replace")


def _through(room: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """What comes out; nothing unless all of it came and the process ended well."""
    if room.stdin is None or room.stdout is None:
        raise AssertionError("both pipes were asked for")
    try:
        with room.stdin as pipe:
            pipe.write(content)
    except BrokenPipeError:
        return b""
    copy = room.stdout.read(MOST_COPY_BYTES + 1)
    return copy if len(copy) > MOST_COPY_BYTES or room.wait() == 0 else b""


def confine() -> None:
    """From here on this process may do little, and cannot take that back."""
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))


def main() -> int:
    """The process: a file comes in, its copy goes out after a line with its kind."""
    confine()
    try:
        copy, kind = cleaned(sys.stdin.buffer.read(), sys.argv[1])
    except (NotCleanable, MemoryError):
        return _REFUSED
    sys.stdout.buffer.write(kind.encode() + b"\n" + copy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
