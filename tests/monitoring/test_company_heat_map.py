"""The company's heat map: nothing in it depends on anything that was not released."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.company_heat_map import company
from monitoring.heat_map import Figure, HeatMap, Row, Viewer
from monitoring.risk.findings import Finding, gather, judge
from monitoring.risk.priorities import prioritise
from monitoring.risk.rating_figures import RatingFigure
from monitoring.risk.scales import Scale
from monitoring.risk.severity import Weight
from monitoring.risk.unheard import Hearing, SiteFacts
from monitoring.signals import Signal, SignalKind, Subject, SubjectKind, at_site
from monitoring.tallies import tally
from register.particulars import Theme
from register.places import places_of
from register.quarters import Quarter
from register.release import Cell, Release, Thresholds
from register.sites import Site

TODAY = date(2026, 5, 4)
WINTER = Quarter(year=2026, number=1)
SITES = tuple(
    Site(id=name, code=name, name="", country="IN", region="Rajasthan", workers=workers)
    for name, workers in (("big", 300), ("other", 400), ("s1", 20), ("s2", 20), ("s3", None))
)
FACTS = tuple(SiteFacts(site_id=site.id, is_risk_country=True) for site in SITES)
PLACES = places_of(SITES)


def released(**numbers: int) -> Release:
    """A release in which so many people are shown, by `SITE__THEME`."""
    cells = [Cell(place=None, theme=None, group=None, number=99)]
    for name, number in numbers.items():
        site, theme = name.split("__")
        cells.append(Cell(place=f"site:{site}", theme=Theme(theme), group=None, number=number))
    return Release(
        organisation_id="o",
        quarter=WINTER,
        released_on=TODAY,
        thresholds=Thresholds(),
        places=PLACES,
        cells=tuple(cells),
    )


def a_signal(site: str = "big", **changes) -> Signal:
    values = {
        "kind": SignalKind.CASE,
        "reference": "1",
        "voice": "1",
        "subject": at_site(site),
        "theme": Theme.LIVING_WAGE,
        "day": date(2026, 2, 2),
        "weight": Weight(gravity=5, scope=5, irremediability=5, likelihood=5),
    } | changes
    return Signal(**values)


def a_map(releases=(), *, findings=(), ratings=(), sites=FACTS) -> HeatMap:
    return company(
        releases=releases,
        ratings=ratings,
        findings=findings,
        sites=sites,
        places=PLACES,
        today=TODAY,
    )


def row(the_map: HeatMap, key: str) -> Row:
    return next(each for each in the_map.rows if each.key == key)


def found(*signals: Signal) -> tuple[Finding, ...]:
    return gather(tally(signals), (), (), TODAY)


def test_the_worked_example_holds() -> None:
    shown = released(big__living_wage=9, other__living_wage=30)
    (cell,) = row(a_map([shown]), "site:big").cells
    assert cell.id == "big.living_wage"
    assert cell.weight == Weight(gravity=3, scope=2, irremediability=2, likelihood=5)
    assert cell.figures == (
        Figure(kind=SignalKind.CASE, voices=9),
        Figure(kind=SignalKind.RATING, voices=None),
    )


def test_a_case_that_is_not_released_leaves_no_trace() -> None:
    with_case = a_map(findings=found(a_signal()))
    assert with_case == a_map()
    assert all(not each.cells for each in with_case.rows)


def test_every_row_is_there_whether_or_not_anything_is_shown_of_it() -> None:
    keys = {each.key for each in a_map().rows}
    assert keys == {"site:big", "site:other", "region:IN/Rajasthan"}
    assert a_map().viewer is Viewer.COMPANY


@pytest.mark.parametrize("kind", [SignalKind.AUDIT, SignalKind.DOCUMENT, SignalKind.INDICATOR])
def test_sources_that_nobody_is_behind_are_shown(kind) -> None:
    (cell,) = row(a_map(findings=found(a_signal(kind=kind), a_signal())), "site:big").cells
    assert cell.severity == 5
    assert Figure(kind=SignalKind.CASE, voices=None) in cell.figures
    assert Figure(kind=kind, voices=1) in cell.figures


def test_a_chain_is_shown_by_its_documents() -> None:
    chain = a_signal(
        kind=SignalKind.DOCUMENT, subject=Subject(kind=SubjectKind.CHAIN, id="granite")
    )
    (cell,) = row(a_map(findings=found(chain)), "chain:granite").cells
    assert cell.id == "granite.living_wage"


def judged(finding: Finding, gravity: int, *, is_for_company: bool) -> Finding:
    weight = Weight(gravity=gravity, scope=1, irremediability=1, likelihood=2)
    result = judge(
        finding,
        weight=weight,
        by="h",
        reason="Seen.",
        today=TODAY,
        is_for_company=is_for_company,
    )
    assert isinstance(result, Finding)
    return result


def test_a_judgement_is_shown_only_if_it_is_meant_for_the_company() -> None:
    (finding,) = found(a_signal())
    assert a_map(findings=[judged(finding, 4, is_for_company=False)]) == a_map()
    shown = a_map(findings=[judged(finding, 4, is_for_company=True)])
    (cell,) = row(shown, "site:big").cells
    assert (cell.severity, cell.likelihood, cell.is_judged) == (4, 2, True)


def test_a_judgement_of_one_small_site_never_lowers_its_whole_row() -> None:
    audit = a_signal("s1", kind=SignalKind.AUDIT, reference="audit")
    other = a_signal("s2", kind=SignalKind.AUDIT, reference="audit 2")
    first, second = found(audit, other)
    (cell,) = row(
        a_map(findings=[judged(first, 1, is_for_company=True), second]), "region:IN/Rajasthan"
    ).cells
    assert cell.severity == 5
    assert cell.id == "region:IN/Rajasthan.living_wage"


def test_an_officer_sees_priorities_of_what_was_released() -> None:
    shown = released(big__living_wage=9, other__forced_labour=6)
    cells = [
        cell for each in a_map([shown], findings=found(a_signal("s1"))).rows for cell in each.cells
    ]
    ranked = prioritise(cells, room=0, today=TODAY)
    assert [(each.finding_id, each.is_chosen) for each in ranked] == [
        ("other.forced_labour", True),
        ("big.living_wage", False),
    ]


def test_ratings_of_enough_people_count_beside_the_numbers() -> None:
    figure = RatingFigure(
        round_id="r",
        quarter=WINTER,
        place="site:big",
        theme=Theme.LAND_RIGHTS,
        participants=7,
        middles={Scale.GRAVITY: 4, Scale.LIKELIHOOD: 3},
        close=frozenset({Scale.GRAVITY}),
    )
    (cell,) = row(a_map(ratings=[figure]), "site:big").cells
    assert (cell.severity, cell.likelihood) == (4, 3)
    assert cell.is_disputed
    assert Figure(kind=SignalKind.RATING, voices=7) in cell.figures


def test_rows_of_earlier_releases_are_kept() -> None:
    shown = released(big__living_wage=30)
    later = company(releases=[shown], ratings=(), findings=(), sites=FACTS, places=(), today=TODAY)
    assert {each.key for each in later.rows} == {place.key for place in PLACES}


def test_a_site_is_unheard_or_not_whatever_was_said_and_not_released() -> None:
    quiet = [replace(each, voices=0, readers=0) for each in FACTS]
    whispering = [replace(each, voices=4, readers=4) for each in FACTS]
    assert a_map(sites=whispering) == a_map(sites=quiet)
    assert row(a_map(sites=quiet), "site:big").unheard == ("big",)


def test_a_site_with_a_released_number_is_heard() -> None:
    shown = released(big__living_wage=9)
    assert row(a_map([shown]), "site:big").hearings["big"] is Hearing.HEARD


def test_a_site_where_people_know_the_channel_is_quiet() -> None:
    aware = [
        replace(each, readers=9, awareness_percent=80, awareness_day=date(2026, 1, 9))
        for each in FACTS
    ]
    assert row(a_map(sites=aware), "site:big").hearings["big"] is Hearing.QUIET


grades = st.integers(1, 5)
hidden_signals = st.builds(
    a_signal,
    st.sampled_from(["big", "other", "s1", "s2"]),
    kind=st.sampled_from([SignalKind.CASE, SignalKind.RATING]),
    reference=st.sampled_from("123"),
    theme=st.sampled_from(Theme),
    weight=st.builds(
        Weight, gravity=grades, scope=grades, irremediability=grades, likelihood=grades
    ),
)


@settings(max_examples=60)
@given(st.lists(hidden_signals, max_size=6), st.integers(0, 9), st.integers(0, 4))
def test_nothing_hidden_changes_what_the_company_sees(signals, voices, readers) -> None:
    shown = [released(big__living_wage=9, other__other=30)]
    audit = a_signal("other", kind=SignalKind.AUDIT, reference="audit")
    told = [replace(each, voices=voices, readers=readers) for each in FACTS]
    assert a_map(shown, findings=found(audit, *signals), sites=told) == a_map(
        shown, findings=found(audit)
    )
