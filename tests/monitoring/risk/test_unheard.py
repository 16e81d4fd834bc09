"""Silence as a signal (G19)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.risk.unheard import HEARING_WORDS, RULES, Hearing, SiteFacts, hearing

TODAY = date(2026, 5, 4)
ASKED = date(2025, 11, 1)


@pytest.mark.parametrize(
    ("facts", "meaning"),
    [
        ({"is_risk_country": True}, Hearing.UNHEARD),
        ({"is_risk_country": False, "worst_severity": 4}, Hearing.UNHEARD),
        ({"is_risk_country": False, "worst_severity": 3}, Hearing.UNKNOWN),
        (
            {
                "is_risk_country": True,
                "readers": 12,
                "awareness_percent": 70,
                "awareness_day": ASKED,
            },
            Hearing.QUIET,
        ),
        (
            {
                "is_risk_country": True,
                "readers": 12,
                "awareness_percent": 49,
                "awareness_day": ASKED,
            },
            Hearing.UNHEARD,
        ),
        (
            {
                "is_risk_country": True,
                "readers": 12,
                "awareness_percent": 90,
                "awareness_day": date(2024, 1, 1),
            },
            Hearing.UNHEARD,
        ),
        (
            {"is_risk_country": True, "awareness_percent": 90, "awareness_day": ASKED},
            Hearing.UNHEARD,
        ),
        ({"is_risk_country": True, "readers": 40}, Hearing.UNHEARD),
        ({"is_risk_country": True, "voices": 1}, Hearing.HEARD),
    ],
)
def test_what_silence_means(facts, meaning) -> None:
    assert hearing(SiteFacts(site_id="s", **facts), TODAY) is meaning


site_facts = st.builds(
    SiteFacts,
    site_id=st.just("s"),
    is_risk_country=st.booleans(),
    worst_severity=st.integers(0, 5),
    voices=st.integers(0, 2),
    readers=st.integers(0, 2),
    awareness_percent=st.none() | st.integers(0, 100),
    awareness_day=st.none() | st.dates(date(2023, 1, 1), TODAY),
)


@given(site_facts)
def test_silence_at_a_place_of_high_risk_is_never_taken_for_unknown_or_safe(facts) -> None:
    meaning = hearing(facts, TODAY)
    if facts.is_high_risk and not facts.voices and not facts.is_aware(TODAY):
        assert meaning is Hearing.UNHEARD


def test_every_meaning_has_words_and_a_rule() -> None:
    assert {meaning for meaning, _ in RULES} == set(HEARING_WORDS) == set(Hearing)
