"""An open database without a writer, and values to keep in it: for tests of the shelves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import Engine

from register import log
from register.case import Actor, Case, CaseStatus, record
from register.clocks import promise
from register.filing import Filing
from register.log import LogEntry
from register.particulars import Particulars, Theme
from register.people import Handler, Role, Team, TeamKind
from register.routing import Routing, Urgency, UrgencyReason
from register.sites import Category, Organisation, Site, SiteKind, SupplyLink
from sealing.envelope import SealedEnvelope
from sealing.identifiers import new_id
from sealing.identities import new_identity
from sealing.key_ring import KeyRing, new_key_ring
from sealing.recipients import Recipient
from sealing.seal import seal
from storage.engines import open_engine
from storage.migrating import migrate
from storage.transaction import SqlTransaction

TODAY = date(2026, 11, 20)
KEY_RING = new_key_ring(TODAY)


class Ground:
    """One database: what is done in `writing` is committed at its end."""

    def __init__(self, url: str, key_ring: KeyRing = KEY_RING) -> None:
        self.url = url
        self.key_ring = key_ring
        self.engine: Engine = open_engine(url)
        migrate(self.engine)
        self._reader: Engine = open_engine(url, reads_only=True)

    @contextmanager
    def writing(self) -> Iterator[SqlTransaction]:
        """One unit of work."""
        with self.engine.begin() as connection:
            yield SqlTransaction(connection, self.key_ring)

    @contextmanager
    def reading(self) -> Iterator[SqlTransaction]:
        """One snapshot."""
        with self._reader.connect() as connection, connection.begin():
            yield SqlTransaction(connection, self.key_ring)

    def close(self) -> None:
        """Let go of it."""
        self._reader.dispose()
        self.engine.dispose()


@cache
def somebody() -> Recipient:
    """The public key of somebody; making one takes longer than a test should."""
    return new_identity().recipient


@cache
def _envelope_once(ref: str) -> SealedEnvelope:
    return seal(ref, {"account": b"sealed words"}, (somebody(),))


def envelope(ref: str) -> SealedEnvelope:
    """An envelope of this case."""
    return replace(_envelope_once("some case"), case_ref=ref)


def organisation(**more: object) -> Organisation:
    """An organisation with a new id."""
    made = Organisation(
        id=new_id(), name="Sample Stone", category=Category.C, employees=60, turnover_eur=9_000_000
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def site(**more: object) -> Site:
    """A site with a new id and code."""
    made = Site(
        id=new_id(), code=new_id()[:8], name="Sample Quarry", local_names={"hi": "खदान"},
        country="IN", region="Rajasthan", kind=SiteKind.QUARRY, workers=120, is_risk_country=True,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def handler(**more: object) -> Handler:
    """A handler with a new id."""
    made = Handler(id=new_id(), name="Asha Sample", team_id="regular", languages=frozenset({"hi"}))
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


TEAM = Team(id="regular", name="Regular", kind=TeamKind.REGULAR)


def case(**more: object) -> Case:
    """A case with a new reference, nothing of it logged."""
    ref = str(more.get("ref") or new_id())
    made = Case(
        ref=ref,
        status=CaseStatus.RECEIVED,
        particulars=Particulars(theme=Theme.HEALTH_SAFETY),
        language="hi",
        urgency=Urgency.NORMAL,
        filed_on=TODAY,
        moved_on=TODAY,
        log=log.start(ref),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def filing(of: Case, *, lookup: str | None = None, blobs: tuple[str, ...] = ()) -> Filing:
    """What filing it would give to be kept; the case in it has one entry in its log."""
    logged, entry = record(of, "filed", Actor(role=Role.REPORTER), of.filed_on)
    return Filing(
        case=logged,
        envelope=envelope(of.ref),
        entries=(entry,),
        routing=Routing(
            handler_ids=of.handler_ids,
            recovery_id="recovery",
            team_id="regular",
            urgency=of.urgency,
            urgency_reason=next(iter(UrgencyReason)),
            excluded=(),
            reasons=(),
        ),
        alerts=(),
        promise=promise(of.filed_on),
        receipt_lookup=lookup or new_id() * 2,
        reporter=somebody(),
        blobs=blobs,
    )


def changed(of: Case, **more: object) -> tuple[Case, LogEntry]:
    """The case with these fields and one more entry in its log."""
    changed_case = replace(of, **more)  # type: ignore[arg-type]  # a test says which field
    actor = Actor(role=Role.HANDLER, id="h" * 26)
    return record(changed_case, "noted", actor, changed_case.moved_on)


def link(organisation_id: str, site_id: str, **more: object) -> SupplyLink:
    """A supply link."""
    made = SupplyLink(organisation_id=organisation_id, site_id=site_id, product="sandstone", tier=2)
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field
