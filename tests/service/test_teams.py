"""Teams change only so far as every report still has a reader, or the operator wants it anyway."""

import pytest

from service.foundations import records
from service.settings import read_settings
from tests.service.terminal import Gehoor


@pytest.fixture(scope="module")
def phrase() -> str:
    return "a long enough pass phrase\n"


@pytest.fixture
def staffed(installed: Gehoor, phrase: str) -> Gehoor:
    for name, team in (("Asha", "regular"), ("Ben", "urgent"), ("Zoe", "appeal")):
        added = installed("people", "add", "handler", "--name", name, "--team", team, typed=phrase)
        assert added.status == 0
    return installed


def _team_of(name: str) -> str:
    with records(read_settings()) as kept:
        staff = kept.read(lambda tx: tx.people.staff())
    teams = {team.id: team.name for team in staff.teams}
    return next(teams[each.team_id] for each in staff.handlers if each.name == name)


def test_teams_are_listed_with_what_they_are_for(staffed: Gehoor) -> None:
    added = staffed(
        "teams", "add", "--name", "Wages in India", "--theme", "living_wage", "--country", "in"
    )
    assert added.status == 0
    listed = staffed("teams", "list").out
    assert "Case handlers (regular): 1 who read, all themes, all countries" in listed
    assert "Wages in India (regular): 0 who read, living_wage, IN" in listed


def test_a_team_with_an_unknown_kind_theme_or_country_is_refused(staffed: Gehoor) -> None:
    refused = staffed("teams", "add", "--name", "X", "--kind", "x", "--theme", "y")
    assert "--kind is one of" in refused.err
    assert "--theme: y is none of" in refused.err
    assert "two letters" in staffed("teams", "add", "--name", "X", "--country", "India").err
    assert "already" in staffed("teams", "add", "--name", "appeals").err


def test_a_team_is_renamed_and_no_two_have_one_name(staffed: Gehoor) -> None:
    assert staffed("teams", "rename", "appeal", "--name", "Second look").status == 0
    assert "Second look (appeal)" in staffed("teams", "list").out
    assert "already" in staffed("teams", "rename", "urgent", "--name", "second LOOK").err
    assert staffed("teams", "rename", "appeal", "--name", "SECOND LOOK").status == 0


def test_a_team_with_members_is_not_retired_and_an_empty_one_is(staffed: Gehoor) -> None:
    refused = staffed("teams", "retire", "appeal")
    assert "Zoe are in the team Appeals: move them first" in refused.err
    assert staffed("teams", "retire", "oversight").status == 0
    assert (
        "Oversight (oversight): 0 who read, all themes, all countries  (retired)"
        in staffed("teams", "list").out
    )
    gone = staffed("people", "move", "--name", "Asha", "--team", "oversight")
    assert "which team is 'oversight'" in gone.err


def test_a_move_says_before_what_nobody_could_read_and_changes_nothing(staffed: Gehoor) -> None:
    refused = staffed("people", "move", "--name", "zoe", "--team", "regular")
    assert refused.status == 1
    assert "appeals would have no reader: only the recovery key could open them" in refused.err
    assert _team_of("Zoe") == "Appeals"
    moved = staffed("people", "move", "--name", "zoe", "--team", "regular", "--yes")
    assert moved.status == 0
    assert "appeals would have no reader" in moved.out
    assert _team_of("Zoe") == "Case handlers"


def test_a_move_that_leaves_nobody_unheard_is_done_at_once(staffed: Gehoor, phrase: str) -> None:
    moved = staffed("people", "move", "--name", "Ben", "--team", "regular")
    assert moved.status == 0
    assert "reader" not in moved.out
    assert _team_of("Ben") == "Case handlers"
    unknown = staffed("people", "move", "--name", "Nobody", "--team", "regular")
    assert "no handler is called Nobody" in unknown.err


def test_whoever_leaves_leaves_a_line_on_what_they_alone_read(staffed: Gehoor) -> None:
    left = staffed("people", "retire", "--name", "Zoe")
    assert left.status == 0
    assert "appeals would have no reader" in left.out
