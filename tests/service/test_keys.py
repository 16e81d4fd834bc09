"""The key ring is rotated without losing anything, and never shown."""

import base64
import json
from pathlib import Path

import pytest

from sealing.key_ring_file import dump_key_ring, load_key_ring
from tests.service.terminal import Gehoor


def test_a_rotated_ring_seals_anew_and_still_opens_what_was(installed: Gehoor, home: Path) -> None:
    installed("organisations", "add", "--name", "Sample Stone")
    before = load_key_ring(home / "key-ring")
    assert installed("keys", "rotate").status == 0
    after = load_key_ring(home / "key-ring")
    assert after.keys[1:] == before.keys
    assert after.pepper == before.pepper
    assert "Sample Stone" in installed("organisations", "list").out


def test_keys_are_listed_by_number_and_never_shown(installed: Gehoor, home: Path) -> None:
    installed("keys", "rotate")
    shown = installed("keys", "list").out
    assert len(shown.splitlines()) == 2
    fields = json.loads((home / "key-ring").read_text())
    for secret in (fields["pepper"], *(key["secret"] for key in fields["keys"])):
        assert secret not in shown
        assert base64.b64decode(secret).hex() not in shown


def test_a_ring_that_is_kept_elsewhere_is_rotated_there(
    installed: Gehoor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_KEY_RING", dump_key_ring(load_key_ring(home / "key-ring")))
    assert "where it is kept" in installed("keys", "rotate").err
