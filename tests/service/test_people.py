"""People get a key or none, a pass phrase that is kept nowhere, and a second factor shown once."""

from pathlib import Path

import pytest

from accounts.account import Account, AccountRole, digest_of_name
from sealing.identities import Identity, unlock
from sealing.key_ring_file import load_key_ring
from service.foundations import records
from service.people import generated_passphrase
from service.settings import read_settings
from tests.service.terminal import Gehoor

PHRASE = "a long enough pass phrase"
CODES = "otpauth://totp/"


@pytest.fixture
def staffed(installed: Gehoor) -> Gehoor:
    assert installed("organisations", "add", "--name", "Sample Stone").status == 0
    return installed


def _account(home: Path, name: str) -> Account | None:
    ring = load_key_ring(home / "key-ring")
    with records(read_settings()) as kept:
        return kept.read(lambda tx: tx.accounts.by_name(digest_of_name(ring, name)))


def test_a_handlers_key_opens_with_their_pass_phrase_and_is_what_is_sealed_to(
    staffed: Gehoor, home: Path
) -> None:
    added = staffed(
        "people", "add", "handler", "--name", "Asha", "--language", "hi", typed=f"{PHRASE}\n"
    )
    assert added.status == 0
    account = _account(home, "ASHA")
    assert account is not None
    assert account.wrapped_identity is not None
    identity = unlock(account.wrapped_identity, PHRASE)
    assert isinstance(identity, Identity)
    with records(read_settings()) as kept:
        keys = kept.read(lambda tx: tx.people.keys())
    assert keys.handlers[account.id] == identity.recipient


def test_the_pass_phrase_stands_nowhere(staffed: Gehoor, home: Path) -> None:
    added = staffed("people", "add", "handler", "--name", "Asha", typed=f"{PHRASE}\n")
    assert PHRASE not in added.out + added.err
    for path in home.rglob("*"):
        if path.is_file():
            assert PHRASE.encode() not in path.read_bytes()


def test_the_second_factor_is_shown_as_a_picture_and_as_text(staffed: Gehoor) -> None:
    added = staffed("people", "add", "handler", "--name", "Asha", "--generate")
    assert CODES in added.out
    assert "█" in added.out


def test_an_officer_belongs_to_a_company_and_has_no_key(staffed: Gehoor, home: Path) -> None:
    added = staffed(
        "people", "add", "officer", "--name", "Olga", "--organisation", "sample stone", "--generate"
    )
    assert added.status == 0
    account = _account(home, "Olga")
    assert account is not None
    assert account.role is AccountRole.OFFICER
    assert account.wrapped_identity is None


def test_a_short_pass_phrase_and_a_taken_name_are_refused(staffed: Gehoor) -> None:
    short = staffed("people", "add", "handler", "--name", "Asha", typed="short\n")
    assert short.status == 1
    assert "at least 12 characters" in short.err
    assert staffed("people", "add", "handler", "--name", "Asha", "--generate").status == 0
    taken = staffed("people", "add", "handler", "--name", "asha", "--generate")
    assert taken.status == 1
    assert "already" in taken.err


def test_an_unknown_team_company_or_language_says_which_there_are(staffed: Gehoor) -> None:
    team = staffed("people", "add", "handler", "--name", "A", "--team", "x", "--generate")
    assert "Oversight (oversight)" in team.err
    company = staffed(
        "people", "add", "officer", "--name", "A", "--organisation", "x", "--generate"
    )
    assert "gehoor organisations add" in company.err
    language = staffed("people", "add", "handler", "--name", "A", "--language", "x", "--generate")
    assert "pt_BR" in language.err


def test_everybody_is_listed_with_their_team_or_company(staffed: Gehoor) -> None:
    assert "Nobody can read a report yet" in staffed("people", "list").out
    staffed("people", "add", "team", "--name", "Rajasthan")
    staffed("people", "add", "handler", "--name", "Asha", "--team", "rajasthan", "--generate")
    staffed(
        "people", "add", "officer", "--name", "Olga", "--organisation", "Sample Stone", "--generate"
    )
    listed = staffed("people", "list").out
    assert "Rajasthan (regular)\n  Asha, all languages" in listed
    assert "Olga, officer of Sample Stone" in listed


def test_generated_pass_phrases_are_long_and_never_the_same() -> None:
    made = {generated_passphrase() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) == 29 for each in made)
