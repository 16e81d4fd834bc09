"""One act of a handler on a case, as one unit of work: may they, is it still as they saw it, do it.

Every form of the desk goes through `act`. What an act gives is a value: `Done`, or `NotDone` with
the reason in words for the page that comes again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from aiohttp import web

from intake.ports import Transaction
from locales.marking import N_
from register.alerts import Alert
from register.case import Case
from register.desk import OpenRefusal, refused_opening
from register.errors import StaleCaseError
from register.log import LogEntry
from web.desk.house import DESK, AtDesk, at_desk
from web.desk.seen import changes_since
from web.desk.words import OPEN_REFUSALS
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

SOMEBODY_WAS_FIRST = N_(
    "Somebody else did something with this case while you had it open. Nothing of yours was done. "
    "Please look at what is new, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It is done and durable. `what` is a key of `web.desk.flash.FLASHES`."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """Nothing was done; the reason as a msgid, and what others did meanwhile."""

    reason: str
    field: str = "errors"
    """The id of the field that it is about."""
    meanwhile: tuple[LogEntry, ...] = ()

    @property
    def status(self) -> int:
        """409 where somebody was first, 422 for what cannot be done."""
        return 409 if self.reason == SOMEBODY_WAS_FIRST else 422


Outcome: TypeAlias = Done | NotDone


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """What an act has at hand, inside its transaction."""

    tx: Transaction
    case: Case
    desk: AtDesk
    today: date

    def announce(self, alerts: Sequence[Alert]) -> None:
        """Let those know who have to."""
        for alert in alerts:
            self.tx.outbox.put(alert, self.today)


Act: TypeAlias = Callable[[Acting], Outcome]


async def act(request: web.Request, person: Person, ref: str, form: Form, work: Act) -> Outcome:
    """Do it, if this handler may and the case is as the form saw it. 404 for no case of theirs."""
    desk = request.app[DESK]
    today = desk.today
    seen = _number(form.one("seen"))

    def unit(tx: Transaction) -> Outcome | None:
        case = tx.cases.get(ref)
        at = at_desk(tx, person)
        refusal = None if case is None else refused_opening(case, at.handler, today)
        if case is None or (refusal and refusal.reason is OpenRefusal.NOT_A_READER):
            return None
        if refusal is not None:
            return NotDone(reason=OPEN_REFUSALS[refusal.reason])
        meanwhile = changes_since(tx.log.of_case(ref), seen)
        if meanwhile:
            return NotDone(reason=SOMEBODY_WAS_FIRST, meanwhile=meanwhile)
        return work(Acting(tx=tx, case=case, desk=at, today=today))

    try:
        outcome = await desk.storage.transaction(unit)
    except StaleCaseError:
        return NotDone(reason=SOMEBODY_WAS_FIRST)
    if outcome is None:
        # Not theirs, or no case at all: from outside the two look the same.
        raise web.HTTPNotFound
    return outcome


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
