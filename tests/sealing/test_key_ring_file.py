import json
import sys
from datetime import date
from pathlib import Path

import pytest

from sealing.failures import KeyRingUnusable
from sealing.key_ring import new_key_ring
from sealing.key_ring_file import (
    create_key_ring,
    dump_key_ring,
    load_key_ring,
    parse_key_ring,
    read_from_command,
    save_key_ring,
)

TODAY = date(2026, 11, 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "key-ring.json"


def test_a_created_ring_is_private_and_loads(path: Path) -> None:
    ring = create_key_ring(path, TODAY)

    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key_ring(path) == ring


def test_an_existing_ring_is_never_overwritten(path: Path) -> None:
    ring = create_key_ring(path, TODAY)

    with pytest.raises(KeyRingUnusable, match="never overwritten"):
        create_key_ring(path, TODAY)
    assert load_key_ring(path) == ring


def test_a_rotated_ring_replaces_the_old_file_and_stays_private(path: Path) -> None:
    ring = create_key_ring(path, TODAY).rotated(date(2027, 11, 20))

    save_key_ring(ring, path)

    assert load_key_ring(path) == ring
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
def test_a_ring_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    create_key_ring(path, TODAY)
    path.chmod(mode)

    with pytest.raises(KeyRingUnusable, match="chmod 600"):
        load_key_ring(path)


def test_a_missing_ring_is_refused_with_what_to_do(path: Path) -> None:
    with pytest.raises(KeyRingUnusable, match="gehoor init"):
        load_key_ring(path)


def test_an_unreadable_ring_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyRingUnusable, match="cannot be read"):
        load_key_ring(tmp_path)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "key-ring.json"

    with pytest.raises(KeyRingUnusable, match="cannot be written"):
        create_key_ring(nowhere, TODAY)
    with pytest.raises(KeyRingUnusable, match="cannot be written"):
        save_key_ring(new_key_ring(TODAY), nowhere)


GOOD = json.loads(dump_key_ring(new_key_ring(TODAY)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "null",
        json.dumps({**GOOD, "format": "another"}),
        json.dumps({**GOOD, "kyes": []}),
        json.dumps({**GOOD, "keys": None}),
        json.dumps({**GOOD, "keys": [{"made": "yesterday", "secret": GOOD["pepper"]}]}),
        json.dumps({**GOOD, "keys": [{"secret": GOOD["pepper"]}]}),
        json.dumps({**GOOD, "pepper": "!!!"}),
        json.dumps({**GOOD, "pepper": 7}),
    ],
)
def test_a_damaged_ring_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(KeyRingUnusable, match="backup"):
        parse_key_ring(text)


def test_a_ring_that_is_not_text_is_damaged(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    path.chmod(0o600)

    with pytest.raises(KeyRingUnusable, match="backup"):
        load_key_ring(path)


def test_a_ring_without_keys_or_of_another_version_says_so() -> None:
    for field, value, message in (("keys", [], "no row key"), ("version", 2, "version 2")):
        with pytest.raises(KeyRingUnusable, match=message):
            parse_key_ring(json.dumps({**GOOD, field: value}))


def test_a_refusal_never_repeats_the_secret() -> None:
    text = json.dumps({**GOOD, "pepper": GOOD["pepper"] + "!"})

    with pytest.raises(KeyRingUnusable) as refusal:
        parse_key_ring(text)

    assert GOOD["pepper"] not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_ring_can_come_from_the_environment_on_one_line() -> None:
    ring = new_key_ring(TODAY)

    assert parse_key_ring(dump_key_ring(ring).replace("\n", "")) == ring


def test_a_ring_can_come_from_a_command(path: Path) -> None:
    ring = create_key_ring(path, TODAY)
    script = f"import pathlib; print(pathlib.Path({str(path)!r}).read_text())"

    assert read_from_command(f'{sys.executable} -c "{script}"') == ring


@pytest.mark.parametrize(
    "command", ["", "/no/such/program", f"{sys.executable} -c 'raise SystemExit(3)'", "'open"]
)
def test_a_command_that_fails_is_refused_with_what_to_do(command: str) -> None:
    with pytest.raises(KeyRingUnusable, match="by hand"):
        read_from_command(command)


def test_a_command_that_prints_something_else_is_refused() -> None:
    with pytest.raises(KeyRingUnusable, match="printed is damaged"):
        read_from_command(f"{sys.executable} -c 'print(1)'")
