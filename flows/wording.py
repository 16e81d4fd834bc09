"""Fills the `${name}` places of labels with what was answered. Called by the engine's modules."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.definition import Kind, Question
from flows.offering import choice_of, label_of
from flows.outcomes import outcome
from flows.texts import LIST_PAIR, OK
from flows.values import Text, Value

if TYPE_CHECKING:
    from flows.walking import Point, Walk

_PLACE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
_CHOOSING = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})


@lru_cache(maxsize=8192)
def places(label: str) -> tuple[str, ...]:
    """The names in the `${name}` places of a label."""
    return tuple(_PLACE.findall(label))


@lru_cache(maxsize=8192)
def plain(msgid: str) -> Text:
    """A text without places; one value for all that show it."""
    return Text(msgid=msgid)


def worded(walk: "Walk", label: str, node_name: str, prefixes: tuple[str, ...]) -> Text:
    """The label of a row with the answers that it names, as they are seen from that row."""
    names = places(label)
    if not names:
        return plain(label)
    return Text(
        msgid=label, values={name: _seen(walk, name, node_name, prefixes) for name in names}
    )


def question_label(walk: "Walk", point: "Point") -> Text:
    """The words of a question; its name as it stands where it has none."""
    question = point.question
    if not question.label:
        return Text(msgid=question.name, is_literal=True)
    return worded(walk, question.label, point.node.name, point.prefixes)


def _seen(walk: "Walk", name: str, node_name: str, prefixes: tuple[str, ...]) -> Value | Text:
    placed = walk.flow.placed.get(name)
    if placed is None or not isinstance(placed.node, Question):
        return ""
    value = outcome(walk.value(_path_from(walk, name, node_name, prefixes)))
    if value is None:
        return ""
    labels = choice_labels(walk, placed.node, value)
    return joined(labels) if labels else value


def _path_from(walk: "Walk", name: str, node_name: str, prefixes: tuple[str, ...]) -> str:
    """Where `name` is, seen from a row: in the same round of shared repeats, else in the first."""
    here = (*walk.flow.placed[node_name].repeats, node_name)[: len(prefixes) - 1]
    theirs = walk.flow.placed[name].repeats
    depth = 0
    while depth < min(len(here), len(theirs)) and here[depth] == theirs[depth]:
        depth += 1
    return prefixes[depth] + "".join(f"{repeat}[1]." for repeat in theirs[depth:]) + name


def choice_labels(walk: "Walk", question: Question, value: Value) -> tuple[Text, ...]:
    """The labels of the choices that a value names; none for questions without choices."""
    if question.kind is Kind.ACKNOWLEDGE:
        return (Text(msgid=OK),)
    if question.kind not in _CHOOSING:
        return ()
    names: Iterable[object] = value if isinstance(value, tuple) else (value,)
    return tuple(_label(walk, question, str(name)) for name in names)


def _label(walk: "Walk", question: Question, name: str) -> Text:
    choice = choice_of(walk, question, name)
    return Text(msgid=name, is_literal=True) if choice is None else label_of(question, choice)


def joined(labels: tuple[Text, ...]) -> Text:
    """Several labels as one text, by a msgid that each language joins in its own way."""
    *before, last = labels
    for label in reversed(before):
        last = Text(msgid=LIST_PAIR, values={"first": label, "rest": last})
    return last
