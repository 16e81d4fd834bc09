"""The vectors on disk still mean what they meant, to our program and to an independent one."""

import json
from pathlib import Path
from typing import Any

import pytest

from sealing.envelope import SealedEnvelope
from sealing.failures import Malformed, NoSuchPart, NotAddressed, Tampered
from sealing.identities import identity_of
from sealing.opening import open_part
from sealing.receipts import Receipt, ReceiptTerms, derive
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from sealing.suites import Suite
from tests.sealing import independent
from tests.sealing.make_vectors import as_json, vectors

FOLDER = Path(__file__).parent / "vectors" / "envelopes"
FILES = sorted(FOLDER.glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return fields


def reading(fields: dict[str, Any]) -> bytes:
    """What the vector's key gets out of the vector's envelope."""
    envelope = SealedEnvelope.decode(bytes.fromhex("".join(fields["envelope"])), fields["case_ref"])
    key = fields["key"]
    if "receipt" in key:
        terms = ReceiptTerms(salt=bytes.fromhex(key["salt"]), cost=TEST_COST)
        return derive(Receipt(digits=key["receipt"]), terms).read(envelope, fields["part"])
    kind, suite = RecipientKind(key["kind"]), Suite(key["suite"])
    identity = identity_of(kind, suite, bytes.fromhex(key["seed"]))
    assert identity.id == key["id"]
    return open_part(envelope, fields["part"], identity)


def outcome(fields: dict[str, Any]) -> str:
    try:
        content = reading(fields)
    except Malformed as refusal:
        return f"malformed:{refusal.reason}"
    except Tampered:
        return "tampered"
    except NotAddressed:
        return "not_addressed"
    except NoSuchPart:
        return "no_such_part"
    assert content.hex() == fields["content"]
    return "opens"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_vector_on_disk_ends_as_it_says(path: Path) -> None:
    fields = read(path)

    assert outcome(fields) == fields["expect"]


def test_there_is_a_vector_on_disk_for_every_attack() -> None:
    assert {vector.name for vector in vectors()} == {path.stem for path in FILES}


def test_the_same_attacks_on_what_is_sealed_today_end_like_those_on_disk() -> None:
    for vector in vectors():
        fresh, kept = json.loads(as_json(vector)), read(FOLDER / f"{vector.name}.json")
        assert outcome(fresh) == fresh["expect"] == kept["expect"], vector.name


@pytest.mark.parametrize("name", ["opens_x_wing", "opens_x25519", "opens_handler_among_many"])
def test_an_independent_program_opens_the_vectors(name: str) -> None:
    fields = read(FOLDER / f"{name}.json")
    key = fields["key"]

    content = independent.open_part(
        bytes.fromhex("".join(fields["envelope"])),
        fields["case_ref"],
        fields["part"],
        key["id"],
        bytes.fromhex(key["seed"]),
    )

    assert content.hex() == fields["content"]
