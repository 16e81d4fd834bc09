"""Two handlers at once: what a form saw of a case, and what happened since.

A form carries the number of the last entry of the log that changed something. Reading changes
nothing, so entries of opening are passed over. Used by `acting`.
"""

from collections.abc import Sequence

from register.log import LogAction, LogEntry

_READING = frozenset({LogAction.OPENED})


def last_change(entries: Sequence[LogEntry]) -> int:
    """The number of the last entry that changed something; 0 without any."""
    return max((entry.number for entry in entries if entry.action not in _READING), default=0)


def changes_since(entries: Sequence[LogEntry], seen: int) -> tuple[LogEntry, ...]:
    """What was done after the form was shown, readings left out."""
    return tuple(entry for entry in entries if entry.number > seen and entry.action not in _READING)
