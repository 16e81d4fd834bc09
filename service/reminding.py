"""The nightly look at holds that end soon: those who placed them are told, once.

Which of them it is time for is `register.hold_ending`'s to say. A case's transaction notes that it
was told of: a second process, or the same one after a crash, finds that and passes it over. Run by
`service.chores`.
"""

from datetime import date
from functools import partial

from register.clocks import Timetable
from register.hold_ending import IN_GOOD_TIME, remind, without_what_is_over
from service.case_by_case import case_by_case
from service.wiring import House
from storage.transaction import SqlTransaction


async def remind_of_holds(house: House, today: date) -> int:
    """Tell those who placed a hold that it ends soon; how many holds were told of."""
    by = today + IN_GOOD_TIME
    came = case_by_case(
        house.database,
        lambda tx, after: tx.cases.holds_ending(by, after=after),
        partial(_remind, today=today, timetable=house.settings.timetable),
    )
    return sum([is_told async for is_told in came])


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
