"""Which language a request is answered in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.languages import accepted_tags


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", ()),
        ("hi", ("hi",)),
        ("en;q=0.3, hi, ar;q=0.9", ("hi", "ar", "en")),
        ("nl, en;q=0", ("nl",)),
        ("nl;q=x, en", ("en",)),
        (",,;q=1", ()),
        ("tr;q=0.5,vi;q=0.5", ("tr", "vi")),
    ],
)
def test_tags_come_best_first_and_without_faulty_ones(header: str, tags: tuple[str, ...]) -> None:
    assert accepted_tags(header) == tags


@given(st.text())
def test_no_header_makes_reading_it_fail(header: str) -> None:
    accepted_tags(header)
