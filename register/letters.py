"""Letters between a handler and the reporter, sealed both ways, also to somebody unknown.

Each letter is an envelope of its own with one part, named after the letter so that no letter can be
put in another's place. It opens for the handlers of the case, the recovery key and the receipt. Who
the reporter says that they are lies in a part of its own, for the handlers alone (L4): it is opened
apart, helpers do not get it, and it is erased earlier than the rest.
Called by the desk and by the reporter's pages and chat; stored with the log entry in one step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flows.values import Value
from register.account import Account
from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.clocks import TIMETABLE, Timetable, timed
from register.helping import Helper
from register.keys import Keys
from register.log import LogAction, LogEntry
from register.particulars import Particulars, Retaliation
from register.people import Role
from register.routing import Urgency, urgency_of
from register.sealed_parts import names_of, parts_of
from sealing.envelope import SealedEnvelope
from sealing.recipients import Recipient
from sealing.seal import add_part, seal

_CORRESPONDENTS = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})
_FOLLOWED_UP = frozenset({"danger", "retaliation", "child_or_trafficking", "anonymity", "ping"})
"""Which coded answers a reporter can change by writing back (G5, design §6)."""
_RANK = {Urgency.NORMAL: 0, Urgency.SOON: 1, Urgency.URGENT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One sealed letter."""

    id: str
    case_ref: str
    is_from_reporter: bool
    day: date
    envelope: SealedEnvelope
    blobs: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """The name of the part to open (`register.sealed_parts.names_of` for very long ones)."""
        return part_name(self.id)

    @property
    def story_names(self) -> tuple[str, ...]:
        """The parts of the envelope that hold the letter itself."""
        return names_of(self.part, self.envelope.names)

    @property
    def teller_part(self) -> str:
        """The name of the part that says who the reporter is; most letters have none."""
        return f"teller:{self.id}"

    @property
    def has_teller(self) -> bool:
        """Whether it says who the reporter is, or how to reach them; opens nothing."""
        return bool(names_of(self.teller_part, self.envelope.names))

    def without_teller(self) -> "Letter":
        """The letter with nothing in it of who the reporter is."""
        envelope = self.envelope
        for name in names_of(self.teller_part, envelope.names):
            envelope = envelope.without(name) or envelope
        return replace(self, envelope=envelope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is stored of a letter, in one transaction."""

    case: Case
    letter: Letter
    entry: LogEntry
    alerts: tuple[Alert, ...]


class LetterRefusal(StrEnum):
    """Why a letter was not sent."""

    NOT_YOUR_ROLE = "not_your_role"
    """Officers and operators write no letters."""
    NOT_YOUR_CASE = "not_your_case"
    ON_APPEAL = "on_appeal"
    """Only those who hear the appeal write while it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRefused:
    """Nothing was sealed."""

    reason: LetterRefusal


def part_name(letter_id: str) -> str:
    """The name of the part that holds this letter."""
    return f"letter:{letter_id}"


def write(
    case: Case,
    content: Account,
    actor: Actor,
    today: date,
    *,
    letter_id: str,
    keys: Keys,
    reporter: Recipient,
    helpers: Sequence[Helper] = (),
    logged_as: LogAction = LogAction.LETTER_TO_REPORTER,
) -> Sent | LetterRefused:
    """A handler's letter to the reporter, and to helpers who follow along."""
    refusal = _refusal_of(case, actor)
    if refusal is not None:
        return LetterRefused(reason=refusal)
    readers = _readers(case, keys, reporter, helpers)
    letter = _sealed(case, content, today, letter_id, readers, is_from_reporter=False)
    after, entry = record(case, logged_as, actor, today, subject=letter_id)
    return Sent(case=after, letter=letter, entry=entry, alerts=())


def write_back(
    case: Case,
    content: Account,
    today: date,
    *,
    letter_id: str,
    keys: Keys,
    reporter: Recipient,
    helpers: Sequence[Helper] = (),
    codes: Mapping[str, Value] | None = None,
    timetable: Timetable = TIMETABLE,
) -> Sent:
    """The reporter's letter, never refused. `codes` are those of the flow they wrote it with.

    News of danger or punishment raises the case's urgency, and nothing in a letter lowers it. How
    anonymous they are, and whether they are pinged, is as they say last.
    """
    readers = _readers(case, keys, reporter, helpers)
    story, teller = content.parted()
    letter = _sealed(case, story, today, letter_id, readers, is_from_reporter=True)
    if teller.entries:
        letter = _with_teller(letter, teller, keys.of(case.handler_ids))
    heard = timed(_heard(case, codes or {}), timetable)
    after, entry = record(
        heard, LogAction.LETTER_FROM_REPORTER, Actor(role=Role.REPORTER), today, subject=letter_id
    )
    kind = AlertKind.RETALIATION if _is_punished_since(case, after) else AlertKind.NEW_LETTER
    alert = Alert(kind=kind, case_ref=case.ref, urgency=after.urgency, to=case.handler_ids)
    return Sent(case=after, letter=letter, entry=entry, alerts=(alert,))


def _refusal_of(case: Case, actor: Actor) -> LetterRefusal | None:
    if actor.role not in _CORRESPONDENTS:
        return LetterRefusal.NOT_YOUR_ROLE
    if case.is_on_appeal and actor.role is Role.HANDLER:
        return LetterRefusal.ON_APPEAL
    if actor.id not in case.handler_ids:
        return LetterRefusal.NOT_YOUR_CASE
    return None


def _sealed(
    case: Case,
    content: Account,
    today: date,
    letter_id: str,
    readers: Sequence[Recipient],
    *,
    is_from_reporter: bool,
) -> Letter:
    parts = parts_of(part_name(letter_id), content)
    return Letter(
        id=letter_id,
        case_ref=case.ref,
        is_from_reporter=is_from_reporter,
        day=today,
        envelope=seal(case.ref, parts, readers),
        blobs=content.blobs,
    )


def _with_teller(letter: Letter, teller: Account, handlers: Sequence[Recipient]) -> Letter:
    envelope = letter.envelope
    for name, content in parts_of(letter.teller_part, teller).items():
        envelope = add_part(envelope, name, content, handlers)
    return replace(letter, envelope=envelope)


def _readers(
    case: Case, keys: Keys, reporter: Recipient, helpers: Sequence[Helper]
) -> tuple[Recipient, ...]:
    return keys.of(case.handler_ids, reporter, *(each.recipient for each in helpers))


def _heard(case: Case, codes: Mapping[str, Value]) -> Case:
    """The case with what the coded answers of a letter change."""
    said = {code: value for code, value in codes.items() if code in _FOLLOWED_UP}
    read, wrong = Particulars.as_far_as_read(said)
    said = {code: value for code, value in said.items() if code not in dict(wrong)}
    before = case.particulars
    after = replace(
        before,
        danger=read.danger or before.danger,
        retaliation=read.retaliation or before.retaliation,
        is_child_or_trafficking=read.is_child_or_trafficking or before.is_child_or_trafficking,
        anonymity=read.anonymity if "anonymity" in said else before.anonymity,
        wants_ping=read.wants_ping if "ping" in said else before.wants_ping,
    )
    urgency = max(case.urgency, urgency_of(after)[0], key=lambda each: _RANK[each])
    heard = replace(case, particulars=after, urgency=urgency)
    # Whoever is punished for speaking cannot wait until it is their turn (G5).
    return replace(heard, urgency=Urgency.URGENT) if _is_punished_since(case, heard) else heard


def _is_punished_since(before: Case, after: Case) -> bool:
    """Whether it was said only now that somebody was punished for speaking."""
    told = after.particulars.retaliation is Retaliation.YES
    return told and before.particulars.retaliation is not Retaliation.YES
