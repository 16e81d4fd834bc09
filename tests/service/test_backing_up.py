"""`gehoor backup` and `gehoor restore` bring everything elsewhere, or say why nothing was done."""

import shutil
from pathlib import Path

import pytest

from sealing.key_ring_file import create_key_ring
from service.clock import today
from service.commands.progress import SECONDS_BETWEEN_LINES, ProgressLines, time_left
from tests.service.terminal import Gehoor


@pytest.fixture
def elsewhere(
    installed: Gehoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """A backup without a key ring, and a new home that the next command works in."""
    installed("organisations", "add", "--name", "Sample Stone")
    target = tmp_path / "backup"
    made = installed("backup", str(target))
    assert made.status == 0, made.err
    assert "The key ring is not in it" in made.out
    new = tmp_path / "new"
    monkeypatch.setenv("GEHOOR_HOME", str(new))
    return target, new


def test_a_backup_is_restored_elsewhere_with_the_key_ring_that_was_kept_apart(
    gehoor: Gehoor, home: Path, elsewhere: tuple[Path, Path]
) -> None:
    target, new = elsewhere
    done = gehoor("restore", str(target), "--key-ring", str(home / "key-ring"))
    assert done.status == 0, done.err
    assert "Checking the backup" in done.out
    assert "Sample Stone" in gehoor("organisations", "list").out
    assert (new / "key-ring").stat().st_mode & 0o777 == 0o600
    assert new.stat().st_mode & 0o777 == 0o700


def test_without_a_key_ring_nothing_is_touched_and_it_is_said(
    gehoor: Gehoor, elsewhere: tuple[Path, Path]
) -> None:
    target, new = elsewhere
    refused = gehoor("restore", str(target))
    assert refused.status == 1
    assert "there is no key ring" in refused.err
    assert "Nothing was touched" in refused.err
    assert not new.exists()


def test_with_a_wrong_key_ring_nothing_is_touched_and_it_is_said(
    gehoor: Gehoor, elsewhere: tuple[Path, Path], tmp_path: Path
) -> None:
    target, new = elsewhere
    create_key_ring(tmp_path / "other-ring", today())
    refused = gehoor("restore", str(target), "--key-ring", str(tmp_path / "other-ring"))
    assert refused.status == 1
    assert "another key ring" in refused.err
    assert not new.exists()


def test_a_damaged_backup_is_named(
    gehoor: Gehoor, home: Path, elsewhere: tuple[Path, Path]
) -> None:
    target, new = elsewhere
    with (target / "gehoor.db").open("ab") as database:
        database.write(b"x")
    refused = gehoor("restore", str(target), "--key-ring", str(home / "key-ring"))
    assert "gehoor.db is missing or was changed" in refused.err
    assert not new.exists()


def test_a_folder_without_a_backup_and_a_home_in_use_are_refused(
    installed: Gehoor, home: Path, tmp_path: Path
) -> None:
    assert "no whole backup" in installed("restore", str(tmp_path / "nowhere")).err
    installed("backup", str(tmp_path / "backup"))
    assert "already" in installed("restore", str(tmp_path / "backup")).err
    assert (home / "gehoor.db").exists()


def test_a_backup_overwrites_nothing(installed: Gehoor, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").write_text("keep me")
    assert "not empty" in installed("backup", str(tmp_path / "full")).err
    assert (tmp_path / "full" / "letter").read_text() == "keep me"


def test_the_key_ring_is_copied_only_when_asked_for_and_with_a_warning(
    installed: Gehoor, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = (home / "key-ring").read_bytes()
    installed("backup", str(tmp_path / "without"))
    files = [path for path in (tmp_path / "without").rglob("*") if path.is_file()]
    assert all(ring not in path.read_bytes() for path in files)
    assert "WARNING" in installed("backup", str(tmp_path / "with"), "--with-key-ring").out
    shutil.rmtree(home)
    monkeypatch.setenv("GEHOOR_HOME", str(tmp_path / "new"))
    assert installed("restore", str(tmp_path / "with")).status == 0
    assert (tmp_path / "new" / "key-ring").read_bytes() == ring


def test_progress_is_said_at_the_start_now_and_then_and_at_the_end() -> None:
    said: list[str] = []
    seconds = iter([1.0, 2.0, 2.0 + SECONDS_BETWEEN_LINES, 6.0])
    lines = ProgressLines(said.append, clock=lambda: next(seconds))
    for done in (1, 2, 3, 4):
        lines.tell("Copying", done, 4)
    assert said == ["Copying: 1 of 4", "Copying: 3 of 4", "Copying: 4 of 4"]


def test_the_time_that_is_left_is_said_once_something_is_known_of_it() -> None:
    assert time_left(0, 1_000, 3.0) == ""
    assert time_left(10, 1_000, 0.0) == ""
    assert time_left(100, 1_000, 60.0) == ", about 9 min left"
    assert time_left(990, 1_000, 60.0) == ", less than a minute left"
    assert time_left(1_000, 1_000, 60.0) == ""
