"""Particulars: closed sets, and nothing from outside is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.particulars import (
    CLOSED_SETS,
    AnonymityLevel,
    Group,
    ParticularFault,
    Particulars,
    ParticularsRefused,
    People,
    Theme,
)

ANYTHING = st.sampled_from([None, "", "yes", "no", "women", "x" * 70, 3, 1.5, ("yes",), {}, "\n"])


def test_coded_answers_become_typed() -> None:
    read = Particulars.from_codes({"site": "abc", "theme": "living_wage", "ping": "yes"})
    assert read == Particulars(site_id="abc", theme=Theme.LIVING_WAGE, wants_ping=True)


def test_silence_is_read_carefully() -> None:
    read = Particulars.from_codes({})
    assert isinstance(read, Particulars)
    assert read.anonymity is AnonymityLevel.ANONYMOUS
    assert (read.theme, read.people, read.group) == (Theme.OTHER, People.UNKNOWN, Group.UNSAID)
    assert not read.wants_ping


def test_every_wrong_code_is_named_and_its_value_is_not_kept() -> None:
    refused = Particulars.from_codes({"theme": "my secret", "danger": 3, "site": "x" * 65})
    assert refused == ParticularsRefused(
        faults=(
            ("danger", ParticularFault.NOT_A_CODE),
            ("site", ParticularFault.NOT_A_CODE),
            ("theme", ParticularFault.NOT_IN_SET),
        )
    )
    assert "my secret" not in repr(refused)


def test_a_code_the_register_does_not_know_stops_nobody() -> None:
    assert Particulars.from_codes({"gravity": "5"}) == Particulars()


@pytest.mark.parametrize("code", sorted(CLOSED_SETS))
def test_each_answer_of_each_set_is_taken(code: str) -> None:
    for answer in CLOSED_SETS[code]:
        assert isinstance(Particulars.from_codes({code: answer.value}), Particulars)


@given(st.dictionaries(st.sampled_from([*CLOSED_SETS, "site"]), ANYTHING))
def test_whatever_comes_in_is_read_or_refused(codes: dict[str, object]) -> None:
    assert isinstance(Particulars.from_codes(codes), Particulars | ParticularsRefused)
