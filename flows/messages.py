"""Every text of a flow that is translated. Called by `locales`, which extracts them."""

from collections.abc import Iterator

from flows.definition import Flow, Group, Question, Repeat
from flows.texts import COMMENTS

Message = tuple[int, str, str]
"""Row, msgid, and a note for the translators."""


def messages(flow: Flow) -> Iterator[Message]:
    """The flow's texts in the order of the file; a text may come more than once."""
    yield 1, flow.title, "Title of this conversation."
    for choices in flow.lists.values():
        for choice in choices:
            yield choice.row, choice.label, "A choice; keep it short, it is on a button."
    for placed in flow.placed.values():
        match placed.node:
            case Question() as question:
                yield from _of_question(question)
            case Group() | Repeat() as frame if frame.label:
                yield frame.row, frame.label, "A heading over some questions."


def _of_question(question: Question) -> Iterator[Message]:
    kind = question.kind.value
    for text, comment in (
        (question.label, f"What is asked or said ({kind})."),
        (question.hint, "A hint under the question."),
        (question.required_message, "Said when this question is left open."),
        (question.constraint_message, "Said when the answer cannot be right."),
    ):
        if text:
            yield question.row, text, comment


def engine_messages() -> Iterator[Message]:
    """The texts that the engine says itself, whatever the flow."""
    for msgid, comment in COMMENTS.items():
        yield 0, msgid, comment
