"""Which choices a question offers now, and what they are called. Called by the engine's modules."""

from typing import TYPE_CHECKING

from flows.another import ANOTHER_CHOICES, ANOTHER_QUESTION
from flows.definition import Choice, Question
from flows.faults import MissingListError
from flows.surroundings import ExternalList
from flows.values import Text

if TYPE_CHECKING:
    from flows.walking import Point, Walk


def offered(walk: "Walk", point: "Point", words: str = "") -> tuple[Choice, ...]:
    """The choices as they are offered; of a list from outside those that fit the words."""
    question = point.question
    if question is ANOTHER_QUESTION:
        return ANOTHER_CHOICES
    if question.choices is None:
        return ()
    if question.is_external:
        return outside(walk, question).find(words, walk.language)
    choices = walk.flow.lists.get(question.choices, ())
    if question.choice_filter is None:
        return choices
    return tuple(choice for choice in choices if _passes(walk, point, choice))


def _passes(walk: "Walk", point: "Point", choice: Choice) -> bool:
    chosen_by = point.question.choice_filter
    columns = {**choice.columns, "name": choice.name, "label": choice.label}
    return chosen_by is None or chosen_by.holds(walk.scope(point, columns=columns))


def offers(walk: "Walk", point: "Point", name: str) -> bool:
    """Whether `name` is among what the question offers now."""
    question = point.question
    if question.is_external:
        return outside(walk, question).get(name, walk.language) is not None
    return any(choice.name == name for choice in offered(walk, point))


def outside(walk: "Walk", question: Question) -> ExternalList:
    """The list from outside that a question searches; raises `MissingListError`."""
    try:
        return walk.surroundings.lists[question.choices or ""]
    except KeyError:
        raise MissingListError(
            f"flow {walk.flow.name!r} needs the list {question.choices!r}"
        ) from None


def choice_of(walk: "Walk", question: Question, name: str) -> Choice | None:
    """The choice of that name in the question's list, whether it is offered now or not."""
    if question.is_external:
        return outside(walk, question).get(name, walk.language)
    is_ours = question is ANOTHER_QUESTION
    choices = ANOTHER_CHOICES if is_ours else walk.flow.lists.get(question.choices or "", ())
    return next((choice for choice in choices if choice.name == name), None)


def label_of(question: Question, choice: Choice) -> Text:
    """The label for people; names from outside the flow are not translated."""
    return Text(msgid=choice.label, is_literal=question.is_external)


def label_words(walk: "Walk", question: Question, choice: Choice) -> str:
    """The label as words: in the session's language where words can be had, else in English."""
    labels = walk.surroundings.labels
    text = label_of(question, choice)
    return text.msgid if labels is None or text.is_literal else labels(text, walk.language)
