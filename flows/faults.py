"""What can be wrong with a flow, and the exceptions of this package.

Faults are found when a flow is loaded or inspected, never while a person answers it.
"""

from dataclasses import dataclass


class FlowsError(Exception):
    """The root of what this package raises: a promise was broken. Never holds an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong in a flow, where it stands and what to do about it."""

    file: str
    row: int
    """Line of the file, or row of the sheet, from 1; 0 when it is about the whole file."""
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.reason}"


class FlowFaults(FlowsError):
    """A flow cannot be used; `faults` are all that was found, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class MissingListError(FlowsError):
    """A flow names a list from outside that the surroundings do not hold."""


class UnknownFlowError(FlowsError):
    """No flow of that name, or not in that version, is in the library."""


class UnreadableSessionError(FlowsError):
    """A stored session cannot be read: it is damaged, or newer than this code."""


class ForeignSessionError(FlowsError):
    """A session was resumed with a flow, or a version of it, that it is not pinned to."""
