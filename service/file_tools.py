"""What the machine has for files that come in: ffmpeg for recordings, a scanner for malware.

Both are optional. Called by `service.wiring`.
"""

import shutil
from pathlib import Path

from intake.clamd import Clamd, read_address
from intake.copies import Copies
from intake.scanning import NoScanner, Scanner
from service.settings import Settings


def copies_of(settings: Settings) -> Copies:
    """Makes cleaned copies with ffmpeg where it is set or found, without it otherwise."""
    if settings.ffmpeg == "off":
        return Copies()
    found = settings.ffmpeg or shutil.which("ffmpeg")
    return Copies(Path(found).resolve() if found else None)


def scanner_of(settings: Settings) -> Scanner:
    """The scanner that is set, whether it answers now or not."""
    return Clamd(read_address(settings.clamd)) if settings.clamd else NoScanner()
