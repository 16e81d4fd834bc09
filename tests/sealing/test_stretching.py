import subprocess
import sys

import pytest

from sealing.failures import Malformed
from sealing.stretching import PRODUCTION_COST, TEST_COST, Argon2Cost, passphrase_bytes, stretch

SALT = b"sixteen byte salt"


def test_argon2id_gives_what_it_always_gave() -> None:
    assert stretch(b"secret", SALT, TEST_COST, 16).hex() == "6d6027da0b0510f8a1a5e915c9db228f"


def test_secret_salt_and_cost_each_make_a_difference() -> None:
    dearer = Argon2Cost(memory_kib=8, passes=2, lanes=1)
    outcomes = {
        stretch(b"secret", SALT, TEST_COST, 32),
        stretch(b"secrer", SALT, TEST_COST, 32),
        stretch(b"secret", SALT[::-1], TEST_COST, 32),
        stretch(b"secret", SALT, dearer, 32),
    }

    assert len(outcomes) == 4


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [(7, 1, 1), (15, 1, 2), (8, 0, 1), (8, 17, 1), (8, 1, 0), (200, 1, 17), (2**20 + 1, 1, 1)],
)
def test_a_cost_that_protects_nothing_or_stops_the_machine_is_refused(
    memory_kib: int, passes: int, lanes: int
) -> None:
    with pytest.raises(Malformed):
        Argon2Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)


def test_the_production_cost_follows_the_rfc() -> None:
    """RFC 9106, section 4: 64 MiB and three passes where memory is scarce."""
    assert (PRODUCTION_COST.memory_kib, PRODUCTION_COST.passes) == (65536, 3)


def test_letters_are_the_same_bytes_however_they_were_composed() -> None:
    assert passphrase_bytes("cafe\u0301") == passphrase_bytes("caf\u00e9") == "café".encode()


def test_a_lack_of_memory_is_told_apart_from_a_wrong_secret() -> None:
    script = """
import resource
from sealing.failures import NotEnoughMemory
from sealing.stretching import Argon2Cost, stretch
resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
try:
    stretch(b"secret", b"sixteen byte salt", Argon2Cost(memory_kib=1 << 20, passes=1, lanes=1), 32)
except NotEnoughMemory:
    print("told")
"""

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert done.stdout == b"told\n"
