"""What a company reads of one case: a handler's own words, approved by the reporter (K6, K8).

    draft -> offered to the reporter -> decided: approved, in whole or in parts -> shared
                                     -> decided: nothing of it, declined -> drafted anew
    offered, approved, shared -> withdrawn, by the reporter or a handler, at any time

A handler writes it in parts, and the reporter decides about each (`register.consent`). What they
leave is a new version, approved as it stands and no other way; beside it lies, until it is shared,
what was said to each part. A new draft is a new version, too. Until it is shared the words are
sealed to the readers and the reporter. Nothing but `words_for_company` leaves the desk. Called by
the desk and by the reporter's pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from register.account import message
from register.case import Actor, Case, record
from register.consent import (
    BETWEEN_PARTS,
    LONGEST_OWN_WORDS,
    MOST_PARTS,
    Said,
    parts_of_summary,
    said_as_account,
)
from register.keys import Keys
from register.log import LogAction, LogEntry
from register.people import Role
from register.sealed_parts import names_of, parts_of
from sealing.envelope import SealedEnvelope
from sealing.recipients import Recipient
from sealing.seal import seal

LONGEST_SUMMARY = 2000
"""Characters. A summary says what matters to put things right; details point at people."""
LONGEST_APPROVED = LONGEST_SUMMARY + MOST_PARTS * LONGEST_OWN_WORDS
"""Where the reporter says parts in words of their own."""


class SummaryState(StrEnum):
    """Where a summary stands. Stored: never reuse a value."""

    DRAFT = "draft"
    OFFERED = "offered"
    APPROVED = "approved"
    DECLINED = "declined"
    SHARED = "shared"
    WITHDRAWN = "withdrawn"


class SummaryAction(StrEnum):
    """What can be done with one, besides drafting it and deciding about it."""

    OFFER = "offer"
    SHARE = "share"
    WITHDRAW = "withdraw"


_DESK = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})
_REPORTER = frozenset({Role.REPORTER})
_S, _A = SummaryState, SummaryAction

SUMMARY_TRANSITIONS: Mapping[
    tuple[SummaryState, SummaryAction], tuple[SummaryState, frozenset[Role], LogAction]
] = MappingProxyType(
    {
        (_S.DRAFT, _A.OFFER): (_S.OFFERED, _DESK, LogAction.SUMMARY_OFFERED),
        (_S.OFFERED, _A.WITHDRAW): (_S.WITHDRAWN, _DESK, LogAction.SUMMARY_WITHDRAWN),
        (_S.APPROVED, _A.SHARE): (_S.SHARED, _DESK, LogAction.SUMMARY_SHARED),
        (_S.APPROVED, _A.WITHDRAW): (
            _S.WITHDRAWN,
            _DESK | _REPORTER,
            LogAction.SUMMARY_WITHDRAWN,
        ),
        (_S.SHARED, _A.WITHDRAW): (_S.WITHDRAWN, _DESK | _REPORTER, LogAction.SUMMARY_WITHDRAWN),
    }
)
_REDRAFTED_FROM = frozenset({_S.DRAFT, _S.DECLINED, _S.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One case's summary in its newest version."""

    id: str
    case_ref: str
    version: int
    language: str
    """The reporter's, so that they know what they approve."""
    state: SummaryState
    day: date
    """The day of the last change of state."""
    envelope: SealedEnvelope
    """The words, as one part that names id and version."""
    shared_words: str | None = field(default=None, repr=False)
    """Readable only while shared; storage keeps them under the key ring."""

    @property
    def part(self) -> str:
        """The name of the part to open."""
        return f"summary:{self.id}:{self.version}"

    @property
    def said_part(self) -> str:
        """The name of the part that says what the reporter said; not there before they did, and
        not once it is shared."""
        return f"said:{self.id}:{self.version}"


class SummaryRefusal(StrEnum):
    """Why nothing was done."""

    NOT_FROM_HERE = "not_from_here"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_CASE = "not_your_case"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY_PARTS = "too_many_parts"
    OUTDATED = "outdated"
    """The reporter decided about another version."""
    UNSOUND = "unsound"
    """What was said leaves a part open, or says it in no words or too many."""
    WORDS_MISSING = "words_missing"
    """To share, the desk must give the words it opened of the approved version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRefused:
    """The summary stays as it is."""

    reason: SummaryRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryChanged:
    """What is stored of a step, in one transaction."""

    summary: Summary
    case: Case
    entry: LogEntry


def draft(
    case: Case,
    words: str,
    actor: Actor,
    today: date,
    *,
    summary_id: str,
    keys: Keys,
    reporter: Recipient,
    earlier: Summary | None = None,
) -> Summary | SummaryRefused:
    """A summary in a handler's words; with `earlier`, its next version. Drafts are not logged."""
    refusal = _refusal_of(case, actor, _DESK) or _refused_draft(words)
    if refusal is None and earlier is not None and earlier.state not in _REDRAFTED_FROM:
        refusal = SummaryRefusal.NOT_FROM_HERE
    if refusal is not None:
        return SummaryRefused(reason=refusal)
    named = summary_id if earlier is None else earlier.id
    version = 1 if earlier is None else earlier.version + 1
    offered = BETWEEN_PARTS.join(parts_of_summary(words))
    parts = parts_of(f"summary:{named}:{version}", message(offered, language=case.language))
    return Summary(
        id=named,
        case_ref=case.ref,
        version=version,
        language=case.language,
        state=SummaryState.DRAFT,
        day=today,
        envelope=seal(case.ref, parts, keys.of(case.handler_ids, reporter)),
    )


