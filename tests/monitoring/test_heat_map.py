"""The analyst's heat map: everything that is known, and the silence too."""

from datetime import date

from consultations.ratings import StakeholderRating
from monitoring.heat_map import Figure, HeatMap, Viewer, analyst
from monitoring.risk.findings import gather
from monitoring.risk.matrix import RISK_MATRIX, Priority
from monitoring.risk.severity import Weight
from monitoring.risk.unheard import Hearing, SiteFacts
from monitoring.signals import Signal, SignalKind, Subject, SubjectKind, at_site
from monitoring.tallies import tally
from register.particulars import Theme

TODAY = date(2026, 5, 4)


def a_signal(site: str, theme: Theme, gravity: int, **changes) -> Signal:
    values = {
        "kind": SignalKind.CASE,
        "reference": f"{site} {theme}",
        "voice": "v",
        "subject": at_site(site),
        "theme": theme,
        "day": date(2026, 4, 2),
        "weight": Weight(gravity=gravity, scope=1, irremediability=1, likelihood=3),
    } | changes
    return Signal(**values)


SIGNALS = (
    a_signal("a", Theme.LIVING_WAGE, 3),
    a_signal("b", Theme.HEALTH_SAFETY, 5),
    a_signal("b", Theme.CHILD_LABOUR, 2),
    a_signal(
        "granite", Theme.LAND_RIGHTS, 4, subject=Subject(kind=SubjectKind.CHAIN, id="granite")
    ),
)
SITES = (
    SiteFacts(site_id="a", is_risk_country=True, voices=1),
    SiteFacts(site_id="silent", is_risk_country=True),
    SiteFacts(site_id="home", is_risk_country=False),
)


def a_map(*ratings: StakeholderRating) -> HeatMap:
    return analyst(gather(tally(SIGNALS), ratings, (), TODAY), SITES, TODAY)


def test_the_worst_place_comes_first_and_the_unheard_before_the_unknown() -> None:
    rows = a_map().rows
    assert [row.key for row in rows] == [
        "site:b",
        "chain:granite",
        "site:a",
        "site:silent",
        "site:home",
    ]


def test_a_silent_place_at_risk_is_marked_as_unheard() -> None:
    marks = {row.key: row.unheard for row in a_map().rows}
    assert marks["site:silent"] == ("silent",)
    assert marks["site:a"] == marks["site:home"] == ()


def test_a_place_with_a_grave_finding_that_fell_silent_is_unheard_too() -> None:
    facts = SiteFacts(site_id="b", is_risk_country=False)
    (row,) = analyst(gather(tally(SIGNALS[1:3]), (), (), TODAY), [facts], TODAY).rows
    assert row.hearings == {"b": Hearing.UNHEARD}


def test_every_finding_is_in_one_square_and_in_one_cell() -> None:
    the_map = a_map()
    in_squares = [id_ for square in the_map.matrix for id_ in square.cell_ids]
    in_rows = [cell.id for row in the_map.rows for cell in row.cells]
    assert (
        sorted(in_squares)
        == sorted(in_rows)
        == sorted(["a.living_wage", "b.health_safety", "b.child_labour", "granite.land_rights"])
    )


def test_the_matrix_has_all_squares_with_their_priority_and_the_most_severe_on_top() -> None:
    the_map = a_map()
    assert len(the_map.matrix) == 25
    assert the_map.matrix[0].severity == 5
    assert the_map.matrix[-1].severity == 1
    assert all(
        square.priority is RISK_MATRIX[square.severity, square.likelihood]
        for square in the_map.matrix
    )
    assert the_map.viewer is Viewer.ANALYST


def test_a_cell_says_how_many_people_of_each_kind_spoke() -> None:
    rating = StakeholderRating(
        round_id="r", participant="p", site_id="a", theme=Theme.LIVING_WAGE, day=TODAY, likelihood=1
    )
    (cell,) = next(row for row in a_map(rating).rows if row.key == "site:a").cells
    assert cell.figures == (
        Figure(kind=SignalKind.CASE, voices=1),
        Figure(kind=SignalKind.RATING, voices=1),
    )
    assert cell.is_disputed, "the rating says hardly likely"
    assert not cell.is_judged
    assert cell.priority is Priority.NEXT


def test_themes_stand_in_their_own_order() -> None:
    row = a_map().rows[0]
    assert [cell.theme for cell in row.cells] == [Theme.CHILD_LABOUR, Theme.HEALTH_SAFETY]
