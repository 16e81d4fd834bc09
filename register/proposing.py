"""Four eyes: what one handler decides alone is a proposal, and another makes it a decision.

Called by the desk in place of `transitions.move`. Where a case has a second reader, a decision
takes two different people who say the same, reason included. Whoever disagrees proposes otherwise,
or drops the proposal. A lone reader decides alone: a case must not wait for somebody who is not
there, and the log shows that nobody else looked.
"""

from dataclasses import dataclass, replace
from datetime import date

from register.alerts import Alert, AlertKind
from register.case import DECISIONS, Actor, Case, Proposal, record
from register.clocks import TIMETABLE, Timetable
from register.log import LogAction, LogEntry
from register.people import Role
from register.transitions import (
    TRANSITIONS,
    Action,
    Moved,
    MoveReason,
    MoveRefusal,
    MoveRefused,
    move,
)

_DESK = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The case waits for a second pair of eyes; its status is as it was."""

    case: Case
    entry: LogEntry


def needs_second(case: Case, action: Action) -> bool:
    """True for a decision in a case that somebody else reads too."""
    row = TRANSITIONS.get((case.status, action))
    decides = row is not None and row.to in DECISIONS and case.status not in DECISIONS
    return decides and len(case.handler_ids) > 1


def move_or_propose(
    case: Case,
    action: Action,
    actor: Actor,
    today: date,
    reason: MoveReason | None = None,
    timetable: Timetable = TIMETABLE,
) -> Moved | Proposed | MoveRefused:
    """The case moved; or proposed where a second person has to say the same; or why not."""
    moved = move(case, action, actor, today, reason, timetable)
    if isinstance(moved, MoveRefused) or not needs_second(case, action):
        return _without_proposal(moved)
    if _is_seconded(case, action, actor, reason):
        return _without_proposal(moved)
    if case.proposal is not None and _is_same(case.proposal, action, reason):
        return MoveRefused(reason=MoveRefusal.WAITS_FOR_ANOTHER)
    proposal = Proposal(action=action, reason=reason, by=actor.id or "", on=today)
    proposed, entry = record(
        replace(case, proposal=proposal),
        LogAction.DECISION_PROPOSED,
        actor,
        today,
        reason=action,
    )
    return Proposed(case=proposed, entry=entry)


def drop_proposal(case: Case, actor: Actor, today: date) -> Proposed | MoveRefused:
    """The proposal taken back, or turned down by whoever looked at it."""
    if actor.role not in _DESK or actor.id not in case.handler_ids:
        return MoveRefused(reason=MoveRefusal.NOT_YOUR_CASE)
    if case.proposal is None:
        return MoveRefused(reason=MoveRefusal.NOT_FROM_HERE)
    dropped, entry = record(replace(case, proposal=None), LogAction.PROPOSAL_DROPPED, actor, today)
    return Proposed(case=dropped, entry=entry)


def asked_to_look(case: Case, actor: Actor) -> Alert:
    """For everybody else who reads the case: there is something to look at."""
    others = tuple(each for each in case.handler_ids if each != actor.id)
    return Alert(kind=AlertKind.PROPOSAL, case_ref=case.ref, urgency=case.urgency, to=others)


def _is_seconded(case: Case, action: Action, actor: Actor, reason: MoveReason | None) -> bool:
    proposal = case.proposal
    return proposal is not None and _is_same(proposal, action, reason) and proposal.by != actor.id


def _is_same(proposal: Proposal, action: Action, reason: MoveReason | None) -> bool:
    return proposal.action == action and proposal.reason == reason


def _without_proposal(moved: Moved | MoveRefused) -> Moved | MoveRefused:
    """A case that moved on has nothing proposed any more."""
    if isinstance(moved, MoveRefused) or moved.case.proposal is None:
        return moved
    return replace(moved, case=replace(moved.case, proposal=None))
