"""One process at a time in a sample's folder: a second one could clear it under the first.

The lock is the operating system's, so it is gone as soon as the process is. Called by `command`.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.installation import HOME_MODE
from service.refusals import Refused

LOCK = "sample.lock"


@contextmanager
def holding(home: Path) -> Iterator[None]:
    """Hold the folder, made if need be. Raises `Refused` while another process holds it."""
    home.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
    with (home / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"another `gehoor demo` is at work in {home}: use that one, or stop it first"
            ) from None
        yield
