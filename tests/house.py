"""A small real installation for tests: SQLite in a folder, real keys, real flows, cheap Argon2.

async with small_house(tmp_path) as house:
    reply = await house.reception.receive(...)
"""

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.moves import Move
from intake.arrivals import Arrival, Channel, Request
from intake.files import FileDesk
from intake.hall import Hall
from intake.receipt_press import GuessLimit, ReceiptPress
from intake.reception import Reception
from intake.screens import Reply
from register.clocks import TIMETABLE, Timetable
from register.directory import SiteDirectory
from register.people import Handler, Team, TeamKind
from register.sites import Category, Organisation, Site, SiteKind, SupplyLink
from sealing.identities import Identity, new_identity
from sealing.key_ring import KeyRing, new_key_ring
from sealing.receipts import ReceiptTerms
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from storage.blobs import BlobFolder
from storage.database import Database
from tests.shipped import LIBRARY

START = datetime(2026, 8, 3, 9, 30, tzinfo=UTC)


def _id(name: str) -> str:
    """An id that is the same in every process of a test run."""
    return name.ljust(26, "a")


IMPORTER = Organisation(
    id=_id("importer"), name="Sample Stone Import", category=Category.C, employees=60,
    turnover_eur=20_000_000,
)  # fmt: skip
QUARRY = Site(
    id=_id("rajnagar"), code="RJ3", name="Rajnagar Quarry 3", local_names={"hi": "राजनगर खदान 3"},
    country="IN", region="Rajasthan", kind=SiteKind.QUARRY, workers=220, is_risk_country=True,
)  # fmt: skip
FACTORY = Site(
    id=_id("xiamen"), code="XM1", name="Xiamen Slab Works", local_names={"zh_Hans": "厦门石板厂"},
    country="CN", region="Fujian", kind=SiteKind.FACTORY, workers=400, is_risk_country=True,
)  # fmt: skip
REGULAR = Team(id=_id("regular"), name="Regular", kind=TeamKind.REGULAR)
URGENT = Team(id=_id("urgent"), name="Urgent", kind=TeamKind.URGENT)
ASHA = Handler(
    id=_id("asha"), name="Asha Sample", team_id=REGULAR.id, languages=frozenset({"hi", "en"})
)
BEN = Handler(id=_id("ben"), name="Ben Sample", team_id=REGULAR.id, languages=frozenset({"en"}))
URSULA = Handler(id=_id("ursula"), name="Ursula Sample", team_id=URGENT.id)


@dataclass(slots=True, kw_only=True)
class Clock:
    """A clock that a test moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        """This moment."""
        return self.now

    @property
    def today(self) -> date:
        """This day."""
        return self.now.date()

    def pass_days(self, days: int) -> None:
        """So many days later."""
        self.now += timedelta(days=days)


@dataclass(slots=True, kw_only=True)
class House:
    """What a test gets."""

    home: Path
    database: Database
    blobs: BlobFolder
    key_ring: KeyRing
    reception: Reception
    press: ReceiptPress
    clock: Clock
    identities: dict[str, Identity]
    """The handlers' private keys by handler id."""
    recovery: Identity
    _updates: "itertools.count[int]" = field(default_factory=itertools.count)

    async def take(
        self, correspondent: str, wish: Request | Move, *, channel: Channel = Channel.TELEGRAM
    ) -> Reply:
        """One arrival, as a channel would bring it."""
        return await self.reception.receive(
            Arrival(
                channel=channel,
                correspondent=correspondent,
                wish=wish,
                update=f"test:{next(self._updates)}",
                languages=("en",),
            )
        )


@asynccontextmanager
async def small_house(
    home: Path,
    *,
    clock: Clock | None = None,
    database_url: str = "",
    timetable: Timetable = TIMETABLE,
    channels: frozenset[Channel] = frozenset(Channel),
) -> AsyncIterator[House]:
    """An installation with one importer, two sites and three handlers; SQLite in its home."""
    clock = clock or Clock()
    home.mkdir(parents=True, exist_ok=True)
    key_ring = new_key_ring(clock.today)
    database = Database.open(database_url or f"sqlite:///{home / 'gehoor.db'}", key_ring)
    blobs = BlobFolder(home / "blobs")
    identities = {each.id: new_identity() for each in (ASHA, BEN, URSULA)}
    recovery = new_identity(RecipientKind.RECOVERY)
    await database.transaction(_furnished(identities, recovery))
    directory = SiteDirectory((QUARRY, FACTORY), (IMPORTER,), _LINKS)
    press = ReceiptPress(ReceiptTerms(salt=key_ring.salt("receipts"), cost=TEST_COST))
    hall = Hall(
        library=LIBRARY,
        sites=lambda: directory,
        key_ring=key_ring,
        random=lambda: 0.5,
        draft_days=14,
        channels=channels,
        timetable=timetable,
    )
    reception = Reception(
        storage=database,
        blobs=blobs,
        hall=hall,
        press=press,
        guesses=GuessLimit(),
        files=FileDesk(blobs, most_bytes=20_000_000),
        clock=clock,
    )
    try:
        yield House(
            home=home,
            database=database,
            blobs=blobs,
            key_ring=key_ring,
            reception=reception,
            press=press,
            clock=clock,
            identities=identities,
            recovery=recovery,
        )
    finally:
        await press.stop()
        database.close()


_LINKS = (
    SupplyLink(organisation_id=IMPORTER.id, site_id=QUARRY.id, product="sandstone", tier=2),
    SupplyLink(organisation_id=IMPORTER.id, site_id=FACTORY.id, product="granite", tier=1),
)


def _furnished(identities: dict[str, Identity], recovery: Identity) -> Callable[..., None]:
    def work(tx: object) -> None:
        tx.sites.put_organisation(IMPORTER)
        for site in (QUARRY, FACTORY):
            tx.sites.put_site(site)
        for link in _LINKS:
            tx.sites.put_link(link)
        for team in (REGULAR, URGENT):
            tx.people.put_team(team)
        for handler in (ASHA, BEN, URSULA):
            tx.people.put_handler(handler, identities[handler.id].recipient)
        tx.people.put_recovery(recovery.recipient)

    return work
