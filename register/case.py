"""A grievance that is being handled, as far as it may be known without opening its envelope.

Coded particulars, ids and days: never a word, a name or a time. Made by `register.filing`, changed
only by functions that also write the log (`transitions.move`, `record`), kept by storage.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from register import log
from register.classification import Classification
from register.hold import Hold, HoldProposal
from register.log import LogEntry, LogTip
from register.particulars import AnonymityLevel, Particulars, Theme
from register.people import Role
from register.remedy import Judgement, Measure
from register.routing import Urgency


class CaseStatus(StrEnum):
    """Where a case stands (design §7). Stored: never reuse a value."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ASSESSING = "assessing"
    NOT_ADMISSIBLE = "not_admissible"
    REFERRED = "referred"
    INVESTIGATING = "investigating"
    FOUNDED = "founded"
    PARTLY_FOUNDED = "partly_founded"
    UNFOUNDED = "unfounded"
    REMEDY_AGREED = "remedy_agreed"
    REMEDYING = "remedying"
    APPEALED = "appealed"
    CLOSED = "closed"


DECISIONS = frozenset(
    {
        CaseStatus.NOT_ADMISSIBLE,
        CaseStatus.REFERRED,
        CaseStatus.FOUNDED,
        CaseStatus.PARTLY_FOUNDED,
        CaseStatus.UNFOUNDED,
    }
)
"""The statuses that answer the reporter, each with its reason (L2)."""

FOUNDED = frozenset({CaseStatus.FOUNDED, CaseStatus.PARTLY_FOUNDED})
"""The decisions after which harm has to stop and be remedied (A104)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts on a case. The reporter and a rule have no id."""

    role: Role
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A decision that waits for a second pair of eyes. Codes of `register.transitions`."""

    action: str
    reason: str | None
    by: str
    on: date


class Treatment(StrEnum):
    """How the reporter says they were treated (G4). Stored: never reuse a value."""

    WELL = "well"
    BADLY = "badly"


class RelationKind(StrEnum):
    """How two cases have to do with each other. Stored: never reuse a value."""

    DUPLICATE = "duplicate"
    """The same person told the same thing twice, or two people told of one event."""
    RELATED = "related"
    """The same place, people or cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Another case. It joins no reporters: each keeps their own receipt, letters and readers."""

    kind: RelationKind
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. A day that is None has not come, or was undone by an appeal or a reopening."""

    ref: str
    status: CaseStatus
    particulars: Particulars
    language: str
    urgency: Urgency
    organisation_ids: tuple[str, ...] = ()
    is_small_company: bool = False
    """True if all its organisations are small, which have a year more for remedy (A104)."""
    team_id: str | None = None
    handler_ids: tuple[str, ...] = ()
    """Who can open the envelope now, besides the recovery key."""
    kept_out_ids: tuple[str, ...] = ()
    """Whom a conflict of interest kept out at filing; nobody hands the case to them later."""
    earlier_handler_ids: tuple[str, ...] = ()
    """Who handled it before an appeal, and may not hear it."""
    filed_on: date
    moved_on: date
    """The day of the last entry of the log."""
    acknowledged_on: date | None = None
    feedback_on: date | None = None
    decided_on: date | None = None
    decision: CaseStatus | None = None
    """The last decision; one of `DECISIONS`."""
    appealed_on: date | None = None
    reopened_on: date | None = None
    stopped_on: date | None = None
    """Since when the harm has stopped, as those harmed say."""
    closed_on: date | None = None
    withdrawn_on: date | None = None
    """Since when it is closed because the reporter wanted no more to be done."""
    identity_erased_on: date | None = None
    account_erased_on: date | None = None
    """Since when what was told is gone too."""
    due_on: date | None = None
    """The next day on which the desk owes something (`register.clocks`)."""
    escalated_for: date | None = None
    """The missed day that its team was told of last (`register.escalating`)."""
    erase_on: date | None = None
    """The next day on which something of it is erased (L4)."""
    hold: Hold | None = None
    """That it is held back from erasure; one that is over stays until the next."""
    hold_proposal: HoldProposal | None = None
    """A hold, or the end of one, that somebody else has not looked at yet."""
    classification: Classification | None = None
    """What a handler makes of it; None before anybody looked."""
    measures: tuple[Measure, ...] = ()
    """What is agreed to put it right, in the order in which it was planned."""
    satisfaction: Judgement | None = None
    """Whether it was put right, as the reporter says (G14)."""
    treatment: Treatment | None = None
    proposal: Proposal | None = None
    """A decision that one handler proposes and another has not looked at yet."""
    relations: tuple[Relation, ...] = ()
    """Other cases that this one has to do with."""
    reporter_tag: str | None = field(default=None, repr=False)
    """Tells one person's reports of a quarter apart from another's, for counting people (K7)."""
    log: LogTip = field(repr=False)

    @property
    def site_id(self) -> str | None:
        """Where; None if the reporter did not say or it is not listed."""
        return self.particulars.site_id

    @property
    def theme(self) -> Theme:
        """What it is about."""
        return self.particulars.theme

    @property
    def anonymity(self) -> AnonymityLevel:
        """How much the handlers may know of who the reporter is."""
        return self.particulars.anonymity

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.status is not CaseStatus.CLOSED

    @property
    def is_on_appeal(self) -> bool:
        """True from the appeal until its decision: only people who did not handle it may act."""
        return self.appealed_on is not None and self.decided_on is None


def record(
    case: Case,
    action: str,
    actor: Actor,
    today: date,
    reason: str | None = None,
    subject: str | None = None,
) -> tuple[Case, LogEntry]:
    """The case with one more entry in its log, and the entry. Both are stored together.

    A day before the last entry is taken as that entry's day: a clock that was set back must not
    break the chain.
    """
    entry = log.append(
        case.log,
        case_ref=case.ref,
        day=max(today, case.moved_on),
        role=actor.role,
        actor_id=actor.id,
        action=action,
        reason=reason,
        subject=subject,
        status=case.status,
    )
    return replace(case, log=entry.tip, moved_on=entry.day), entry
