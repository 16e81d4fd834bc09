"""What an answer rests on: where it comes from, how old it is, and whether it is proven (S4).

`proofs` makes evidence from the register, `attestations` from the company's own statements;
`answering` weighs them, and a score carries them so that every point can be traced.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from flows.values import Text


class Source(StrEnum):
    """Where evidence comes from. Stored; a value is never reused."""

    REGISTER = "register"
    CONSULTATION = "consultation"
    INDICATOR = "indicator"
    DOCUMENT = "document"
    ATTESTATION = "attestation"

    @property
    def is_proof(self) -> bool:
        """Whether the system saw it happen; what a company states is never proof (S4)."""
        return self in PROVING


PROVING = frozenset({Source.REGISTER, Source.CONSULTATION, Source.INDICATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that speaks for (or against) a part of an answer."""

    source: Source
    reference: str
    """Which record or document, e.g. a finding's id; never a reporter's words."""
    summary: Text
    day: date

    @property
    def is_proven(self) -> bool:
        """True if the system's own records show it; False if the company says so."""
        return self.source.is_proof


class Bearing(StrEnum):
    """What evidence says of a part of an answer."""

    SHOWS = "shows"
    REFUTES = "refutes"
    """The part does not hold, whatever the company states: overdue, unanswered, unresolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentEvidence:
    """Evidence about one part of one question."""

    question: str
    component: str
    """A component, a theme, or `PERCENT` with a share."""
    evidence: Evidence
    bearing: Bearing = Bearing.SHOWS
    percent: Fraction | None = None
    """The share that is shown, in per cent, for `PERCENT` only."""
