"""A change is seen at once, at its own site, and only there."""

from datetime import date

from monitoring.overview.changes import refresh_findings
from monitoring.risk.findings import Finding
from monitoring.signals import at_site
from monitoring.standing import Standing
from register.particulars import Theme
from register.transitions import Action, MoveReason
from storage.transaction import SqlTransaction
from tests.monitoring.overview.village import FACTORY, QUARRY, Village

DAY = date(2026, 2, 10)


def findings(village: Village, *sites: str) -> tuple[Finding, ...]:
    return village.do(lambda tx: tx.findings.of_subjects([at_site(each) for each in sites]))


def test_a_filed_case_is_a_finding_at_once(village: Village) -> None:
    village.file("mina", QUARRY, DAY, theme="living_wage")
    (found,) = findings(village, QUARRY.id)
    assert (found.theme, found.sources[0].voices) == (Theme.LIVING_WAGE, 1)
    assert findings(village, FACTORY.id) == ()


def test_a_decision_moves_what_the_case_weighs(village: Village) -> None:
    ref = village.file("mina", QUARRY, DAY, theme="living_wage")
    for action in (Action.ACKNOWLEDGE, Action.ASSESS, Action.INVESTIGATE):
        village.move(ref, action, DAY)
    village.move(ref, Action.FIND_FOUNDED, DAY, MoveReason.FACTS_ESTABLISHED)
    (found,) = findings(village, QUARRY.id)
    assert [each.standing for each in found.sources] == [Standing.CONFIRMED]
    assert found.likelihood == 5


def test_two_reports_of_one_person_are_one_voice(village: Village) -> None:
    for _ in range(2):
        village.file("mina", QUARRY, DAY, theme="living_wage")
    (found,) = findings(village, QUARRY.id)
    assert (found.sources[0].signals, found.sources[0].voices) == (2, 1)


def test_a_case_without_a_known_site_says_nothing_of_a_place(village: Village) -> None:
    ref = village.file("mina", None, DAY, theme="living_wage")
    assert village.do(lambda tx: tx.cases.get(ref)) is not None
    assert findings(village, QUARRY.id, FACTORY.id) == ()


def test_refreshing_again_changes_and_writes_nothing(village: Village) -> None:
    village.file("mina", QUARRY, DAY, theme="living_wage")

    def again(tx: SqlTransaction) -> tuple[Finding, ...]:
        first = refresh_findings(tx, (at_site(QUARRY.id),), DAY)
        assert tx.findings.of_subjects((at_site(QUARRY.id),)) == first
        return refresh_findings(tx, (at_site(QUARRY.id),) * 2, DAY)

    assert village.do(again) == findings(village, QUARRY.id)


def test_what_is_old_fades_when_findings_are_refreshed(village: Village) -> None:
    for person in ("mina", "ravi", "sita", "om", "lal"):
        village.file(person, QUARRY, DAY, theme="living_wage")
    (now,) = findings(village, QUARRY.id)
    village.do(lambda tx: refresh_findings(tx, (at_site(QUARRY.id),), date(2029, 5, 1)))
    (later,) = findings(village, QUARRY.id)
    assert (now.likelihood, later.likelihood) == (5, 4)
