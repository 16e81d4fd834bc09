"""What an officer sees: from filed cases over a release to the map and the evidence."""

from datetime import date

from monitoring.evaluation.report import PartReport, Report
from monitoring.heat_map import Viewer
from monitoring.overview.company import QUARTERS_SHOWN, closed_quarters, company_view
from monitoring.overview.company_values import CompanyView
from monitoring.overview.scores import score_of
from register.particulars import Theme
from register.quarters import Quarter
from tests.monitoring.overview.village import IMPORTER, OTHER, QUARRY, SMALL, Village
from tests.shipped import FRAMEWORK

FEBRUARY, APRIL = date(2026, 2, 10), date(2026, 4, 1)
FIRST = Quarter(year=2026, number=1)
PEOPLE = tuple(f"person {number}" for number in range(12))


def seen(village: Village, today: date, organisation: str = IMPORTER.id) -> CompanyView:
    view = village.do(lambda tx: company_view(tx, organisation, today))
    assert view is not None
    return view


def report(village: Village, today: date) -> Report:
    found = village.do(lambda tx: score_of(tx, IMPORTER.id, FRAMEWORK, today))
    assert found is not None
    return found


def part(of: Report, question: str, name: str) -> PartReport:
    questions = (each for step in of.steps for each in step.questions)
    asked = next(each for each in questions if each.id == question)
    return next(each for each in asked.parts if each.id == name)


def many_report_low_wages(village: Village) -> None:
    for person in PEOPLE:
        village.file(person, QUARRY, FEBRUARY, theme="living_wage")


def test_from_filed_cases_to_the_map_and_the_evidence(village: Village) -> None:
    many_report_low_wages(village)
    village.pass_to(Quarter.of(FEBRUARY).last_day)
    before = seen(village, FIRST.last_day)
    assert before.findings == ()
    assert not part(report(village, FIRST.last_day), "2.2.5", "1").holds

    village.pass_to(APRIL)
    (finding,) = seen(village, APRIL).findings
    assert (finding.sites, finding.cell.theme) == ((QUARRY,), Theme.LIVING_WAGE)
    assert finding.numbers[0] == (FIRST, len(PEOPLE))
    assert finding.cell.figures[0].voices == len(PEOPLE)
    assert finding.ranked is not None

    mapped = part(report(village, APRIL), "2.2.5", "1")
    assert (mapped.holds, mapped.is_proven) == (True, True)
    (shown,) = mapped.shown_by
    assert shown.evidence.reference == finding.id
    assert shown.evidence.day == FIRST.last_day


def test_an_organisation_does_not_see_what_another_is_shown(village: Village) -> None:
    many_report_low_wages(village)
    village.pass_to(APRIL)
    theirs = seen(village, APRIL, OTHER.id)
    assert (theirs.sites, theirs.findings, theirs.heat_map.rows) == ((), (), ())
    assert all(each.cells == () for each in theirs.quarters)


def test_an_organisation_that_is_not_known_has_no_view_and_no_score(village: Village) -> None:
    assert village.do(lambda tx: company_view(tx, "nobody", APRIL)) is None
    assert village.do(lambda tx: score_of(tx, "nobody", FRAMEWORK, APRIL)) is None


def test_the_analysts_map_knows_at_once_what_the_company_learns_later(village: Village) -> None:
    village.file("mina", QUARRY, FEBRUARY, theme="living_wage")
    village.pass_to(FEBRUARY)
    kept = village.do(lambda tx: tx.assessments.heat_map(IMPORTER.id, Viewer.ANALYST))
    assert kept is not None
    assert [row.key for row in kept[1].rows if row.cells] == [f"site:{QUARRY.id}"]
    assert seen(village, FEBRUARY).findings == ()


def test_before_any_daily_round_the_page_shows_the_same(village: Village) -> None:
    now = seen(village, APRIL)
    village.pass_to(APRIL)
    assert seen(village, APRIL) == now


def test_a_site_in_a_risk_country_that_nobody_reads_is_unheard(village: Village) -> None:
    unheard = {site.id for site in seen(village, APRIL).unheard}
    assert {QUARRY.id, *(site.id for site in SMALL)} <= unheard


def test_the_number_of_quarters_tells_nothing() -> None:
    quarters = closed_quarters(date(2026, 1, 1))
    assert len(quarters) == QUARTERS_SHOWN
    assert quarters[0] == Quarter(year=2025, number=4)
    assert quarters[-1] == Quarter(year=2024, number=1)
