"""Sealing is within everyone's reach; opening is not, not even by way of another module."""

import subprocess
import sys

import pytest

FOR_EVERYONE = (
    "sealing.blobs",
    "sealing.content",
    "sealing.envelope",
    "sealing.identifiers",
    "sealing.key_ring",
    "sealing.key_ring_file",
    "sealing.passphrases",
    "sealing.receipts",
    "sealing.recipients",
    "sealing.seal",
    "sealing.suites",
)
FOR_THE_DESK = {"sealing.opening", "sealing.identities", "sealing.recovery", "sealing.teams"}


def loaded_by(modules: tuple[str, ...]) -> set[str]:
    script = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return set(done.stdout.decode().split())


def test_those_who_seal_never_load_what_opens() -> None:
    assert not loaded_by(FOR_EVERYONE) & FOR_THE_DESK


@pytest.mark.parametrize("module", ["sealing.recovery", "sealing.teams"])
def test_whatever_handles_private_keys_is_under_the_contract_too(module: str) -> None:
    """The import contract names `sealing.identities`, and it looks at indirect imports."""
    assert "sealing.identities" in loaded_by((module,))
