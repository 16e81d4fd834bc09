"""`gehoor tokens`: shown once, listed without it, gone when it is taken back."""

import re
from pathlib import Path

import pytest

from service.clock import today
from service.foundations import records
from service.settings import read_settings
from tests.service.terminal import Gehoor

TOKEN = re.compile(r"gehoor_[A-Za-z0-9_-]{32}")


@pytest.fixture
def with_company(installed: Gehoor) -> Gehoor:
    assert installed("organisations", "add", "--name", "Sample Stone").status == 0
    return installed


def test_a_token_is_shown_once_and_stands_nowhere(with_company: Gehoor, home: Path) -> None:
    made = with_company(
        "tokens", "add", "sample stone", "--scope", "releases", "--scope", "score", "--days", "30"
    )
    assert made.status == 0, made.err
    (token,) = TOKEN.findall(made.out)
    listed = with_company("tokens", "list")
    assert "Sample Stone: releases, score; up to " in listed.out
    assert "never used" in listed.out
    assert not TOKEN.search(listed.out)
    for path in home.rglob("*"):
        if path.is_file():
            assert token.encode() not in path.read_bytes(), path.name


def test_the_list_says_the_day_of_the_last_use_and_no_time(with_company: Gehoor) -> None:
    with_company("tokens", "add", "Sample Stone", "--scope", "score")
    with records(read_settings()) as kept:
        (token,) = kept.read(lambda tx: tx.api_tokens.every())
        kept.write(lambda tx: tx.api_tokens.put(token.used(today())))
    listed = with_company("tokens", "list").out
    assert f"last used on {today()}\n" in listed


def test_a_token_that_is_taken_back_is_gone(with_company: Gehoor) -> None:
    made = with_company("tokens", "add", "Sample Stone", "--scope", "summaries").out
    found = re.search(r"gehoor tokens remove (\w{26})", made)
    assert found is not None
    assert with_company("tokens", "remove", found[1]).status == 0
    assert "There are none" in with_company("tokens", "list").out
    again = with_company("tokens", "remove", found[1])
    assert again.status == 1
    assert "gehoor tokens list" in again.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Nobody", "--scope", "score"), "gehoor organisations list"),
        (("Sample Stone",), "releases, summaries, score"),
        (("Sample Stone", "--scope", "cases"), "there is no cases"),
        (("Sample Stone", "--scope", "score", "--days", "0"), "--days is 1 to 730"),
        (("Sample Stone", "--scope", "score", "--days", "731"), "--days is 1 to 730"),
    ],
)
def test_what_cannot_be_made_says_what_to_do(
    with_company: Gehoor, arguments: tuple[str, ...], told: str
) -> None:
    refused = with_company("tokens", "add", *arguments)
    assert refused.status == 1
    assert told in refused.err
    assert "There are none" in with_company("tokens", "list").out
