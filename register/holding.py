"""Holding a case back from erasure, and letting it go: by two readers, or by the operator.

Called by the desk and by `gehoor cases`. Both ways out change what can be undone by nobody, so both
take two different readers who say the same, as decisions do (`register.proposing`). A lone reader
decides alone, and the log shows that nobody else looked. The operator, to whom courts and
authorities write, decides alone too, and the log says that it was the operator.

A hold ends by itself, a year after it was made at the latest. It is renewed by holding the case
again, until a later day.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from register.case import Actor, Case, record
from register.clocks import TIMETABLE, Timetable, timed
from register.hold import Hold, HoldProposal, HoldReason
from register.log import LogAction, LogEntry
from register.papers import refused_writing
from register.people import Role
from register.spans import MONTHS_PER_YEAR, Span

LONGEST_HOLD = Span(months=MONTHS_PER_YEAR)
OPERATOR = Actor(role=Role.OPERATOR)


class HoldRefusal(StrEnum):
    """Why nothing changed."""

    NOT_YOUR_CASE = "not_your_case"
    """Only who reads the case, or the operator."""
    DAY_PAST = "day_past"
    """It would end today, or have ended."""
    TOO_LONG = "too_long"
    """It would last longer than a year from today."""
    ALREADY = "already"
    """It is held for this reason until this day."""
    NOT_HELD = "not_held"
    WAITS_FOR_ANOTHER = "waits_for_another"
    """They proposed it themselves; somebody else has to say the same."""
    NOTHING_PROPOSED = "nothing_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRefused:
    """The case stays as it is."""

    reason: HoldRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldChanged:
    """The case and the entry, stored together."""

    case: Case
    entry: LogEntry
    is_proposed: bool = False
    """A second reader has to look at it."""


def hold_back(
    case: Case,
    reason: HoldReason,
    until: date,
    actor: Actor,
    today: date,
    timetable: Timetable = TIMETABLE,
) -> HoldChanged | HoldRefused:
    """Held up to and including a day; or proposed where a second reader has to say the same."""
    refusal = _refused_actor(case, actor) or _refused_day(until, today)
    hold = case.hold
    if refusal is None and hold is not None and (hold.reason, hold.until) == (reason, until):
        refusal = HoldRefusal.ALREADY
    if refusal is not None:
        return HoldRefused(reason=refusal)
    waiting = _proposing(case, reason, until, actor, today)
    if waiting is not None:
        return waiting
    held = replace(case, hold=_placed(case, reason, until, actor, today), hold_proposal=None)
    return _changed(held, LogAction.HELD, actor, today, reason, timetable)


def let_go(
    case: Case, actor: Actor, today: date, timetable: Timetable = TIMETABLE
) -> HoldChanged | HoldRefused:
    """Held no longer, from today; or proposed where a second reader has to say the same."""
    refusal, hold = _refused_actor(case, actor), case.hold
    if refusal is not None:
        return HoldRefused(reason=refusal)
    if hold is None or not hold.holds(today):
        return HoldRefused(reason=HoldRefusal.NOT_HELD)
    waiting = _proposing(case, hold.reason, None, actor, today)
    if waiting is not None:
        return waiting
    free = replace(case, hold=None, hold_proposal=None)
    return _changed(free, LogAction.HOLD_RELEASED, actor, today, hold.reason, timetable)


def drop_hold_proposal(case: Case, actor: Actor, today: date) -> HoldChanged | HoldRefused:
    """What was proposed is taken back, or turned down by whoever looked at it."""
    refusal = _refused_actor(case, actor)
    if refusal is None and case.hold_proposal is None:
        refusal = HoldRefusal.NOTHING_PROPOSED
    if refusal is not None:
        return HoldRefused(reason=refusal)
    dropped = replace(case, hold_proposal=None)
    after, entry = record(dropped, LogAction.HOLD_PROPOSAL_DROPPED, actor, today)
    return HoldChanged(case=after, entry=entry)


def _placed(case: Case, reason: HoldReason, until: date, actor: Actor, today: date) -> Hold:
    """The hold, with who asked for it and who said the same."""
    if actor.role is Role.OPERATOR:
        return Hold(reason=reason, until=until, since=today, is_operators=True)
    before = case.hold_proposal
    is_seconding = (
        before is not None
        and (before.reason, before.until) == (reason, until)
        and before.by != actor.id
    )
    return Hold(
        reason=reason,
        until=until,
        since=today,
        asked_by=before.by if before is not None and is_seconding else actor.id,
        seconded_by=actor.id if is_seconding else None,
    )


def _proposing(
    case: Case, reason: HoldReason, until: date | None, actor: Actor, today: date
) -> HoldChanged | HoldRefused | None:
    """The proposal, or that it waits; None where this actor's word is enough."""
    if actor.role is Role.OPERATOR or len(case.handler_ids) <= 1:
        return None
    before = case.hold_proposal
    if before is not None and (before.reason, before.until) == (reason, until):
        is_theirs = before.by == actor.id
        return HoldRefused(reason=HoldRefusal.WAITS_FOR_ANOTHER) if is_theirs else None
    proposal = HoldProposal(reason=reason, until=until, by=actor.id or "", on=today)
    action = LogAction.HOLD_RELEASE_PROPOSED if until is None else LogAction.HOLD_PROPOSED
    proposed = replace(case, hold_proposal=proposal)
    after, entry = record(proposed, action, actor, today, reason=reason)
    return HoldChanged(case=after, entry=entry, is_proposed=True)


def _changed(
    case: Case,
    action: LogAction,
    actor: Actor,
    today: date,
    reason: HoldReason,
    timetable: Timetable,
) -> HoldChanged:
    after, entry = record(case, action, actor, today, reason=reason)
    return HoldChanged(case=timed(after, timetable), entry=entry)


def _refused_actor(case: Case, actor: Actor) -> HoldRefusal | None:
    if actor.role is Role.OPERATOR:
        return None
    return None if refused_writing(case, actor) is None else HoldRefusal.NOT_YOUR_CASE


def _refused_day(until: date, today: date) -> HoldRefusal | None:
    if until <= today:
        return HoldRefusal.DAY_PAST
    return HoldRefusal.TOO_LONG if until > LONGEST_HOLD.after(today) else None
