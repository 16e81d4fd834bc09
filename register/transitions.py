"""How a case moves, and who may move it: one table (design §7, L2, G14, G15).

    received -> acknowledged -> assessing -> not admissible | referred | investigating
    investigating -> founded | partly founded | unfounded
    founded, partly founded -> remedy agreed -> remedying -> closed
    any decision, also after closing -> appealed -> decided by people who did not handle it
    anything that is open -> closed, where the reporter withdraws it
    closed, or a decision without remedy -> assessing again, when there is something new

A company never moves a case: no role of it stands in the table. Called by the desk and by the
reporter's pages; storage keeps the case and the entry in one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from register.case import DECISIONS, Actor, Case, CaseStatus, record
from register.clocks import TIMETABLE, Timetable, timed
from register.log import LogEntry
from register.people import Role


class Action(StrEnum):
    """What can be done with a case. Stored in the log: never reuse a value."""

    ACKNOWLEDGE = "acknowledge"
    ASSESS = "assess"
    FIND_NOT_ADMISSIBLE = "find_not_admissible"
    REFER = "refer"
    INVESTIGATE = "investigate"
    FIND_FOUNDED = "find_founded"
    FIND_PARTLY_FOUNDED = "find_partly_founded"
    FIND_UNFOUNDED = "find_unfounded"
    GIVE_FEEDBACK = "give_feedback"
    """The reporter was told where it stands (L1)."""
    CONFIRM_STOPPED = "confirm_stopped"
    """Those harmed say that it has stopped (A104)."""
    AGREE_REMEDY = "agree_remedy"
    START_REMEDY = "start_remedy"
    CLOSE = "close"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    """The reporter wants no more to be done."""
    REOPEN = "reopen"


class MoveReason(StrEnum):
    """Why, as a code; the words are in a letter to the reporter. Never reuse a value."""

    OUT_OF_SCOPE = "out_of_scope"
    NO_HARM_DESCRIBED = "no_harm_described"
    HANDLED_BEFORE = "handled_before"
    TO_AUTHORITIES = "to_authorities"
    TO_EMERGENCY_HELP = "to_emergency_help"
    TO_UNION = "to_union"
    TO_LOCAL_MECHANISM = "to_local_mechanism"
    TO_OTHER_MECHANISM = "to_other_mechanism"
    FACTS_ESTABLISHED = "facts_established"
    FACTS_PARTLY_ESTABLISHED = "facts_partly_established"
    FACTS_NOT_ESTABLISHED = "facts_not_established"
    FACTS_REFUTED = "facts_refuted"
    REPORTER_ASKED = "reporter_asked"
    DECISION_STANDS = "decision_stands"
    REMEDIED_BEFORE = "remedied_before"
    REMEDY_SATISFIES = "remedy_satisfies"
    REMEDY_DOES_NOT_SATISFY = "remedy_does_not_satisfy"
    REMEDY_UNANSWERED = "remedy_unanswered"
    """Those harmed were asked (G14) and did not answer."""
    DISAGREES = "disagrees"
    NEW_FACTS = "new_facts"
    REMEDY_NOT_KEPT = "remedy_not_kept"
    RETALIATION = "retaliation"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """Where an action leads, whose it is, and which reasons it takes; none given: none needed."""

    to: CaseStatus
    roles: frozenset[Role]
    reasons: frozenset[MoveReason] = frozenset()


_DESK = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})
_APPEAL = frozenset({Role.APPEAL_HANDLER, Role.OVERSIGHT})
_REPORTER = frozenset({Role.REPORTER})
_R, _S, _A = MoveReason, CaseStatus, Action

_REASONS: Mapping[Action, frozenset[MoveReason]] = {
    _A.FIND_NOT_ADMISSIBLE: frozenset({_R.OUT_OF_SCOPE, _R.NO_HARM_DESCRIBED, _R.HANDLED_BEFORE}),
    _A.REFER: frozenset(
        {
            _R.TO_AUTHORITIES,
            _R.TO_EMERGENCY_HELP,
            _R.TO_UNION,
            _R.TO_LOCAL_MECHANISM,
            _R.TO_OTHER_MECHANISM,
        }
    ),
    _A.FIND_FOUNDED: frozenset({_R.FACTS_ESTABLISHED}),
    _A.FIND_PARTLY_FOUNDED: frozenset({_R.FACTS_PARTLY_ESTABLISHED}),
    _A.FIND_UNFOUNDED: frozenset({_R.FACTS_NOT_ESTABLISHED, _R.FACTS_REFUTED}),
    _A.APPEAL: frozenset({_R.DISAGREES, _R.NEW_FACTS, _R.RETALIATION}),
    _A.REOPEN: frozenset({_R.NEW_FACTS, _R.REMEDY_NOT_KEPT, _R.RETALIATION, _R.MISTAKE}),
}
_WITHOUT_REMEDY = frozenset({_R.REPORTER_ASKED, _R.REMEDIED_BEFORE})
_AFTER_REMEDY = frozenset({_R.REMEDY_SATISFIES, _R.REMEDY_DOES_NOT_SATISFY, _R.REMEDY_UNANSWERED})
_NO_REMEDY_DUE = frozenset({_R.DECISION_STANDS, _R.REPORTER_ASKED})


def _row(to: CaseStatus, action: Action, roles: frozenset[Role] = _DESK) -> Transition:
    return Transition(to=to, roles=roles, reasons=_REASONS.get(action, frozenset()))


def _closing(reasons: frozenset[MoveReason]) -> Transition:
    return Transition(to=_S.CLOSED, roles=_DESK, reasons=reasons)


TRANSITIONS: Mapping[tuple[CaseStatus, Action], Transition] = MappingProxyType(
    {
        (_S.RECEIVED, _A.ACKNOWLEDGE): _row(_S.ACKNOWLEDGED, _A.ACKNOWLEDGE),
        (_S.ACKNOWLEDGED, _A.ASSESS): _row(_S.ASSESSING, _A.ASSESS),
        (_S.ACKNOWLEDGED, _A.GIVE_FEEDBACK): _row(_S.ACKNOWLEDGED, _A.GIVE_FEEDBACK),
        (_S.ASSESSING, _A.FIND_NOT_ADMISSIBLE): _row(_S.NOT_ADMISSIBLE, _A.FIND_NOT_ADMISSIBLE),
        (_S.ASSESSING, _A.REFER): _row(_S.REFERRED, _A.REFER),
        (_S.ASSESSING, _A.INVESTIGATE): _row(_S.INVESTIGATING, _A.INVESTIGATE),
        (_S.ASSESSING, _A.GIVE_FEEDBACK): _row(_S.ASSESSING, _A.GIVE_FEEDBACK),
        (_S.INVESTIGATING, _A.FIND_FOUNDED): _row(_S.FOUNDED, _A.FIND_FOUNDED),
        (_S.INVESTIGATING, _A.FIND_PARTLY_FOUNDED): _row(_S.PARTLY_FOUNDED, _A.FIND_PARTLY_FOUNDED),
        (_S.INVESTIGATING, _A.FIND_UNFOUNDED): _row(_S.UNFOUNDED, _A.FIND_UNFOUNDED),
        (_S.INVESTIGATING, _A.GIVE_FEEDBACK): _row(_S.INVESTIGATING, _A.GIVE_FEEDBACK),
        (_S.NOT_ADMISSIBLE, _A.APPEAL): _row(_S.APPEALED, _A.APPEAL, _REPORTER),
        (_S.NOT_ADMISSIBLE, _A.REOPEN): _row(_S.ASSESSING, _A.REOPEN),
        (_S.NOT_ADMISSIBLE, _A.CLOSE): _closing(_NO_REMEDY_DUE),
        (_S.REFERRED, _A.APPEAL): _row(_S.APPEALED, _A.APPEAL, _REPORTER),
        (_S.REFERRED, _A.REOPEN): _row(_S.ASSESSING, _A.REOPEN),
        (_S.REFERRED, _A.CLOSE): _closing(_NO_REMEDY_DUE),
        (_S.UNFOUNDED, _A.APPEAL): _row(_S.APPEALED, _A.APPEAL, _REPORTER),
        (_S.UNFOUNDED, _A.REOPEN): _row(_S.ASSESSING, _A.REOPEN),
        (_S.UNFOUNDED, _A.CLOSE): _closing(_NO_REMEDY_DUE),
        (_S.FOUNDED, _A.APPEAL): _row(_S.APPEALED, _A.APPEAL, _REPORTER),
        (_S.FOUNDED, _A.CONFIRM_STOPPED): _row(_S.FOUNDED, _A.CONFIRM_STOPPED),
        (_S.FOUNDED, _A.AGREE_REMEDY): _row(_S.REMEDY_AGREED, _A.AGREE_REMEDY),
        (_S.FOUNDED, _A.CLOSE): _closing(_WITHOUT_REMEDY),
        (_S.PARTLY_FOUNDED, _A.APPEAL): _row(_S.APPEALED, _A.APPEAL, _REPORTER),
        (_S.PARTLY_FOUNDED, _A.CONFIRM_STOPPED): _row(_S.PARTLY_FOUNDED, _A.CONFIRM_STOPPED),
        (_S.PARTLY_FOUNDED, _A.AGREE_REMEDY): _row(_S.REMEDY_AGREED, _A.AGREE_REMEDY),
        (_S.PARTLY_FOUNDED, _A.CLOSE): _closing(_WITHOUT_REMEDY),
        (_S.REMEDY_AGREED, _A.CONFIRM_STOPPED): _row(_S.REMEDY_AGREED, _A.CONFIRM_STOPPED),
        (_S.REMEDY_AGREED, _A.START_REMEDY): _row(_S.REMEDYING, _A.START_REMEDY),
        (_S.REMEDYING, _A.CONFIRM_STOPPED): _row(_S.REMEDYING, _A.CONFIRM_STOPPED),
        (_S.REMEDYING, _A.CLOSE): _closing(_AFTER_REMEDY),
        (_S.APPEALED, _A.ASSESS): _row(_S.ASSESSING, _A.ASSESS, _APPEAL),
        (_S.APPEALED, _A.INVESTIGATE): _row(_S.INVESTIGATING, _A.INVESTIGATE, _APPEAL),
        (_S.APPEALED, _A.GIVE_FEEDBACK): _row(_S.APPEALED, _A.GIVE_FEEDBACK, _APPEAL),
        (_S.RECEIVED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.ACKNOWLEDGED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.ASSESSING, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.INVESTIGATING, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.NOT_ADMISSIBLE, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.REFERRED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.UNFOUNDED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.FOUNDED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.PARTLY_FOUNDED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.REMEDY_AGREED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.REMEDYING, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.APPEALED, _A.WITHDRAW): _row(_S.CLOSED, _A.WITHDRAW, _REPORTER),
        (_S.CLOSED, _A.APPEAL): _row(_S.APPEALED, _A.APPEAL, _REPORTER),
        (_S.CLOSED, _A.REOPEN): _row(_S.ASSESSING, _A.REOPEN, _DESK | _REPORTER),
    }
)


class MoveRefusal(StrEnum):
    """Why a case was not moved."""

    NOT_FROM_HERE = "not_from_here"
    """The table has no such action from this status."""
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_CASE = "not_your_case"
    """The handler is not among those who can open it."""
    ON_APPEAL = "on_appeal"
    """Until the appeal is decided, only those who did not handle the case act on it (G15)."""
    APPEALED_BEFORE = "appealed_before"
    """The decision on an appeal is the last one, unless something new reopens the case."""
    REASON_MISSING = "reason_missing"
    REASON_NOT_FITTING = "reason_not_fitting"
    WAITS_FOR_ANOTHER = "waits_for_another"
    """It is proposed already; somebody else has to look at it (four eyes)."""
    BEFORE_LAST_MOVE = "before_last_move"
    """The day lies before the last entry of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRefused:
    """The case stays as it is."""

    reason: MoveRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The case after the move, and the entry that goes into its log with it."""

    case: Case
    entry: LogEntry


def move(
    case: Case,
    action: Action,
    actor: Actor,
    today: date,
    reason: MoveReason | None = None,
    timetable: Timetable = TIMETABLE,
) -> Moved | MoveRefused:
    """The case moved and the log entry of it, or why not. Nothing else changes a status."""
    transition = TRANSITIONS.get((case.status, action))
    if transition is None:
        return MoveRefused(reason=MoveRefusal.NOT_FROM_HERE)
    refusal = _refusal_of(case, action, actor, transition) or _refused_reason(transition, reason)
    if refusal is None and today < case.moved_on:
        refusal = MoveRefusal.BEFORE_LAST_MOVE
    if refusal is not None:
        return MoveRefused(reason=refusal)
    moved = timed(_dated(replace(case, status=transition.to), action, today), timetable)
    moved, entry = record(moved, action, actor, today, reason)
    return Moved(case=moved, entry=entry)


def actions_for(case: Case, actor: Actor) -> tuple[Action, ...]:
    """What this actor can do with the case now, in the order of the table."""
    return tuple(
        action
        for (status, action), transition in TRANSITIONS.items()
        if status is case.status and _refusal_of(case, action, actor, transition) is None
    )


def reasons_for(status: CaseStatus, action: Action) -> tuple[MoveReason, ...]:
    """The reasons that an action takes from this status; empty if it needs none."""
    transition = TRANSITIONS.get((status, action))
    return tuple(each for each in MoveReason if transition and each in transition.reasons)


def _refusal_of(
    case: Case, action: Action, actor: Actor, transition: Transition
) -> MoveRefusal | None:
    if actor.role not in transition.roles:
        on_appeal = case.is_on_appeal and actor.role in _DESK
        return MoveRefusal.ON_APPEAL if on_appeal else MoveRefusal.NOT_YOUR_ROLE
    if case.is_on_appeal and actor.role not in _APPEAL:
        return MoveRefusal.ON_APPEAL
    if actor.role in _DESK and actor.id not in case.handler_ids:
        return MoveRefusal.NOT_YOUR_CASE
    if action is Action.APPEAL and case.appealed_on is not None:
        return MoveRefusal.APPEALED_BEFORE
    return None


def _refused_reason(transition: Transition, reason: MoveReason | None) -> MoveRefusal | None:
    if reason is None:
        return MoveRefusal.REASON_MISSING if transition.reasons else None
    return None if reason in transition.reasons else MoveRefusal.REASON_NOT_FITTING


def _dated(case: Case, action: Action, today: date) -> Case:
    """The case with the days that this action sets or undoes."""
    match action:
        case Action.ACKNOWLEDGE:
            return replace(case, acknowledged_on=today)
        case Action.GIVE_FEEDBACK:
            return replace(case, feedback_on=case.feedback_on or today)
        case Action.CONFIRM_STOPPED:
            return replace(case, stopped_on=case.stopped_on or today)
        case Action.CLOSE:
            return replace(case, closed_on=today)
        case Action.WITHDRAW:
            return replace(case, closed_on=today, withdrawn_on=today)
        case Action.APPEAL:
            return replace(
                case,
                appealed_on=today,
                decided_on=None,
                closed_on=None,
                withdrawn_on=None,
                earlier_handler_ids=_joined(case.earlier_handler_ids, case.handler_ids),
            )
        case Action.REOPEN:
            return replace(
                case,
                reopened_on=today,
                appealed_on=None,
                decided_on=None,
                closed_on=None,
                withdrawn_on=None,
                stopped_on=None,
            )
        case _ if case.status in DECISIONS:
            feedback_on = case.feedback_on or today
            return replace(case, decided_on=today, decision=case.status, feedback_on=feedback_on)
        case _:
            return case


def _joined(earlier: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*earlier, *now}))