def change(
    summary: Summary,
    case: Case,
    action: SummaryAction,
    actor: Actor,
    today: date,
    words: str | None = None,
) -> SummaryChanged | SummaryRefused:
    """The summary one step on, or why not. `words` are given to share, and only then."""
    row = SUMMARY_TRANSITIONS.get((summary.state, action))
    if row is None or summary.case_ref != case.ref:
        return SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)
    to, roles, logged_as = row
    refusal = _refusal_of(case, actor, roles)
    if refusal is None and action is SummaryAction.SHARE:
        refusal = SummaryRefusal.WORDS_MISSING if words is None else _refused_words(words)
    if refusal is not None:
        return SummaryRefused(reason=refusal)
    is_shared = to is SummaryState.SHARED
    changed = replace(
        summary,
        state=to,
        day=today,
        shared_words=words if is_shared else None,
        envelope=_words_alone(summary) if is_shared else summary.envelope,
    )
    after, entry = record(case, logged_as, actor, today, subject=summary.id)
    return SummaryChanged(summary=changed, case=after, entry=entry)


def decide(
    summary: Summary, case: Case, said: Said, today: date, *, keys: Keys, reporter: Recipient
) -> SummaryChanged | SummaryRefused:
    """What the reporter said, as the next version; where they left nothing, the one as it was,
    declined. Refused unless it is the version that they were shown and it is offered still."""
    if summary.state is not SummaryState.OFFERED or summary.case_ref != case.ref:
        return SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)
    if said.version != summary.version:
        return SummaryRefused(reason=SummaryRefusal.OUTDATED)
    if not said.is_sound:
        return SummaryRefused(reason=SummaryRefusal.UNSOUND)
    if not said.words:
        decided = replace(summary, state=SummaryState.DECLINED, day=today)
        logged_as = LogAction.SUMMARY_DECLINED
    else:
        decided = replace(
            summary, version=summary.version + 1, state=SummaryState.APPROVED, day=today
        )
        parts = {
            **parts_of(decided.part, message(said.words, language=summary.language)),
            **parts_of(decided.said_part, said_as_account(said, summary.language)),
        }
        readers = keys.of(case.handler_ids, reporter)
        decided = replace(decided, envelope=seal(case.ref, parts, readers))
        logged_as = LogAction.SUMMARY_APPROVED
    reporters = Actor(role=Role.REPORTER)
    after, entry = record(case, logged_as, reporters, today, subject=summary.id)
    return SummaryChanged(summary=decided, case=after, entry=entry)


def words_for_company(summary: Summary) -> str | None:
    """What an officer may read of a case: the shared words, or nothing."""
    return summary.shared_words if summary.state is SummaryState.SHARED else None


def _refusal_of(case: Case, actor: Actor, roles: frozenset[Role]) -> SummaryRefusal | None:
    if actor.role not in roles:
        return SummaryRefusal.NOT_YOUR_ROLE
    if actor.role in _DESK and actor.id not in case.handler_ids:
        return SummaryRefusal.NOT_YOUR_CASE
    return None


def _refused_draft(words: str) -> SummaryRefusal | None:
    if len(words) > LONGEST_SUMMARY:
        return SummaryRefusal.TOO_LONG
    if len([line for line in words.splitlines() if line.strip()]) > MOST_PARTS:
        return SummaryRefusal.TOO_MANY_PARTS
    return _refused_words(words)


def _refused_words(words: str) -> SummaryRefusal | None:
    if not words.strip():
        return SummaryRefusal.EMPTY
    return SummaryRefusal.TOO_LONG if len(words) > LONGEST_APPROVED else None


def _words_alone(summary: Summary) -> SealedEnvelope:
    """Without what was said to each part: once it is shared, what was left out is nobody's."""
    names = names_of(summary.part, summary.envelope.names)
    parts = tuple(part for part in summary.envelope.parts if part.name in names)
    return SealedEnvelope(case_ref=summary.case_ref, parts=parts)
