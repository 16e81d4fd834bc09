"""The log of a case: who did what on which day, in a chain that shows every change.

Each entry carries the digest of the one before it, and the case carries the digest and number of
the last. A changed, missing, added or reordered entry breaks the chain; a cut-off end shows
against the case. A checkpoint is one digest over the last entries of all cases on a day
(`register.checkpoints`); printed or kept elsewhere, it shows also what was changed by somebody who
rewrote entries and case alike.

There is a chain per case, not one for all: a common chain would tell in which order people came.
Entries hold codes and ids, never words. Written by `register.transitions` and the others that act
on a case; verified by the audit command.

Format 1: SHA-256 over the JSON array [1, case, number, day, role, actor, action, reason,
subject, status, previous]. It may grow only under a new number, with the old one still verified.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import orjson

from register.people import Role

_FORMAT = 1


class LogAction(StrEnum):
    """What is logged besides the moves of `register.transitions.Action`. Never reuse a value."""

    FILED = "filed"
    KEPT_OUT = "kept_out"
    """A conflict of interest kept `subject` from reading the case; which tie is not said here."""
    OPENED = "opened"
    """A handler opened the envelope."""
    HANDED_OVER = "handed_over"
    LETTER_FROM_REPORTER = "letter_from_reporter"
    LETTER_TO_REPORTER = "letter_to_reporter"
    SUMMARY_OFFERED = "summary_offered"
    SUMMARY_APPROVED = "summary_approved"
    SUMMARY_DECLINED = "summary_declined"
    SUMMARY_SHARED = "summary_shared"
    SUMMARY_WITHDRAWN = "summary_withdrawn"
    PAPER_ADDED = "paper_added"
    """Handlers wrote something for each other; the reason is the kind of paper."""
    MEASURE_DONE = "measure_done"
    MEASURE_JUDGED = "measure_judged"
    """Those harmed said whether it is put right; the reason is what they said."""
    DECISION_PROPOSED = "decision_proposed"
    """One handler proposes; the reason is the action that they propose."""
    PROPOSAL_DROPPED = "proposal_dropped"
    READERS_ADDED = "readers_added"
    """Somebody reads it as well from now on: `subject`."""
    REMEDY_JUDGED = "remedy_judged"
    """The reporter said whether it is put right; the reason is what they said (G14)."""
    TREATMENT_SAID = "treatment_said"
    RELATED = "related"
    """It has to do with another case: `subject` is a digest of both (`register.relating`)."""
    UNRELATED = "unrelated"
    COMPANY_ASKED = "company_asked"
    """A company is asked something: `subject`; the reason is what."""
    COMPANY_ANSWERED = "company_answered"
    COMPANY_REQUEST_ENDED = "company_request_ended"
    """Settled, or taken back; the reason says which."""
    HELPER_LET_IN = "helper_let_in"
    """The reporter made a receipt for somebody who follows along."""
    HELPERS_TAKEN_BACK = "helpers_taken_back"
    EXTRACT_ASKED = "extract_asked"
    """A letter asks the reporter whether its words may be said to the other side (G13): `subject`
    is the letter, as in the next four (`register.other_side`)."""
    EXTRACT_AGREED = "extract_agreed"
    EXTRACT_DECLINED = "extract_declined"
    EXTRACT_TAKEN_BACK = "extract_taken_back"
    EXTRACT_TOLD = "extract_told"
    IDENTITY_ERASED = "identity_erased"
    ACCOUNT_ERASED = "account_erased"
    """What was told, letters, papers and files are gone (L4)."""
    ESCALATED = "escalated"
    """A day that the desk owed was missed, and the team was told; the reason is the clock."""
    HOLD_PROPOSED = "hold_proposed"
    """One reader wants it held back from erasure; the reason is a `HoldReason`, as in the next."""
    HOLD_RELEASE_PROPOSED = "hold_release_proposed"
    HOLD_PROPOSAL_DROPPED = "hold_proposal_dropped"
    HELD = "held"
    HOLD_RELEASED = "hold_released"
    HOLD_ENDING = "hold_ending"
    """Those who placed it were told that it ends soon (`register.hold_ending`)."""
    DANGER_DISCLOSED = "danger_disclosed"
    """The exception of K9: danger to life, led by a handler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTip:
    """Where a case's log ends."""

    length: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One thing that was done. `number` counts from 1 within the case."""

    case_ref: str
    number: int
    day: date
    role: Role
    actor_id: str | None
    """None for the reporter, who has no id, and for a rule."""
    action: str
    """An `Action` or a `LogAction`."""
    reason: str | None
    """A code of a closed set."""
    subject: str | None
    """Whom or what it was about: the id of a handler, a letter, a summary."""
    status: str
    """The case's status after it."""
    previous: str
    digest: str

    @property
    def tip(self) -> LogTip:
        """The log's end if this is the last entry."""
        return LogTip(length=self.number, digest=self.digest)


