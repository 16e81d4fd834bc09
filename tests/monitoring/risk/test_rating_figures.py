"""What a company sees of ratings: middles of enough people, and nobody's own answer."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ratings import StakeholderRating
from consultations.round import Round, RoundStatus
from monitoring.risk.rating_figures import open_ratings, rating_figures
from monitoring.risk.scales import Scale
from monitoring.risk.severity import Weight
from register.particulars import AnonymityLevel, Theme
from register.places import places_of
from register.quarters import Quarter
from register.release import Thresholds
from register.sites import Site

CLOSED = Round(
    id="r",
    organisation_id="o",
    status=RoundStatus.CLOSED,
    opens=date(2026, 5, 1),
    closes=date(2026, 6, 1),
)


def a_site(site_id: str, workers: int = 300) -> Site:
    return Site(
        id=site_id, code=site_id, name="", country="IN", region="Rajasthan", workers=workers
    )


BIG = places_of([a_site("big")])


def a_rating(participant: str, gravity: int | None, **changes) -> StakeholderRating:
    values = {
        "round_id": "r",
        "participant": participant,
        "site_id": "big",
        "theme": Theme.LAND_RIGHTS,
        "day": date(2026, 5, 20),
        "gravity": gravity,
    } | changes
    return StakeholderRating(**values)


def figures(ratings, *, places=BIG, round_=CLOSED, thresholds=None):
    return rating_figures(round_, ratings, places, thresholds or Thresholds())


FIVE = [a_rating(f"p{number}", grade) for number, grade in enumerate((2, 4, 4, 5, 5))]
OPEN = a_rating("union", 1, anonymity=AnonymityLevel.OPEN)


def test_the_worked_example_holds() -> None:
    (figure,) = figures([*FIVE, OPEN])
    assert figure.participants == 5
    assert figure.middles == {Scale.GRAVITY: 4}
    assert figure.close == {Scale.GRAVITY}
    assert figure.quarter == Quarter(year=2026, number=2)
    assert figure.weight == Weight(gravity=4, scope=1, irremediability=1, likelihood=1)
    assert open_ratings(CLOSED, [*FIVE, OPEN]) == (OPEN,)


def test_four_participants_are_too_few() -> None:
    assert figures([*FIVE[:4], OPEN]) == ()


def test_a_sensitive_theme_needs_ten() -> None:
    nine = [a_rating(f"p{number}", 4, theme=Theme.HEALTH_SAFETY) for number in range(9)]
    assert figures(nine) == ()
    assert figures([*nine, a_rating("p9", 4, theme=Theme.HEALTH_SAFETY)])[0].participants == 10


def test_a_company_may_ask_for_more_participants() -> None:
    assert figures(FIVE, thresholds=Thresholds(people=6)) == ()


def test_a_scale_that_too_few_answered_is_left_out() -> None:
    skipped = [*FIVE[:4], replace(FIVE[4], gravity=None, scope=3)]
    assert figures(skipped)[0].middles == {}


@pytest.mark.parametrize("status", [RoundStatus.DRAFT, RoundStatus.OPEN])
def test_nothing_is_shown_before_the_round_is_over(status) -> None:
    running = replace(CLOSED, status=status)
    assert figures(FIVE, round_=running) == ()
    assert open_ratings(running, [OPEN]) == ()


def test_another_round_is_another_figure() -> None:
    later = [replace(rating, round_id="r2") for rating in FIVE]
    assert figures([*FIVE, *later]) == figures(FIVE)


def test_small_sites_are_counted_together_and_each_person_once() -> None:
    small = places_of(a_site(name, workers=20) for name in ("a", "b", "c"))
    ratings = [
        replace(rating, site_id=site)
        for rating, site in zip(FIVE, ("a", "a", "b", "c", "c"), strict=True)
    ]
    again = replace(ratings[0], site_id="b", gravity=5)
    (figure,) = figures([*ratings, again], places=small)
    assert figure.place == "region:IN/Rajasthan"
    assert figure.participants == 5
    assert figure.middles == {Scale.GRAVITY: 5}


def test_of_one_small_site_nothing_is_shown() -> None:
    alone = places_of([a_site("big", workers=20)])
    assert figures(FIVE, places=alone) == ()


def test_a_site_outside_the_chain_is_passed_over() -> None:
    assert figures([replace(rating, site_id="else") for rating in FIVE]) == ()


@given(st.integers(1, 5), st.integers(5, 9), st.integers(1, 5))
def test_that_all_said_the_same_is_not_told(grade, people, other) -> None:
    alike = [a_rating(f"p{number}", grade) for number in range(people)]
    nearly = [replace(alike[0], gravity=other), *alike[1:]]
    assert figures(nearly) == figures(alike)
