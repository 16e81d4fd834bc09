"""No spreadsheet runs what stands in a cell, and what it is stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from locales.cells import FORMULA_SIGNS, inert


@pytest.mark.parametrize("sign", [*FORMULA_SIGNS, "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_begins_with_a_sign_gets_an_apostrophe(sign: str) -> None:
    assert inert(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("words", ["", "Quarry 3", "a=b", "3 - 4", "धूल", "عامل", "क्\u200dष"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert inert(words) == words


@given(some.text())
def test_whatever_was_written_no_cell_begins_with_a_sign(words: str) -> None:
    made = inert(words)
    assert not made.startswith((*FORMULA_SIGNS, "\n"))
    assert not made.lstrip().startswith(("=", "+", "-", "@"))
    assert inert(made) == made
