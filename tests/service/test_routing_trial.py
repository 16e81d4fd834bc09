"""`gehoor routing try` says who would get a report, as routing itself would decide it."""

import pytest

from register.people import ConflictOfInterest, TieTo
from service.clock import today
from service.foundations import records
from service.settings import read_settings
from tests.service.terminal import Gehoor

PHRASE = "a long enough pass phrase\n"
HINDI = ("--theme", "health_safety", "--site", "RJ3", "--language", "hi")


@pytest.fixture
def staffed(installed: Gehoor) -> Gehoor:
    for name, team, language in (
        ("Asha", "urgent", "hi"),
        ("Ben", "urgent", "en"),
        ("Chandra", "urgent", "hi"),
        ("Dina", "regular", "en"),
        ("Zoe", "appeal", "en"),
    ):
        made = ("people", "add", "handler", "--name", name, "--team", team, "--language", language)
        assert installed(*made, typed=PHRASE).status == 0
    installed("sites", "add", "--code", "RJ3", "--name", "Rajnagar Quarry", "--country", "IN")
    with records(read_settings()) as kept:
        staff, site = kept.read(lambda tx: (tx.people.staff(), tx.sites.by_code("RJ3")))
        assert site is not None
        tie = ConflictOfInterest(tie=TieTo.SITE, subject=site.id, declared_on=today())
        chandra = next(each.id for each in staff.handlers if each.name == "Chandra")
        kept.write(lambda tx: tx.people.declare(chandra, tie))
    return installed


def test_the_worked_example_of_routing_is_told_in_words(staffed: Gehoor) -> None:
    tried = staffed("routing", "try", *HINDI, "--danger", "yes")
    assert tried.status == 0
    lines = tried.out.splitlines()
    assert lines[0] == "A new report about health_safety, from Rajnagar Quarry in India, in Hindi."
    assert lines[1] == "Urgency: urgent, because somebody is in danger now."
    assert lines[2] in {
        "It goes to the team Urgent cases: Asha and Ben.",
        "It goes to the team Urgent cases: Ben and Asha.",
    }
    assert "Kept out: Chandra, who has a tie to the site." in lines
    assert "  Urgent cases: one fits best, the next best reads along" in lines


def test_what_is_uncertain_is_told(staffed: Gehoor) -> None:
    tried = staffed("routing", "try", *HINDI).out
    assert "It goes to the team Case handlers: Dina." in tried
    assert "Nothing was said of danger" in tried
    assert "It has one reader" in tried
    assert "Nobody of the team reads Hindi" in tried
    assert "Whom the report names is kept out as well" in tried


def test_a_child_and_an_appeal_go_other_ways(staffed: Gehoor) -> None:
    child = staffed("routing", "try", "--theme", "other", "--language", "en", "--child").out
    assert "because it is about a child or about trafficking" in child
    assert "from no site" in child
    appeal = staffed("routing", "try", *HINDI, "--appeal").out
    assert "It goes to the team Appeals: Zoe." in appeal


def test_a_report_that_nobody_could_read_is_told_loudly(installed: Gehoor) -> None:
    tried = installed("routing", "try", "--theme", "other", "--language", "en")
    assert tried.status == 0
    assert "NOBODY gets it: no fitting team has a member who can read." in tried.out


def test_what_does_not_exist_is_refused_with_what_does(staffed: Gehoor) -> None:
    tried = staffed("routing", "try", "--theme", "x", "--language", "en", "--punished", "y")
    assert "--theme is one of discrimination_gender" in tried.err
    assert "--punished is one of yes, no, afraid" in tried.err
    assert (
        "no language of ours"
        in staffed("routing", "try", "--theme", "other", "--language", "xx").err
    )
    unknown = staffed("routing", "try", "--theme", "other", "--language", "en", "--site", "XX")
    assert "no site with the code XX" in unknown.err
