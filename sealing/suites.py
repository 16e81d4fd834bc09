"""The two ways in which a content key is wrapped to a public key, both after RFC 9180 (HPKE).

Called by `content`, `identities` and `receipts`. HPKE runs in base mode with HKDF-SHA256 and
AES-256-GCM; what differs is the key encapsulation:

    X-Wing   ML-KEM-768 and X25519 together; safe as long as either of them holds
    X25519   for operators who must keep to long-established algorithms

A private key is 32 random bytes in both suites. X-Wing expands them with SHAKE-256 as
draft-connolly-cfrg-xwing-kem says: 64 bytes for ML-KEM, then 32 for X25519. Any X-Wing
implementation can therefore use our private keys.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sealing.failures import Malformation, Malformed, Tampered

CONTENT_KEY_BYTES = 32
SEED_BYTES = 32
_MLKEM_PUBLIC_BYTES = 1184
_MLKEM_SEED_BYTES = 64
_XWING_SEED_BYTES = 96
_TAG_BYTES = 16

NativePrivate = X25519PrivateKey | hpke.MLKEM768X25519PrivateKey
NativePublic = X25519PublicKey | hpke.MLKEM768X25519PublicKey


class Suite(StrEnum):
    """How content keys are wrapped; each recipient's key belongs to one suite."""

    X_WING = "x-wing"
    X25519 = "x25519"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class KeyPair:
    """A private key ready for use. Held in memory only; it cannot be pickled or printed."""

    suite: Suite
    seed: bytes
    public_key: bytes
    native: NativePrivate

    def __repr__(self) -> str:
        """Shows the suite alone."""
        return f"KeyPair(suite={self.suite.value!r}, seed=***)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mechanics:
    """What differs between the suites: numbers of the format, and how keys are loaded."""

    code: int  # the KEM's number in IANA's HPKE registry
    public_bytes: int
    encapsulated_bytes: int
    cipher: hpke.Suite
    load_public: Callable[[bytes], NativePublic]
    load_pair: Callable[[bytes], tuple[NativePrivate, bytes]]


def _hpke(kem: hpke.KEM) -> hpke.Suite:
    return hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def _load_x25519_public(data: bytes) -> NativePublic:
    return X25519PublicKey.from_public_bytes(data)


def _load_x25519_pair(seed: bytes) -> tuple[NativePrivate, bytes]:
    private = X25519PrivateKey.from_private_bytes(seed)
    return private, private.public_key().public_bytes_raw()


def _load_x_wing_public(data: bytes) -> NativePublic:
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(data[_MLKEM_PUBLIC_BYTES:]),
    )


def _load_x_wing_pair(seed: bytes) -> tuple[NativePrivate, bytes]:
    expanded = hashlib.shake_256(seed).digest(_XWING_SEED_BYTES)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_BYTES])
    curve = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_BYTES:])
    public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return hpke.MLKEM768X25519PrivateKey(lattice, curve), public


_MECHANICS: Mapping[Suite, _Mechanics] = MappingProxyType(
    {
        Suite.X_WING: _Mechanics(
            code=0x647A,
            public_bytes=1216,
            encapsulated_bytes=1120,
            cipher=_hpke(hpke.KEM.MLKEM768_X25519),
            load_public=_load_x_wing_public,
            load_pair=_load_x_wing_pair,
        ),
        Suite.X25519: _Mechanics(
            code=0x0020,
            public_bytes=32,
            encapsulated_bytes=32,
            cipher=_hpke(hpke.KEM.X25519),
            load_public=_load_x25519_public,
            load_pair=_load_x25519_pair,
        ),
    }
)
_BY_CODE: Mapping[int, Suite] = MappingProxyType({m.code: s for s, m in _MECHANICS.items()})


def suite_code(suite: Suite) -> int:
    """Gives the suite's number in our formats: its KEM's number in IANA's HPKE registry."""
    return _MECHANICS[suite].code


def suite_of(code: int) -> Suite:
    """Gives the suite of a number; raises Malformed for a number that is none of ours."""
    suite = _BY_CODE.get(code)
    if suite is None:
        raise Malformed(Malformation.UNKNOWN_SUITE)
    return suite


def wrapped_length(suite: Suite) -> int:
    """Gives the length in bytes of a wrapped content key: encapsulation, key and tag."""
    return _MECHANICS[suite].encapsulated_bytes + CONTENT_KEY_BYTES + _TAG_BYTES


def key_pair(suite: Suite, seed: bytes) -> KeyPair:
    """Gives the key pair of a 32-byte seed; the same seed always gives the same pair."""
    if len(seed) != SEED_BYTES:
        raise Malformed(Malformation.OUT_OF_RANGE)
    native, public_key = _MECHANICS[suite].load_pair(seed)
    return KeyPair(suite=suite, seed=seed, public_key=public_key, native=native)


def new_key_pair(suite: Suite) -> KeyPair:
    """Gives a new random key pair."""
    return key_pair(suite, os.urandom(SEED_BYTES))


@lru_cache(maxsize=256)  # public halves only; the same few handlers are sealed to all day
def _public(suite: Suite, public_key: bytes) -> NativePublic:
    mechanics = _MECHANICS[suite]
    if len(public_key) != mechanics.public_bytes:
        raise Malformed(Malformation.OUT_OF_RANGE)
    try:
        return mechanics.load_public(public_key)
    except ValueError:
        raise Malformed(Malformation.OUT_OF_RANGE) from None


def check_public_key(suite: Suite, public_key: bytes) -> None:
    """Raises Malformed when the bytes are no public key of this suite."""
    _public(suite, public_key)


def wrap(suite: Suite, content_key: bytes, public_key: bytes, info: bytes) -> bytes:
    """Gives the content key wrapped to a public key: the encapsulation, then the ciphertext.

    `info` binds the wrap to its place (RFC 9180, 8.1): the key opens with the same info only.
    Raises Malformed when the public key is none, or is a point that hides nothing.
    """
    try:
        return _MECHANICS[suite].cipher.encrypt(content_key, _public(suite, public_key), info)
    except ValueError:
        raise Malformed(Malformation.OUT_OF_RANGE) from None


def unwrap(pair: KeyPair, wrapped: bytes, info: bytes) -> bytes:
    """Gives the content key back; raises Tampered when anything differs, the key included."""
    try:
        return _MECHANICS[pair.suite].cipher.decrypt(wrapped, pair.native, info)
    except (InvalidTag, ValueError):
        raise Tampered from None