def start(case_ref: str) -> LogTip:
    """The tip of a log that has no entries yet."""
    return LogTip(length=0, digest=_hashed([_FORMAT, case_ref]))


def append(
    tip: LogTip,
    *,
    case_ref: str,
    day: date,
    role: Role,
    actor_id: str | None,
    action: str,
    reason: str | None,
    subject: str | None,
    status: str,
) -> LogEntry:
    """The next entry of a case's log."""
    entry = LogEntry(
        case_ref=case_ref,
        number=tip.length + 1,
        day=day,
        role=role,
        actor_id=actor_id,
        action=action,
        reason=reason,
        subject=subject,
        status=status,
        previous=tip.digest,
        digest="",
    )
    return _with_digest(entry)


class LogFaultKind(StrEnum):
    """What is wrong with a log."""

    MISSING = "missing"
    """One or more entries before this number are gone."""
    OUT_OF_ORDER = "out_of_order"
    """The entry stands where another belongs, or stands there twice."""
    CHANGED = "changed"
    """The entry is not what was written."""
    BROKEN_LINK = "broken_link"
    """The entry does not follow the one before it: that one was replaced."""
    FOREIGN = "foreign"
    """The entry is of another case."""
    BACKDATED = "backdated"
    """The entry's day is before that of the entry before it."""
    WRONG_END = "wrong_end"
    """The log does not end where the case says: cut off, added to, or replaced."""
    NO_CASE = "no_case"
    """The log is there, and its case is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFault:
    """One fault, at the entry with this number (for a wrong end: the number that was expected)."""

    kind: LogFaultKind
    number: int


def verify(
    entries: Sequence[LogEntry], case_ref: str, tip: LogTip | None = None
) -> tuple[LogFault, ...]:
    """Every fault in a case's log, in its order; empty when it is whole.

    `tip` is what the case says its log ends with; without it a cut-off end cannot be seen.
    """
    faults: list[LogFault] = []
    last = start(case_ref)
    day = date.min
    for entry in entries:
        kinds = _faults(entry, case_ref, last, day)
        faults += [LogFault(kind=kind, number=entry.number) for kind in kinds]
        last, day = entry.tip, entry.day
    if tip is not None and last != tip:
        faults.append(LogFault(kind=LogFaultKind.WRONG_END, number=tip.length))
    return tuple(faults)


def tip_on(entries: Iterable[LogEntry], case_ref: str, day: date) -> LogTip:
    """Where a log ended at the end of a day; no entry is ever dated back."""
    last = start(case_ref)
    for entry in entries:
        if entry.day <= day:
            last = entry.tip
    return last


def _faults(entry: LogEntry, case_ref: str, last: LogTip, day: date) -> list[LogFaultKind]:
    kinds = []
    if entry.case_ref != case_ref:
        kinds.append(LogFaultKind.FOREIGN)
    if entry.number > last.length + 1:
        kinds.append(LogFaultKind.MISSING)
    elif entry.number <= last.length:
        kinds.append(LogFaultKind.OUT_OF_ORDER)
    elif entry.previous != last.digest:
        kinds.append(LogFaultKind.BROKEN_LINK)
    if _with_digest(entry).digest != entry.digest:
        kinds.append(LogFaultKind.CHANGED)
    if entry.day < day:
        kinds.append(LogFaultKind.BACKDATED)
    return kinds


def _with_digest(entry: LogEntry) -> LogEntry:
    said = [
        _FORMAT,
        entry.case_ref,
        entry.number,
        entry.day.isoformat(),
        entry.role.value,
        entry.actor_id,
        entry.action,
        entry.reason,
        entry.subject,
        entry.status,
        entry.previous,
    ]
    return LogEntry(
        case_ref=entry.case_ref,
        number=entry.number,
        day=entry.day,
        role=entry.role,
        actor_id=entry.actor_id,
        action=entry.action,
        reason=entry.reason,
        subject=entry.subject,
        status=entry.status,
        previous=entry.previous,
        digest=_hashed(said),
    )


def _hashed(said: object) -> str:
    return hashlib.sha256(orjson.dumps(said)).hexdigest()
