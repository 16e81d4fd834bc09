"""The operator's key ring: seals rows that the server itself must read again, such as drafts.

Called by `storage` for drafts, sessions and site names, and by the channels for pseudonyms.
What is sealed here protects against a thief of the database, not of the machine; reports and
identities are sealed to handlers instead (`seal`).

A sealed row, version 1:

    1 (1) · key id (4) · nonce (12) · ciphertext and tag

AES-256-GCM, bound to everything before it and to table, column and row, so a value that was
copied to another row does not open there. Random nonces allow about four billion rows under
one key: rotate once a year, and long before that number. The pepper never rotates, because
pseudonyms and receipts must stay what they are.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.failures import (
    KeyRingUnusable,
    Malformation,
    Malformed,
    Tampered,
    UnknownRowKey,
)
from sealing.framing import prefixed
from sealing.identifiers import ID_BYTES, as_letters

KEY_BYTES = 32
_VERSION = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEAD_BYTES = len(_VERSION) + _KEY_ID_BYTES
_SHORTEST = _HEAD_BYTES + _NONCE_BYTES + _TAG_BYTES
_KEY_ID = b"gehoor row key 1"
_PSEUDONYM = b"pseudonym"
_SALT = b"salt"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RowKey:
    """One key of the ring and the day on which it was made."""

    secret: bytes
    made: date
    head: bytes = field(init=False, compare=False)
    cipher: AESGCM = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Raises KeyRingUnusable for a key of another length than 32 bytes."""
        if len(self.secret) != KEY_BYTES:
            raise KeyRingUnusable(f"a row key has {KEY_BYTES} bytes, not {len(self.secret)}")
        key_id = hashlib.sha256(_KEY_ID + self.secret).digest()[:_KEY_ID_BYTES]
        object.__setattr__(self, "head", _VERSION + key_id)
        object.__setattr__(self, "cipher", AESGCM(self.secret))

    def __repr__(self) -> str:
        """Hides the key."""
        return f"RowKey(id={self.id}, made={self.made}, secret=***)"

    @property
    def id(self) -> str:
        """The key's number in sealed rows, as 8 hexadecimal digits."""
        return self.head[len(_VERSION) :].hex()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KeyRing:
    """The current key, the older ones that still open rows, and the pepper."""

    pepper: bytes
    keys: tuple[RowKey, ...]  # the first seals, all of them open
    by_head: Mapping[bytes, RowKey] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Raises KeyRingUnusable for a wrong pepper, no key, or two keys of one number."""
        if len(self.pepper) != KEY_BYTES:
            raise KeyRingUnusable(f"the pepper has {KEY_BYTES} bytes, not {len(self.pepper)}")
        if not self.keys:
            raise KeyRingUnusable("the key ring has no row key")
        by_head = {key.head: key for key in self.keys}
        object.__setattr__(self, "by_head", MappingProxyType(by_head))
        if len(self.by_head) != len(self.keys):
            raise KeyRingUnusable("the key ring has two row keys of one number")

    def __repr__(self) -> str:
        """Shows the numbers of the keys and hides the rest."""
        return f"KeyRing(keys={[key.id for key in self.keys]}, ***)"

    def seal_row(self, table: str, column: str, row_id: str, content: bytes) -> bytes:
        """Gives the content sealed under the current key and bound to its place."""
        key, nonce = self.keys[0], os.urandom(_NONCE_BYTES)
        place = _place(key.head, table, column, row_id)
        return key.head + nonce + key.cipher.encrypt(nonce, content, place)

    def open_row(self, table: str, column: str, row_id: str, data: bytes) -> bytes:
        """Gives the content back.

        Raises Tampered when it was altered or lies in another place, UnknownRowKey when its
        key is not on the ring, and Malformed.
        """
        key = self._key_of(data)
        nonce, ciphertext = data[_HEAD_BYTES:][:_NONCE_BYTES], data[_HEAD_BYTES + _NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, ciphertext, _place(key.head, table, column, row_id))
        except InvalidTag:
            raise Tampered from None

    def is_current(self, data: bytes) -> bool:
        """Tells whether a row is sealed under the current key; if not, seal it anew."""
        return self._key_of(data) is self.keys[0]

    def pseudonym(self, purpose: str, *texts: str) -> str:
        """Gives 26 letters that stand for these texts in this purpose, always the same.

        HMAC-SHA256 under the pepper: without the key ring nobody can tell which texts they
        stand for, nor that two purposes stand for the same texts.
        """
        return as_letters(self._keyed(_PSEUDONYM, (purpose, *texts))[:ID_BYTES])

    def salt(self, purpose: str) -> bytes:
        """Gives 32 bytes that belong to this purpose and installation, such as the receipts'."""
        return self._keyed(_SALT, (purpose,))

    def rotated(self, today: date) -> "KeyRing":
        """Gives the ring with a new current key; what is sealed under the older ones opens."""
        return replace(self, keys=(new_row_key(today), *self.keys))

    def without(self, key_id: str) -> "KeyRing":
        """Gives the ring without an older key, once no row needs it.

        Raises KeyRingUnusable for the current key and for one that is not on the ring.
        """
        if key_id not in {key.id for key in self.keys[1:]}:
            raise KeyRingUnusable(f"{key_id} is not an older key of this ring")
        return replace(self, keys=tuple(key for key in self.keys if key.id != key_id))

    def _key_of(self, data: bytes) -> RowKey:
        if len(data) < _SHORTEST:
            raise Malformed(Malformation.TRUNCATED)
        if data[:1] != _VERSION:
            raise Malformed(Malformation.UNKNOWN_VERSION)
        head = bytes(data[:_HEAD_BYTES])
        key = self.by_head.get(head)
        if key is None:
            raise UnknownRowKey(head[len(_VERSION) :].hex())
        return key

    def _keyed(self, use: bytes, texts: Iterable[str]) -> bytes:
        message = prefixed(use, 1) + b"".join(prefixed(text.encode(), 4) for text in texts)
        return hmac.digest(self.pepper, message, hashlib.sha256)


def new_row_key(today: date) -> RowKey:
    """Gives a new random row key."""
    return RowKey(secret=os.urandom(KEY_BYTES), made=today)


def new_key_ring(today: date) -> KeyRing:
    """Gives a new ring with one key and a new pepper. Losing it loses every draft."""
    return KeyRing(pepper=os.urandom(KEY_BYTES), keys=(new_row_key(today),))


def _place(head: bytes, table: str, column: str, row_id: str) -> bytes:
    """Lengths first, so that no two places make the same bytes."""
    return head + f"{len(table)},{len(column)},{table}{column}{row_id}".encode()
