"""A small real installation with its inside pages served, and people who sign in to them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pyotp
from aiohttp import web
from PIL import Image

from accounts.account import (
    Account,
    Credentials,
    NewAccount,
    new_handler_account,
    new_officer_account,
)
from accounts.login import digest_of
from flows.submission import AccountEntry, Submission
from flows.values import StoredFile, Text, Value
from intake.files import FileDesk
from intake.scanning import Scanner
from monitoring.overview.changes import case_changed
from monitoring.overview.organisations import refresh_organisation
from monitoring.overview.releasing import due_releases, release_quarter
from register.case import Case
from register.directory import SiteDirectory
from register.filing import Office, file
from register.people import Officer, Team, TeamKind
from register.sites import Organisation, Site
from sealing.identifiers import new_id
from sealing.identities import wrap_identity
from sealing.receipts import MintedReceipt, ReceiptTerms, mint
from sealing.stretching import TEST_COST
from service.tables.writing import write_workbook
from tests.house import ASHA, BEN, FACTORY, IMPORTER, QUARRY, URSULA, House, small_house
from tests.shipped import FRAMEWORK
from tests.web.small_house import SmallHouse
from tests.web.visiting import SeenPage, Visiting
from web.app import make_app
from web.desk.parts import inside_parts
from web.ports import Printer, no_printer
from web.security_forms import GUARD
from web.services import WebServices, WebSettings
from web.serving import WebServer

PASSPHRASE = "seven quiet stones in a row"
OTHER = Organisation(id="other".ljust(26, "a"), name="Another Importer")
OLGA = Officer(id="olga".ljust(26, "a"), name="Olga Officer", organisation_id=IMPORTER.id)
RIVAL = Officer(id="rival".ljust(26, "a"), name="Rival Officer", organisation_id=OTHER.id)
APPEALS = Team(id="appeals".ljust(26, "a"), name="Appeals", kind=TeamKind.APPEAL)
TOLD = "The foreman locks the fire door <b>every</b> night"


@dataclass
class Inside:
    """The installation, where its pages are, and who has an account."""

    house: House
    base: str
    app: web.Application
    accounts: dict[str, Account] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    visitors: list[Visiting] = field(default_factory=list)
    scanner: Scanner | None = None

    def visitor(self, language: str = "en") -> Visiting:
        visitor = Visiting(self.base, language=language)
        self.visitors.append(visitor)
        return visitor

    def code(self, person_id: str) -> str:
        """What the authenticator shows now."""
        secret = self.accounts[person_id].totp_secret
        return pyotp.TOTP(secret).at(int(self.house.clock.now.timestamp()))

    def next_code(self) -> None:
        """Half a minute later, so that the next code is another one."""
        self.house.clock.now += timedelta(seconds=30)

    async def signs_in(self, person_id: str, visitor: Visiting | None = None) -> Visiting:
        """Through the form, as a person does."""
        visitor = visitor or self.visitor()
        await visitor.goes("/sign-in")
        self.next_code()
        await visitor.presses(
            "Sign in",
            name=self.names[person_id],
            passphrase=PASSPHRASE,
            code=self.code(person_id),
        )
        return visitor

    async def posts(self, visitor: Visiting, path: str, **fields: str) -> SeenPage:
        """A form with a good token that no page offered."""
        token = self.app[GUARD].issue(digest_of(visitor.cookies["desk"]), path)
        return await visitor.sends("POST", path, data={"form_token": token, **fields})

    async def filed(
        self,
        *entries: AccountEntry,
        told: str = TOLD,
        sites: Sequence[Site] = (),
        **codes: Value,
    ) -> "Filed":
        """A case, filed as intake does it."""
        receipt = mint(self.terms)
        directory = SiteDirectory(
            (QUARRY, FACTORY, *sites), (IMPORTER,), await self.house.database.read(_links)
        )
        words = AccountEntry(path="story", label=Text(msgid="What happened?"), value=told)
        sent = Submission(
            flow="grievance",
            version=1,
            language=str(codes.pop("language", "hi")),
            particulars={"site": QUARRY.id, "theme": "health_safety", **codes},
            account=(words, *entries),
        )

        def work(tx: Any) -> Case:
            office = Office(staff=tx.people.staff(), keys=tx.people.keys(), sites=directory)
            filing = file(
                sent,
                office,
                case_ref=new_id(),
                now=self.house.clock.now,
                receipt=receipt,
                reporter_tag=new_id(),
            )
            tx.cases.add(filing)
            case_changed(tx, filing.case, self.house.clock.today)
            return filing.case

        case = await self.house.database.transaction(work)
        return Filed(case=case, receipt=receipt)

    async def closes_quarter(self) -> None:
        """Three months later: what is over is released, and the organisation's maps are made."""
        self.house.clock.pass_days(92)
        today = self.house.clock.today
        salt = self.house.key_ring.salt("releases")

        def work(tx: Any) -> None:
            for organisation_id, quarter in due_releases(tx, today):
                release_quarter(tx, organisation_id, quarter, today, salt=salt)
            refresh_organisation(tx, IMPORTER.id, today)

        await self.house.database.transaction(work)

    @property
    def terms(self) -> ReceiptTerms:
        return ReceiptTerms(salt=self.house.key_ring.salt("receipts"), cost=TEST_COST)

    async def case(self, ref: str) -> Case:
        found = await self.house.database.read(lambda tx: tx.cases.get(ref))
        assert found is not None
        return found

    async def log(self, ref: str) -> list[tuple[str, str | None]]:
        entries = await self.house.database.read(lambda tx: tx.log.of_case(ref))
        return [(each.action, each.reason) for each in entries]

    async def photo(self, *, colour: str = "red") -> StoredFile:
        """A photo, sealed as intake does it, with a cleaned copy."""
        picture = BytesIO()
        Image.new("RGB", (8, 8), colour).save(picture, "JPEG", comment=b"CANARY-MAKER")
        return await self.upload("door.jpg", picture.getvalue())

    async def upload(self, name: str, content: bytes) -> StoredFile:
        async def chunks() -> AsyncIterator[bytes]:
            yield content

        desk = FileDesk(self.house.blobs, most_bytes=20_000_000, scanner=self.scanner)
        kept = await desk.keep(name, chunks())
        assert isinstance(kept, StoredFile)
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A case and the receipt that its reporter has."""

    case: Case
    receipt: MintedReceipt

    @property
    def address(self) -> str:
        return f"/desk/cases/{self.case.ref}"


def _links(tx: Any) -> tuple[Any, ...]:
    return tuple(tx.sites.links())


@asynccontextmanager
async def inside_house(
    home: Path,
    *,
    scanner: Scanner | None = None,
    printer: Printer = no_printer,
    takes_reports: bool = False,
    **settings: Any,
) -> AsyncIterator[Inside]:
    """The installation of `tests.house` with accounts, an appeal team and served pages.

    The public pages are those of a house without a conversation, unless it `takes_reports`.
    """
    async with small_house(home) as house:
        parts = inside_parts(
            storage=house.database,
            blobs=house.blobs,
            scanner=scanner,
            key_ring=house.key_ring,
            clock=house.clock,
            framework=FRAMEWORK,
            workbook=write_workbook,
            printer=printer,
            cost=TEST_COST,
        )
        app = make_app(
            WebServices(
                reception=house.reception if takes_reports else SmallHouse(),
                form_secret=b"s" * 32,
                settings=WebSettings(**settings),
                parts=parts,
            )
        )
        server = WebServer(app)
        port = await server.start("127.0.0.1", 0)
        inside = Inside(house, f"http://127.0.0.1:{port}", app, scanner=scanner)
        for made, name in _accounts(house):
            inside.accounts[made.account.id] = made.account
            inside.names[made.account.id] = name
        await house.database.transaction(lambda tx: _furnish(tx, inside))
        try:
            yield inside
        finally:
            for visitor in inside.visitors:
                await visitor.session.close()
            await server.stop()


def _accounts(house: House) -> list[tuple[NewAccount, str]]:
    made = []
    for handler in (ASHA, BEN, URSULA):
        wrapped = wrap_identity(house.identities[handler.id], PASSPHRASE, TEST_COST)
        new = new_handler_account(
            handler,
            Credentials(name=handler.name, passphrase=PASSPHRASE),
            wrapped_identity=wrapped,
            key_ring=house.key_ring,
            service_name="Gehoor",
            cost=TEST_COST,
        )
        assert isinstance(new, NewAccount)
        made.append((new, handler.name))
    for officer in (OLGA, RIVAL):
        new = new_officer_account(
            officer,
            Credentials(name=officer.name, passphrase=PASSPHRASE),
            key_ring=house.key_ring,
            service_name="Gehoor",
            cost=TEST_COST,
        )
        assert isinstance(new, NewAccount)
        made.append((new, officer.name))
    return made


def _furnish(tx: Any, inside: Inside) -> None:
    tx.sites.put_organisation(OTHER)
    tx.people.put_team(APPEALS)
    for officer in (OLGA, RIVAL):
        tx.people.put_officer(officer)
    for account in inside.accounts.values():
        tx.accounts.put(account)
