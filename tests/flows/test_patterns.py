"""Patterns match as Java's do, in time that grows with the text alone."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.expressions import ExpressionError
from flows.expressions.patterns import LONGEST_TEXT, pattern


@pytest.mark.parametrize(
    ("source", "text", "fits"),
    [
        (r"^\d{3}-\d{2,}$", "123-4567", True),
        (r"\d{3}", "1234", False),
        (r"[^@\s]+@[^@\s]+\.[^@\s]+", "a@b.nl", True),
        (r"[\w-\.]+@([\w-]+\.)+[\w-]{2,}", "a.b-c@d-e.f.nl", True),
        (r"[a-zA-Z_ ]*", "", True),
        (r"(yes|no|maybe)?", "maybe", True),
        (r"\p{L}+", "émil", True),
        (r"\P{L}+", "émil", False),
        (r"[\p{Lu}\d]+", "A1", True),
        (r"a.c", "a\nc", False),
        (r"[]a]+", "]a", True),
        (r"[a-]+", "a-", True),
        (r"[a\-z]+", "b", False),
        (r"\+?[0-9]{7,15}", "+31612345678", True),
        (r"\D\W\S", "a!b", True),
        (r"(?:ab)+?", "abab", True),
        (r"\.\(\)", ".()", True),
        (r"a{0}", "", True),
        (r"a{2,}", "a", False),
        (r"\t", "\t", True),
        (r"[\d-]+", "1-2", True),
        (r"", "", True),
        (r"", "x", False),
    ],
)
def test_a_pattern_fits(source: str, text: str, fits: bool) -> None:
    assert pattern(source).matches(text) is fits


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("(a", "never closes"),
        ("a)", "never opened"),
        ("[a", "never closes"),
        ("*a", "after nothing"),
        ("a{x}", "no count"),
        ("a{2,1}", "end comes before"),
        ("[z-a]", "backwards"),
        (r"(a)\1", "not supported"),
        ("(?=a)b", "not supported"),
        (r"\b", "not supported"),
        ("a^b", "in its middle"),
        ("a$b", "in its middle"),
        ("\\", "backslash"),
        (r"\p{Lookup}", "category"),
        ("(a{1000}){1000}", "repeats too much"),
        ("((((){1000}){1000}){1000}){1000}", "repeats too much"),
        ("(" * 41 + ")" * 41, "nested deeper"),
    ],
)
def test_a_pattern_is_refused_with_its_reason(source: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason):
        pattern(source)


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    for source in (r"(a+)+", r"(a|aa)+", r"(a*)*b", r"([a-z]+)*[0-9]"):
        started = time.thread_time()  # of this thread: others may keep the machine busy
        assert not pattern(source).matches("a" * (LONGEST_TEXT - 1) + "!")
        assert time.thread_time() - started < 10


def test_a_text_over_the_limit_never_fits() -> None:
    assert pattern("a*").matches("a" * LONGEST_TEXT)
    assert not pattern("a*").matches("a" * (LONGEST_TEXT + 1))


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "c"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{1,2}", "{2}", "{0,}"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@given(_PATTERNS, st.text(alphabet="abc", max_size=8))
@settings(max_examples=400, deadline=None)
def test_the_automaton_agrees_with_python(source: str, text: str) -> None:
    assert pattern(source).matches(text) == (re.fullmatch(source, text) is not None)
