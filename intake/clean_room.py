"""The process in which photos, documents and plain recordings are taken apart.

    copy, media_type = clean_apart(pieces, "image/jpeg")

Decoders are large, and what somebody sends may be made to break them. Whatever becomes of a file
here, the worst is that it is refused. It costs a tenth of a second for a photo, two for a PDF or a
letter; a table of half a million cells takes ten seconds.

Called by `intake.copies`, in a thread; run by Python as `-m intake.clean_room KIND`.
"""

import sys
from collections.abc import Iterable

from intake.apart import confine, run_apart
from intake.cleaning import cleaned
from intake.errors import NotCleanable

MOST_CPU_SECONDS = 30
_REFUSED = 3


def clean_apart(pieces: Iterable[bytes], media_type: str) -> tuple[bytes, str]:
    """As `intake.cleaning.cleaned`, in a process of its own. Waits for it: use a thread.

    Raises `NotCleanable` when the file is refused, or took too much memory or time; `OSError` when
    no process could be started.
    """
    copy = run_apart(__spec__.name, (media_type,), pieces)
    kind, _, bare = copy.partition(b"\n")
    return bare, kind.decode("ascii", "replace")


def main() -> int:
    """The process: a file comes in, its copy goes out after a line with its kind."""
    confine(cpu_seconds=MOST_CPU_SECONDS)
    try:
        copy, kind = cleaned(sys.stdin.buffer.read(), sys.argv[1])
    except (NotCleanable, MemoryError):
        return _REFUSED
    sys.stdout.buffer.write(kind.encode() + b"\n" + copy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
