"""The evaluation with its evidence, as the company's score page shows it.

Points are exact; shares are rounded as the page rounds them, down to one decimal.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from locales.catalogue import Catalogue
from locales.sentences import unfenced
from monitoring.evaluation.report import QuestionReport, Report, StepReport
from monitoring.evaluation.score import Condition, DenominatorFigure
from monitoring.evaluation.wording import Wording
from monitoring.overview.scores import score_of
from web.api.asked import Asked, CannotAnswer
from web.api.house import ApiTransaction
from web.company.exact_numbers import percent_number, points_number
from web.company.score_evidence import Piece, pieces_of


async def score(asked: Asked) -> object:
    """The score of today."""
    language, words = asked.language, asked.words
    company, own, today = asked.api.company, asked.organisation_id, asked.api.today

    def unit(tx: ApiTransaction) -> Report | None:
        return score_of(
            tx,
            own,
            company.framework,
            today,
            mechanism=company.mechanism,
            settings=company.scoring,
        )

    report = await asked.api.storage.read(unit)
    if report is None:
        raise CannotAnswer(404, "There is no such company any more.")
    told = _Telling(language, words)
    return {"as_of": today.isoformat(), **told.report(report)}


class _Telling:
    """Tells a report in one language."""

    def __init__(self, language: str, words: Catalogue) -> None:
        self._language = language
        self._words = words

    def report(self, report: Report) -> Mapping[str, Any]:
        following = report.next_level
        return {
            "framework": self._said(report.framework),
            "level": report.score.level,
            "points": points_number(report.score.points),
            "points_proven": points_number(report.score.points_proven),
            "totals": [
                _total(report.deciding, decides=True),
                _total(report.other, decides=False),
            ],
            "next_level": None if following is None else following.number,
            "missing": [_missing(each) for each in (following.missing if following else ())],
            "steps": [self._step(each) for each in report.steps],
        }

    def _step(self, step: StepReport) -> Mapping[str, Any]:
        return {
            "step": step.step.id,
            "title": self._said(step.step.title),
            "points": points_number(step.points),
            "points_available": step.maxima,
            "questions": [self._question(each) for each in step.questions],
        }

    def _question(self, question: QuestionReport) -> Mapping[str, Any]:
        return {
            "question": question.id,
            "title": self._said(question.title),
            "is_core": question.is_core,
            "counts": question.counts,
            "verdict": question.verdict,
            "share_percent": _share(question.percent),
            "points": points_number(question.points),
            "points_proven": points_number(question.points_proven),
            "points_available": question.max,
            "evidence": [self._piece(each) for each in pieces_of(question)],
        }

    def _piece(self, piece: Piece) -> Mapping[str, Any]:
        evidence = piece.evidence
        return {
            "part": None if piece.part is None else self._said(piece.part),
            "holds": piece.holds,
            "speaks_against": piece.speaks_against,
            "source": None if evidence is None else evidence.source,
            "is_proven": evidence is not None and evidence.is_proven,
            "summary": None if evidence is None else unfenced(self._words.render(evidence.summary)),
            "document": piece.document or None,
            "day": None if evidence is None else evidence.day.isoformat(),
        }

    def _said(self, wording: Wording) -> str:
        return wording.in_language(self._language)


def _total(figure: DenominatorFigure, *, decides: bool) -> Mapping[str, Any]:
    return {
        "counted_by": figure.denominator,
        "decides": decides,
        "points_available": figure.total,
        "share_percent": percent_number(figure.percent),
        "level": figure.level,
    }


def _missing(condition: Condition) -> Mapping[str, Any]:
    return {
        "kind": condition.kind,
        "needed": _share(condition.needed),
        "reached": _share(condition.reached),
        "question": condition.question,
    }


def _share(value: Fraction | None) -> int | float | None:
    return None if value is None else percent_number(value)
