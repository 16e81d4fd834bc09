"""Released complaints become evidence; what was not released is none."""

from datetime import date

from monitoring.evaluation.complaint_facts import complaints_mapped, complaints_reassessed
from monitoring.evaluation.register_facts import Handled
from monitoring.risk.findings import Finding, Judgement
from monitoring.risk.severity import LEAST
from monitoring.signals import SignalKind, at_site
from monitoring.standing import Standing
from monitoring.tallies import Tally
from register.particulars import Theme
from register.places import Place, PlaceKind
from register.quarters import Quarter
from register.release import Cell, Release, Thresholds

FIRST = Quarter(year=2026, number=1)
PIT = Place(kind=PlaceKind.SITE, name="pit", site_ids=("pit",))
REGION = Place(kind=PlaceKind.REGION, name="IN/Rajasthan", site_ids=("a", "b", "c"))
WAGES = Theme.LIVING_WAGE
IN_TIME, LATE = date(2026, 6, 30), date(2026, 7, 1)


def cell(place: Place | None, number: int = 12, theme: Theme | None = WAGES) -> Cell:
    return Cell(place=place.key if place else None, theme=theme, group=None, number=number)


def released(*cells: Cell) -> Release:
    return Release(
        organisation_id="o",
        quarter=FIRST,
        released_on=date(2026, 4, 1),
        thresholds=Thresholds(),
        places=(PIT, REGION),
        cells=cells,
    )


def finding(site: str = "pit", *judged: tuple[date, bool], quarter: Quarter = FIRST) -> Finding:
    tally = Tally(
        subject=at_site(site),
        theme=WAGES,
        quarter=quarter,
        kind=SignalKind.CASE,
        standing=Standing.HEARD,
        signals=12,
        voices=12,
        weight=LEAST,
    )
    judgements = tuple(
        Judgement(day=day, by="a", weight=LEAST, reason="r", basis=LEAST, is_for_company=shared)
        for day, shared in judged
    )
    return Finding(
        subject=at_site(site),
        theme=WAGES,
        estimate=LEAST,
        judgements=judgements,
        sources=(tally,),
    )


def test_without_releases_there_is_nothing() -> None:
    assert complaints_mapped((), (finding(),), LATE) == Handled()
    assert complaints_reassessed((), (finding(),), LATE) == Handled()


def test_released_complaints_of_a_finding_are_mapped() -> None:
    found = complaints_mapped((released(cell(PIT)),), (finding(),), IN_TIME)
    assert (found.done, found.overdue, found.last_done) == (12, 0, FIRST.last_day)
    assert found.references == ("pit.living_wage",)


def test_small_sites_together_are_named_by_their_row() -> None:
    found = complaints_mapped((released(cell(REGION)),), (finding("b"),), IN_TIME)
    assert found.references == ("region:IN/Rajasthan.living_wage",)


def test_a_total_shows_that_complaints_were_mapped_and_not_where() -> None:
    found = complaints_mapped((released(cell(None, 7, None)),), (finding("b"),), IN_TIME)
    assert (found.done, found.references) == (7, ())


def test_numbers_that_overlap_are_counted_once() -> None:
    release = released(cell(PIT), cell(None), cell(None, 15, None))
    assert complaints_mapped((release,), (finding(),), IN_TIME).done == 15


def test_complaints_of_another_quarter_do_not_map_these() -> None:
    other = finding(quarter=FIRST.next)
    found = complaints_mapped((released(cell(PIT)),), (other,), IN_TIME)
    assert (found.done, found.overdue) == (0, 0)
    assert complaints_mapped((released(cell(PIT)),), (other,), LATE).overdue == 12


def test_a_judgement_after_the_quarter_weighs_again() -> None:
    judged = finding("pit", (date(2026, 4, 20), True))
    found = complaints_reassessed((released(cell(PIT)),), (judged,), LATE)
    assert (found.done, found.overdue) == (12, 0)
    assert found.last_done == date(2026, 6, 30)


def test_a_judgement_within_the_quarter_proves_nothing_and_nobody_is_late() -> None:
    judged = finding("pit", (date(2026, 3, 31), True))
    assert complaints_reassessed((released(cell(PIT)),), (judged,), LATE) == Handled()


def test_a_judgement_that_is_not_shared_proves_nothing_and_nobody_is_late() -> None:
    judged = finding("pit", (date(2026, 4, 20), False))
    assert complaints_reassessed((released(cell(PIT)),), (judged,), LATE) == Handled()


def test_nobody_judged_is_late_after_three_months_and_not_before() -> None:
    release = released(cell(PIT))
    assert complaints_reassessed((release,), (finding(),), IN_TIME) == Handled()
    assert complaints_reassessed((release,), (finding(),), LATE).overdue == 12


def test_totals_are_not_asked_to_be_weighed_again() -> None:
    release = released(cell(None, 12, None))
    assert complaints_reassessed((release,), (finding(),), LATE) == Handled()
