"""How long something is tried, and how long the pauses between are. Times are in seconds."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """One setting for the whole bot; `service` gives it."""

    first_pause: float = 0.5
    longest_pause: float = 30.0
    most_faults: int = 8
    """Faults of the network before a call is given up; nothing was sent in these."""
    most_reply_faults: int = 128
    """The same for what is said to somebody: with the pauses above over an hour, for as long as
    Telegram takes nothing."""
    most_timeouts: int = 2
    """How often a call is repeated that may have been carried out already."""
    most_takes: int = 4
    """How often an update is brought to the reception when that fails."""

    def pauses(self) -> Iterator[float]:
        """Growing pauses, without end."""
        pause = self.first_pause
        while True:
            yield pause
            pause = min(2 * pause, self.longest_pause)
