"""A real installation without its channels, for tests of what is shown: SQLite, keys, envelopes.

village = Village(tmp_path)
refs = village.file("mina", QUARRY, day, theme="living_wage")
"""

import asyncio
import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from flows.submission import AccountEntry, Submission
from flows.values import Text, Value
from monitoring.overview.changes import case_changed
from monitoring.overview.organisations import refresh_organisation
from monitoring.overview.releasing import due_releases, release_quarter
from monitoring.risk.findings import Finding, judge
from monitoring.risk.severity import Weight
from register.case import Actor, Case
from register.directory import SiteDirectory
from register.filing import Office, file
from register.people import Handler, Role, Team, TeamKind
from register.sites import Category, Organisation, Site, SiteKind, SupplyLink
from register.transitions import Action, Moved, MoveReason, move
from sealing.identifiers import new_id
from sealing.identities import new_identity
from sealing.key_ring import new_key_ring
from sealing.receipts import ReceiptTerms, mint
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from storage.database import Database
from storage.transaction import SqlTransaction

Result = TypeVar("Result")

IMPORTER = Organisation(
    id="importer" + "a" * 18,
    name="Sample Stone Import",
    category=Category.C,
    employees=60,
    turnover_eur=20_000_000,
)
OTHER = replace(IMPORTER, id="other" + "a" * 21, name="Another Stone Import")


def _site(name: str, kind: SiteKind, **more: object) -> Site:
    site = Site(
        id=name + "a" * (26 - len(name)),
        code=name.upper(),
        name=f"{name.title()} Works",
        local_names={"hi": "खदान"},
        country="IN",
        region="Rajasthan",
        kind=kind,
        workers=300,
        is_risk_country=True,
    )
    return replace(site, **more)  # type: ignore[arg-type]  # a test says which field


QUARRY = _site("quarry", SiteKind.QUARRY)
FACTORY = _site("factory", SiteKind.FACTORY)
SMALL = tuple(_site(f"small{letter}", SiteKind.QUARRY, workers=12) for letter in "bcd")
LONE = _site("lone", SiteKind.FACTORY, workers=8, country="CN", region="Fujian")
SITES = (QUARRY, FACTORY, *SMALL, LONE)
LINKS = (
    SupplyLink(organisation_id=IMPORTER.id, site_id=FACTORY.id, product="sandstone", tier=1),
    SupplyLink(organisation_id=IMPORTER.id, site_id=QUARRY.id, product="sandstone", tier=2),
    *(SupplyLink(organisation_id=IMPORTER.id, site_id=each.id) for each in (*SMALL, LONE)),
)
TEAM = Team(id="regular" + "a" * 19, name="Regular", kind=TeamKind.REGULAR)
URGENT = Team(id="urgent" + "a" * 20, name="Urgent", kind=TeamKind.URGENT)
APPEAL = Team(id="appeal" + "a" * 20, name="Appeal", kind=TeamKind.APPEAL)
ASHA = Handler(id="asha" + "a" * 22, name="Asha Sample", team_id=TEAM.id)
URSULA = Handler(id="ursula" + "a" * 20, name="Ursula Sample", team_id=URGENT.id)
ZOE = Handler(id="zoe" + "a" * 23, name="Zoe Sample", team_id=APPEAL.id)
IDENTITIES = {each.id: new_identity() for each in (ASHA, URSULA, ZOE)}
RECOVERY = new_identity(RecipientKind.RECOVERY)
TERMS = ReceiptTerms(salt=b"salt of the tests", cost=TEST_COST)
SALT = b"a salt for releases"
HANDLER = Actor(role=Role.HANDLER, id=ASHA.id)


class Village:
    """One installation with two importers, six sites and three handlers.

    `like` another one that was closed: with all that was kept there.
    """

    def __init__(self, home: Path, *, like: "Village | None" = None) -> None:
        self.path = home / f"{new_id()}.db"
        self.key_ring = like.key_ring if like else new_key_ring(date(2026, 1, 1))
        if like:
            shutil.copy(like.path, self.path)
        self.database = Database.open(f"sqlite:///{self.path}", self.key_ring)
        self._directory = SiteDirectory(SITES, (IMPORTER, OTHER), LINKS)
        self._numbers = itertools.count(1000 if like else 0)
        if not like:
            self.do(_furnish)

    def do(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """One unit of work, durable when this returns."""
        return asyncio.run(self.database.transaction(work))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def file(self, person: str, site: Site | None, day: date, **codes: Value) -> str:
        """One case, sealed and kept with what follows from it; gives its reference."""
        ref = f"case{next(self._numbers):04}".translate(_DIGITS).ljust(26, "a")
        told = Text(msgid="What happened?")
        if site is not None:
            codes["site"] = site.id
        submission = Submission(
            flow="grievance",
            version=1,
            language="hi",
            particulars=codes,
            account=(AccountEntry(path="what", label=told, value=f"SECRET of {person}"),),
        )

        def work(tx: SqlTransaction) -> None:
            office = Office(staff=tx.people.staff(), keys=tx.people.keys(), sites=self._directory)
            filing = file(
                submission,
                office,
                case_ref=ref,
                now=datetime.combine(day, time(9), UTC),
                receipt=mint(TERMS),
                reporter_tag=self.key_ring.pseudonym("reporter", person),
            )
            tx.cases.add(filing)
            case_changed(tx, filing.case, day)

        self.do(work)
        return ref

    def move(self, ref: str, action: Action, day: date, reason: MoveReason | None = None) -> Case:
        """A handler moves a case, with what follows from it."""

        def work(tx: SqlTransaction) -> Case:
            case = tx.cases.get(ref)
            assert case is not None
            actor = replace(HANDLER, id=case.handler_ids[0])
            moved = move(case, action, actor, day, reason)
            assert isinstance(moved, Moved), moved
            tx.cases.keep(moved.case, moved.entry)
            case_changed(tx, moved.case, day)
            return moved.case

        return self.do(work)

    def judge(
        self, finding_id: str, day: date, weight: Weight, *, is_for_company: bool = False
    ) -> None:
        """An analyst judges a finding that is there."""

        def work(tx: SqlTransaction) -> None:
            finding = tx.findings.get(finding_id)
            assert finding is not None
            judged = judge(
                finding,
                weight=weight,
                by=ASHA.id,
                reason="Seen on a visit.",
                today=day,
                is_for_company=is_for_company,
            )
            assert isinstance(judged, Finding), judged
            tx.findings.put(judged)

        self.do(work)

    def pass_to(self, today: date) -> None:
        """The daily round of that day."""

        def work(tx: SqlTransaction) -> None:
            for organisation_id, quarter in due_releases(tx, today):
                release_quarter(tx, organisation_id, quarter, today, salt=SALT)
            for organisation in tuple(tx.sites.organisations()):
                refresh_organisation(tx, organisation.id, today)

        self.do(work)


_DIGITS = str.maketrans("0123456789", "abcdefghij")


def _furnish(tx: SqlTransaction) -> None:
    for organisation in (IMPORTER, OTHER):
        tx.sites.put_organisation(organisation)
    for site in SITES:
        tx.sites.put_site(site)
    for link in LINKS:
        tx.sites.put_link(link)
    for team in (TEAM, URGENT, APPEAL):
        tx.people.put_team(team)
    for handler in (ASHA, URSULA, ZOE):
        tx.people.put_handler(handler, IDENTITIES[handler.id].recipient)
    tx.people.put_recovery(RECOVERY.recipient)
