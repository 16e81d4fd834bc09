"""Puts the parts together: one house from one set of settings.

    house = open_house(settings)          # refuses with every reason at once
    port = await house.server.start(settings.web_host, settings.web_port)
    …
    await house.close()

Nothing here is global: two houses can stand beside each other in one process, as in tests.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from flows.faults import FlowFaults
from flows.library import FlowLibrary
from intake.arrivals import Channel
from intake.files import FileDesk
from intake.hall import Hall
from intake.receipt_press import GuessLimit, ReceiptPress
from intake.reception import Reception
from intake.scanning import Scanner
from monitoring.evaluation.framework_file import load_framework
from sealing.failures import KeyRingUnusable, UnknownRowKey
from sealing.key_ring import KeyRing
from sealing.receipts import ReceiptTerms
from sealing.stretching import PRODUCTION_COST, Argon2Cost
from sealing.suites import Suite
from service.clock import now as real_time
from service.evaluating import mechanism_setup, scoring_settings
from service.file_tools import copies_of, scanner_of
from service.foundations import living_key_ring, load_library
from service.paper.press import print_apart
from service.refusals import Refused, reasons_of
from service.settings import Settings
from service.site_memory import SiteMemory
from service.tables.writing import write_workbook
from service.watching import CountedPoster, CountedReception, Doors, open_counted
from storage.blobs import BlobFolder
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import SqlTransaction
from web.app import make_app
from web.desk.parts import inside_parts
from web.ports import Part
from web.public.moving import PATH as MOVING_PATH
from web.services import WebServices, WebSettings
from web.serving import WebServer

if TYPE_CHECKING:  # the Telegram library is read only where there is a bot
    from bot.channel import TelegramChannel

Clock = Callable[[], datetime]
_BYTES_A_MEGABYTE = 1_000_000
_SECONDS_TO_ANSWER = 5.0
_FORMS = "web forms"
_RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that runs, wired. Made by `open_house`, ended by `close`."""

    settings: Settings
    clock: Clock
    key_ring: KeyRing
    database: Database
    blobs: BlobFolder
    library: FlowLibrary
    sites: SiteMemory
    press: ReceiptPress
    reception: Reception
    poster: CountedPoster
    doors: Doors
    telegram: "TelegramChannel | None"
    server: WebServer

    async def quieten(self) -> None:
        """Take nothing in any more and finish what was acknowledged. May be called again."""
        stopping = [self.server.stop()]
        if self.telegram is not None:
            stopping.append(self.telegram.stop())
        await asyncio.gather(*stopping)

    async def close(self) -> None:
        """Quieten, and let go of the database."""
        try:
            await self.quieten()
        finally:
            await self.press.stop()
            await self.poster.close()
            await asyncio.to_thread(self.database.close)


def open_house(
    settings: Settings,
    *,
    clock: Clock = real_time,
    receipt_cost: Argon2Cost = PRODUCTION_COST,
) -> House:
    """A house that is ready to start. Call it on the event loop that will run it.

    `receipt_cost` is what a guess at a receipt costs; it must stay the same for as long as an
    installation lives, and a lower one is for samples and tests alone. Raises `Refused` with
    every reason that can be found without the others being mended first.
    """
    key_ring, library = _foundations(settings)
    doors = Doors()
    database = _database(settings, key_ring, doors)
    blobs = BlobFolder(settings.blob_folder)
    scanner = scanner_of(settings)
    sites = SiteMemory(database)
    press = ReceiptPress(_terms(settings, key_ring, receipt_cost), reserve=settings.receipts_ready)
    hall = Hall(
        library=library,
        sites=sites.current,
        key_ring=key_ring,
        random=random.SystemRandom().random,
        draft_days=settings.draft_days,
        channels=_channels(settings),
        timetable=settings.timetable,
    )
    reception = Reception(
        storage=database,
        blobs=blobs,
        hall=hall,
        press=press,
        guesses=GuessLimit(),
        files=FileDesk(
            blobs,
            most_bytes=settings.largest_file_megabytes * _BYTES_A_MEGABYTE,
            scanner=scanner,
            copies=copies_of(settings),
        ),
        clock=clock,
    )
    poster = CountedPoster(doors)
    counted = CountedReception(reception, doors)
    telegram = _telegram(settings, poster, counted)
    services = WebServices(
        reception=counted,
        form_secret=key_ring.salt(_FORMS),
        settings=_web_settings(settings),
        telegram=None if telegram is None else telegram.handle_webhook,
        chat_link=None if telegram is None else telegram.moving_link,
        is_ready=readiness(database),
        parts=_inside(settings, database, blobs, scanner, key_ring, clock),
    )
    return House(
        settings=settings,
        clock=clock,
        key_ring=key_ring,
        database=database,
        blobs=blobs,
        library=library,
        sites=sites,
        press=press,
        reception=reception,
        poster=poster,
        doors=doors,
        telegram=telegram,
        server=WebServer(make_app(services)),
    )


