"""With the recovery key, cases that nobody can open get readers; without it, nothing changes."""

import asyncio
from pathlib import Path

import pytest

from accounts.account import digest_of_name
from register.sealed_parts import ACCOUNT
from sealing.identities import Identity, unlock
from sealing.key_ring_file import load_key_ring
from sealing.opening import can_open, open_part
from sealing.stretching import TEST_COST
from service.foundations import records
from service.settings import read_settings
from service.wiring import open_house
from tests.service.talking import Reporter
from tests.service.terminal import Gehoor

PHRASE = "a long enough pass phrase"


@pytest.fixture
def recovery(gehoor: Gehoor) -> str:
    """The recovery key as `init` showed it."""
    shown = gehoor("init").out
    return "\n".join(line for line in shown.splitlines() if line.startswith("    "))


def _report(name: str) -> None:
    async def tell() -> None:
        house = open_house(read_settings(), receipt_cost=TEST_COST)
        try:
            await Reporter(house, name).tell(send=True)
        finally:
            await house.close()

    asyncio.run(tell())


def _add(gehoor: Gehoor, name: str, team: str = "regular") -> None:
    added = gehoor("people", "add", "handler", "--name", name, "--team", team, typed=f"{PHRASE}\n")
    assert added.status == 0, added.err


def _opened_by(home: Path, name: str) -> list[bytes]:
    """What this handler can open of every case's story."""
    ring = load_key_ring(home / "key-ring")
    with records(read_settings()) as kept:
        account = kept.read(lambda tx: tx.accounts.by_name(digest_of_name(ring, name)))
        envelopes = kept.read(lambda tx: [tx.cases.envelope(ref) for ref in tx.cases.refs()])
    assert account is not None
    assert account.wrapped_identity is not None
    identity = unlock(account.wrapped_identity, PHRASE)
    assert isinstance(identity, Identity)
    return [
        open_part(envelope, name, identity)
        for envelope in envelopes
        for name in envelope.names
        if name.startswith(ACCOUNT) and can_open(envelope, name, identity)
    ]


def test_reports_from_before_there_was_a_handler_get_a_reader(
    gehoor: Gehoor, home: Path, recovery: str
) -> None:
    _report("one")
    _report("two")
    _add(gehoor, "Asha")
    done = gehoor("recover", typed=recovery)
    assert done.status == 0, done.err
    assert "2 cases have readers again." in done.out
    assert len(_opened_by(home, "Asha")) == 2
    assert gehoor("audit", "verify").status == 0


def test_a_second_time_there_is_nothing_to_do(gehoor: Gehoor, recovery: str) -> None:
    _report("one")
    _add(gehoor, "Asha")
    gehoor("recover", typed=recovery)
    assert "0 cases have readers again." in gehoor("recover", typed=recovery).out


def test_cases_of_somebody_who_lost_their_pass_phrase_go_to_another(
    gehoor: Gehoor, home: Path, recovery: str
) -> None:
    _add(gehoor, "Asha")
    _report("one")
    retired = gehoor("people", "retire", "--name", "asha")
    assert "1 cases are still sealed to them" in retired.out
    assert "no longer active" in gehoor("people", "list").out
    _add(gehoor, "Ben")
    assert "1 cases have readers again." in gehoor("recover", typed=recovery).out
    assert len(_opened_by(home, "Ben")) == 1


def test_whom_the_words_name_does_not_get_it_though_they_began_later(
    gehoor: Gehoor, home: Path, recovery: str
) -> None:
    _report("one")  # "Something is wrong here."
    _add(gehoor, "Something")
    assert "1 cases are left" in gehoor("recover", typed=recovery).out
    assert _opened_by(home, "Something") == []
    _add(gehoor, "Asha")
    assert "1 cases have readers again." in gehoor("recover", typed=recovery).out
    assert len(_opened_by(home, "Asha")) == 1


def test_where_nobody_may_take_a_case_it_stays_as_it_is(gehoor: Gehoor, recovery: str) -> None:
    _report("one")
    done = gehoor("recover", typed=recovery)
    assert done.status == 0
    assert "1 cases are left" in done.out


def test_a_misread_or_foreign_key_is_refused_with_a_hint(gehoor: Gehoor, recovery: str) -> None:
    letters = recovery.replace("A", "B") if "A" in recovery else recovery.replace("C", "D")
    assert "a letter is wrong" in gehoor("recover", typed=letters).err
    assert "some letters are missing" in gehoor("recover", typed=recovery[:40]).err


def test_nobody_can_be_retired_who_is_not_there(gehoor: Gehoor, recovery: str) -> None:
    assert "nobody is called Zoe" in gehoor("people", "retire", "--name", "Zoe").err
