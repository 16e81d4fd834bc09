"""The process in which a report becomes a PDF.

    made = await print_apart(html, "nl")

Shaping letters takes seconds and hundreds of megabytes, which the process that serves the pages
does not have to spare, and a report holds words that people wrote. So it is done in a fresh process
that has no keys, little memory and little time, and nothing of it is ever on a disk.

Given to the pages by `service.wiring`; run by Python as `-m service.paper.press LANGUAGE`.
"""

import asyncio
import sys

import structlog

from intake.apart import confine, run_apart
from intake.errors import NotCleanable
from service.refusals import Refused
from web.ports import PrintingFault

MOST_CPU_SECONDS = 120
"""Of one report. A company with two sites takes two for its annual one, Python's start included."""
_MADE, _CANNOT = b"made\n", b"cannot\n"

log = structlog.get_logger("paper")


async def print_apart(html: str, language: str) -> bytes | PrintingFault:
    """Implements `web.ports.Printer`."""
    try:
        said = await asyncio.to_thread(
            run_apart, __spec__.name, (language,), (html.encode("utf-8", "replace"),)
        )
    except (NotCleanable, OSError):
        log.warning("report not printed")
        return PrintingFault.FAILED
    if said.startswith(_MADE):
        return said.removeprefix(_MADE)
    return PrintingFault.NOT_INSTALLED


def main() -> int:
    """The process: a page comes in, and a line and the PDF go out."""
    confine(cpu_seconds=MOST_CPU_SECONDS)
    # Read here: whoever serves needs neither Pango nor what reads a PDF.
    from service.paper.printing import report_of

    try:
        made = report_of(sys.stdin.buffer.read().decode(), sys.argv[1])
    except Refused:
        sys.stdout.buffer.write(_CANNOT)
        return 0
    sys.stdout.buffer.write(_MADE + made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
