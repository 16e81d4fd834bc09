"""What the desk's pages stand on, and the key under which they find it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from aiohttp import web

from intake.ports import BlobStore, Storage, Transaction
from intake.scanning import NoScanner, Scanner
from register.case import Actor
from register.clocks import TIMETABLE, Timetable
from register.desk import actor_of
from register.people import Handler, Staff
from web.desk.key_cabinet import KeyCabinet
from web.inside.routes import SIGN_IN
from web.sign_in.doorkeeper import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that the desk needs from outside; made by `web.desk.parts`."""

    storage: Storage
    blobs: BlobStore
    cabinet: KeyCabinet
    clock: Callable[[], datetime]
    timetable: Timetable = TIMETABLE
    scanner: Scanner = field(default_factory=NoScanner)
    """Looks once more before a file is opened as it was sent."""

    @property
    def today(self) -> date:
        """This day, in UTC."""
        return self.clock().date()


DESK = web.AppKey("desk", Desk)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """The handler behind a request, and everybody they work with."""

    handler: Handler
    actor: Actor
    staff: Staff

    def name_of(self, handler_id: str) -> str:
        """A colleague's name; empty for one who is gone."""
        known = self.staff.handler(handler_id)
        return known.name if known else ""


def at_desk(tx: Transaction, person: Person) -> AtDesk:
    """Who acts. Raises `HTTPSeeOther` to the sign-in where the account's handler is gone."""
    staff = tx.people.staff()
    handler = staff.handler(person.account_id)
    actor = None if handler is None else actor_of(handler, staff)
    if handler is None or actor is None or not handler.is_active:
        raise web.HTTPSeeOther(SIGN_IN)
    return AtDesk(handler=handler, actor=actor, staff=staff)
