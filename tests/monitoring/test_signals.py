"""What a case or a rating says, without a word of it."""

from dataclasses import replace
from datetime import date

from consultations.ratings import StakeholderRating
from monitoring.risk.severity import Weight
from monitoring.signals import SignalKind, at_site, signal_of_case, signals_of_ratings
from monitoring.standing import Standing
from register.case import CaseStatus
from register.particulars import Group, Theme


def test_a_case_speaks_of_its_site_and_theme(a_case) -> None:
    signal = signal_of_case(a_case, voice="v1")
    assert signal is not None
    assert signal.kind is SignalKind.CASE
    assert signal.subject == at_site("s" * 26)
    assert signal.theme is Theme.HEALTH_SAFETY
    assert signal.day == a_case.filed_on
    assert signal.reference == a_case.ref
    assert signal.standing is Standing.HEARD
    assert signal.weight == Weight(gravity=3, scope=3, irremediability=3, likelihood=3)


def test_a_case_without_a_site_says_nothing_of_a_place(a_case) -> None:
    nowhere = replace(a_case, particulars=replace(a_case.particulars, site_id=None))
    assert signal_of_case(nowhere, voice="v1") is None


def test_a_case_that_moves_gives_the_same_signal_with_another_standing(a_case) -> None:
    founded = replace(a_case, status=CaseStatus.FOUNDED, decision=CaseStatus.FOUNDED)
    before, after = signal_of_case(a_case, voice="v"), signal_of_case(founded, voice="v")
    assert before is not None
    assert after is not None
    assert (after.reference, after.day) == (before.reference, before.day)
    assert after.standing is Standing.CONFIRMED
    assert after.weight.likelihood == 5


def test_the_voice_of_a_signal_is_not_shown(a_case) -> None:
    assert "pseudonym-of-somebody" not in repr(
        signal_of_case(a_case, voice="pseudonym-of-somebody")
    )


def test_every_participant_is_one_voice_for_each_theme() -> None:
    rating = StakeholderRating(
        round_id="r",
        participant="p",
        site_id="s",
        theme=Theme.LAND_RIGHTS,
        day=date(2026, 6, 1),
        gravity=5,
    )
    changed = replace(rating, day=date(2026, 6, 2), gravity=4)
    (signal,) = signals_of_ratings([rating, changed])
    assert signal.kind is SignalKind.RATING
    assert signal.voice == "p"
    assert signal.group is Group.UNSAID
    assert signal.weight == Weight(gravity=4, scope=1, irremediability=1, likelihood=1)
