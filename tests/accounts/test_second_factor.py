"""Codes of an authenticator (RFC 6238)."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from accounts.second_factor import new_secret, provisioning_uri, step_of

NOW = datetime(2026, 11, 20, 9, 0, 15, tzinfo=UTC)
SECRET = new_secret()


def code(seconds: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(int((NOW + timedelta(seconds=seconds)).timestamp()))


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_code_of_now_or_of_a_clock_a_little_off_has_its_step(seconds: int) -> None:
    present = int(NOW.timestamp()) // 30
    assert step_of(SECRET, code(seconds), NOW) == present + seconds // 30


@pytest.mark.parametrize("seconds", [-90, -60, 60, 90])
def test_an_older_or_later_code_has_none(seconds: int) -> None:
    assert step_of(SECRET, code(seconds), NOW) is None


@pytest.mark.parametrize("typed", ["", "abcdef", "0" * 5, "१२३४५६", "\ud800"])
def test_what_is_no_code_has_no_step(typed: str) -> None:
    assert step_of(SECRET, typed, NOW) is None


def test_spaces_in_a_code_do_not_matter() -> None:
    now = code()
    assert step_of(SECRET, f" {now[:3]} {now[3:]} ", NOW) is not None


def test_the_address_for_an_authenticator_says_whose_and_of_what() -> None:
    uri = provisioning_uri(SECRET, "asha", "Gehoor")
    assert uri.startswith("otpauth://totp/Gehoor:asha?")
    assert f"secret={SECRET}" in uri
