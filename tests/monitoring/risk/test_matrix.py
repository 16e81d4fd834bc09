"""The risk matrix: severity dominates."""

from itertools import pairwise, product

from monitoring.risk.matrix import PRIORITY_WORDS, RISK_MATRIX, URGENCY, Priority
from monitoring.risk.scales import GRADES


def test_every_square_has_a_priority_and_every_priority_words() -> None:
    assert set(RISK_MATRIX) == set(product(GRADES, GRADES))
    assert set(PRIORITY_WORDS) == set(URGENCY) == set(Priority)


def test_the_most_severe_comes_first_even_when_it_is_hardly_likely() -> None:
    assert {RISK_MATRIX[5, likelihood] for likelihood in GRADES} == {Priority.FIRST}


def test_likelihood_never_lifts_a_finding_past_a_more_severe_one() -> None:
    path = [URGENCY[RISK_MATRIX[square]] for square in product(GRADES, GRADES)]
    assert all(before <= after for before, after in pairwise(path))


def test_the_cracked_dam_comes_before_the_late_wages() -> None:
    assert RISK_MATRIX[5, 1] is Priority.FIRST
    assert RISK_MATRIX[3, 5] is Priority.SOON
