"""What is not public, put together: sign-in, desk, what officers see and what their programs read.

Called by `service.wiring`:

parts = inside_parts(storage=database, blobs=blobs, key_ring=key_ring, clock=now)
make_app(WebServices(…, parts=parts))
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from aiohttp import web

from accounts.account import AccountRole
from accounts.ports import SignInTransaction, TokenTransaction
from intake.ports import BlobStore, Transaction
from intake.scanning import NoScanner, Scanner
from monitoring.evaluation.framework import Framework
from monitoring.evaluation.mechanism_facts import NOT_SAID, MechanismSetup
from monitoring.evaluation.score import ScoringSettings
from register.clocks import TIMETABLE, Timetable
from sealing.key_ring import KeyRing
from sealing.stretching import PRODUCTION_COST, Argon2Cost
from web.api.house import Api
from web.api.routes import api_part
from web.company.house import Company
from web.company.print_room import PrintRoom
from web.company.routes import company_pages
from web.desk.house import DESK, Desk
from web.desk.key_cabinet import KeyCabinet
from web.desk.routes import ROUTES
from web.inside.entrance import sign_in_pages
from web.inside.routes import pages_for
from web.ports import Part, Printer, WorkbookWriter, no_printer
from web.sign_in.doorkeeper import Doorkeeper

Result = TypeVar("Result")


class InsideTransaction(Transaction, SignInTransaction, TokenTransaction, Protocol):
    """All shelves that the inside pages use."""


class InsideStorage(Protocol):
    """Keeps cases and accounts alike; `storage.database.Database` is one."""

    async def transaction(self, work: Callable[[InsideTransaction], Result]) -> Result:
        """Run `work`, return its result once it is durable."""

    async def read(self, work: Callable[[InsideTransaction], Result]) -> Result:
        """Run `work` on a snapshot; it writes nothing."""


def inside_parts(
    *,
    storage: InsideStorage,
    blobs: BlobStore,
    scanner: Scanner | None = None,
    key_ring: KeyRing,
    clock: Callable[[], datetime],
    framework: Framework,
    workbook: WorkbookWriter,
    printer: Printer = no_printer,
    mechanism: MechanismSetup = NOT_SAID,
    scoring: ScoringSettings | None = None,
    timetable: Timetable = TIMETABLE,
    cost: Argon2Cost = PRODUCTION_COST,
) -> tuple[Part, ...]:
    """Everything behind the sign-in, in the order in which `make_app` puts it on.

    `framework` is what companies are evaluated by (`framework_file.load_framework`), `scoring`
    what the operator decided otherwise than its file does; `workbook` and `printer` make what
    officers take away. `cost` is what a guess at a pass phrase costs; lower only in tests.
    """
    cabinet = KeyCabinet(clock)
    doorkeeper = Doorkeeper(
        storage,
        key_ring,
        clock,
        on_entry=cabinet.unlock_at_entry,
        on_leave=cabinet.drop,
        cost=cost,
    )
    desk = Desk(
        storage=storage,
        blobs=blobs,
        scanner=scanner or NoScanner(),
        cabinet=cabinet,
        clock=clock,
        timetable=timetable,
    )
    company = Company(
        storage=storage,
        clock=clock,
        framework=framework,
        workbook=workbook,
        print_room=PrintRoom(printer),
        mechanism=mechanism,
        scoring=scoring,
    )
    api = Api(storage=storage, key_ring=key_ring, clock=clock, company=company)
    return (sign_in_pages(doorkeeper), desk_pages(desk), company_pages(company), api_part(api))


def desk_pages(desk: Desk) -> Part:
    """The desk as a part of the application; after `web.inside.entrance.sign_in_pages`."""

    def put(app: web.Application) -> None:
        app[DESK] = desk
        pages_for(app, AccountRole.HANDLER, ROUTES)

    return put
