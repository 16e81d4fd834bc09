"""Notes in a case's log that a handler opened it: what, by whom, on which day; never a word.

Once a day for each handler and part, so that a page that is read again does not fill the log.
"""

from datetime import date

from intake.ports import Transaction
from register.case import Actor, record
from register.log import LogAction
from web.desk.reading import Opened


def note_opening(
    tx: Transaction, ref: str, actor: Actor, what: Opened, today: date, subject: str | None = None
) -> None:
    """Note it before anything is shown, unless the same was noted today."""
    case = tx.cases.get(ref)
    if case is None:
        return
    noted = any(
        entry.action == LogAction.OPENED
        and entry.actor_id == actor.id
        and entry.reason == what
        and entry.subject == subject
        and entry.day == today
        for entry in tx.log.of_case(ref)
    )
    if not noted:
        opened, entry = record(case, LogAction.OPENED, actor, today, what, subject)
        tx.cases.keep(opened, entry)
