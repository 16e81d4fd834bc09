"""How far each demand of a known harm is, and whether a claim still stands once harm is known.

Called by `answering`. The years come from the framework (A104: stop within one year; remedy and
leverage within two, small companies three). The last day of a time limit still counts as in time.

Worked example. A harm became known on 1 March 2025 and was stopped on 1 March 2026: in time. On
2 March 2026 it would have been late. Remedy of a larger company runs until 1 March 2027.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from monitoring.evaluation.answers import Applies, HarmProgress, Progress
from monitoring.evaluation.criteria import TimedComponents
from monitoring.evaluation.framework import Claim
from monitoring.evaluation.register_facts import HarmFact, RegisterFacts
from register.spans import MONTHS_PER_YEAR, Span

GRACE = Span(months=MONTHS_PER_YEAR)
"""How long a claim that there is no harm survives a harm that became known: the shortest of the
framework's own limits. A complaint must not lower a score the day it comes in (S5)."""


def _years(count: int) -> Span:
    return Span(months=count * MONTHS_PER_YEAR)


def done_by_component(harm: HarmFact) -> Mapping[str, date | None]:
    """The days on which the three demands of question 3.1.1 were met, by component."""
    return {"1": harm.stopped, "2": harm.remedied, "3": harm.leverage_used}


def progress(harm: HarmFact, criterion: TimedComponents, today: date) -> HarmProgress:
    """Each demand of the harm: in time, late, running or overdue."""
    done = done_by_component(harm)
    return HarmProgress(
        reference=harm.reference,
        components={
            name: _progress(harm.known, done.get(name), years, today)
            for name, years in criterion.within_years.items()
        },
    )


def _progress(known: date, done: date | None, years: int, today: date) -> Progress:
    last_day = _years(years).after(known)
    if done is not None and done <= today:
        return Progress.IN_TIME if done <= last_day else Progress.LATE
    return Progress.RUNNING if today <= last_day else Progress.OVERDUE


def counting_harms(
    harms: Iterable[HarmFact], criterion: TimedComponents, for_years: int, today: date
) -> tuple[HarmProgress, ...]:
    """Harms caused or contributed to that are open, or were dealt with not too long ago."""
    return tuple(
        progress(harm, criterion, today)
        for harm in harms
        if not harm.is_only_linked and harm.known <= today and _counts(harm, for_years, today)
    )


def _counts(harm: HarmFact, for_years: int, today: date) -> bool:
    days = [day for day in done_by_component(harm).values() if day is not None and day <= today]
    if len(days) < len(done_by_component(harm)):
        return True
    return today <= _years(for_years).after(max(days))


def standing_of_claim(claim: Claim, facts: RegisterFacts, today: date) -> Applies:
    """What the register says of a claim that a question does not apply.

    A harm known for longer than `GRACE`, or an exit, ends the claim; a newer harm leaves the
    question aside while the time to act runs.
    """
    match claim:
        case Claim.NO_EXIT:
            has_left = any(day <= today for day in facts.exits)
            return Applies.YES if has_left else Applies.CLAIMED_NOT
        case Claim.NOTHING_CAUSED:
            return _while_no_harm(facts, today, only_linked=False)
        case Claim.NOTHING_LINKED:
            return _while_no_harm(facts, today, only_linked=True)
        case _:
            assert_never(claim)


def _while_no_harm(facts: RegisterFacts, today: date, *, only_linked: bool) -> Applies:
    known = [
        harm.known
        for harm in facts.harms
        if harm.known <= today and harm.is_only_linked == only_linked
    ]
    if any(GRACE.after(day) < today for day in known):
        return Applies.YES
    return Applies.NOT_YET if known else Applies.CLAIMED_NOT
