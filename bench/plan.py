"""What a run of the measures is told: how many rounds, how large, and where the rivals are."""

import os
from dataclasses import dataclass
from pathlib import Path

PEERS_VARIABLE = "GEHOOR_PEERS"
PEERS_PYTHON_VARIABLE = "GEHOOR_PEERS_PYTHON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run."""

    rounds: int = 3
    is_full: bool = False
    """With the measures that take long: a million cases."""
    peers: Path | None = None
    """A folder with the rivals' programs and their load generator; their rows are left out
    without it."""
    peers_python: str = ""
    """The interpreter that has what the rivals need."""
    folder: Path
    """For databases and logs; emptied afterwards."""


def peers_from_environment() -> Path | None:
    """The folder of rivals, where one is named and is there."""
    named = os.environ.get(PEERS_VARIABLE, "")
    folder = Path(named)
    return folder if named and folder.is_dir() else None
