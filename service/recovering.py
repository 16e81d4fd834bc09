"""Hands cases that no handler can open to those who may, with the recovery key from the safe.

A case is left without a reader when it came before there was a handler, when everybody was kept
out, or when pass phrases were lost. The recovery key is in memory for the length of one command.
Nothing is shown: a case is sealed anew to whom routing finds, and the log says so. Whoever was not
there when it came in, and is named by its words, does not get it. Called by `gehoor recover`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from register.case import Actor, Case
from register.errors import StaleCaseError
from register.handover import HandedOver, HandoverRefused, hand_over, reroute
from register.keys import Keys
from register.people import Role, Staff
from sealing.identities import Identity
from sealing.recovery import RecoveryMistakeReason, read_recovery_text
from service.foundations import Records
from service.refusals import Refused
from storage.transaction import SqlTransaction
from web.desk.naming import without_named
from web.desk.resealing import SealedCase, keep_sealed, sealed_anew, sealed_case

_AT_ONCE = 500
_RULE = Actor(role=Role.RULE)
_MISTAKES = {
    RecoveryMistakeReason.TOO_SHORT: "some letters are missing: it has 64",
    RecoveryMistakeReason.TOO_LONG: "there are too many letters: it has 64",
    RecoveryMistakeReason.NOT_LETTERS: "it has letters A to Z and digits 2 to 7 only",
    RecoveryMistakeReason.CHECKSUM: "a letter is wrong: compare it with the paper, line by line",
    RecoveryMistakeReason.UNKNOWN_VERSION: "it was made by a later version of Gehoor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What came of it."""

    handed: int
    """Cases that have readers again."""
    left: int
    """Cases that nobody may take."""


def recovery_identity(kept: Records, typed: str) -> Identity:
    """The recovery key as it was typed. Raises `Refused` where it is another, or misread."""
    identity = read_recovery_text(typed)
    if not isinstance(identity, Identity):
        raise Refused(f"this is not a recovery key: {_MISTAKES[identity.reason]}")
    if identity.recipient != kept.read(lambda tx: tx.people.keys()).recovery:
        raise Refused("this is a recovery key, but not that of this installation")
    return identity


def recover(
    kept: Records, identity: Identity, today: date, tell: Callable[[Recovered], None]
) -> Recovered:
    """Hand over every case without a reader; `tell` hears of each."""
    done = Recovered(handed=0, left=0)
    for ref in kept.read(lambda tx: tuple(_orphans(tx))):
        if _handed_over(kept, ref, identity, today):
            done = replace(done, handed=done.handed + 1)
        else:
            done = replace(done, left=done.left + 1)
        tell(done)
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A case, who could have it, and everything that is sealed to its readers."""

    case: Case
    staff: Staff
    keys: Keys
    country: str | None
    sealed: SealedCase


def _orphans(tx: SqlTransaction) -> Iterator[str]:
    staff = tx.people.keys().known_to(tx.people.staff())
    readers = {each.id for each in staff.handlers if each.is_active and each.has_key}
    after = None
    while page := tx.cases.refs(after=after, limit=_AT_ONCE):
        for ref in page:
            case = tx.cases.get(ref)
            if case is not None and readers.isdisjoint(case.handler_ids):
                yield ref
        after = page[-1]


def _handed_over(kept: Records, ref: str, identity: Identity, today: date) -> bool:
    found = kept.read(lambda tx: _find(tx, ref))
    case, kept_out = without_named(found.case, found.sealed, identity, found.staff, today)
    routing = reroute(case, found.staff, today, country=found.country)
    handed = hand_over(case, routing, _RULE, today)
    if isinstance(handed, HandoverRefused):
        return False
    handed = replace(handed, before=kept_out)
    try:
        kept.write(_keeping(found, handed, identity, today))
    except StaleCaseError:  # somebody was at it just now, so it has a reader
        return False
    return True


def _find(tx: SqlTransaction, ref: str) -> _Found:
    case = tx.cases.get(ref)
    if case is None:
        raise Refused(f"the case {ref} is gone")
    site = None if case.site_id is None else tx.sites.site(case.site_id)
    keys = tx.people.keys()
    return _Found(
        case=case,
        staff=keys.known_to(tx.people.staff()),
        keys=keys,
        country=None if site is None else site.country,
        sealed=sealed_case(tx, ref),
    )


def _keeping(
    found: _Found, handed: HandedOver, identity: Identity, today: date
) -> Callable[[SqlTransaction], None]:
    """Everything sealed anew, then the unit of work that keeps it."""
    sealed = sealed_anew(found.sealed, handed.case, found.keys, identity)

    def work(tx: SqlTransaction) -> None:
        keep_sealed(tx, handed, sealed)
        for alert in handed.alerts:
            tx.outbox.put(alert, today)

    return work
