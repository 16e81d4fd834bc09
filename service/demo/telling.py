"""Plays a conversation through the real engine, from answers by the name of their question.

What comes out is what a person would have sent in chat: the same labels, codes and checks.
"""

from collections.abc import Mapping

from flows.definition import Flow, Kind
from flows.engine import Surroundings, begin, resume
from flows.events import AnswerRefused, Asked, Event, Prompt, Reviewed, Submitted
from flows.moves import Choose, Move, Skip, Submit, Write
from flows.submission import Submission
from flows.values import Value
from service.demo.script import Answers, ScriptError

_OK = ("ok",)
"""The choice of a question that is only to be acknowledged (`flows.answering.AGREED`)."""


def tell(
    flow: Flow,
    answers: Answers,
    *,
    usual: Answers,
    language: str,
    surroundings: Surroundings,
    presets: Mapping[str, Value],
) -> Submission:
    """What is sent at the end. `usual` answers what `answers` do not; the rest is skipped.

    Raises `ScriptError` for an answer that is refused, and for one of `answers` whose question
    was never asked.
    """
    left = set(answers)
    step = begin(flow, language=language, surroundings=surroundings, presets=presets)
    while True:
        match _said(step.events):
            case Submitted(submission=submission):
                if left:
                    raise ScriptError(f"{flow.name} never asked for {', '.join(sorted(left))}")
                return submission
            case Asked(prompt=prompt):
                left.discard(prompt.path)
                move = _answer(prompt, answers.get(prompt.path, usual.get(prompt.path)))
            case _:
                move = Submit()
        step = resume(flow, step.session, move, surroundings)


def _said(events: tuple[Event, ...]) -> Event:
    """What the engine waits for: its last event. Refusals are faults of the script."""
    for event in events:
        if isinstance(event, AnswerRefused):
            asked = [each.prompt.path for each in events if isinstance(each, Asked)]
            raise ScriptError(f"refused ({event.reason}) at {', '.join(asked) or 'the review'}")
    last = events[-1]
    if not isinstance(last, Asked | Reviewed | Submitted):
        raise ScriptError(f"a conversation cannot go on after {type(last).__name__}")
    return last


def _answer(prompt: Prompt, answer: str | tuple[str, ...] | None) -> Move:
    if prompt.kind is Kind.ACKNOWLEDGE:
        return Choose(names=_OK)
    match answer:
        case None:
            return Skip()
        case str() if prompt.kind is Kind.TEXT:
            return Write(text=answer)
        case str():
            return Choose(names=(answer,))
        case _:
            return Choose(names=answer)
