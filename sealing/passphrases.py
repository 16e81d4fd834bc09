"""Pass phrases for signing in: Argon2id hashes in the PHC string format.

Called by the web's sign-in, in a thread. A sign-in pass phrase and the one that unlocks a
handler's key may be the same words; the two are hashed with different salts.
"""

import base64
from enum import StrEnum

import argon2
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION

from sealing.failures import Malformation, Malformed, Unsealable
from sealing.stretching import PRODUCTION_COST, SALT_BYTES, Argon2Cost, passphrase_bytes

_HASH_BYTES = 32


class Verdict(StrEnum):
    """What came of checking a pass phrase."""

    RIGHT = "right"
    RIGHT_BUT_STALE = "right_but_stale"  # hash it anew at today's cost and store that
    WRONG = "wrong"


def hash_passphrase(passphrase: str, cost: Argon2Cost = PRODUCTION_COST) -> str:
    """Gives the hash to store; raises Unsealable for an empty pass phrase."""
    if not passphrase:
        raise Unsealable("a pass phrase has at least one letter")
    return _hasher(cost).hash(passphrase_bytes(passphrase))


def verify_passphrase(
    stored: str | None, passphrase: str, cost: Argon2Cost = PRODUCTION_COST
) -> Verdict:
    """Tells whether the pass phrase is the stored one.

    Pass None when nobody goes by the name that was typed: the same work is then done for
    nothing, so that the time does not tell which names exist. Raises Malformed when what is
    stored is no hash.
    """
    hasher = _hasher(cost)
    wanted = stand_in_hash(cost) if stored is None else stored
    try:
        argon2.extract_parameters(wanted)
        hasher.verify(wanted, passphrase_bytes(passphrase))
    except VerifyMismatchError:
        return Verdict.WRONG
    except (InvalidHashError, VerificationError):
        raise Malformed(Malformation.NOT_OURS) from None
    if stored is None:
        return Verdict.WRONG
    return Verdict.RIGHT_BUT_STALE if hasher.check_needs_rehash(stored) else Verdict.RIGHT


def _hasher(cost: Argon2Cost) -> argon2.PasswordHasher:
    return argon2.PasswordHasher(
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=_HASH_BYTES,
        salt_len=SALT_BYTES,
    )


def stand_in_hash(cost: Argon2Cost) -> str:
    """Gives a hash of this cost that no pass phrase has, made without the work of hashing."""
    salt, tag = _unpadded(bytes(SALT_BYTES)), _unpadded(bytes(_HASH_BYTES))
    settings = f"m={cost.memory_kib},t={cost.passes},p={cost.lanes}"
    return f"$argon2id$v={ARGON2_VERSION}${settings}${salt}${tag}"


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii").rstrip("=")
