"""Holding a case back from erasure, and letting it go, by the operator: `gehoor cases`.

Courts and authorities write to whoever runs the installation, and not to handlers. The operator
reads nothing of a case here; its log says that it was the operator.
"""

from datetime import date

from register.case import Case
from register.clocks import Timetable
from register.hold import HoldReason
from register.holding import (
    LONGEST_HOLD,
    OPERATOR,
    HoldChanged,
    HoldRefusal,
    HoldRefused,
    hold_back,
    let_go,
)
from register.ports import HeldCursor
from service.refusals import Refused
from storage.transaction import SqlTransaction

SHORTEST_BEGINNING = 6
"""Letters of a reference: as many as the desk shows."""
_REFUSALS = {
    HoldRefusal.DAY_PAST: "a hold ends tomorrow at the earliest: choose a later day",
    HoldRefusal.TOO_LONG: "a hold lasts a year at most, and can be renewed: choose an earlier day",
    HoldRefusal.ALREADY: "it is held like this already; a later day renews it",
    HoldRefusal.NOT_HELD: "it is not held",
}


def hold_case(
    tx: SqlTransaction,
    ref: str,
    reason: str,
    until: str | None,
    today: date,
    timetable: Timetable,
) -> date:
    """Hold it up to and including the day that this gives. Raises `Refused`.

    `until` as 2027-05-01; None: a year from today.
    """
    if reason not in HoldReason.__members__.values():
        known = ", ".join(HoldReason)
        raise Refused(f"there is no reason {reason!r}: it is one of {known}")
    last_day = LONGEST_HOLD.after(today) if until is None else _day(until)
    case = _case(tx, ref)
    _keep(tx, hold_back(case, HoldReason(reason), last_day, OPERATOR, today, timetable))
    return last_day


def release_hold(tx: SqlTransaction, ref: str, today: date, timetable: Timetable) -> None:
    """Let it go at once. Raises `Refused`."""
    _keep(tx, let_go(_case(tx, ref), OPERATOR, today, timetable))


def held_cases(tx: SqlTransaction, today: date) -> tuple[str, ...]:
    """A line for each case that is held today, those whose hold ends first before others.

    Its reference, the reason as a code, since when and until when; nothing of what was told.
    """
    lines: list[str] = []
    after: HeldCursor | None = None
    while found := tx.cases.held(today, after=after):
        holds = [(case.ref, case.hold) for case in found if case.hold is not None]
        lines += (
            f"{ref}  {hold.reason:<14}  since {hold.since}  until {hold.until}"
            for ref, hold in holds
        )
        ref, hold = holds[-1]
        after = HeldCursor(until=hold.until, ref=ref)
    return tuple(lines)


def _keep(tx: SqlTransaction, changed: HoldChanged | HoldRefused) -> None:
    if isinstance(changed, HoldRefused):
        raise Refused(_REFUSALS[changed.reason])
    tx.cases.keep(changed.case, changed.entry)


def _case(tx: SqlTransaction, ref: str) -> Case:
    """The case that begins so; its reference may stand in full."""
    wanted = ref.strip().lower()
    found = tx.cases.beginning(wanted) if len(wanted) >= SHORTEST_BEGINNING else ()
    if len(found) > 1:
        raise Refused(f"more than one case begins with {ref}: give more letters of it")
    case = tx.cases.get(found[0]) if found else None
    if case is None:
        raise Refused(
            f"there is no case {ref}: it was erased, or the reference is not right. Give its first "
            f"{SHORTEST_BEGINNING} letters or more, as the desk shows them"
        )
    return case


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text!r} is no day: write it like 2027-05-01") from None
