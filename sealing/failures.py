"""What goes wrong in this package, one root, so that a caller can tell the cases apart.

A key that is not addressed, an altered message and bytes that are not a message at all have
different causes and different answers, so they are different types. None of them carries
content, keys or anything a reporter typed.
"""

from enum import StrEnum


class SealingError(Exception):
    """Root of everything that this package raises on purpose."""


class Malformation(StrEnum):
    """Why bytes are not one of our formats. Reasons are kept in vectors: never reuse one."""

    NOT_OURS = "not_ours"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_SUITE = "unknown_suite"
    UNKNOWN_KIND = "unknown_kind"
    TRUNCATED = "truncated"
    TRAILING_BYTES = "trailing_bytes"
    OUT_OF_RANGE = "out_of_range"
    REPEATED = "repeated"


class Malformed(SealingError):
    """The bytes do not follow the format; nothing was decrypted."""

    def __init__(self, reason: Malformation) -> None:
        """Keeps the reason; the bytes themselves are not repeated."""
        super().__init__(f"not a well-formed sealed value: {reason}")
        self.reason = reason


class Tampered(SealingError):
    """Well-formed, addressed to this key, and yet it does not open: altered, moved or swapped."""

    def __init__(self) -> None:
        """Says nothing more, because nothing more is known."""
        super().__init__("the sealed value was altered, or it belongs to another place")


class NotAddressed(SealingError):
    """The part was never wrapped to this key, or no longer is."""

    def __init__(self, *, part: str, recipient_id: str) -> None:
        """Names the part and the recipient, both of which stand in clear anyway."""
        super().__init__(f"part {part!r} is not addressed to recipient {recipient_id}")
        self.part = part
        self.recipient_id = recipient_id


class NoSuchPart(SealingError):
    """The envelope has no part of this name, for instance because it was erased (`L4`)."""

    def __init__(self, part: str) -> None:
        """Names the part that was asked for."""
        super().__init__(f"the envelope has no part {part!r}")
        self.part = part


class Unsealable(SealingError):
    """The caller asked for an envelope that would be wrong, such as one that nobody can open."""


class NotEnoughMemory(SealingError):
    """Argon2 did not get the memory that its cost asks for; trying again later may work."""


class UnknownRowKey(SealingError):
    """A row was sealed under a key that is no longer on the key ring."""

    def __init__(self, key_id: str) -> None:
        """Names the missing key, so that the operator can look for it in a backup."""
        super().__init__(
            f"the key ring has no key {key_id}: restore the key ring that was in use "
            "when this row was written"
        )
        self.key_id = key_id


class KeyRingUnusable(SealingError):
    """The key ring is missing, exposed or damaged. The message says what the operator can do."""
