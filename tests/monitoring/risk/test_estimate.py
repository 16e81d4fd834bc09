"""What all that was heard weighs together."""

from dataclasses import replace
from datetime import date

import pytest

from consultations.ratings import StakeholderRating
from monitoring.risk.estimate import estimate, full_years, highest_likelihood
from monitoring.risk.severity import LEAST, Weight
from monitoring.risk.stakeholders import NOBODY_RATED, stakeholder_view
from monitoring.signals import SignalKind, at_site
from monitoring.standing import Standing
from monitoring.tallies import Tally
from register.particulars import Theme
from register.quarters import Quarter

TODAY = date(2026, 5, 4)


def quarter(year: int, number: int) -> Quarter:
    return Quarter(year=year, number=number)


NOW = quarter(2026, 2)


def told(**changes) -> Tally:
    values = {
        "subject": at_site("s"),
        "theme": Theme.HEALTH_SAFETY,
        "quarter": NOW,
        "kind": SignalKind.CASE,
        "standing": Standing.HEARD,
        "signals": 1,
        "voices": 1,
        "weight": Weight(gravity=4, scope=2, irremediability=3, likelihood=3),
    } | changes
    return Tally(**values)


def weigh(*tallies: Tally) -> Weight:
    return estimate(tallies, NOBODY_RATED, TODAY)


def test_the_worked_example_holds() -> None:
    dust = told(signals=14, voices=12)
    assert weigh(dust) == Weight(gravity=4, scope=3, irremediability=3, likelihood=5)
    three_years_ago = told(quarter=quarter(2023, 1), signals=14, voices=12)
    assert weigh(three_years_ago).likelihood == 4


def test_nothing_heard_weighs_the_least() -> None:
    assert weigh() == LEAST


@pytest.mark.parametrize(("voices", "likelihood"), [(1, 3), (2, 4), (4, 4), (5, 5)])
def test_what_more_people_tell_is_more_likely(voices, likelihood) -> None:
    assert weigh(told(voices=voices)).likelihood == likelihood


def test_thirty_messages_of_one_person_are_one_voice() -> None:
    assert weigh(told(signals=30)) == weigh(told())


def test_what_is_told_quarter_after_quarter_is_likely() -> None:
    assert weigh(told(), told(quarter=quarter(2026, 1))).likelihood == 4
    assert weigh(told(), told(quarter=quarter(2023, 1))).likelihood == 3


def test_what_was_dismissed_weighs_nothing() -> None:
    assert weigh(told(standing=Standing.DISMISSED, voices=9)) == LEAST


def test_what_was_put_right_is_as_severe_as_before_and_less_likely() -> None:
    past = told(
        standing=Standing.HISTORY,
        voices=9,
        weight=Weight(gravity=5, scope=2, irremediability=3, likelihood=2),
    )
    assert weigh(past) == Weight(gravity=5, scope=2, irremediability=3, likelihood=2)


def test_what_was_confirmed_and_not_put_right_never_fades() -> None:
    confirmed = told(
        standing=Standing.CONFIRMED,
        quarter=quarter(2015, 1),
        weight=Weight(gravity=3, scope=2, irremediability=3, likelihood=5),
    )
    assert weigh(confirmed).likelihood == 5


def test_what_is_old_fades_in_likelihood_and_never_in_severity() -> None:
    audit = told(
        kind=SignalKind.AUDIT, weight=Weight(gravity=4, scope=3, irremediability=3, likelihood=5)
    )
    ages = [
        quarter(2026, 1),
        quarter(2023, 1),
        quarter(2019, 1),
    ]
    weights = [weigh(replace(audit, quarter=age)) for age in ages]
    assert [each.likelihood for each in weights] == [5, 4, 2]
    assert {each.severity for each in weights} == {4}


@pytest.mark.parametrize(
    ("heard", "most"),
    [
        (quarter(2024, 2), 5),
        (quarter(2024, 1), 4),
        (quarter(2021, 2), 4),
        (quarter(2021, 1), 2),
    ],
)
def test_likelihood_fades_after_two_and_after_five_years(heard, most) -> None:
    assert highest_likelihood(heard, TODAY) == most


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 1, 1), 0),
        (date(2027, 3, 30), 0),
        (date(2027, 3, 31), 1),
        (date(2028, 3, 30), 1),
        (date(2028, 3, 31), 2),
    ],
)
def test_years_are_complete_years_since_the_end_of_the_quarter(today, years) -> None:
    assert full_years(quarter(2026, 1), today) == years


def test_the_middle_of_the_ratings_counts_beside_the_reports() -> None:
    rated = stakeholder_view(a_rating(f"p{grade}", grade) for grade in (2, 5, 5))
    weight = estimate([told()], rated, TODAY)
    assert (weight.gravity, weight.scope) == (5, 2)


def test_one_extreme_rating_among_many_does_not_decide() -> None:
    rated = stakeholder_view(a_rating(f"p{number}", 5 if number == 0 else 2) for number in range(5))
    assert estimate([], rated, TODAY).gravity == 2


def test_ratings_are_weighed_once_and_not_again_as_signals() -> None:
    signal = told(
        kind=SignalKind.RATING, weight=Weight(gravity=5, scope=5, irremediability=5, likelihood=5)
    )
    assert weigh(signal) == LEAST


def test_ratings_of_long_ago_stay_visible_and_weigh_nothing() -> None:
    old = stakeholder_view([a_rating("p", 5, date(2023, 1, 1))])
    assert estimate([], old, TODAY) == LEAST
    assert old.participants == 1


def a_rating(participant: str, gravity: int, day: date = TODAY) -> StakeholderRating:
    return StakeholderRating(
        round_id="r",
        participant=participant,
        site_id="s",
        theme=Theme.HEALTH_SAFETY,
        day=day,
        gravity=gravity,
    )
