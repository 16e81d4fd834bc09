"""Recipients: the public halves that parts are sealed to. Safe to store, send and print.

Called by whoever seals. The private halves live in `identities` (handlers, teams, recovery)
and `receipts` (reporters), so that those who only seal never import them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sealing.failures import Malformation, Malformed
from sealing.framing import Reader, read_whole
from sealing.identifiers import ID_BYTES, as_letters
from sealing.suites import Suite, check_public_key, suite_code, suite_of

_FINGERPRINT = b"gehoor recipient 1"


class RecipientKind(StrEnum):
    """Who holds the private half."""

    HANDLER = "handler"  # one person, behind their pass phrase
    TEAM = "team"  # every member of a handler team
    RECOVERY = "recovery"  # nobody: made offline, printed, kept in a safe
    REPORTER = "reporter"  # whoever has the receipt


_CODES: Mapping[RecipientKind, int] = MappingProxyType(
    {
        RecipientKind.HANDLER: 1,
        RecipientKind.TEAM: 2,
        RecipientKind.RECOVERY: 3,
        RecipientKind.REPORTER: 4,
    }
)
_BY_CODE: Mapping[int, RecipientKind] = MappingProxyType({c: k for k, c in _CODES.items()})


def kind_code(kind: RecipientKind) -> int:
    """Gives the kind's number in our formats."""
    return _CODES[kind]


def kind_of(code: int) -> RecipientKind:
    """Gives the kind of a number; raises Malformed for a number that is none of ours."""
    kind = _BY_CODE.get(code)
    if kind is None:
        raise Malformed(Malformation.UNKNOWN_KIND)
    return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A public key and who stands behind it.

    `id` is the key's own fingerprint: the first 128 bits of a SHA-256 over kind, suite and
    key, as 26 letters. A key that was swapped in a table therefore shows as another id. A
    handler who renews their key becomes another recipient.
    """

    kind: RecipientKind
    suite: Suite
    public_key: bytes = field(repr=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        """Raises Malformed when the bytes are no public key of the suite."""
        check_public_key(self.suite, self.public_key)
        digest = hashlib.sha256(_FINGERPRINT + self.encode()).digest()
        object.__setattr__(self, "id", as_letters(digest[:ID_BYTES]))

    def encode(self) -> bytes:
        """Gives kind (1 byte), suite (2 bytes) and public key, as they are kept and hashed."""
        return bytes([_CODES[self.kind]]) + suite_code(self.suite).to_bytes(2) + self.public_key

    @classmethod
    def decode(cls, data: bytes) -> "Recipient":
        """Gives the recipient back; raises Malformed."""
        return read_whole(data, _read)


def _read(reader: Reader) -> Recipient:
    kind = kind_of(reader.number(1))
    suite = suite_of(reader.number(2))
    return Recipient(kind=kind, suite=suite, public_key=reader.remainder())
