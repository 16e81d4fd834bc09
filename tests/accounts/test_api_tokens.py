"""A token is shown once, is good for some days and some things, and its digest tells nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.api_tokens import (
    MOST_DAYS,
    NewApiToken,
    Scope,
    TokenRefusal,
    TokenRefused,
    digest_of,
    new_api_token,
)
from sealing.key_ring import new_key_ring

TODAY = date(2026, 11, 20)
RING = new_key_ring(TODAY)
OWNER = "o" * 26


def made(days: int = 7, *scopes: Scope) -> NewApiToken:
    new = new_api_token(RING, OWNER, scopes or (Scope.SCORE,), TODAY, days=days)
    assert isinstance(new, NewApiToken)
    return new


def test_a_token_is_known_by_its_digest_under_this_key_ring_alone() -> None:
    new = made()
    assert digest_of(RING, new.token) == new.kept.digest
    assert digest_of(new_key_ring(TODAY), new.token) != new.kept.digest
    assert new.kept.is_of(new.kept.digest)
    assert not new.kept.is_of(new.kept.digest[:-1])
    assert not new.kept.is_of("é")


def test_neither_the_token_nor_its_digest_is_in_what_is_written_of_it() -> None:
    new = made()
    assert new.token not in repr(new)
    assert new.kept.digest not in repr(new)


@pytest.mark.parametrize(
    "typed", ["", "gehoor_", "gehoor_" + "a" * 31, "gehoor_" + "a" * 33, "Gehoor_" + "a" * 32,
              "gehoor_" + "é" * 32, "gehoor_" + "a" * 32 + "\n", " gehoor_" + "a" * 32],
)  # fmt: skip
def test_what_is_no_token_is_not_worth_a_look_up(typed: str) -> None:
    assert digest_of(RING, typed) is None


def test_a_token_is_good_from_its_day_up_to_its_last() -> None:
    kept = made(days=7).kept
    assert kept.is_good(TODAY)
    assert kept.is_good(TODAY + timedelta(days=6))
    assert not kept.is_good(TODAY + timedelta(days=7))
    # Set back by more than a day, the clock cannot be believed.
    assert not kept.is_good(TODAY - timedelta(days=2))
    assert kept.used(TODAY) == replace(kept, last_used_on=TODAY)


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_a_token_is_never_made_for_ever(days: int) -> None:
    refused = new_api_token(RING, OWNER, (Scope.SCORE,), TODAY, days=days)
    assert refused == TokenRefused(reason=TokenRefusal.DAYS_WRONG)


def test_a_token_for_nothing_is_not_made() -> None:
    refused = new_api_token(RING, OWNER, (), TODAY)
    assert refused == TokenRefused(reason=TokenRefusal.NO_SCOPE)


def test_no_two_tokens_are_alike() -> None:
    assert len({made().token for _ in range(100)}) == 100
