"""A case goes to other readers, away from a conflict of interest or to those who hear an appeal.

Who they are is `register.handover`'s rule. Here everything that is sealed to the earlier readers is
sealed anew to the new ones and to nobody else: envelope, letters, summary. The sealing is done
before the transaction and kept only if nobody changed the case meanwhile.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from intake.ports import Transaction
from register.alerts import Alert, AlertKind
from register.case import Actor, Case
from register.errors import StaleCaseError
from register.handover import HandedOver, HandoverRefusal, HandoverRefused, hand_over, reroute
from register.helping import Helper, with_helpers
from register.keys import Keys
from register.letters import Letter
from register.papers import Paper
from register.people import ConflictOfInterest, Staff
from register.readers import let_in
from register.sealed_parts import ACCOUNT, names_of
from register.summary import Summary
from sealing.envelope import SealedEnvelope
from sealing.identities import Identity
from sealing.opening import can_open, rewrap
from sealing.recipients import Recipient
from web.desk.house import Desk

TRIES = 3
"""How often it is done anew when somebody else was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealed:
    """Everything of a case that is sealed to its readers, and who they are to be."""

    handed: HandedOver
    envelope: SealedEnvelope
    letters: tuple[Letter, ...]
    papers: tuple[Paper, ...]
    summary: Summary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    case: Case
    staff: Staff
    keys: Keys
    country: str | None
    envelope: SealedEnvelope
    letters: tuple[Letter, ...]
    papers: tuple[Paper, ...]
    summary: Summary | None
    reporter: Recipient
    helpers: tuple[Helper, ...]


async def hand_on(
    desk: Desk, ref: str, actor: Actor, identity: Identity, tie: ConflictOfInterest | None
) -> HandedOver | HandoverRefused:
    """The case with others, durable; or why it stays.

    With a `tie` the handler is kept out of it from now on, whether or not somebody can take it; if
    nobody can, the operator is alerted.
    """

    def routed(found: _Found) -> HandedOver | HandoverRefused:
        routing = reroute(found.case, found.staff, desk.today, country=found.country)
        return hand_over(found.case, routing, actor, desk.today)

    handed = await _sealed_anew(desk, ref, actor, identity, tie, routed)
    if isinstance(handed, HandoverRefused) and handed.reason is HandoverRefusal.NOBODY_TO_TAKE_IT:
        await desk.storage.transaction(_declaring(ref, actor, tie, desk.today))
    return handed


async def let_colleague_in(
    desk: Desk, ref: str, actor: Actor, identity: Identity, colleague: str, *, instead: bool
) -> HandedOver | HandoverRefused:
    """The case read by a colleague as well, or by them instead, durable; or why not."""

    def chosen(found: _Found) -> HandedOver | HandoverRefused:
        return let_in(found.case, colleague, found.staff, actor, desk.today, instead=instead)

    return await _sealed_anew(desk, ref, actor, identity, None, chosen)


async def _sealed_anew(
    desk: Desk,
    ref: str,
    actor: Actor,
    identity: Identity,
    tie: ConflictOfInterest | None,
    decide: "Callable[[_Found], HandedOver | HandoverRefused]",
) -> HandedOver | HandoverRefused:
    """What `decide` says of the case as it is, with everything sealed to its readers of then."""
    for _ in range(TRIES):
        found = await desk.storage.read(lambda tx: _find(tx, ref, actor, tie))
        if found is None:
            return HandoverRefused(reason=HandoverRefusal.NOT_YOUR_CASE)
        handed = decide(found)
        if isinstance(handed, HandoverRefused):
            return handed
        sealed = await asyncio.to_thread(_resealed, found, handed, identity)
        try:
            await desk.storage.transaction(_keeping(sealed, actor, tie, desk.today))
        except StaleCaseError:
            continue
        return handed
    raise StaleCaseError("others kept changing the case")


