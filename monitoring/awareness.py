"""Whether workers know the way to complain, as they said when somebody asked them (G19, G20).

Entered after a visit, kept by `monitoring.ports.HearingShelf`, read as evidence.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Awareness:
    """On one day at one site so many workers were asked, and so many of them knew it."""

    site_id: str
    day: date
    asked: int
    aware: int
