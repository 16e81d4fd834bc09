"""What is dealt with first, and why not the rest (R91, R93)."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.risk.findings import Finding
from monitoring.risk.matrix import URGENCY, Priority
from monitoring.risk.priorities import (
    GROUND_WORDS,
    LOOK_AGAIN_DAYS,
    ChoiceFault,
    ChoiceGround,
    ChoiceRefused,
    Ranked,
    choose,
    in_order,
    postpone,
    prioritise,
)
from monitoring.risk.severity import Weight
from monitoring.signals import SignalKind, at_site
from monitoring.standing import Standing
from monitoring.tallies import Tally
from register.particulars import Group, Theme
from register.quarters import Quarter

TODAY = date(2026, 5, 4)


def a_finding(
    site: str,
    *,
    gravity: int,
    likelihood: int,
    scope: int = 1,
    irremediability: int = 1,
    groups: frozenset[Group] = frozenset(),
) -> Finding:
    weight = Weight(
        gravity=gravity, scope=scope, irremediability=irremediability, likelihood=likelihood
    )
    source = Tally(
        subject=at_site(site),
        theme=Theme.OTHER,
        quarter=Quarter(year=2026, number=2),
        kind=SignalKind.CASE,
        standing=Standing.HEARD,
        signals=1,
        voices=1,
        weight=weight,
        groups=groups,
    )
    return Finding(subject=at_site(site), theme=Theme.OTHER, estimate=weight, sources=(source,))


DAM = a_finding("dam", gravity=5, likelihood=1)
BONDED = a_finding("bonded", gravity=5, likelihood=4)
WAGES = a_finding("wages", gravity=3, likelihood=5)


def test_the_worked_example_holds() -> None:
    bonded, dam, wages = prioritise([WAGES, DAM, BONDED], room=2, today=TODAY)
    assert [each.finding_id for each in (bonded, dam)] == ["bonded.other", "dam.other"]
    assert bonded.is_chosen
    assert dam.is_chosen
    assert dam.ground is ChoiceGround.MOST_SEVERE
    assert (wages.is_chosen, wages.ground) == (False, ChoiceGround.OTHERS_COME_FIRST)
    assert wages.look_again == date(2026, 8, 4)


def test_the_most_severe_are_chosen_even_when_there_is_no_room() -> None:
    ranked = prioritise([WAGES, DAM, BONDED], room=0, today=TODAY)
    assert [each.is_chosen for each in ranked] == [True, True, False]


def test_with_room_the_next_in_line_is_chosen() -> None:
    assert prioritise([WAGES], room=1, today=TODAY)[0].ground is ChoiceGround.WITHIN_REACH


def test_of_what_is_equal_the_vulnerable_come_first() -> None:
    men = a_finding("a", gravity=3, likelihood=3, groups=frozenset({Group.MEN}))
    women = a_finding("b", gravity=3, likelihood=3, groups=frozenset({Group.WOMEN}))
    assert in_order([men, women]) == (women, men)


def test_every_ground_has_words_and_every_priority_a_day_to_look_again() -> None:
    assert set(GROUND_WORDS) == set(ChoiceGround)
    assert set(LOOK_AGAIN_DAYS) == set(Priority)


def the_wages() -> Ranked:
    return prioritise([WAGES], room=0, today=TODAY)[0]


def test_people_may_choose_more_with_a_reason() -> None:
    chosen = choose(the_wages(), by="o1", reason="Takes one phone call.")
    assert isinstance(chosen, Ranked)
    assert chosen.is_chosen
    assert chosen.look_again is None
    assert (chosen.ground, chosen.decided_by) == (ChoiceGround.CHOSEN_BY_PEOPLE, "o1")


def test_people_may_postpone_with_a_reason_and_a_day_to_look_again() -> None:
    (wages,) = prioritise([WAGES], room=1, today=TODAY)
    postponed = postpone(wages, by="o1", reason="The talks are in June.", today=TODAY)
    assert isinstance(postponed, Ranked)
    assert not postponed.is_chosen
    assert postponed.look_again == date(2026, 8, 4)


def test_nobody_postpones_the_most_severe() -> None:
    (dam,) = prioritise([DAM], room=1, today=TODAY)
    refused = postpone(dam, by="o1", reason="Too dear.", today=TODAY)
    assert refused == ChoiceRefused(reason=ChoiceFault.MOST_SEVERE)
    assert choose(dam, by="o1", reason="Yes.") is dam


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_choice_without_a_reason(reason) -> None:
    refusal = ChoiceRefused(reason=ChoiceFault.NO_REASON)
    assert choose(the_wages(), by="o1", reason=reason) == refusal
    assert postpone(the_wages(), by="o1", reason=reason, today=TODAY) == refusal


grades = st.integers(1, 5)
findings = st.lists(
    st.builds(
        a_finding,
        st.uuids().map(str),
        gravity=grades,
        likelihood=grades,
        scope=grades,
        irremediability=grades,
        groups=st.sampled_from(Group).map(lambda group: frozenset({group})),
    ),
    max_size=8,
)


@given(findings, st.integers(0, 9), st.randoms())
def test_severity_dominates_and_the_order_is_total(listed, room, random) -> None:
    ranked = prioritise(listed, room=room, today=TODAY)
    random.shuffle(listed)
    assert prioritise(listed, room=room, today=TODAY) == ranked
    assert [each.place for each in ranked] == list(range(1, len(listed) + 1))
    for before, after in pairwise(ranked):
        assert before.severity >= after.severity
        assert before.severity > after.severity or before.likelihood >= after.likelihood
        assert URGENCY[before.priority] >= URGENCY[after.priority]


@given(findings, st.integers(0, 9))
def test_postponing_is_not_dropping(listed, room) -> None:
    ranked = prioritise(listed, room=room, today=TODAY)
    assert {each.finding_id for each in ranked} == {finding.id for finding in listed}
    for each in ranked:
        assert each.is_chosen or (each.look_again and each.look_again > TODAY)
        assert each.is_chosen or each.priority is not Priority.FIRST


@given(findings, st.integers(0, 8))
def test_more_room_never_drops_a_finding(listed, room) -> None:
    fewer = prioritise(listed, room=room, today=TODAY)
    more = prioritise(listed, room=room + 1, today=TODAY)
    assert all(one.is_chosen <= other.is_chosen for one, other in zip(fewer, more, strict=True))
