"""When the desk missed a day that it owed (L1, A104): its team is told once, and the log says so.

Told are those who read the case and the others of its team who have no tie to it: whoever missed
the day may be ill. Where none of them is left, the operator is told. Once for each day that was
missed: a clock that starts later, or is set anew by a reopening, counts for itself.

Done by the daily round; a case that was missed for a week is told of once.
"""

from dataclasses import dataclass, replace
from datetime import date

from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.clocks import TIMETABLE, Timetable, next_deadline
from register.conflicts import exclusion_of
from register.handover import subjects_of
from register.log import LogAction, LogEntry
from register.people import Role, Staff
from register.routing import Urgency

_RULE = Actor(role=Role.RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """What is stored of it, in one transaction."""

    case: Case
    entry: LogEntry
    alert: Alert


def escalate(
    case: Case, staff: Staff, today: date, timetable: Timetable = TIMETABLE
) -> Escalated | None:
    """The case with its team told; None where nothing was missed, or it was told before."""
    owed = next_deadline(case, timetable)
    if owed is None or not owed.is_overdue(today) or case.escalated_for == owed.due_on:
        return None
    noted = replace(case, escalated_for=owed.due_on)
    after, entry = record(noted, LogAction.ESCALATED, _RULE, today, reason=owed.kind)
    alert = Alert(
        kind=AlertKind.OVERDUE,
        case_ref=case.ref,
        urgency=Urgency.URGENT,
        to=told_of(case, staff, today),
    )
    return Escalated(case=after, entry=entry, alert=alert)


def told_of(case: Case, staff: Staff, today: date) -> tuple[str, ...]:
    """The ids of those who are told of a missed day; empty where nobody is left."""
    subjects = subjects_of(case)
    return tuple(
        sorted(
            handler.id
            for handler in staff.handlers
            if (handler.id in case.handler_ids or handler.team_id == case.team_id)
            and handler.is_active
            and exclusion_of(handler, subjects, today) is None
        )
    )
