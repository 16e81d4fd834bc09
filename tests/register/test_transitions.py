"""Moves of a case: the table is complete, and nothing gets round it."""

from collections import deque
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register import log
from register.case import DECISIONS, Actor, CaseStatus
from register.people import Role
from register.transitions import (
    TRANSITIONS,
    Action,
    Moved,
    MoveReason,
    MoveRefusal,
    MoveRefused,
    actions_for,
    move,
    reasons_for,
)
from tests.register.making import APPEAL_HANDLER, HANDLER, OFFICER, REPORTER, TODAY, case

ACTORS = (HANDLER, APPEAL_HANDLER, REPORTER, OFFICER, Actor(role=Role.HANDLER, id="stranger"))
MOVES = st.tuples(
    st.sampled_from(Action),
    st.sampled_from(ACTORS),
    st.sampled_from([None, *MoveReason]),
    st.integers(min_value=-1, max_value=400),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MOVES, max_size=25), st.booleans())
def test_no_sequence_of_moves_leaves_the_table_or_breaks_the_log(
    moves: list[tuple[Action, Actor, MoveReason | None, int]], is_helpful: bool
) -> None:
    now, entries, today = case(), [], TODAY
    for drawn, actor, drawn_reason, days in moves:
        action, reason = drawn, drawn_reason
        if is_helpful:
            offered = actions_for(now, actor)
            action = offered[days % len(offered)] if offered else drawn
            reason = next(iter(reasons_for(now.status, action)), None)
        day = today + timedelta(days=days)
        result = move(now, action, actor, day, reason)
        if isinstance(result, MoveRefused):
            continue
        transition = TRANSITIONS[now.status, action]
        assert result.case.status is transition.to
        assert actor.role in transition.roles
        assert actor.role is not Role.OFFICER
        assert day >= today
        now, today = result.case, day
        entries.append(result.entry)
        assert (now.closed_on is None) is (now.status is not CaseStatus.CLOSED)
    assert log.verify(entries, now.ref, now.log) == ()


def test_every_status_can_be_reached_and_every_one_leads_on() -> None:
    reached, todo = {CaseStatus.RECEIVED}, deque([CaseStatus.RECEIVED])
    while todo:
        here = todo.popleft()
        onward = {t.to for (status, _), t in TRANSITIONS.items() if status is here}
        assert onward, here
        todo.extend(onward - reached)
        reached |= onward
    assert reached == set(CaseStatus)


def test_every_decision_can_be_appealed_and_takes_a_reason() -> None:
    for decision in DECISIONS:
        assert TRANSITIONS[decision, Action.APPEAL].roles == {Role.REPORTER}
    for transition in TRANSITIONS.values():
        if transition.to in DECISIONS and Role.HANDLER in transition.roles:
            same = [k for k, v in TRANSITIONS.items() if v is transition and k[0] is v.to]
            assert transition.reasons or same


def test_a_company_moves_nothing() -> None:
    for status in CaseStatus:
        assert actions_for(case(status), OFFICER) == ()
    assert all(Role.OFFICER not in t.roles for t in TRANSITIONS.values())


@pytest.mark.parametrize(
    ("status", "action", "actor", "reason", "refusal"),
    [
        ("received", "assess", HANDLER, None, "not_from_here"),
        ("received", "acknowledge", REPORTER, None, "not_your_role"),
        ("received", "acknowledge", ACTORS[-1], None, "not_your_case"),
        ("assessing", "refer", HANDLER, None, "reason_missing"),
        ("assessing", "refer", HANDLER, MoveReason.MISTAKE, "reason_not_fitting"),
        ("assessing", "investigate", HANDLER, MoveReason.MISTAKE, "reason_not_fitting"),
        ("appealed", "investigate", HANDLER, None, "not_your_role"),
    ],
)
def test_a_refusal_says_why(
    status: str, action: str, actor: Actor, reason: MoveReason | None, refusal: str
) -> None:
    result = move(case(CaseStatus(status)), Action(action), actor, TODAY, reason)
    assert result == MoveRefused(reason=MoveRefusal(refusal))


def test_nothing_is_dated_back() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert move(case(), Action.ACKNOWLEDGE, HANDLER, yesterday) == MoveRefused(
        reason=MoveRefusal.BEFORE_LAST_MOVE
    )


def test_an_appeal_is_decided_by_people_who_did_not_handle_the_case() -> None:
    unfounded = case(CaseStatus.UNFOUNDED, decided_on=TODAY, decision=CaseStatus.UNFOUNDED)
    appealed = move(unfounded, Action.APPEAL, REPORTER, TODAY, MoveReason.DISAGREES)
    assert isinstance(appealed, Moved)
    assert appealed.case.is_on_appeal
    assert appealed.case.earlier_handler_ids == ("asha", "zoe")
    refused = move(appealed.case, Action.INVESTIGATE, HANDLER, TODAY)
    assert refused == MoveRefused(reason=MoveRefusal.ON_APPEAL)
    heard = move(appealed.case, Action.INVESTIGATE, APPEAL_HANDLER, TODAY)
    assert isinstance(heard, Moved)
    still = move(heard.case, Action.FIND_FOUNDED, HANDLER, TODAY, MoveReason.FACTS_ESTABLISHED)
    assert still == MoveRefused(reason=MoveRefusal.ON_APPEAL)
    decided = move(
        heard.case, Action.FIND_UNFOUNDED, APPEAL_HANDLER, TODAY, MoveReason.FACTS_REFUTED
    )
    assert isinstance(decided, Moved)
    again = move(decided.case, Action.APPEAL, REPORTER, TODAY, MoveReason.DISAGREES)
    assert again == MoveRefused(reason=MoveRefusal.APPEALED_BEFORE)


def test_a_quick_closing_takes_no_appeal_away() -> None:
    closed = case(CaseStatus.CLOSED, closed_on=TODAY, decision=CaseStatus.UNFOUNDED)
    assert Action.APPEAL in actions_for(closed, REPORTER)
    assert Action.REOPEN in actions_for(closed, REPORTER)


def test_a_whole_life_sets_its_days() -> None:
    now, day = case(), TODAY
    for action, reason in (
        (Action.ACKNOWLEDGE, None),
        (Action.ASSESS, None),
        (Action.INVESTIGATE, None),
        (Action.FIND_FOUNDED, MoveReason.FACTS_ESTABLISHED),
        (Action.CONFIRM_STOPPED, None),
        (Action.AGREE_REMEDY, None),
        (Action.START_REMEDY, None),
        (Action.CLOSE, MoveReason.REMEDY_SATISFIES),
    ):
        day += timedelta(days=1)
        result = move(now, action, HANDLER, day, reason)
        assert isinstance(result, Moved), action
        now = result.case
    assert now.acknowledged_on == date(2026, 11, 25)
    assert now.feedback_on == now.decided_on == date(2026, 11, 28)
    assert now.stopped_on == date(2026, 11, 29)
    assert now.closed_on == date(2026, 12, 2)
    assert (now.due_on, now.erase_on) == (None, date(2027, 2, 2))
    assert now.decision is CaseStatus.FOUNDED
