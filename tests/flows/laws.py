"""What holds of every step of every conversation, whoever answers whatever.

Held against random flows by `test_laws`, and against the flows that ship by
`tests.security.fuzzing.wandering`.
"""

from flows.engine import Step
from flows.events import AnswerRefused, Asked, Reviewed, Stopped, Submitted
from flows.session import Session, Stage, dump_session, load_session


def check(before: Session, step: Step) -> None:
    """`step` came of a move at `before`."""
    last, first = step.events[-1], step.events[0]
    match step.session.stage:
        case Stage.ASKING:
            assert isinstance(last, Asked)
            assert last.prompt.path == step.session.position
            assert last.prompt.turn == step.session.turn
            assert 0 <= last.prompt.answered <= last.prompt.expected
        case Stage.REVIEWING:
            assert isinstance(last, Reviewed)
            assert last.turn == step.session.turn
        case Stage.SUBMITTED:
            assert isinstance(last, (Submitted, AnswerRefused))
        case Stage.STOPPED:
            assert isinstance(last, (Stopped, AnswerRefused))
    if isinstance(first, AnswerRefused):
        assert step.session.answers == before.answers
        assert step.session.position == before.position
    assert load_session(dump_session(step.session)) == step.session
