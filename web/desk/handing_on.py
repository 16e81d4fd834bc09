"""A case goes to other readers, away from a conflict of interest or to those who hear an appeal.

Who they are is `register.handover`'s rule, what they get is `web.desk.resealing`'s. The sealing is
done before the transaction and kept only if nobody changed the case meanwhile. Somebody who began
after a case came in was not compared with its words then; they are before they are let in
(`web.desk.naming`).
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
from register.keys import Keys
from register.people import ConflictOfInterest, Staff
from register.readers import let_in
from sealing.identities import Identity
from web.desk.house import Desk
from web.desk.naming import without_named
from web.desk.resealing import SealedCase, keep_sealed, sealed_anew, sealed_case

TRIES = 3
"""How often it is done anew when somebody else was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    case: Case
    staff: Staff
    keys: Keys
    country: str | None
    sealed: SealedCase


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
        case, kept_out = await asyncio.to_thread(
            without_named, found.case, found.sealed, identity, found.staff, desk.today
        )
        handed = decide(replace(found, case=case))
        if isinstance(handed, HandoverRefused):
            return handed
        handed = replace(handed, before=kept_out)
        sealed = await asyncio.to_thread(
            sealed_anew, found.sealed, handed.case, found.keys, identity
        )
        try:
            await desk.storage.transaction(_keeping(handed, sealed, actor, tie, desk.today))
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
        sealed=sealed_case(tx, ref),
    )


def _with_tie(staff: Staff, actor: Actor, tie: ConflictOfInterest | None) -> Staff:
    if tie is None:
        return staff
    handlers = tuple(
        replace(each, ties=(*each.ties, tie)) if each.id == actor.id else each
        for each in staff.handlers
    )
    return replace(staff, handlers=handlers)


def _keeping(
    handed: HandedOver,
    sealed: SealedCase,
    actor: Actor,
    tie: ConflictOfInterest | None,
    today: date,
) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        keep_sealed(tx, handed, sealed)
        if tie is not None and actor.id is not None:
            tx.people.declare(actor.id, tie)
        for alert in handed.alerts:
            tx.outbox.put(alert, today)

    return work


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
