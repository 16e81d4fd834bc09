"""Which assessment a company gets in a year, against the published table."""

import pytest

from monitoring.evaluation.assessment_calendar import assessment_due
from monitoring.evaluation.company import Category, CompanyProfile
from tests.shipped import FRAMEWORK

LEVELS = (1, 2, 3, 3, 4, 4, 5, 5)
LARGER = ("full", "full", "full", "limited", "full", "limited", "full", "limited")


def company(employees, *, public=False):
    return CompanyProfile(
        category=Category.C,
        employees=employees,
        turnover_eur=1_000_000,
        supplies_public_clients=public,
    )


def calendar(of):
    found = []
    years_above = 0
    for level in LEVELS:
        found.append(assessment_due(FRAMEWORK, of, level=level, years_above=years_above))
        years_above += level > 2
    return tuple(found)


def test_larger_companies_follow_the_published_table():
    assert calendar(company(250)) == LARGER


def test_small_suppliers_of_public_clients_may_ask_in_between():
    asked = tuple(each.replace("limited", "limited_on_request") for each in LARGER)
    assert calendar(company(5, public=True)) == asked


def test_other_small_companies_have_no_assessment_in_between():
    assert calendar(company(5)) == tuple(None if each == "limited" else each for each in LARGER)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_below_level_three_every_year_is_full(level):
    for employees in (5, 250):
        for years in (0, 1, 5):
            kind = assessment_due(FRAMEWORK, company(employees), level=level, years_above=years)
            assert kind == "full"


def test_years_are_not_negative():
    with pytest.raises(ValueError, match="nought"):
        assessment_due(FRAMEWORK, company(5), level=3, years_above=-1)
