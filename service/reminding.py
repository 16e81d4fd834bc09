"""The nightly look at holds that end soon: those who placed them are told, once.

Which of them it is time for is `register.hold_ending`'s to say. One transaction a case, which
notes that it was told of: a second process, or the same one after a crash, finds that and passes
it over. Run by `service.chores`.
"""

from datetime import date
from functools import partial

from register.case import Case
from register.clocks import Timetable
from register.hold_ending import IN_GOOD_TIME, remind, without_what_is_over
from service.wiring import House
from storage.transaction import SqlTransaction


async def remind_of_holds(house: House, today: date) -> int:
    """Tell those who placed a hold that it ends soon; how many holds were told of."""
    told, last, by = 0, "", today + IN_GOOD_TIME
    while cases := await house.database.read(partial(_ending, by=by, after=last)):
        last = cases[-1].ref
        for case in cases:
            work = partial(_remind, ref=case.ref, today=today, timetable=house.settings.timetable)
            told += await house.database.transaction(work)
    return told


def _ending(tx: SqlTransaction, by: date, after: str) -> tuple[Case, ...]:
    return tx.cases.holds_ending(by, after=after)


def _remind(tx: SqlTransaction, ref: str, today: date, timetable: Timetable) -> bool:
    case = tx.cases.get(ref)
    if case is None:
        return False
    made = remind(case, tx.people.staff(), today, timetable)
    if made is None:
        # What has ended is looked at no more. Of one that was placed by an earlier version the
        # day is noted, so that lists find it.
        tx.cases.note(without_what_is_over(case, today, timetable))
        return False
    tx.cases.keep(made.case, made.entry)
    tx.outbox.put(made.alert, today)
    return True
