"""What a company states itself: one part of one answer, by whom, on which day, in which document.

Read from files by `attestations`, weighed by `answering`. A statement is never proof (S4).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flows.values import Text
from locales.marking import N_
from monitoring.evaluation.evidence import ComponentEvidence, Evidence, Source

NOT_APPLICABLE = "does_not_apply"
"""The name of the part with which a company states that a question does not apply to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One statement."""

    question: str
    component: str
    """A component, a theme, `PERCENT`, or `NOT_APPLICABLE`."""
    percent: Fraction | None = None
    document: str
    """Where it can be looked up."""
    stated_by: str
    """The person at the company who answers for it."""
    day: date

    def as_evidence(self) -> ComponentEvidence:
        """The statement as evidence that is not proven."""
        # translators: a person of the company says so; ${name} is that person.
        summary = Text(msgid=N_("Stated by ${name}."), values={"name": self.stated_by})
        return ComponentEvidence(
            question=self.question,
            component=self.component,
            evidence=Evidence(
                source=Source.ATTESTATION,
                reference=self.document,
                summary=summary,
                day=self.day,
            ),
            percent=self.percent,
        )
