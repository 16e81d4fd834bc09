"""`gehoor init` makes what is missing, shows the recovery key once, and overwrites nothing."""

import stat
from pathlib import Path

import pytest

from register.people import TeamKind
from sealing.identities import Identity
from sealing.key_ring_file import create_key_ring, dump_key_ring, load_key_ring
from sealing.recovery import read_recovery_text
from service.clock import today
from service.foundations import records
from service.installation import recovery_key_of, set_up
from service.settings import read_settings
from storage.transaction import SqlTransaction
from tests.service.terminal import Gehoor


def _shown_key(out: str) -> Identity:
    lines = [line for line in out.splitlines() if line.startswith("    ")]
    identity = read_recovery_text("".join(lines))
    assert isinstance(identity, Identity)
    return identity


def test_what_is_made_is_the_operators_alone(gehoor: Gehoor, home: Path) -> None:
    assert gehoor("init").status == 0
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "key-ring").stat().st_mode) == 0o600


def test_the_recovery_key_that_is_shown_is_the_one_that_is_kept(gehoor: Gehoor) -> None:
    shown = _shown_key(gehoor("init").out)
    with records(read_settings()) as kept:
        assert kept.read(recovery_key_of) == shown.recipient


def test_the_private_half_of_the_recovery_key_is_kept_nowhere(gehoor: Gehoor, home: Path) -> None:
    shown = _shown_key(gehoor("init").out)
    for path in home.rglob("*"):
        if path.is_file():
            assert shown.keys.seed not in path.read_bytes()


def test_there_is_a_team_of_each_kind(installed: Gehoor) -> None:
    with records(read_settings()) as kept:
        teams = kept.read(lambda tx: tx.people.staff().teams)
    assert {team.kind for team in teams} == set(TeamKind)


def test_a_second_init_changes_nothing_and_shows_no_key(installed: Gehoor, home: Path) -> None:
    def state(tx: SqlTransaction) -> object:
        return recovery_key_of(tx), tx.people.staff()

    ring = (home / "key-ring").read_bytes()
    with records(read_settings()) as kept:
        before = kept.read(state)
    again = installed("init")
    assert again.status == 0
    assert "Nothing was changed" in again.out
    assert "RECOVERY" not in again.out
    with records(read_settings()) as kept:
        assert kept.read(state) == before
    assert (home / "key-ring").read_bytes() == ring


def test_a_database_without_its_key_ring_gets_no_new_one(installed: Gehoor, home: Path) -> None:
    (home / "key-ring").unlink()
    refused = installed("init")
    assert refused.status == 1
    assert "restore the key ring" in refused.err
    assert not (home / "key-ring").exists()


def test_an_interrupted_init_shows_another_recovery_key(home: Path) -> None:
    class PowerCut(Exception):
        pass

    def cut(_text: str) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        set_up(read_settings(), today(), cut)
    shown: list[str] = []
    set_up(read_settings(), today(), shown.append)
    assert len(shown) == 1


def test_a_key_ring_that_others_can_read_stops_everything_and_says_how_to_mend_it(
    installed: Gehoor, home: Path
) -> None:
    (home / "key-ring").chmod(0o644)
    for command in (("run",), ("people", "list"), ("init",)):
        refused = installed(*command)
        assert refused.status == 1
        assert f"chmod 600 {home / 'key-ring'}" in refused.err


def test_without_a_key_ring_the_start_says_what_to_do(gehoor: Gehoor) -> None:
    refused = gehoor("run")
    assert refused.status == 1
    assert "gehoor init" in refused.err


def test_a_key_ring_of_another_installation_is_refused(
    installed: Gehoor, home: Path, tmp_path: Path
) -> None:
    (home / "key-ring").unlink()
    create_key_ring(home / "key-ring", today())
    refused = installed("run")
    assert refused.status == 1
    assert "restore the key ring" in refused.err


def test_a_key_ring_from_the_environment_needs_no_file(
    gehoor: Gehoor, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "ring"
    create_key_ring(elsewhere, today())
    monkeypatch.setenv("GEHOOR_KEY_RING", dump_key_ring(load_key_ring(elsewhere)))
    assert gehoor("init").status == 0
    assert not (home / "key-ring").exists()
    assert gehoor("people", "list").status == 0


def test_wrong_settings_are_told_together(gehoor: Gehoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_WEB_PORT", "many")
    monkeypatch.setenv("GEHOOR_EXIT_URL", "javascript:alert(1)")
    monkeypatch.setenv("GEHOOR_WBE_HOST", "0.0.0.0")
    refused = gehoor("init")
    assert refused.status == 1
    assert len(refused.err.splitlines()) == 3
    assert "did you mean GEHOOR_WEB_HOST?" in refused.err


def test_flows_and_keys_that_are_wrong_are_told_together(
    installed: Gehoor, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.yaml").write_text("flow: own\nversion: 1\ntitle: Own\nsurvey: []\n")
    monkeypatch.setenv("GEHOOR_FLOWS_FOLDER", str(tmp_path))
    (home / "key-ring").chmod(0o640)
    refused = installed("run")
    assert refused.status == 1
    assert "chmod 600" in refused.err
    assert "own.yaml" in refused.err
