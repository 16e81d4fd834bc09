"""Papers of a case: what handlers write for each other, sealed to the readers of the case alone.

Notes, the reasons behind a classification or a proposed decision, plans for putting things right:
words that neither the reporter nor a company reads. Each is an envelope of its own with one part,
named after the paper so that none can be put in another's place, and goes along when a case is
handed on. Papers are added and never changed; a later one of a kind takes the place of an earlier
one in what is shown first. Called by the desk; stored with the log entry in one step.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.account import message
from register.case import Actor, Case, record
from register.keys import Keys
from register.log import LogAction, LogEntry
from register.people import Role
from register.sealed_parts import parts_of
from sealing.envelope import SealedEnvelope
from sealing.seal import seal

LONGEST_PAPER = 20_000
"""Characters."""


class PaperKind(StrEnum):
    """What a paper is for. Stored, also in the log: never reuse a value."""

    NOTE = "note"
    CLASSIFICATION = "classification"
    """Why the case weighs what it weighs (R91)."""
    INVOLVEMENT = "involvement"
    """Why the company is said to cause it, contribute to it or be linked to it (R95, R97)."""
    REMEDY_PLAN = "remedy_plan"
    """What is to be done, by whom, until when (A101)."""
    EXTRACT = "extract"
    """What may be said to the other side, with nothing in it that points at a person (G13)."""
    OTHER_SIDE = "other_side"
    """What the other side said when it was heard (G13)."""
    PROPOSAL = "proposal"
    """Why somebody proposes a decision, for whoever looks at it with them."""


_WRITERS = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One sealed paper."""

    id: str
    case_ref: str
    kind: PaperKind
    author_id: str
    day: date
    envelope: SealedEnvelope

    @property
    def part(self) -> str:
        """The name of the part to open (`register.sealed_parts.names_of` for very long ones)."""
        return f"paper:{self.id}"


class PaperRefusal(StrEnum):
    """Why a paper was not kept."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_CASE = "not_your_case"
    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRefused:
    """Nothing was sealed."""

    reason: PaperRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is stored of a paper, in one transaction."""

    case: Case
    entry: LogEntry
    paper: Paper


def write_paper(
    case: Case,
    kind: PaperKind,
    words: str,
    actor: Actor,
    today: date,
    *,
    paper_id: str,
    keys: Keys,
    language: str,
) -> Written | PaperRefused:
    """The words sealed to those who read the case now, and the recovery key; or why not."""
    refusal = refused_writing(case, actor) or _refused_words(words)
    if refusal is not None or actor.id is None:
        return PaperRefused(reason=refusal or PaperRefusal.NOT_YOUR_ROLE)
    after, entry = record(case, LogAction.PAPER_ADDED, actor, today, reason=kind, subject=paper_id)
    parts = parts_of(f"paper:{paper_id}", message(words, language=language))
    paper = Paper(
        id=paper_id,
        case_ref=case.ref,
        kind=kind,
        author_id=actor.id,
        day=entry.day,
        envelope=seal(case.ref, parts, keys.of(case.handler_ids)),
    )
    return Written(case=after, entry=entry, paper=paper)


def refused_writing(case: Case, actor: Actor) -> PaperRefusal | None:
    """Why this actor may write nothing into the case; None if they may."""
    if actor.role not in _WRITERS:
        return PaperRefusal.NOT_YOUR_ROLE
    return None if actor.id in case.handler_ids else PaperRefusal.NOT_YOUR_CASE


def _refused_words(words: str) -> PaperRefusal | None:
    if not words.strip():
        return PaperRefusal.EMPTY
    return PaperRefusal.TOO_LONG if len(words) > LONGEST_PAPER else None