def _find(tx: Transaction, ref: str, actor: Actor, tie: ConflictOfInterest | None) -> _Found | None:
    case = tx.cases.get(ref)
    if case is None or actor.id not in case.handler_ids:
        return None
    site = None if case.site_id is None else tx.sites.site(case.site_id)
    keys = tx.people.keys()
    return _Found(
        case=case,
        staff=_with_tie(keys.known_to(tx.people.staff()), actor, tie),
        keys=keys,
        country=None if site is None else site.country,
        envelope=tx.cases.envelope(ref),
        letters=tx.letters.of_case(ref),
        papers=tx.papers.of_case(ref),
        summary=tx.summaries.of_case(ref),
        reporter=tx.cases.reporter(ref),
        helpers=tx.helpers.of_case(ref),
    )


def _with_tie(staff: Staff, actor: Actor, tie: ConflictOfInterest | None) -> Staff:
    if tie is None:
        return staff
    handlers = tuple(
        replace(each, ties=(*each.ties, tie)) if each.id == actor.id else each
        for each in staff.handlers
    )
    return replace(staff, handlers=handlers)


def _resealed(found: _Found, handed: HandedOver, identity: Identity) -> _Sealed:
    """Sealed to exactly the new readers; the reporter keeps what was theirs to read."""
    readers = found.keys.of(handed.case.handler_ids)
    with_reporter = found.keys.of(handed.case.handler_ids, found.reporter)
    story = names_of(ACCOUNT, found.envelope.names)
    others = tuple(name for name in found.envelope.names if name not in story)
    envelope = rewrap(found.envelope, identity, with_reporter, parts=story)
    # Who told it stays closed to those who hear an appeal, and what is closed cannot be passed on.
    others = tuple(name for name in others if can_open(envelope, name, identity))
    if others:
        envelope = rewrap(envelope, identity, readers, parts=others)
    letters = tuple(
        replace(
            each,
            envelope=rewrap(
                each.envelope, identity, with_helpers(with_reporter, each.envelope, found.helpers)
            ),
        )
        for each in found.letters
    )
    summary = found.summary
    if summary is not None:
        summary = replace(summary, envelope=rewrap(summary.envelope, identity, with_reporter))
    papers = tuple(
        replace(each, envelope=rewrap(each.envelope, identity, readers))
        for each in found.papers
        if can_open(each.envelope, each.part, identity)
    )
    return _Sealed(
        handed=handed, envelope=envelope, letters=letters, papers=papers, summary=summary
    )


def _keeping(
    sealed: _Sealed, actor: Actor, tie: ConflictOfInterest | None, today: date
) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        # First: it refuses where somebody changed the case since it was read.
        tx.cases.keep(sealed.handed.case, sealed.handed.entry)
        tx.cases.replace_envelope(sealed.envelope)
        for letter in sealed.letters:
            tx.letters.replace(letter)
        for paper in sealed.papers:
            tx.papers.replace(paper)
        if _version(tx.summaries.of_case(sealed.handed.case.ref)) != _version(sealed.summary):
            raise StaleCaseError("somebody drafted another summary")
        if sealed.summary is not None:
            tx.summaries.put(sealed.summary)
        if tie is not None and actor.id is not None:
            tx.people.declare(actor.id, tie)
        for alert in sealed.handed.alerts:
            tx.outbox.put(alert, today)

    return work


def _version(summary: Summary | None) -> int:
    """Drafts stand in no log, so their version tells whether they changed."""
    return 0 if summary is None else summary.version


def _declaring(
    ref: str, actor: Actor, tie: ConflictOfInterest | None, today: date
) -> Callable[[Transaction], None]:
    """Nobody can take it: the tie holds all the same, and the operator has to find somebody."""

    def work(tx: Transaction) -> None:
        if tie is not None and actor.id is not None:
            tx.people.declare(actor.id, tie)
        case = tx.cases.get(ref)
        if case is not None:
            alert = Alert(kind=AlertKind.UNROUTED, case_ref=ref, urgency=case.urgency)
            tx.outbox.put(alert, today)

    return work
