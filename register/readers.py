"""Who reads a case besides those whom routing chose: a second handler, or a colleague instead.

Called by the desk, which then seals everything anew to exactly the readers that are given here. The
conflict-of-interest guard is the same as at intake (G9): whoever is kept out cannot be let in by a
friend.
"""

from dataclasses import replace
from datetime import date

from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.conflicts import exclusion_of
from register.handover import HandedOver, HandoverRefusal, HandoverRefused, subjects_of
from register.log import LogAction
from register.people import ROLE_OF_TEAM, Handler, Role, Staff

_LETS_IN = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})


def colleagues_for(case: Case, staff: Staff, today: date) -> tuple[Handler, ...]:
    """Who could read the case as well, by name: active, with a key, not tied to it, not in it."""
    found = (each for each in staff.handlers if _may_read(case, each, staff, today))
    return tuple(sorted(found, key=lambda each: each.name))


def let_in(
    case: Case, handler_id: str, staff: Staff, actor: Actor, today: date, *, instead: bool = False
) -> HandedOver | HandoverRefused:
    """The case with one more reader, or with them `instead` of the actor; or why not."""
    if actor.role not in _LETS_IN:
        return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_ROLE)
    if actor.id is None or actor.id not in case.handler_ids:
        return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_CASE)
    handler = staff.handler(handler_id)
    if handler is None or not _may_read(case, handler, staff, today):
        return HandoverRefused(reason=HandoverRefusal.NOT_THEM)
    stays = tuple(each for each in case.handler_ids if not (instead and each == actor.id))
    read = replace(
        case,
        handler_ids=tuple(sorted({*stays, handler_id})),
        # What the one who leaves proposed is nobody's word any more.
        proposal=case.proposal if case.proposal and case.proposal.by in stays else None,
    )
    action = LogAction.HANDED_OVER if instead else LogAction.READERS_ADDED
    read, entry = record(read, action, actor, today, subject=handler_id)
    alert = Alert(
        kind=AlertKind.NEW_CASE, case_ref=case.ref, urgency=case.urgency, to=(handler_id,)
    )
    removed = (actor.id,) if instead else ()
    return HandedOver(case=read, entry=entry, alerts=(alert,), removed_ids=removed)


def _may_read(case: Case, handler: Handler, staff: Staff, today: date) -> bool:
    if not handler.is_active or not handler.has_key or handler.id in case.handler_ids:
        return False
    if exclusion_of(handler, subjects_of(case), today) is not None:
        return False
    team = next((each for each in staff.teams if each.id == handler.team_id), None)
    # While an appeal runs, nobody but those who hear appeals (G15).
    may_hear = {Role.APPEAL_HANDLER, Role.OVERSIGHT}
    return team is not None and (not case.is_on_appeal or ROLE_OF_TEAM[team.kind] in may_hear)
