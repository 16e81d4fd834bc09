"""Typed words keep what they say and lose what could hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.clean_text import clean, is_blank


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  hello \n", "hello"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("a\x00b\x1b[31mc\x7f\x85", "ab[31mc"),
        ("pay \u202egnp.exe", "pay gnp.exe"),
        ("\u2067abc\u2069 d", "\u2067abc\u2069 d"),
        ("\u2067abc", "abc"),
        ("abc\u2069", "abc"),
        ("\u202aab\u2069", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("a\ud800b", "ab"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_a_text_is_made_safe(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b", "\u2800\u3164", "\ufeff \u00ad"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "0", "👍", "你", "ا"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(st.text(st.characters()))
def test_cleaning_twice_is_cleaning_once_and_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
