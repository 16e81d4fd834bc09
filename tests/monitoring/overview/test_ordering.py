"""What people decided outlives the night; a risk that is put off does not slip away."""

from dataclasses import replace
from datetime import date

import pytest

from monitoring.overview.ordering import carried_over
from monitoring.risk.matrix import Priority
from monitoring.risk.priorities import ChoiceGround, Ranked, choose, postpone

MARCH = Ranked(
    place=3,
    finding_id="wages",
    severity=3,
    likelihood=5,
    priority=Priority.SOON,
    is_chosen=False,
    ground=ChoiceGround.OTHERS_COME_FIRST,
    look_again=date(2026, 6, 1),
)
APRIL = replace(MARCH, look_again=date(2026, 7, 2))


def carried(now: Ranked, before: Ranked) -> Ranked:
    (found,) = carried_over((now,), (before,))
    return found


def chosen(ranked: Ranked) -> Ranked:
    found = choose(ranked, by="oda", reason="Quick to stop.")
    assert isinstance(found, Ranked)
    return found


def postponed(ranked: Ranked) -> Ranked:
    found = postpone(ranked, by="oda", reason="After the harvest.", today=date(2026, 5, 1))
    assert isinstance(found, Ranked)
    return found


def test_the_day_to_look_again_does_not_move_away() -> None:
    assert carried(APRIL, MARCH).look_again == MARCH.look_again


def test_it_moves_nearer_when_the_risk_grows() -> None:
    sooner = replace(APRIL, look_again=date(2026, 5, 1))
    assert carried(sooner, MARCH).look_again == date(2026, 5, 1)


def test_what_people_chose_stays_chosen() -> None:
    found = carried(replace(APRIL, place=5), chosen(MARCH))
    assert (found.is_chosen, found.ground) == (True, ChoiceGround.CHOSEN_BY_PEOPLE)
    assert (found.reason, found.decided_by, found.place) == ("Quick to stop.", "oda", 5)


def test_what_is_chosen_by_its_weight_now_needs_no_choice_of_people() -> None:
    now = replace(APRIL, is_chosen=True, ground=ChoiceGround.MOST_SEVERE, look_again=None)
    assert carried(now, chosen(MARCH)) == now


@pytest.mark.parametrize("priority", [Priority.SOON, Priority.NEXT, Priority.LATER])
def test_what_people_put_off_stays_put_off_while_it_does_not_grow(priority: Priority) -> None:
    found = carried(replace(APRIL, priority=priority), postponed(MARCH))
    assert (found.is_chosen, found.reason) == (False, "After the harvest.")


def test_a_risk_that_outgrew_the_reason_is_no_longer_put_off() -> None:
    now = replace(
        APRIL,
        priority=Priority.FIRST,
        is_chosen=True,
        ground=ChoiceGround.MOST_SEVERE,
        look_again=None,
    )
    assert carried(now, postponed(MARCH)) == now


def test_a_new_risk_stands_as_it_is() -> None:
    assert carried_over((APRIL,), ()) == (APRIL,)
