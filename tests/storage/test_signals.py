"""Tallies that are kept are what counting all signals again gives (design §9)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.risk.severity import Weight
from monitoring.signals import Signal, SignalKind, Subject, at_site
from monitoring.standing import Standing
from monitoring.tallies import tally
from register.particulars import Group, Theme
from register.quarters import Quarter
from sealing.identifiers import new_id
from storage.tables import TALLIES
from storage.tally_lines import GROUP_NUMBERS, TallyLines, UnreadableLinesError
from tests.storage.ground import TODAY, Ground

SAME_DATABASE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DAYS = (date(2026, 8, 1), TODAY)
grades = st.integers(1, 5)
weights = st.builds(Weight, gravity=grades, scope=grades, irremediability=grades, likelihood=grades)
deeds = st.lists(
    st.tuples(
        st.integers(0, 4),  # which reference
        st.integers(0, 1),  # which site
        st.sampled_from([Theme.LIVING_WAGE, Theme.HEALTH_SAFETY]),
        st.sampled_from(DAYS),
        st.sampled_from(list(Standing)),
        weights,
        st.sampled_from([Group.UNSAID, Group.WOMEN, Group.MEN]),
        st.integers(0, 2),  # whose voice
        st.booleans(),  # take it away instead
    ),
    max_size=14,
)


def a_signal(place: str, **more: object) -> Signal:
    made = Signal(
        kind=SignalKind.CASE,
        reference=new_id(),
        voice=new_id(),
        subject=at_site(place),
        theme=Theme.LIVING_WAGE,
        day=TODAY,
        weight=Weight(gravity=3, scope=2, irremediability=1, likelihood=4),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


@SAME_DATABASE
@given(deeds=deeds)
def test_tallies_equal_a_recount_after_any_changes(ground: Ground, deeds: list) -> None:
    places = [new_id(), new_id()]
    references = [new_id() for _ in range(5)]
    voices = [new_id() for _ in range(3)]
    kept: dict[tuple[str, Subject, Theme], Signal] = {}
    with ground.writing() as tx:
        for which, where, theme, day, standing, weight, group, whose, is_gone in deeds:
            signal = a_signal(
                places[where], reference=references[which], theme=theme, day=day,
                standing=standing, weight=weight, group=group, voice=voices[whose],
            )  # fmt: skip
            if is_gone:
                tx.signals.remove(signal.kind, signal.reference)
                kept = {key: each for key, each in kept.items() if key[0] != signal.reference}
            else:
                tx.signals.put(signal)
                kept[signal.reference, signal.subject, theme] = signal
    with ground.reading() as tx:
        subjects = [at_site(place) for place in places]
        assert tx.signals.tallies(subjects) == tally(kept.values())
        assert tx.signals.tallies([]) == ()


def test_a_cell_is_paged_by_reference(ground: Ground) -> None:
    place = new_id()
    signals = [a_signal(place) for _ in range(5)]
    with ground.writing() as tx:
        for signal in (*signals, a_signal(place, theme=Theme.OTHER), a_signal(new_id())):
            tx.signals.put(signal)
    seen: list[Signal] = []
    with ground.reading() as tx:
        cell = (at_site(place), Theme.LIVING_WAGE, Quarter.of(TODAY))
        while page := tx.signals.page(*cell, after=seen[-1].reference if seen else "", limit=2):
            seen += page
    assert seen == sorted(signals, key=lambda each: each.reference)


def test_tallies_of_a_version_without_lines_are_counted_once_more(ground: Ground) -> None:
    place = new_id()
    signals = [a_signal(place) for _ in range(4)]
    with ground.writing() as tx:
        for signal in signals[:3]:
            tx.signals.put(signal)
    with ground.engine.begin() as connection:
        connection.execute(TALLIES.update().values(lines_sealed=None))
    decided = replace(signals[0], standing=Standing.CONFIRMED)
    with ground.writing() as tx:
        tx.signals.put(signals[3])
        tx.signals.put(decided)
    with ground.reading() as tx:
        assert tx.signals.tallies([at_site(place)]) == tally([decided, *signals[1:]])


@pytest.mark.parametrize("has_lines", [True, False])
def test_a_signal_that_is_forgotten_is_counted_on(ground: Ground, has_lines: bool) -> None:
    place = new_id()
    signals = [a_signal(place) for _ in range(3)]
    with ground.writing() as tx:
        for signal in signals:
            tx.signals.put(signal)
    if not has_lines:
        with ground.engine.begin() as connection:
            connection.execute(TALLIES.update().values(lines_sealed=None))
    with ground.writing() as tx:
        tx.signals.forget(SignalKind.CASE, signals[0].reference)
    decided = replace(signals[1], standing=Standing.CONFIRMED)
    with ground.writing() as tx:
        tx.signals.put(decided)
    with ground.reading() as tx:
        cell = (at_site(place), Theme.LIVING_WAGE, Quarter.of(TODAY))
        assert signals[0].reference not in {each.reference for each in tx.signals.page(*cell)}
        assert tx.signals.tallies([at_site(place)]) == tally([signals[0], decided, signals[2]])


def test_every_group_has_a_number_of_its_own() -> None:
    assert set(GROUP_NUMBERS) == set(Group)
    assert len(set(GROUP_NUMBERS.values())) == len(Group)


@pytest.mark.parametrize("stored", [b"", b"\x02" + bytes(21), b"\x01" + bytes(20)])
def test_lines_of_another_form_are_refused(stored: bytes) -> None:
    with pytest.raises(UnreadableLinesError):
        TallyLines.load(stored)