class _Readable(Protocol):
    """What can be asked whether it answers; `Database` is one."""

    async def read(self, work: Callable[[SqlTransaction], int], /) -> int: ...


def readiness(database: _Readable) -> Callable[[], Awaitable[bool]]:
    """Asks the database something small: False where it does not answer, or not soon."""

    async def is_ready() -> bool:
        try:
            async with asyncio.timeout(_SECONDS_TO_ANSWER):
                await database.read(lambda tx: tx.sites.revision())
        except (StorageError, TimeoutError):
            return False
        return True

    return is_ready


def _foundations(settings: Settings) -> tuple[KeyRing, FlowLibrary]:
    """The key ring and the flows; when one is refused the other is looked at all the same."""
    reasons: list[str] = []
    key_ring, library = None, None
    try:
        key_ring = living_key_ring(settings)
    except KeyRingUnusable as refusal:
        reasons += reasons_of(refusal)
    try:
        library = load_library(settings)
    except (FlowFaults, Refused) as refusal:
        reasons += reasons_of(refusal)
    if key_ring is None or library is None:
        raise Refused(*reasons)
    return key_ring, library


def _database(settings: Settings, key_ring: KeyRing, doors: Doors) -> Database:
    try:
        database = open_counted(settings.effective_database_url, key_ring, doors)
    except StorageError as refusal:
        raise Refused(*reasons_of(refusal)) from None
    try:
        database.read_now(lambda tx: tx.people.staff())
    except (StorageError, UnknownRowKey) as refusal:
        database.close()
        raise Refused(*reasons_of(refusal)) from None
    return database


def _terms(settings: Settings, key_ring: KeyRing, cost: Argon2Cost) -> ReceiptTerms:
    return ReceiptTerms(
        salt=key_ring.salt(_RECEIPTS), cost=cost, suite=Suite(settings.key_exchange)
    )


def _channels(settings: Settings) -> frozenset[Channel]:
    """Where a report that was begun elsewhere can go on; the pages only where they have an address
    that means something outside this machine."""
    there = {
        Channel.WEB: bool(settings.web_public_url),
        Channel.TELEGRAM: bool(settings.telegram_token.get_secret_value()),
    }
    return frozenset(channel for channel, is_there in there.items() if is_there)


def _telegram(
    settings: Settings, poster: CountedPoster, reception: CountedReception
) -> "TelegramChannel | None":
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    from bot.channel import TelegramChannel, TelegramSettings

    told = TelegramSettings(
        token=token,
        api_url=settings.telegram_base_url.rstrip("/").removesuffix("/bot"),
        webhook_url=settings.telegram_webhook_url,
        webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
        form_address=f"{settings.public_url}{MOVING_PATH}",
        closing_seconds=settings.stop_seconds,
    )
    return TelegramChannel(settings=told, poster=poster, reception=reception)


def _inside(
    settings: Settings,
    database: Database,
    blobs: BlobFolder,
    scanner: Scanner,
    key_ring: KeyRing,
    clock: Clock,
) -> tuple[Part, ...]:
    """Everything behind the sign-in: the desk, and what officers see."""
    framework = load_framework()
    return inside_parts(
        storage=database,
        blobs=blobs,
        scanner=scanner,
        key_ring=key_ring,
        clock=clock,
        framework=framework,
        workbook=write_workbook,
        printer=print_apart,
        mechanism=mechanism_setup(settings, key_ring),
        scoring=scoring_settings(settings, framework),
        timetable=settings.timetable,
    )


def _web_settings(settings: Settings) -> WebSettings:
    return WebSettings(
        operator=settings.operator,
        is_sample=settings.is_sample,
        exit_address=settings.exit_url,
        is_https=settings.public_url.startswith("https://"),
        most_upload_bytes=11 * settings.largest_file_megabytes * _BYTES_A_MEGABYTE,
    )
