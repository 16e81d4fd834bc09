"""An installation signs what it gives out on paper: receipts of the log's head.

Ed25519 (RFC 8032). The key is made from a secret of the installation that never rotates, so that a
receipt of years ago can still be checked; whoever lacks the key ring can check and cannot sign.
Called by `service.log_receipt`.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SEED_BYTES = 32


class SigningKey:
    """Signs as one installation."""

    __slots__ = ("_private",)

    def __init__(self, seed: bytes) -> None:
        """Raises ValueError for a seed of another length than 32 bytes."""
        if len(seed) != SEED_BYTES:
            raise ValueError(f"the seed of a signing key has {SEED_BYTES} bytes")
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    def __repr__(self) -> str:
        """Hides the key."""
        return "SigningKey(***)"

    @property
    def public(self) -> bytes:
        """32 bytes, to check signatures with."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; always the same for one message."""
        return self._private.sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of that public key signed the message; False for bytes that are no key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
