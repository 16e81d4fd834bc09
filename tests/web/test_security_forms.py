"""Form tokens."""

from hypothesis import given
from hypothesis import strategies as st

from web.security_forms import FormGuard

GUARD = FormGuard(b"k" * 32)


@given(st.text(), st.text())
def test_a_token_opens_the_form_it_was_issued_for(holder: str, purpose: str) -> None:
    assert GUARD.accepts(holder, purpose, GUARD.issue(holder, purpose))


@given(st.text(), st.text(), st.text(), st.text())
def test_a_token_opens_no_other_form(holder: str, purpose: str, other: str, another: str) -> None:
    if (holder, purpose) != (other, another):
        assert not GUARD.accepts(other, another, GUARD.issue(holder, purpose))


def test_a_token_of_another_installation_is_refused() -> None:
    assert not FormGuard(b"o" * 32).accepts("h", "/report", GUARD.issue("h", "/report"))


def test_a_token_that_is_not_ascii_is_refused_without_a_fault() -> None:
    assert not GUARD.accepts("h", "/report", "é" * 64)
