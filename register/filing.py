"""A submission becomes a case: read, routed, sealed and logged in one pure step.

Called by `intake` once the receipt is minted; what it gives is stored in one transaction. After it
nobody on this side can read what was told. Nothing that a reporter sends is refused here: coded
answers that do not fit are sealed with the account and the operator is told that the flow is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from flows.submission import AccountEntry, Submission
from flows.values import Text, Value
from register import log
from register.account import Account
from register.alerts import Alert, AlertKind
from register.case import Actor, Case, CaseStatus, record
from register.clocks import TIMETABLE, Promise, Timetable, promise, timed
from register.conflicts import Subjects, named_in
from register.keys import Keys
from register.log import LogAction, LogEntry
from register.particulars import CODES, Particulars
from register.people import Role, Staff
from register.routing import Matter, Routing, route
from register.sealed_parts import ACCOUNT, IDENTITY, parts_of
from register.sites import Organisation, Site
from sealing.envelope import SealedEnvelope
from sealing.receipts import MintedReceipt
from sealing.recipients import Recipient
from sealing.seal import add_part, seal

CONFLICT_OF_INTEREST = "conflict_of_interest"
"""The only reason logged for a member who is kept out: a finer one could tell who is named."""


class SiteLookup(Protocol):
    """What filing asks of the sites; `register.directory.SiteDirectory` is one."""

    def site(self, site_id: str) -> Site | None:
        """The site with this id."""

    def organisations_of(self, site_id: str) -> tuple[Organisation, ...]:
        """Whose chain it is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the house knows when something is filed: people, keys, sites, time limits."""

    staff: Staff
    keys: Keys
    sites: SiteLookup
    timetable: Timetable = TIMETABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Everything to be stored of a new case, and what the reporter is told."""

    case: Case
    envelope: SealedEnvelope
    entries: tuple[LogEntry, ...]
    """The beginning of the case's log: filed, then who was kept out."""
    routing: Routing
    alerts: tuple[Alert, ...]
    promise: Promise
    receipt_lookup: str = field(repr=False)
    """Finds the case for whoever has the receipt."""
    reporter: Recipient
    """To whom letters of this case are sealed as well."""
    blobs: tuple[str, ...]
    """The sealed files that belong to the case."""


def file(
    submission: Submission,
    office: Office,
    *,
    case_ref: str,
    now: datetime,
    receipt: MintedReceipt,
    reporter_tag: str | None = None,
) -> Filing:
    """The case that a submission makes. `now` is aware, in UTC; only its day stays readable.

    `reporter_tag` is a pseudonym that is the same for one person within a quarter (K7).
    """
    today = now.date()
    read = _read(submission.particulars, office.sites)
    told = Account(
        flow=submission.flow,
        version=submission.version,
        language=submission.language,
        told_at=now,
        entries=(*submission.account, *read.kept_sealed),
    )
    matter = _matter(read.particulars, told, office, case_ref, today)
    routing = route(matter, office.keys.known_to(office.staff), today)
    case, entries = _logged(_opened(matter, routing, office, reporter_tag, today), routing, today)
    return Filing(
        case=timed(case, office.timetable),
        envelope=_sealed(told, case, office.keys, receipt.recipient),
        entries=entries,
        routing=routing,
        alerts=_alerts(case, routing, is_misfit=read.is_misfit),
        promise=promise(today, office.timetable),
        receipt_lookup=receipt.lookup,
        reporter=receipt.recipient,
        blobs=told.blobs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What became of a submission's coded answers."""

    particulars: Particulars
    kept_sealed: tuple[AccountEntry, ...]
    is_misfit: bool


def _read(codes: Mapping[str, Value], sites: SiteLookup) -> _Read:
    """The particulars, and every coded answer that is none of them as a sealed one."""
    particulars, faults = Particulars.as_far_as_read(codes)
    wrong = set(dict(faults))
    if particulars.site_id is not None and sites.site(particulars.site_id) is None:
        particulars = replace(particulars, site_id=None)
        wrong.add("site")
    kept = tuple(
        AccountEntry(path=code, label=Text(msgid=code, is_literal=True), value=value)
        for code, value in codes.items()
        if code in wrong or code not in CODES
    )
    return _Read(particulars=particulars, kept_sealed=kept, is_misfit=bool(wrong))


def _matter(
    particulars: Particulars, told: Account, office: Office, case_ref: str, today: date
) -> Matter:
    site = None if particulars.site_id is None else office.sites.site(particulars.site_id)
    organisations = () if site is None else office.sites.organisations_of(site.id)
    subjects = Subjects(
        case_ref=case_ref,
        site_id=particulars.site_id,
        organisation_ids=frozenset(each.id for each in organisations),
        named=named_in(told.words, office.staff, today),
    )
    return Matter(
        particulars=particulars,
        language=told.language,
        country=None if site is None else site.country,
        subjects=subjects,
    )


def _opened(
    matter: Matter, routing: Routing, office: Office, reporter_tag: str | None, today: date
) -> Case:
    case_ref = matter.subjects.case_ref
    if case_ref is None:
        raise AssertionError("a case is filed under a reference")
    site_id = matter.particulars.site_id
    organisations = () if site_id is None else office.sites.organisations_of(site_id)
    return Case(
        ref=case_ref,
        status=CaseStatus.RECEIVED,
        particulars=matter.particulars,
        language=matter.language,
        urgency=routing.urgency,
        organisation_ids=tuple(each.id for each in organisations),
        is_small_company=bool(organisations) and all(each.is_small for each in organisations),
        team_id=routing.team_id,
        handler_ids=routing.handler_ids,
        kept_out_ids=tuple(each.handler_id for each in routing.excluded),
        filed_on=today,
        moved_on=today,
        reporter_tag=reporter_tag,
        log=log.start(case_ref),
    )


def _logged(case: Case, routing: Routing, today: date) -> tuple[Case, tuple[LogEntry, ...]]:
    reporter, rule = Actor(role=Role.REPORTER), Actor(role=Role.RULE)
    logged, filed = record(case, LogAction.FILED, reporter, today, routing.urgency_reason)
    entries = [filed]
    for each in routing.excluded:
        logged, kept_out = record(
            logged, LogAction.KEPT_OUT, rule, today, CONFLICT_OF_INTEREST, each.handler_id
        )
        entries.append(kept_out)
    return logged, tuple(entries)


def _sealed(told: Account, case: Case, keys: Keys, reporter: Recipient) -> SealedEnvelope:
    """The story to the readers and the reporter; who told it to the readers alone."""
    story, identity = told.parted()
    envelope = seal(case.ref, parts_of(ACCOUNT, story), keys.of(case.handler_ids, reporter))
    if identity.entries:
        for name, content in parts_of(IDENTITY, identity).items():
            envelope = add_part(envelope, name, content, keys.of(case.handler_ids))
    return envelope


def _alerts(case: Case, routing: Routing, *, is_misfit: bool) -> tuple[Alert, ...]:
    def alert(kind: AlertKind, to: tuple[str, ...] = ()) -> Alert:
        return Alert(kind=kind, case_ref=case.ref, urgency=case.urgency, to=to)

    alerts = []
    if routing.unroutable is None:
        alerts.append(alert(AlertKind.NEW_CASE, case.handler_ids))
    else:
        alerts.append(alert(AlertKind.UNROUTED))
    if is_misfit:
        alerts.append(alert(AlertKind.FLOW_MISFIT))
    return tuple(alerts)
