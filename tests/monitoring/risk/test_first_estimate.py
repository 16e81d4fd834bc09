"""First estimates from coded answers."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.risk import first_estimate as tables
from monitoring.risk.first_estimate import first_estimate, limited
from monitoring.risk.matrix import RISK_MATRIX, Priority
from monitoring.risk.scales import Scale
from monitoring.risk.severity import Weight
from monitoring.standing import Standing
from register.particulars import Danger, Particulars, People, Retaliation, Since, Theme

particulars = st.builds(
    Particulars,
    theme=st.sampled_from(Theme),
    danger=st.none() | st.sampled_from(Danger),
    people=st.sampled_from(People),
    since=st.none() | st.sampled_from(Since),
    retaliation=st.none() | st.sampled_from(Retaliation),
    is_child_or_trafficking=st.booleans(),
)


def test_the_worked_example_holds() -> None:
    dust = Particulars(
        theme=Theme.HEALTH_SAFETY, people=People.MANY, danger=Danger.UNSURE, since=Since.LONGER
    )
    weight = first_estimate(dust, Standing.HEARD)
    assert weight == Weight(gravity=4, scope=3, irremediability=3, likelihood=4)
    assert weight.severity == 4
    assert RISK_MATRIX[weight.severity, weight.likelihood] is Priority.FIRST


@pytest.mark.parametrize(
    ("told", "severity"),
    [
        (Particulars(theme=Theme.OTHER, danger=Danger.YES), 5),
        (Particulars(theme=Theme.OTHER, is_child_or_trafficking=True), 5),
        (Particulars(theme=Theme.FORCED_LABOUR, people=People.ONE), 5),
        (Particulars(theme=Theme.CHILD_LABOUR), 4),
        (Particulars(theme=Theme.LIVING_WAGE, people=People.HUNDREDS), 4),
        (Particulars(theme=Theme.LIVING_WAGE, people=People.ONE), 3),
        (Particulars(theme=Theme.OTHER), 2),
    ],
)
def test_what_is_told_makes_a_severity(told, severity) -> None:
    assert first_estimate(told, Standing.HEARD).severity == severity


def test_every_answer_of_the_flow_has_a_grade() -> None:
    assert set(tables.STARTING_POINT) == set(Theme)
    assert set(tables.PEOPLE_SCOPE) == set(People)
    assert set(tables.DANGER_GRAVITY) == {*Danger, None}
    assert set(tables.RETALIATION_GRAVITY) == {*Retaliation, None}
    assert set(tables.SINCE_LIKELIHOOD) == {*Since, None}
    assert set(tables.LIKELIHOOD_LIMITS) == set(Standing)


@given(particulars, st.sampled_from(Standing))
def test_a_skipped_answer_never_weighs_more_than_a_given_one(told, standing) -> None:
    skipped = replace(told, danger=None, retaliation=None, is_child_or_trafficking=False)
    full, less = first_estimate(told, standing), first_estimate(skipped, standing)
    assert all(less.grade(scale) <= full.grade(scale) for scale in Scale)


@given(particulars)
def test_proof_makes_it_certain_and_putting_right_makes_it_unlikely(told) -> None:
    assert first_estimate(told, Standing.CONFIRMED).likelihood == 5
    assert first_estimate(told, Standing.HISTORY).likelihood <= 2
    assert first_estimate(told, Standing.DISMISSED).likelihood == 1


@given(particulars)
def test_the_standing_changes_how_likely_it_is_and_not_how_severe(told) -> None:
    assert len({first_estimate(told, standing).severity for standing in Standing}) == 1


def test_a_likelihood_stays_within_the_limits_of_its_standing() -> None:
    for likelihood, standing in product(range(1, 6), Standing):
        lowest, highest = tables.LIKELIHOOD_LIMITS[standing]
        assert lowest <= limited(likelihood, standing) <= highest
