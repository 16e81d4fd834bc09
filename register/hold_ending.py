"""A hold that ends soon: those who placed it are told in good time, once, and the log says so.

What is erased the night after comes back for nobody, and courts take longer than one thinks. So
whoever placed a hold is told while there is time to ask whether the case is still needed, and to
place it anew, which takes two people (`register.holding`).

Done by the daily round for one case after the other; a day that was missed is made up for on the
next.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.clocks import TIMETABLE, Timetable, timed
from register.hold import Hold
from register.log import LogAction, LogEntry
from register.people import Role, Staff
from register.routing import Urgency

IN_GOOD_TIME = timedelta(days=14)
"""Two weeks: long enough to write to a court and hear from it, and for a colleague who is away to
be back and say the same; short enough that nobody has forgotten it again by the end."""
_RULE = Actor(role=Role.RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What is stored of it, in one transaction."""

    case: Case
    entry: LogEntry
    alert: Alert


def ends_soon(hold: Hold, today: date) -> bool:
    """Whether it holds, and ends within two weeks: pages say so from then on."""
    return hold.holds(today) and hold.until <= today + IN_GOOD_TIME


def remind_on(hold: Hold) -> date:
    """The day from which those who placed it are told: two weeks before its end.

    Of one that was placed for less than four weeks, when half of it is over.
    """
    return hold.until - min(IN_GOOD_TIME, (hold.until - hold.since) // 2)


def remind(
    case: Case, staff: Staff, today: date, timetable: Timetable = TIMETABLE
) -> Reminded | None:
    """The case with those told who placed its hold; None where it is too early, late, or done."""
    hold = case.hold
    if hold is None or hold.reminded_on is not None:
        return None
    if not remind_on(hold) <= today <= hold.until:
        return None
    noted = replace(case, hold=replace(hold, reminded_on=today))
    after, entry = record(noted, LogAction.HOLD_ENDING, _RULE, today, reason=hold.reason)
    alert = Alert(
        kind=AlertKind.HOLD_ENDING,
        case_ref=case.ref,
        urgency=Urgency.NORMAL,
        to=told_of(case, hold, staff),
    )
    return Reminded(case=timed(after, timetable), entry=entry, alert=alert)


def told_of(case: Case, hold: Hold, staff: Staff) -> tuple[str, ...]:
    """The ids of those who are told; empty: the operator, who placed it, or where nobody is left.

    Those who placed it, as far as they still read the case; where none of them does, all who do.
    """
    if hold.is_operators:
        return ()
    here = {each.id for each in staff.handlers if each.is_active} & {*case.handler_ids}
    placed = here & {hold.asked_by, hold.seconded_by}
    return tuple(sorted(each for each in placed or here if each is not None))


def without_what_is_over(case: Case, today: date, timetable: Timetable = TIMETABLE) -> Case:
    """The case without a hold that has ended: no rule asks for it any more."""
    hold = case.hold
    is_over = hold is not None and not hold.holds(today)
    return timed(replace(case, hold=None), timetable) if is_over else case
