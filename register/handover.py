"""A case goes to other readers: to the appeal team, to somebody who covers, away from a conflict.

The rule says who; the desk re-wraps the envelopes to them, because only somebody who can open a
case can hand it on. Called by the desk.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.conflicts import Subjects
from register.log import LogAction, LogEntry
from register.people import Role, Staff
from register.routing import Matter, Purpose, Routing, route

_MAY_HAND_OVER = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT, Role.RULE})


class HandoverRefusal(StrEnum):
    """Why the case stays where it is."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_CASE = "not_your_case"
    NOBODY_TO_TAKE_IT = "nobody_to_take_it"
    """Everybody else is kept out, or there is nobody."""
    NOT_THEM = "not_them"
    """The one who was chosen is tied to it, has no key, or is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRefused:
    """Nothing changes."""

    reason: HandoverRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The case with its new readers. Its envelopes are to be sealed to exactly `handler_ids`."""

    case: Case
    entry: LogEntry
    alerts: tuple[Alert, ...]
    removed_ids: tuple[str, ...]
    """Who could read it until now and no longer may."""
    before: tuple[LogEntry, ...] = ()
    """Entries before `entry`: who is kept out from now on, because the words name them."""


def subjects_of(case: Case) -> Subjects:
    """What a case touches, for the conflict-of-interest guard, without opening it."""
    return Subjects(
        case_ref=case.ref,
        site_id=case.site_id,
        organisation_ids=frozenset(case.organisation_ids),
        kept_out_ids=frozenset(case.kept_out_ids),
        earlier_handler_ids=frozenset(case.earlier_handler_ids),
    )


def reroute(case: Case, staff: Staff, today: date, *, country: str | None) -> Routing:
    """Who should have the case now: the appeal team while an appeal runs, else as at intake."""
    matter = Matter(
        particulars=case.particulars,
        language=case.language,
        country=country,
        subjects=subjects_of(case),
    )
    purpose = Purpose.APPEAL if case.is_on_appeal else Purpose.INTAKE
    return route(matter, staff, today, purpose=purpose)


def hand_over(
    case: Case, routing: Routing, actor: Actor, today: date
) -> HandedOver | HandoverRefused:
    """The case handed to whom `reroute` found, or why not."""
    if actor.role not in _MAY_HAND_OVER:
        return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_ROLE)
    if actor.role is not Role.RULE and actor.id not in case.handler_ids:
        return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_CASE)
    if routing.unroutable is not None:
        return HandoverRefused(reason=HandoverRefusal.NOBODY_TO_TAKE_IT)
    kept_out = {*case.kept_out_ids, *(each.handler_id for each in routing.excluded)}
    handed = replace(
        case,
        team_id=routing.team_id,
        handler_ids=routing.handler_ids,
        kept_out_ids=tuple(sorted(kept_out - set(case.earlier_handler_ids))),
    )
    handed, entry = record(handed, LogAction.HANDED_OVER, actor, today, subject=routing.team_id)
    removed = tuple(sorted(set(case.handler_ids) - set(routing.handler_ids)))
    new = tuple(each for each in routing.handler_ids if each not in case.handler_ids)
    alert = Alert(kind=AlertKind.NEW_CASE, case_ref=case.ref, urgency=case.urgency, to=new)
    return HandedOver(case=handed, entry=entry, alerts=(alert,) if new else (), removed_ids=removed)
