"""The evaluation with its evidence, to take away: what the score's page shows, line by line."""

from collections.abc import Iterator

from aiohttp import web

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.evaluation.report import QuestionReport, Report, StepReport
from web.company.downloads import csv_file, workbook_file
from web.company.exact_numbers import percent_number, points_number
from web.company.house import COMPANY, evaluation_for
from web.company.score_evidence import Piece, pieces_of
from web.company.words import DENOMINATOR_WORDS, SOURCE_WORDS, VERDICT_WORDS
from web.inside.frame import words_of
from web.ports import Cell, Sheet
from web.sign_in.doorkeeper import Person

EVIDENCE = "/company/score/evidence"
_QUESTION_COLUMNS = (
    N_("Step"),
    N_("Question"),
    N_("Title"),
    N_("Core question"),
    N_("Counts"),
    N_("Answer"),
    N_("Share, in per cent"),
    N_("Points"),
    N_("Points shown by our records"),
    N_("Most points"),
)
_EVIDENCE_COLUMNS = (
    N_("Part"),
    N_("Holds"),
    N_("Evidence"),
    N_("Speaks against it"),
    N_("Source"),
    N_("Document"),
    N_("Day"),
)


async def as_csv(request: web.Request, person: Person) -> web.StreamResponse:
    """One line for each piece of evidence, with its question before it."""
    report, words = (await evaluation_for(request, person)).report, words_of(person)
    return csv_file(request, "score", _Tables(report, words, person.language).evidence())


async def as_workbook(request: web.Request, person: Person) -> web.StreamResponse:
    """The same, and the totals in a sheet before it."""
    report, words = (await evaluation_for(request, person)).report, words_of(person)
    tables = _Tables(report, words, person.language)
    sheets = (tables.totals(request.app[COMPANY].today.isoformat()), tables.evidence())
    return await workbook_file(request, "score", sheets, request.app[COMPANY].workbook)


class _Tables:
    """Lays out one report in one language."""

    def __init__(self, report: Report, words: Catalogue, language: str) -> None:
        self._report = report
        self._words = words
        self._language = language

    def totals(self, day: str) -> Sheet:
        """Level and points, by both totals."""
        text, score = self._words.text, self._report.score
        figures = (
            (
                text(DENOMINATOR_WORDS[each.denominator]),
                each.total,
                percent_number(each.percent),
                each.level,
            )
            for each in (self._report.deciding, self._report.other)
        )
        rows: tuple[tuple[Cell, ...], ...] = (
            (self._report.framework.in_language(self._language), day),
            (text(N_("Level")), score.level),
            (text(N_("Points")), points_number(score.points)),
            (text(N_("Points shown by our records")), points_number(score.points_proven)),
            (),
            (
                text(N_("Counted")),
                text(N_("Total")),
                text(N_("Share, in per cent")),
                text(N_("Level")),
            ),
            *figures,
        )
        return Sheet(name=text(N_("Score")), rows=rows)

    def evidence(self) -> Sheet:
        """All questions with their evidence."""
        columns = (*_QUESTION_COLUMNS, *_EVIDENCE_COLUMNS)
        heading = tuple(self._words.text(each) for each in columns)
        return Sheet(name=self._words.text(N_("Evidence")), rows=(heading, *self._rows()))

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for step in self._report.steps:
            for question in step.questions:
                about = self._question(step, question)
                pieces = tuple(pieces_of(question))
                for piece in pieces:
                    yield (*about, *self._piece(piece))
                if not pieces:
                    yield (*about, *(None for _ in _EVIDENCE_COLUMNS))

    def _question(self, step: StepReport, question: QuestionReport) -> tuple[Cell, ...]:
        verdict = question.verdict
        return (
            step.step.id,
            question.id,
            question.title.in_language(self._language),
            self._yes_no(question.is_core),
            self._yes_no(question.counts),
            None if verdict is None else self._words.text(VERDICT_WORDS[verdict]),
            None if question.percent is None else percent_number(question.percent),
            points_number(question.points),
            points_number(question.points_proven),
            question.max,
        )

    def _piece(self, piece: Piece) -> tuple[Cell, ...]:
        evidence = piece.evidence
        return (
            None if piece.part is None else piece.part.in_language(self._language),
            None if piece.holds is None else self._yes_no(piece.holds),
            None if evidence is None else self._words.render(evidence.summary),
            self._yes_no(True) if piece.speaks_against else None,
            None if evidence is None else self._words.text(SOURCE_WORDS[evidence.source]),
            piece.document or None,
            None if evidence is None else evidence.day.isoformat(),
        )

    def _yes_no(self, holds: bool) -> str:
        return self._words.text(N_("Yes") if holds else N_("No"))
