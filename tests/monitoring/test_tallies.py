"""Signals counted."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitoring.risk.severity import Weight
from monitoring.signals import Signal, SignalKind, at_site
from monitoring.standing import Standing
from monitoring.tallies import tally
from register.particulars import Group, Theme
from register.quarters import Quarter


def a_signal(**changes) -> Signal:
    values = {
        "kind": SignalKind.CASE,
        "reference": "case 1",
        "voice": "v1",
        "subject": at_site("s"),
        "theme": Theme.LIVING_WAGE,
        "day": date(2026, 4, 1),
        "weight": Weight(gravity=3, scope=2, irremediability=2, likelihood=3),
    } | changes
    return Signal(**values)


def test_people_are_counted_and_not_messages() -> None:
    (counted,) = tally(a_signal(reference=f"case {number}") for number in range(30))
    assert (counted.signals, counted.voices) == (30, 1)


def test_the_gravest_of_each_part_is_kept() -> None:
    (counted,) = tally(
        [
            a_signal(weight=Weight(gravity=5, scope=1, irremediability=1, likelihood=3)),
            a_signal(weight=Weight(gravity=2, scope=4, irremediability=3, likelihood=2)),
        ]
    )
    assert counted.weight == Weight(gravity=5, scope=4, irremediability=3, likelihood=3)


def test_quarters_kinds_standings_and_themes_are_apart() -> None:
    tallies = tally(
        [
            a_signal(),
            a_signal(day=date(2026, 7, 1)),
            a_signal(kind=SignalKind.AUDIT),
            a_signal(standing=Standing.CONFIRMED),
            a_signal(theme=Theme.OTHER),
            a_signal(subject=at_site("t")),
        ]
    )
    assert len({each.key for each in tallies}) == 6
    assert {each.quarter for each in tallies} == {
        Quarter(year=2026, number=2),
        Quarter(year=2026, number=3),
    }


def test_who_is_most_affected_is_kept_and_what_was_unsaid_is_not() -> None:
    (counted,) = tally([a_signal(group=Group.WOMEN), a_signal(), a_signal(group=Group.MIXED)])
    assert counted.groups == {Group.WOMEN, Group.MIXED}


signals = st.builds(
    a_signal,
    reference=st.sampled_from("abc"),
    voice=st.sampled_from("vw"),
    subject=st.sampled_from("st").map(at_site),
    standing=st.sampled_from(Standing),
)


@given(st.lists(signals, max_size=8), st.randoms())
def test_tallies_do_not_depend_on_the_order_of_the_signals(listed, random) -> None:
    shuffled = list(listed)
    random.shuffle(shuffled)
    assert tally(listed) == tally(shuffled)
