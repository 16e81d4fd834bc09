"""Why the program does not start or a command does nothing, in words that say what to do.

`service.command_line` prints them, one line each. Everything else that goes wrong is a fault of
ours and is logged by type and place (`service.logs`).
"""

from flows.faults import FlowFaults
from locales.errors import UnreadableCatalogueError
from sealing.failures import KeyRingUnusable, UnknownRowKey
from service.settings import SettingsRefused
from storage.errors import StorageError


class Refused(Exception):
    """What was asked is not done; each of `reasons` says why, and what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


EXPECTED = (
    Refused,
    SettingsRefused,
    KeyRingUnusable,
    UnknownRowKey,
    FlowFaults,
    StorageError,
    UnreadableCatalogueError,
)
"""Refusals whose words are meant for the operator; none of them quotes anybody."""


def reasons_of(refusal: Exception) -> tuple[str, ...]:
    """Each reason of an expected refusal, the first one first."""
    match refusal:
        case Refused(reasons=reasons):
            return reasons
        case SettingsRefused(faults=told):
            return told
        case FlowFaults(faults=faults):
            return tuple(str(fault) for fault in faults)
        case _:
            return (str(refusal),)
