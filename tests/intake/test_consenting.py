"""What a person says yes to is what was read back to them, whatever the words are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.engine import Step, begin, resume
from flows.events import Reviewed, Submitted
from flows.library import FlowLibrary
from flows.moves import Change, Choose, Submit, Write
from flows.submission import Submission
from flows.surroundings import Surroundings
from intake.consenting import presets_of, said_in
from intake.errors import IntakeError
from intake.hall import CONSENT
from register.consent import PartAnswer, PartSaid, Said, parts_of_summary

FLOW = FlowLibrary.load().get(CONSENT)
AROUND = Surroundings(now=datetime(2026, 3, 1, tzinfo=UTC), random=lambda: 0.5)
OFFERED = st.text(max_size=120).filter(lambda words: bool(words.strip()))
OWN = st.text(min_size=1, max_size=60)


def begun(offered: str, version: int = 3) -> Step:
    presets = presets_of(version, offered)
    return begin(FLOW, language="en", surroundings=AROUND, presets=presets)


def taken(step: Step, *moves: Change | Choose | Write | Submit) -> Step:
    for move in moves:
        step = resume(FLOW, step.session, move, AROUND)
    return step


def sent(step: Step) -> tuple[str, Submission]:
    """What was read back last, and what was sent."""
    (review,) = step.events
    assert isinstance(review, Reviewed), review
    (submitted,) = taken(step, Submit()).events
    assert isinstance(submitted, Submitted)
    literal = [note.msgid for note in review.notes if note.is_literal]
    return "".join(literal), submitted.submission


@settings(max_examples=150, deadline=None)
@given(offered=OFFERED, data=st.data())
def test_what_is_kept_is_what_was_read_back(offered: str, data: st.DataObject) -> None:
    step = taken(begun(offered), Choose(names=("each",)))
    parts = parts_of_summary(offered)
    answers: list[PartAnswer] = []
    for _ in parts:
        answer = data.draw(st.sampled_from(PartAnswer))
        step = taken(step, Choose(names=(answer.value,)))
        while answer is PartAnswer.OTHER_WORDS and step.events[-1].prompt.path.endswith("words"):
            step = taken(step, Write(text=data.draw(OWN)))  # what is blank is asked for again
            if isinstance(step.events[-1], Reviewed):
                break
        answers.append(answer)
    shown, submission = sent(step)
    said = said_in(submission)
    assert said.words == shown
    assert said.version == 3
    assert [(part.offered, part.answer) for part in said.parts] == list(
        zip(parts, answers, strict=True)
    )
    assert said.is_sound


@settings(max_examples=60, deadline=None)
@given(offered=OFFERED)
def test_yes_to_all_is_all_and_no_to_all_is_nothing(offered: str) -> None:
    parts = parts_of_summary(offered)
    shown, submission = sent(taken(begun(offered), Choose(names=("yes",))))
    assert (shown, said_in(submission).words) == ("\n\n".join(parts),) * 2
    shown, submission = sent(taken(begun(offered), Choose(names=("no",))))
    assert (shown, said_in(submission).words) == ("", "")


def test_twenty_parts_are_asked_and_no_more() -> None:
    step = taken(begun("x\n" * 30), Choose(names=("each",)))
    step = taken(step, *[Choose(names=("yes",))] * 20)
    shown, submission = sent(step)
    assert shown.count("x") == 30
    assert len(said_in(submission).parts) == 20


def test_what_was_said_first_and_changed_to_one_answer_for_all_does_not_count() -> None:
    step = taken(begun("one\ntwo"), Choose(names=("each",)), *[Choose(names=("no",))] * 2)
    step = taken(step, Change(path="whole"), Choose(names=("yes",)))
    shown, submission = sent(step)
    assert shown == "one\n\ntwo"
    said = said_in(submission)
    assert said == Said(
        version=3,
        parts=tuple(PartSaid(offered=part, answer=PartAnswer.YES) for part in ("one", "two")),
    )


def test_what_differs_from_what_was_read_back_is_not_kept() -> None:
    _, submission = sent(taken(begun("one"), Choose(names=("yes",))))
    altered = replace(
        submission,
        account=tuple(
            replace(each, value="two") if each.path == "all_read" else each
            for each in submission.account
        ),
    )
    with pytest.raises(IntakeError):
        said_in(altered)
