"""How soon `gehoor run` answers after its start, and what it holds when nobody asks anything.

Its bytecode is there, as `make setup` and the image have it: a first start writes it and is not
counted. Where Python is told to write none, it reads every module's source at each start.
"""

import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from bench.installation import furnish, settings_for
from bench.plan import Plan
from bench.programs import ProgramFailedError, running
from bench.rows import Row, row

_GEHOOR = "from service.command_line import main; main()"
"""What the command `gehoor` does."""
_MOST_SECONDS = 2.0
_MOST_MEGABYTES = 120
_SECONDS_AT_REST = 5.0
_PATIENCE_SECONDS = 30.0


def measure(plan: Plan) -> Iterator[Row]:
    """Seconds from the start of the process to the first page, and megabytes at rest."""
    home = plan.folder / "starting"
    furnish(settings_for(home))
    starts: list[float] = []
    processors: list[float] = []
    rests: list[float] = []
    for number in range(plan.rounds + 1):
        port = _free_port()
        settings = {
            "GEHOOR_HOME": str(home),
            "GEHOOR_WEB_PORT": str(port),
            "GEHOOR_TELEGRAM_TOKEN": "",
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(plan.folder / "bytecode"),
        }
        log = plan.folder / f"starting-{number}.log"
        began = time.perf_counter()
        command = [sys.executable, "-c", _GEHOOR, "run"]
        with running(command, log=log, environment=settings) as house:
            _await_page(port)
            seconds, processor = time.perf_counter() - began, house.processor_seconds
            if not number:
                continue
            starts.append(seconds)
            processors.append(processor)
            time.sleep(_SECONDS_AT_REST)
            rests.append(house.memory_megabytes)
    yield row("gehoor run, first page after", "s", starts, at_most=_MOST_SECONDS)
    yield row("gehoor run, processor until then", "s", processors)
    yield row("gehoor run, at rest", "MB", rests, at_most=_MOST_MEGABYTES)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_page(port: int) -> None:
    ends = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:  # nosec B310  # our own
                page.read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
        else:
            return
    raise ProgramFailedError("gehoor run gave no page")
