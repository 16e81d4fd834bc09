"""Argon2id (RFC 9106), which makes every guess at a pass phrase or a receipt dear.

Called by `identities`, `receipts` and `passphrases`. At the production cost one call takes
upwards of 100 ms and 64 MiB: callers run it in a thread and limit how many run at once.
"""

import unicodedata
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from sealing.failures import Malformation, Malformed, NotEnoughMemory

SALT_BYTES = 16
_MAX_MEMORY_KIB = 1024 * 1024
_MAX_PASSES = 16
_MAX_LANES = 16
_KIB_A_LANE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one guess costs. Validated at birth: a stored cost must not exhaust the machine."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """Raises Malformed outside 8 KiB a lane to 1 GiB, 1 to 16 passes, 1 to 16 lanes."""
        if not (
            1 <= self.passes <= _MAX_PASSES
            and 1 <= self.lanes <= _MAX_LANES
            and _KIB_A_LANE * self.lanes <= self.memory_kib <= _MAX_MEMORY_KIB
        ):
            raise Malformed(Malformation.OUT_OF_RANGE)


PRODUCTION_COST = Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=1)  # RFC 9106, 4: low memory
TEST_COST = Argon2Cost(memory_kib=8, passes=1, lanes=1)  # protects nothing; for tests alone


def stretch(secret: bytes, salt: bytes, cost: Argon2Cost, length: int) -> bytes:
    """Gives `length` bytes derived from the secret. The salt has at least 8 bytes.

    Raises NotEnoughMemory when the machine does not have what the cost asks for.
    """
    try:
        return hash_secret_raw(
            secret, salt, cost.passes, cost.memory_kib, cost.lanes, length, Type.ID
        )
    except HashingError as error:
        raise NotEnoughMemory(str(error)) from None


def passphrase_bytes(passphrase: str) -> bytes:
    """Gives a pass phrase as bytes, the same however a keyboard composed its letters.

    Normalised to NFC, as RFC 8265 (OpaqueString) asks. Half characters, which a form can send,
    make a wrong pass phrase and not a fault.
    """
    return unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")
