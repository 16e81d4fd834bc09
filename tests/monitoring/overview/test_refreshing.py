"""An organisation is refreshed in bounded pieces, and nobody ever sees half of it."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from monitoring.heat_map import Viewer
from monitoring.overview import organisations
from monitoring.overview.company import company_view
from monitoring.overview.organisations import (
    keep,
    pieces_of,
    refresh_organisation,
    refresh_sites,
    work_out,
)
from monitoring.risk.priorities import ChoiceGround, Ranked, choose
from monitoring.round_figures import RoundFigures
from register.quarters import Quarter
from tests.monitoring.overview.village import IMPORTER, QUARRY, Village

FIRST = date(2026, 1, 10)
AFTER = Quarter.of(FIRST).last_day + timedelta(days=10)
LATER = AFTER + timedelta(days=400)


@pytest.fixture
def told(village: Village) -> Village:
    """A quarter with numbers that are shown, and more in the next one."""
    for number in range(12):
        for theme in ("living_wage", "land_rights"):
            village.file(f"p{number}", QUARRY, FIRST, theme=theme)
    village.pass_to(AFTER)
    for number in range(30):
        village.file(f"q{number}", QUARRY, AFTER, theme="living_wage")
    return village


def seen(village: Village, today: date = LATER) -> Any:
    """All that the company sees, but for the day on which it looks."""

    def work(tx: Any) -> Any:
        view = company_view(tx, IMPORTER.id, today)
        assert view is not None
        return view, tx.assessments.priorities(IMPORTER.id), tx.figures.ratings(IMPORTER.id)

    return village.do(work)


def test_in_pieces_it_comes_to_what_it_comes_to_at_once(
    told: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisations, "SITES_AT_ONCE", 1)
    pieces = told.do(lambda tx: pieces_of(tx, IMPORTER.id))
    assert sorted(site for some in pieces for site in some) == sorted(
        each.id for each in told.do(lambda tx: tx.sites.sites_of(IMPORTER.id))
    )
    assert {len(some) for some in pieces} == {1}
    for some in pieces:
        told.do(partial(refresh_sites, site_ids=some, today=LATER))
    told.do(lambda tx: keep(tx, work_out(tx, IMPORTER.id, LATER)))
    by_pieces = seen(told), told.do(lambda tx: tx.assessments.heat_map(IMPORTER.id, Viewer.ANALYST))
    told.do(lambda tx: refresh_organisation(tx, IMPORTER.id, LATER))
    assert by_pieces == (
        seen(told),
        told.do(lambda tx: tx.assessments.heat_map(IMPORTER.id, Viewer.ANALYST)),
    )


def test_until_the_last_step_the_company_sees_what_it_saw(told: Village) -> None:
    before = seen(told)
    for some in told.do(lambda tx: pieces_of(tx, IMPORTER.id)):
        told.do(partial(refresh_sites, site_ids=some, today=LATER))
        assert seen(told) == before
    found = told.do(lambda tx: work_out(tx, IMPORTER.id, LATER))
    assert seen(told) == before
    told.do(lambda tx: keep(tx, found))
    view, _, _ = seen(told)
    assert view.heat_map == found.maps[0]


def test_what_an_officer_decides_meanwhile_stays(told: Village) -> None:
    found = told.do(lambda tx: work_out(tx, IMPORTER.id, LATER, room=0))
    told.do(lambda tx: refresh_organisation(tx, IMPORTER.id, LATER, room=0))
    _, kept, _ = seen(told)
    open_ones = [each for each in kept[1] if not each.is_chosen]
    assert open_ones, "something can be chosen"
    decided = choose(open_ones[0], by="olga", reason="Quick to stop.")
    assert isinstance(decided, Ranked)
    order = tuple(decided if each == open_ones[0] else each for each in kept[1])
    told.do(lambda tx: tx.assessments.put_priorities(IMPORTER.id, LATER, order))
    told.do(lambda tx: keep(tx, found))
    _, kept, _ = seen(told)
    (after,) = (each for each in kept[1] if each.finding_id == decided.finding_id)
    assert (after.ground, after.reason) == (ChoiceGround.CHOSEN_BY_PEOPLE, "Quick to stop.")


def test_figures_of_a_round_that_two_work_out_are_those_of_the_first(told: Village) -> None:
    found = told.do(lambda tx: work_out(tx, IMPORTER.id, LATER))
    figures = RoundFigures(round_id="r" * 26, figures=())
    for each in (figures, replace(figures, figures=())):
        told.do(partial(keep, refreshed=replace(found, ratings=(each,))))
    _, _, ratings = seen(told)
    assert ratings == (figures,)


def test_what_is_worked_out_writes_nothing(told: Village) -> None:
    """On a connection that can only read, as the daily round does it."""
    working_out = partial(work_out, organisation_id=IMPORTER.id, today=LATER)
    found = asyncio.run(told.database.read(working_out))
    assert found.organisation_id == IMPORTER.id
