"""Which assessment a company gets in a year: full, limited, or only if it asks.

Called when a year's assessments are planned. Below level 3 every year is full. From level 3 on
larger companies have a full and a limited year in turn; small ones a full year in two, and in the
years between a limited one on request if they supply public clients.

Worked example, a larger company that reaches level 3 in its third year:

    year    1     2     3     4        5     6        7     8
    level   1     2     3     3        4     4/5      4/5   4/5
            full  full  full  limited  full  limited  full  limited
"""

from monitoring.evaluation.company import CompanyProfile
from monitoring.evaluation.framework import AssessmentKind, Framework


def assessment_due(
    framework: Framework, company: CompanyProfile, *, level: int, years_above: int
) -> AssessmentKind | None:
    """This year's assessment; None if there is none.

    `level` is the level the company is at, 0 before the first is reached. `years_above` counts
    the earlier years that it was above the levels assessed every year; 0 in the first such year.
    Raises ValueError for a negative count.
    """
    if years_above < 0:
        raise ValueError("years are counted from nought")
    frequency = framework.assessments
    if level <= frequency.every_year_up_to_level:
        return AssessmentKind.FULL
    pattern = frequency.then[framework.size_of(company)]
    kind = pattern[years_above % len(pattern)]
    if kind is AssessmentKind.LIMITED_ON_REQUEST and not company.supplies_public_clients:
        return None
    return kind
