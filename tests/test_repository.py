"""What must hold for the repository itself."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
).stdout.decode().split("\0")[:-1]  # fmt: skip
PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
BOT_TOKEN = re.compile(rb"\b\d{8,10}:AA[\w-]{33}\b")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_carry_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert all("==" in line for line in pinned)


def test_no_key_and_no_token_is_in_the_repository() -> None:
    for name in TRACKED:
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            assert not PRIVATE_KEY.search(content), name
            assert not BOT_TOKEN.search(content), name


def test_no_module_is_longer_than_five_hundred_lines() -> None:
    for name in TRACKED:
        if name.endswith(".py") and not name.startswith(("tests/", "storage/migrations/")):
            lines = (ROOT / name).read_text("utf-8").count("\n")
            assert lines <= 500, f"{name} has {lines} lines"
