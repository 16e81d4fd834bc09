"""Reads everything back before it is sent, and makes the submission. Called by the engine."""

from collections.abc import Iterator

from flows.asking import shown
from flows.definition import Keep, Question
from flows.events import Reviewed, ReviewItem
from flows.outcomes import outcome
from flows.session import Session
from flows.submission import AccountEntry, Submission
from flows.values import Text, Value
from flows.walking import Point, Role, Walk
from flows.wording import choice_labels, question_label


def review(walk: Walk, session: Session) -> Reviewed:
    """Every question on the way with its answer, those left open as well, so that each can be
    changed (W6). The notes are those that no question follows."""
    items: list[ReviewItem] = []
    notes: list[Text] = []
    for point in walk.along():
        if point.is_asked:
            items.append(_item(walk, point))
            notes.clear()
        elif point.role is Role.SHOWS:
            notes += shown(walk, point)
    return Reviewed(turn=session.turn, items=tuple(items), notes=tuple(notes))


def _item(walk: Walk, point: Point) -> ReviewItem:
    value = walk.answers.get(point.path)
    question = point.question
    return ReviewItem(
        path=point.path,
        label=question_label(walk, point),
        value=value,
        choices=() if value is None else choice_labels(walk, question, value),
    )


def submit(walk: Walk, session: Session) -> Submission:
    """What is sent: what is kept open by its code, everything else as the account."""
    particulars: dict[str, Value] = {}
    account: list[AccountEntry] = []
    for point, question, value in _kept(walk):
        if question.keep is Keep.OPEN and question.code is not None:
            particulars.setdefault(question.code, value)
        else:
            account.append(_entry(walk, point, question, value))
    return Submission(
        flow=session.flow,
        version=session.version,
        language=session.language,
        particulars=particulars,
        account=tuple(account),
    )


def _kept(walk: Walk) -> Iterator[tuple[Point, Question, Value]]:
    """Every row on the way that has a value. Words that are only shown are not an answer."""
    for point in walk.along():
        node = point.node
        is_read_only = point.role is Role.SHOWS and isinstance(node, Question)
        if point.role not in {Role.ASKS, Role.COMPUTES} and not is_read_only:
            continue
        value = outcome(walk.value(point.path))
        if value is not None:
            yield point, point.question, value


def _entry(walk: Walk, point: Point, question: Question, value: Value) -> AccountEntry:
    return AccountEntry(
        path=point.path,
        label=question_label(walk, point),
        value=value,
        choices=choice_labels(walk, question, value),
    )
