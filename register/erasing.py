"""What is erased of a closed case, and when (L4): who told it, what was told, at last all of it.

Carried out by the service's daily round (`service.erasing`). Erasing is one transaction a case, so
that whatever breaks it off, a case is erased or it is not, and the next round finds what is left.

    closed + `erase_identity`             who told it, and how to reach them
    closed + `erase_account_after_days`   what was told, letters, papers, files, the summary's draft
    closed + `keep_record_years`          the anonymised record: coded particulars, days, the log

Of a record there stays what was counted or released, which names no case, and a tombstone of its
log (`register.checkpoints`). A case that was opened again in between is not closed, and nothing of
it is due; a case that is held back from erasure has later days (`register.hold`).
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from register.account import Account, dump_account
from register.case import Actor, Case, record
from register.clocks import TIMETABLE, Timetable, erasures, timed
from register.hold import BINDING
from register.keys import Keys
from register.log import LogAction, LogEntry
from register.people import Role
from register.sealed_parts import ACCOUNT, IDENTITY, names_of
from sealing.envelope import SealedEnvelope
from sealing.recipients import Recipient
from sealing.seal import seal

_RULE = Actor(role=Role.RULE)


class Erasable(StrEnum):
    """What can be due."""

    IDENTITY = "identity"
    ACCOUNT = "account"
    RECORD = "record"
    """All that is left: then nothing else is due."""


def due(case: Case, today: date, timetable: Timetable = TIMETABLE) -> frozenset[Erasable]:
    """What is to be erased of the case by now."""
    days = erasures(case, timetable)
    if days is None:
        return frozenset()
    if days.record_on <= today:
        return frozenset({Erasable.RECORD})
    found = set()
    if case.identity_erased_on is None and days.identity_on <= today:
        found.add(Erasable.IDENTITY)
    if case.account_erased_on is None and days.account_on <= today:
        found.add(Erasable.ACCOUNT)
    return frozenset(found)


def erased(
    case: Case, what: frozenset[Erasable], today: date, timetable: Timetable = TIMETABLE
) -> tuple[Case, tuple[LogEntry, ...]]:
    """The case without it, and the entries that say so; to be stored with the envelope.

    Of a record nothing is left that could say so.
    """
    entries = []
    if Erasable.IDENTITY in what:
        case = replace(case, identity_erased_on=today)
        case, entry = record(case, LogAction.IDENTITY_ERASED, _RULE, today)
        entries.append(entry)
    if Erasable.ACCOUNT in what:
        case = replace(case, account_erased_on=today)
        case, entry = record(case, LogAction.ACCOUNT_ERASED, _RULE, today)
        entries.append(entry)
    return timed(case, timetable), tuple(entries)


def forgotten(case: Case, today: date) -> tuple[Case, LogEntry] | None:
    """The case of a reporter who wants to be known to nobody any more, whatever its days; to be
    stored with the envelope and the letters without them. None where the law forbids erasing."""
    hold = case.hold
    if hold is not None and hold.holds(today) and hold.reason in BINDING:
        return None
    return record(case, LogAction.IDENTITY_ERASED, Actor(role=Role.REPORTER), today)


def without_identity(envelope: SealedEnvelope) -> SealedEnvelope:
    """The envelope without the parts that say who told it."""
    for name in names_of(IDENTITY, envelope.names):
        envelope = envelope.without(name) or envelope
    return envelope


def emptied(case: Case, keys: Keys, reporter: Recipient) -> SealedEnvelope:
    """An envelope in which nothing is told any more, sealed to those who could read it."""
    nothing = Account(flow="erased", version=1, language=case.language, entries=())
    readers = keys.of(case.handler_ids, reporter)
    return seal(case.ref, {ACCOUNT: dump_account(nothing)}, readers)
