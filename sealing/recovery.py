"""The recovery key on paper: made where there is no network, printed, kept in a safe.

Called by the command line. The text has 64 letters in groups of four, on four lines:

    version (1 byte) · suite (2) · private key (32) · checksum (5) → base32

The checksum is the start of a SHA-256 over what stands before it, so a misread letter is
noticed when the key is typed in, years later. Base32 has no digits 0, 1 and 8; where someone
reads them all the same, the letters O, I and B are meant.
"""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sealing.failures import Malformed, Unsealable
from sealing.framing import Reader, read_whole
from sealing.identities import Identity, identity_of
from sealing.recipients import RecipientKind
from sealing.suites import SEED_BYTES, suite_code, suite_of

_VERSION = 1
_LETTERS = 64
_GROUP = 4
_GROUPS_A_LINE = 4
_CHECKSUM_BYTES = 5
_LABEL = b"gehoor recovery key 1"
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_MISREAD = str.maketrans("018", "OIB")


class RecoveryMistakeReason(StrEnum):
    """What is wrong with a recovery key as it was typed."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_LETTERS = "not_letters"
    CHECKSUM = "checksum"
    UNKNOWN_VERSION = "unknown_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryMistake:
    """The typed text is not a recovery key; the reason makes a hint."""

    reason: RecoveryMistakeReason


def recovery_text(identity: Identity) -> str:
    """Gives the recovery key as text to print. Whoever reads it can open every case.

    Raises Unsealable for an identity that is not a recovery key.
    """
    if identity.recipient.kind is not RecipientKind.RECOVERY:
        raise Unsealable("only a recovery key is printed")
    body = bytes([_VERSION]) + suite_code(identity.keys.suite).to_bytes(2) + identity.keys.seed
    letters = base64.b32encode(body + _checksum(body)).decode("ascii")
    groups = [letters[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP)]
    lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


def read_recovery_text(text: str) -> Identity | RecoveryMistake:
    """Gives the identity of a printed recovery key, or what is wrong with the typed text.

    Spaces, line ends, dashes and capitals do not matter.
    """
    letters = "".join(text.replace("-", "").split()).upper().translate(_MISREAD)
    if not _ALPHABET.issuperset(letters):
        return RecoveryMistake(reason=RecoveryMistakeReason.NOT_LETTERS)
    if len(letters) < _LETTERS:
        return RecoveryMistake(reason=RecoveryMistakeReason.TOO_SHORT)
    if len(letters) > _LETTERS:
        return RecoveryMistake(reason=RecoveryMistakeReason.TOO_LONG)
    data = base64.b32decode(letters)
    body, checksum = data[:-_CHECKSUM_BYTES], data[-_CHECKSUM_BYTES:]
    if checksum != _checksum(body):
        return RecoveryMistake(reason=RecoveryMistakeReason.CHECKSUM)
    try:
        return read_whole(body, _read)
    except Malformed:
        return RecoveryMistake(reason=RecoveryMistakeReason.UNKNOWN_VERSION)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(_LABEL + body).digest()[:_CHECKSUM_BYTES]


def _read(reader: Reader) -> Identity:
    reader.head(b"", _VERSION)
    suite = suite_of(reader.number(2))
    return identity_of(RecipientKind.RECOVERY, suite, reader.take(SEED_BYTES))
