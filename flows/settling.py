"""Which question comes next: the first on the way that is not settled. Called by the engine.

A question is settled when it was answered, or skipped, and still may be: its condition to be
answered, its constraint and what it offers can change with the answers to others. So whatever is
changed from the review, nothing is sent that its own flow would refuse.
"""

from flows.definition import Question
from flows.expressions import Expression
from flows.offering import offers
from flows.session import Session
from flows.values import Value
from flows.walking import Point, Role, Walk


def next_point(walk: Walk, session: Session) -> Point | None:
    """The question to put now; None when all are settled."""
    for point in walk.along():
        if point.is_asked and not _is_settled(walk, point, session):
            return point
    return None


def _is_settled(walk: Walk, point: Point, session: Session) -> bool:
    answer = session.answers.get(point.path)
    if point.role is Role.ASKS_ANOTHER:
        return answer is not None
    question = point.question
    if answer is None:
        return point.path in session.skipped and not _is_required(walk, point, question)
    return _still_holds(walk, point, question, answer)


def _is_required(walk: Walk, point: Point, question: Question) -> bool:
    return question.required is not None and question.required.holds(walk.scope(point))


def _still_holds(walk: Walk, point: Point, question: Question, answer: Value) -> bool:
    """Only what depends on other answers is weighed again."""
    match question.constraint:
        case Expression(references=read) as constraint if read:
            if not constraint.holds(walk.scope(point, weighed=answer)):
                return False
    if question.choice_filter is None:
        return True
    names = answer if isinstance(answer, tuple) else (answer,)
    return all(offers(walk, point, str(name)) for name in names)
