"""Puts a question: the prompt with its notes, choices and progress. Called by the engine."""

from flows.answering import AGREED
from flows.at_hand import Asking, files_so_far, names_so_far
from flows.definition import Kind, Question
from flows.events import Prompt, PromptChoice
from flows.expressions.atoms import as_text
from flows.offering import label_of
from flows.outcomes import outcome
from flows.session import Session
from flows.texts import OK
from flows.values import Text, Value
from flows.walking import Point, Role, Walk
from flows.wording import places, plain, question_label, worded

_FILES = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.FILE})
_SEVERAL = frozenset({Kind.SELECT_MULTIPLE, Kind.RANK})
_CHOOSING = _SEVERAL | {Kind.SELECT_ONE}


def prompt(walk: Walk, session: Session, point: Point) -> Prompt:
    """The question as it is put now."""
    asking = Asking(walk=walk, point=point, session=session)
    question = asking.question
    notes, answered, expected, can_go_back = _around(walk, session, point)
    current = _current(asking)
    return Prompt(
        path=point.path,
        turn=session.turn,
        kind=question.kind,
        label=question_label(walk, point),
        hint=asking.message(question.hint),
        notes=notes,
        choices=_choices(asking, current),
        is_search=question.is_external,
        is_required=asking.is_required(),
        can_go_back=can_go_back,
        appearance=question.appearance,
        limits=question.limits,
        current=current,
        answered=answered,
        expected=expected,
    )


def _current(asking: Asking) -> Value | None:
    kind = asking.question.kind
    if kind in _SEVERAL:
        return names_so_far(asking) or None
    if kind in _FILES:
        return files_so_far(asking) or None
    return asking.current()


def _choices(asking: Asking, current: Value | None) -> tuple[PromptChoice, ...]:
    question = asking.question
    if question.kind is Kind.ACKNOWLEDGE:
        return (PromptChoice(name=AGREED, label=plain(OK), is_selected=current == AGREED),)
    if question.kind not in _CHOOSING:
        return ()
    on = frozenset(map(str, current) if isinstance(current, tuple) else (current,))
    return tuple(
        PromptChoice(
            name=choice.name,
            label=label_of(question, choice),
            icon=choice.icon,
            is_selected=choice.name in on,
        )
        for choice in asking.choices()
    )


def _around(walk: Walk, session: Session, point: Point) -> tuple[tuple[Text, ...], int, int, bool]:
    """The notes before the question, how many are answered and expected, and whether any of those
    before it can be gone back to."""
    notes: list[Text] = []
    answered = expected = 0
    can_go_back = is_past = False
    for other in walk.along():
        if other.role is Role.ASKS or other.role is Role.ASKS_ANOTHER:
            expected += 1
            if other.path == point.path:
                is_past = True
                continue
            answered += other.path in session.answers or other.path in session.skipped
            if not is_past:
                notes.clear()
                can_go_back = can_go_back or other.path not in session.presets
        elif other.role is Role.SHOWS and not is_past:
            notes += shown(walk, other)
    if point.role is Role.ASKS_ANOTHER and point.node.label:
        notes.append(plain(point.node.label))
    return tuple(notes), answered, expected, can_go_back or session.changing == point.path


def shown(walk: Walk, point: Point) -> tuple[Text, ...]:
    """What a note, a heading or a row that is only to be read says; a value that its words do not
    name follows by itself."""
    node = point.node
    label = (worded(walk, node.label, node.name, point.prefixes),) if node.label else ()
    if not isinstance(node, Question) or node.name in places(node.label):
        return label
    value = outcome(walk.value(point.path))
    if value is None:
        return label
    return (*label, Text(msgid=as_text(value), is_literal=True))
