"""Private keys of those who open: handlers, handler teams and the recovery key.

Imported by the handlers' desk and the command line, never by a channel, the register or
storage: an import contract watches over that. Storage keeps only what `wrap_identity` gives.

A wrapped identity, version 1:

    "GHI" 1 · kind (1) · suite (2) · memory KiB (4) · passes (1) · lanes (1) · salt (16)
    · nonce (12) · ciphertext of the 32-byte seed (48)

The key is Argon2id over the pass phrase, the cipher AES-256-GCM, and everything before the
ciphertext is authenticated. A later version may use other parameters at any time, because
they stand in the format; another layout takes another version number.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.failures import Unsealable
from sealing.framing import Reader, read_whole
from sealing.recipients import Recipient, RecipientKind, kind_code, kind_of
from sealing.stretching import (
    PRODUCTION_COST,
    SALT_BYTES,
    Argon2Cost,
    passphrase_bytes,
    stretch,
)
from sealing.suites import (
    SEED_BYTES,
    KeyPair,
    Suite,
    key_pair,
    new_key_pair,
    suite_code,
    suite_of,
)

VERSION = 1
_MAGIC = b"GHI"
_NONCE_BYTES = 12
_KEY_BYTES = 32
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Identity:
    """A recipient together with the private key, unlocked, in memory only."""

    recipient: Recipient
    keys: KeyPair

    def __repr__(self) -> str:
        """Shows who it is and hides the key."""
        return f"Identity({self.recipient.kind.value} {self.recipient.id}, private=***)"

    @property
    def id(self) -> str:
        """The recipient's id."""
        return self.recipient.id


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongPassphrase:
    """The pass phrase does not unlock this key (or the stored key was altered)."""


def new_identity(
    kind: RecipientKind = RecipientKind.HANDLER, suite: Suite = Suite.X_WING
) -> Identity:
    """Gives a new random identity.

    Raises Unsealable for a reporter: their keys come from a receipt, so that no copy exists.
    """
    return _identity(kind, new_key_pair(suite))


def identity_of(kind: RecipientKind, suite: Suite, seed: bytes) -> Identity:
    """Gives the identity whose private key is this 32-byte seed; raises as `new_identity` does.

    Raises Malformed for a seed of another length.
    """
    return _identity(kind, key_pair(suite, seed))


def wrap_identity(identity: Identity, passphrase: str, cost: Argon2Cost = PRODUCTION_COST) -> bytes:
    """Gives the identity wrapped under a pass phrase, as storage keeps it.

    Raises Unsealable for an empty pass phrase. Takes as long as the cost says: use a thread.
    """
    if not passphrase:
        raise Unsealable("a private key needs a pass phrase")
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(_NONCE_BYTES)
    head = _head(identity.recipient, cost, salt, nonce)
    key = stretch(passphrase_bytes(passphrase), salt, cost, _KEY_BYTES)
    return head + AESGCM(key).encrypt(nonce, identity.keys.seed, head)


def unlock(wrapped: bytes, passphrase: str) -> Identity | WrongPassphrase:
    """Gives the identity, or WrongPassphrase; raises Malformed when the bytes are not one.

    Takes as long as the stored cost says: use a thread.
    """
    stored = read_whole(wrapped, _read)
    key = stretch(passphrase_bytes(passphrase), stored.salt, stored.cost, _KEY_BYTES)
    head = wrapped[: len(wrapped) - len(stored.ciphertext)]
    try:
        seed = AESGCM(key).decrypt(stored.nonce, stored.ciphertext, head)
    except InvalidTag:
        return WrongPassphrase()
    return identity_of(stored.kind, stored.suite, seed)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Wrapped:
    kind: RecipientKind
    suite: Suite
    cost: Argon2Cost
    salt: bytes
    nonce: bytes
    ciphertext: bytes


def _identity(kind: RecipientKind, keys: KeyPair) -> Identity:
    if kind is RecipientKind.REPORTER:
        raise Unsealable("a reporter's key is made from a receipt")
    recipient = Recipient(kind=kind, suite=keys.suite, public_key=keys.public_key)
    return Identity(recipient=recipient, keys=keys)


def _head(recipient: Recipient, cost: Argon2Cost, salt: bytes, nonce: bytes) -> bytes:
    who = bytes([VERSION, kind_code(recipient.kind)]) + suite_code(recipient.suite).to_bytes(2)
    return (
        _MAGIC + who + cost.memory_kib.to_bytes(4) + bytes([cost.passes, cost.lanes]) + salt + nonce
    )


def _read(reader: Reader) -> _Wrapped:
    reader.head(_MAGIC, VERSION)
    return _Wrapped(
        kind=kind_of(reader.number(1)),
        suite=suite_of(reader.number(2)),
        cost=Argon2Cost(
            memory_kib=reader.number(4), passes=reader.number(1), lanes=reader.number(1)
        ),
        salt=reader.take(SALT_BYTES),
        nonce=reader.take(_NONCE_BYTES),
        ciphertext=reader.take(SEED_BYTES + _TAG_BYTES),
    )
