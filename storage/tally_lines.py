"""The lines that a tally is counted from: one for each of its signals, short and of one length.

Theory. Counting the signals of a cell anew means opening each of them, and a cell that a thousand
people spoke about would make the next report slow. So a tally keeps what it counts of each signal,
sealed as one value in its own row. Adding one more signal then costs a few microseconds for each
thousand, and what comes out is what counting the signals again gives.

Stored format, version 1: a byte 1, then lines of 21 bytes: a digest of the reference (8), a digest
of the voice (8), gravity, scope, irremediability, likelihood (1 each), and the group's number in
`GROUP_NUMBERS` (1). A number is never given to another group.
"""

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from monitoring.risk.severity import Weight, highest
from monitoring.signals import Signal
from monitoring.tallies import Tally, TallyKey
from register.particulars import Group
from storage.errors import StorageError

GROUP_NUMBERS: Mapping[Group, int] = MappingProxyType(
    {
        Group.WOMEN: 1,
        Group.MEN: 2,
        Group.MIXED: 3,
        Group.CHILDREN: 4,
        Group.MIGRANTS: 5,
        Group.UNSAID: 6,
    }
)
_GROUPS = {number: group for group, number in GROUP_NUMBERS.items()}
_VERSION = b"\x01"
_DIGEST = 8
_VOICE, _GRADES, _GROUP, LINE_BYTES = 8, 16, 20, 21


class UnreadableLinesError(StorageError):
    """The lines of a tally do not have the form that this version knows."""


class TallyLines:
    """The lines of one tally, in no telling order."""

    __slots__ = ("_lines",)

    def __init__(self, lines: bytes = b"") -> None:
        self._lines = lines

    @classmethod
    def of(cls, signals: Iterable[Signal]) -> "TallyLines":
        """The lines of these signals."""
        return cls(b"".join(sorted(map(_line, signals))))

    @classmethod
    def load(cls, stored: bytes) -> "TallyLines":
        """What `dump` gave; raises `UnreadableLinesError` for anything else."""
        if stored[:1] != _VERSION or len(stored) % LINE_BYTES != 1:
            raise UnreadableLinesError("the lines of a tally are not of a known form")
        return cls(stored[1:])

    def dump(self) -> bytes:
        """The stored form, still in clear: the caller seals it."""
        return _VERSION + self._lines

    def with_signal(self, signal: Signal) -> "TallyLines":
        """These lines and the signal's, which was not among them."""
        return TallyLines(self._lines + _line(signal))

    def without(self, signal: Signal) -> "TallyLines":
        """These lines without the signal's."""
        wanted = _digest(signal.reference)
        for start in range(0, len(self._lines), LINE_BYTES):
            if self._lines.startswith(wanted, start):
                return TallyLines(self._lines[:start] + self._lines[start + LINE_BYTES :])
        return self

    def counted(self, key: TallyKey) -> Tally | None:
        """What they come to, as `monitoring.tallies.tally` counts it; None without a line."""
        if not self._lines:
            return None
        subject, theme, quarter, kind, standing = key
        return Tally(
            subject=subject,
            theme=theme,
            quarter=quarter,
            kind=kind,
            standing=standing,
            signals=len(self._lines) // LINE_BYTES,
            voices=len(self._voices()),
            weight=highest([self._heaviest()]),
            groups=self._groups(),
        )

    def _voices(self) -> set[bytes]:
        lines, ends = self._lines, _VOICE + _DIGEST
        return {lines[at + _VOICE : at + ends] for at in range(0, len(lines), LINE_BYTES)}

    def _heaviest(self) -> Weight:
        gravity, scope, irremediability, likelihood = (
            max(self._lines[at::LINE_BYTES]) for at in range(_GRADES, _GROUP)
        )
        return Weight(
            gravity=gravity, scope=scope, irremediability=irremediability, likelihood=likelihood
        )

    def _groups(self) -> frozenset[Group]:
        return frozenset(_GROUPS[each] for each in set(self._lines[_GROUP::LINE_BYTES])) - {
            Group.UNSAID
        }


def _line(signal: Signal) -> bytes:
    weight = signal.weight
    grades = (weight.gravity, weight.scope, weight.irremediability, weight.likelihood)
    numbers = bytes((*grades, GROUP_NUMBERS[signal.group]))
    return _digest(signal.reference) + _digest(signal.voice) + numbers


def _digest(text: str) -> bytes:
    """Enough to tell apart what one cell can hold; the line is sealed, so it hides nothing."""
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()
