"""Accounts: handlers have a key, officers have none, and nothing secret is shown."""

from datetime import date

import pytest

from accounts.account import (
    Account,
    AccountRefusal,
    AccountRefused,
    AccountRole,
    Credentials,
    NewAccount,
    digest_of_name,
    new_handler_account,
    new_officer_account,
)
from register.people import Handler, Officer
from sealing.key_ring import new_key_ring
from sealing.stretching import TEST_COST

KEY_RING = new_key_ring(date(2026, 11, 20))
HANDLER = Handler(id="h", name="Asha Sample", team_id="t")
OFFICER = Officer(id="o", name="Olga Officer", organisation_id="org")
GOOD = Credentials(name="Asha", passphrase="seven quiet stones in a row")


def handler_account(credentials: Credentials = GOOD) -> NewAccount | AccountRefused:
    return new_handler_account(
        HANDLER,
        credentials,
        wrapped_identity=b"wrapped",
        key_ring=KEY_RING,
        service_name="Gehoor",
        cost=TEST_COST,
    )


def test_an_account_is_found_by_its_name_however_it_is_written() -> None:
    made = handler_account()
    assert isinstance(made, NewAccount)
    assert made.account.name_digest == digest_of_name(KEY_RING, "  ASHA ")
    assert "sha" not in made.account.name_digest.casefold() or len(made.account.name_digest) == 26


@pytest.mark.parametrize(
    ("credentials", "reason"),
    [
        (Credentials(name="  ", passphrase=GOOD.passphrase), AccountRefusal.NAME_EMPTY),
        (Credentials(name="Asha", passphrase="short"), AccountRefusal.TOO_SHORT),
        (Credentials(name="Asha", passphrase="x" * 201), AccountRefusal.TOO_LONG),
    ],
)
def test_an_account_that_would_be_weak_is_not_made(
    credentials: Credentials, reason: AccountRefusal
) -> None:
    assert handler_account(credentials) == AccountRefused(reason=reason)


def test_an_officer_has_an_organisation_and_no_key() -> None:
    made = new_officer_account(
        OFFICER, GOOD, key_ring=KEY_RING, service_name="Gehoor", cost=TEST_COST
    )
    assert isinstance(made, NewAccount)
    assert made.account.organisation_id == "org"
    assert made.account.wrapped_identity is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": AccountRole.HANDLER},
        {"role": AccountRole.HANDLER, "wrapped_identity": b"w", "organisation_id": "org"},
        {"role": AccountRole.OFFICER},
        {"role": AccountRole.OFFICER, "wrapped_identity": b"w", "organisation_id": "org"},
    ],
)
def test_no_officer_ever_has_a_key(wrong: dict[str, object]) -> None:
    rest = {"display_name": "A", "passphrase_hash": "h", "totp_secret": "s", "name_digest": "d"}
    with pytest.raises(ValueError, match="key"):
        Account(id="x", **rest, **wrong)  # type: ignore[arg-type]  # the test's own choice


def test_nothing_secret_is_in_a_repr() -> None:
    made = handler_account()
    assert isinstance(made, NewAccount)
    shown = f"{made!r} {made.account!r} {GOOD!r}"
    for secret in (GOOD.passphrase, made.account.totp_secret, made.account.passphrase_hash):
        assert secret not in shown
    assert "Asha Sample" not in shown
