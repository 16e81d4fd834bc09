"""Who reads a case besides those whom routing chose: a second handler, or a colleague instead.

Called by the desk for one case, and by `gehoor people read-along` for all that a colleague reads.
They then seal everything anew to exactly the readers that are given here. The guard against
conflicts of interest is the same as at intake (G9): whoever is kept out cannot be let in by a
friend.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.conflicts import exclusion_of
from register.filing import CONFLICT_OF_INTEREST
from register.handover import HandedOver, HandoverRefusal, HandoverRefused, subjects_of
from register.log import LogAction, LogEntry
from register.people import ROLE_OF_TEAM, Handler, Role, Staff

_LETS_IN = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})
_HEARS_APPEALS = frozenset({Role.APPEAL_HANDLER, Role.OVERSIGHT})


class KeptFrom(StrEnum):
    """Why a handler cannot be let in to a case."""

    NOT_ACTIVE = "not_active"
    NO_KEY = "no_key"
    READS_IT = "reads_it"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    ON_APPEAL = "on_appeal"
    """While an appeal runs, nobody but those who hear appeals (G15)."""


class WhyJoining(StrEnum):
    """Why somebody reads along with another team's cases. Stored in the log: never reuse one."""

    COLLEAGUE_LEAVES = "colleague_leaves"
    COLLEAGUE_AWAY = "colleague_away"
    TOO_MANY_CASES = "too_many_cases"
    LANGUAGE_NEEDED = "language_needed"
    TEAMS_JOINED = "teams_joined"


def colleagues_for(case: Case, staff: Staff, today: date) -> tuple[Handler, ...]:
    """Who could read the case as well, by name: active, with a key, not tied to it, not in it."""
    found = (each for each in staff.handlers if kept_from(case, each, staff, today) is None)
    return tuple(sorted(found, key=lambda each: each.name))


def kept_from(case: Case, handler: Handler, staff: Staff, today: date) -> KeptFrom | None:
    """Why this handler cannot be let in; None if they can."""
    if not handler.is_active:
        return KeptFrom.NOT_ACTIVE
    if not handler.has_key:
        return KeptFrom.NO_KEY
    if handler.id in case.handler_ids:
        return KeptFrom.READS_IT
    if exclusion_of(handler, subjects_of(case), today) is not None:
        return KeptFrom.CONFLICT_OF_INTEREST
    team = next((each for each in staff.teams if each.id == handler.team_id), None)
    if team is None:
        return KeptFrom.NOT_ACTIVE
    hears = ROLE_OF_TEAM[team.kind] in _HEARS_APPEALS
    return KeptFrom.ON_APPEAL if case.is_on_appeal and not hears else None


def keep_out(case: Case, handler_id: str, today: date) -> tuple[Case, LogEntry]:
    """The case with this handler kept out of it from now on, as at intake: its words name them."""
    kept_out = tuple(sorted({*case.kept_out_ids, handler_id}))
    rule = Actor(role=Role.RULE)
    return record(
        replace(case, kept_out_ids=kept_out),
        LogAction.KEPT_OUT,
        rule,
        today,
        CONFLICT_OF_INTEREST,
        handler_id,
    )


def let_in(
    case: Case,
    handler_id: str,
    staff: Staff,
    actor: Actor,
    today: date,
    *,
    instead: bool = False,
    why: WhyJoining | None = None,
) -> HandedOver | HandoverRefused:
    """The case with one more reader, or with them `instead` of the actor; or why not.

    `why` stands in the log where somebody of another team is let in to many cases at once.
    """
    if actor.role not in _LETS_IN:
        return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_ROLE)
    if actor.id is None or actor.id not in case.handler_ids:
        return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_CASE)
    handler = staff.handler(handler_id)
    if handler is None or kept_from(case, handler, staff, today) is not None:
        return HandoverRefused(reason=HandoverRefusal.NOT_THEM)
    stays = tuple(each for each in case.handler_ids if not (instead and each == actor.id))
    read = replace(
        case,
        handler_ids=tuple(sorted({*stays, handler_id})),
        # What the one who leaves proposed is nobody's word any more.
        proposal=case.proposal if case.proposal and case.proposal.by in stays else None,
    )
    action = LogAction.HANDED_OVER if instead else LogAction.READERS_ADDED
    read, entry = record(read, action, actor, today, why, handler_id)
    alert = Alert(
        kind=AlertKind.NEW_CASE, case_ref=case.ref, urgency=case.urgency, to=(handler_id,)
    )
    removed = (actor.id,) if instead else ()
    return HandedOver(case=read, entry=entry, alerts=(alert,), removed_ids=removed)
