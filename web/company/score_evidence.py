"""Everything that speaks for or against a question's answer, in one row. For exports and programs.

The score's page shows the same, part by part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.evaluation.evidence import Evidence
from monitoring.evaluation.report import QuestionReport
from monitoring.evaluation.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence, or a part of a question that nothing speaks for or against."""

    part: Wording | None
    """None: it is about the whole question."""
    holds: bool | None
    """Whether the part holds; None where there is no part."""
    evidence: Evidence | None
    speaks_against: bool = False

    @property
    def document(self) -> str:
        """Where a statement can be looked up; which of our records it was is not told."""
        if self.evidence is None or self.evidence.is_proven:
            return ""
        return self.evidence.reference


def pieces_of(question: QuestionReport) -> Iterator[Piece]:
    """All of it, in the order of the page."""
    for part in question.parts:
        for each in part.shown_by:
            yield Piece(part=part.words, holds=part.holds, evidence=each.evidence)
        for each in part.refuted_by:
            yield Piece(
                part=part.words, holds=part.holds, evidence=each.evidence, speaks_against=True
            )
        if not part.shown_by and not part.refuted_by:
            yield Piece(part=part.words, holds=part.holds, evidence=None)
    for each in question.evidence:
        yield Piece(part=None, holds=None, evidence=each.evidence)
