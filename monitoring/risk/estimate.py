"""What all that was heard of one theme at one place weighs together, before anybody judges.

Used by `monitoring.risk.findings`, on tallies, so that its cost does not grow with the cases.

Theory.
- Severity: the gravest report counts, part by part. What could happen does not become milder
  because it was told long ago.
- Scope: as many people as the reports say, and at least as many as spoke in one quarter.
- Likelihood: what several people tell, or what is told quarter after quarter, is likely; what
  five people tell is certain enough to act on. What is old fades, and never vanishes. What was
  confirmed does not fade at all: only being put right ends it.
- Stakeholders: the middle of their ratings counts beside the reports, whichever is higher.
Every rule takes the higher of what it compares. So one more complaint can raise an estimate and
never lower it (S5).

Worked example. A quarry, health and safety: in one quarter twelve people report dust, the gravest
of them "grave for a few" (4, 2, 3). Twelve voices make scope 3, and likelihood 5. If the last of
them spoke three years ago, likelihood is 4.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from monitoring.risk.scales import LOWEST, scope_of
from monitoring.risk.severity import LEAST, Weight, highest
from monitoring.risk.stakeholders import StakeholderView, stakeholder_view
from monitoring.signals import SignalKind
from monitoring.standing import Standing
from monitoring.tallies import Tally
from register.quarters import Quarter

VOICES_LIKELIHOOD: tuple[tuple[int, int], ...] = ((2, 4), (5, 5))
"""(from how many people in one quarter, likelihood at least)."""

QUARTERS_LIKELIHOOD: tuple[tuple[int, int], ...] = ((2, 4),)
"""(heard in how many quarters of the fresh years, likelihood at least)."""

FRESH_YEARS = 2
"""Complete years for which a signal counts in full, as sites are looked at again every two."""

FADING: tuple[tuple[int, int], ...] = ((FRESH_YEARS, 5), (5, 4))
"""(before how many complete years, highest likelihood)."""

OLDEST_LIKELIHOOD = 2
"""The highest likelihood of what is older still: "has happened before"."""


def estimate(tallies: Iterable[Tally], stakeholders: StakeholderView, today: date) -> Weight:
    """The estimate for one subject and theme, whose tallies and ratings these are."""
    told = [each for each in tallies if _weighs(each)]
    weights = [_of_tally(each, today) for each in told]
    return highest([*weights, _of_repetition(told, today), _of_ratings(stakeholders, today)])


def _weighs(tally: Tally) -> bool:
    # Ratings weigh by their middle, not by the gravest of them.
    return tally.kind is not SignalKind.RATING and tally.standing is not Standing.DISMISSED


def _of_tally(tally: Tally, today: date) -> Weight:
    likelihood = tally.weight.likelihood
    if tally.standing is not Standing.HISTORY:
        likelihood = max(likelihood, _reached(VOICES_LIKELIHOOD, tally.voices))
    if tally.standing is not Standing.CONFIRMED:
        likelihood = min(likelihood, highest_likelihood(tally.quarter, today))
    scope = max(tally.weight.scope, scope_of(tally.voices))
    return replace(tally.weight, scope=scope, likelihood=likelihood)


def _of_repetition(tallies: list[Tally], today: date) -> Weight:
    quarters = {
        tally.quarter
        for tally in tallies
        if tally.standing is not Standing.HISTORY and full_years(tally.quarter, today) < FRESH_YEARS
    }
    return replace(LEAST, likelihood=_reached(QUARTERS_LIKELIHOOD, len(quarters)))


def _of_ratings(stakeholders: StakeholderView, today: date) -> Weight:
    if not stakeholders.ratings:
        return LEAST
    fresh = (
        rating
        for rating in stakeholders.ratings
        if full_years(Quarter.of(rating.day), today) < FRESH_YEARS
    )
    return stakeholder_view(fresh).weight


def full_years(quarter: Quarter, today: date) -> int:
    """Complete years between the last day of the quarter and today; 0 while it is not over."""
    last = quarter.last_day
    is_before_anniversary = (today.month, today.day) < (last.month, last.day)
    return max(0, today.year - last.year - is_before_anniversary)


def highest_likelihood(quarter: Quarter, today: date) -> int:
    """The highest likelihood that something last heard in `quarter` still has today."""
    years = full_years(quarter, today)
    return next((most for before, most in FADING if years < before), OLDEST_LIKELIHOOD)


def _reached(table: tuple[tuple[int, int], ...], number: int) -> int:
    return max((likelihood for least, likelihood in table if number >= least), default=LOWEST)
