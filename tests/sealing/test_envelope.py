from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.envelope import SealedEnvelope, SealedPart
from sealing.failures import Malformed, NoSuchPart
from sealing.identities import Identity
from sealing.recipients import Recipient, RecipientKind
from sealing.seal import add_part, seal
from sealing.suites import Suite

CASE = "a case"


@pytest.fixture(scope="module")
def envelope(anna: Identity, ben: Identity) -> SealedEnvelope:
    first = seal(CASE, {"account": b"words"}, [anna.recipient, ben.recipient])
    return add_part(first, "identity", b"a name", [anna.recipient])


def test_an_envelope_survives_its_bytes(envelope: SealedEnvelope) -> None:
    assert SealedEnvelope.decode(envelope.encode(), CASE) == envelope


def test_a_part_survives_its_bytes(envelope: SealedEnvelope) -> None:
    for part in envelope.parts:
        assert SealedPart.decode(part.encode()) == part


@settings(deadline=None)
@given(data=st.binary(max_size=200))
def test_other_bytes_are_refused_in_one_way(data: bytes) -> None:
    with pytest.raises(Malformed):
        SealedEnvelope.decode(data, CASE)


@settings(max_examples=200, deadline=None)
@given(cut=st.integers(min_value=0))
def test_no_beginning_of_an_envelope_is_an_envelope(envelope: SealedEnvelope, cut: int) -> None:
    data = envelope.encode()

    with pytest.raises(Malformed):
        SealedEnvelope.decode(data[: cut % len(data)], CASE)


@settings(deadline=None)
@given(extra=st.binary(min_size=1, max_size=50))
def test_nothing_may_follow_an_envelope(envelope: SealedEnvelope, extra: bytes) -> None:
    with pytest.raises(Malformed):
        SealedEnvelope.decode(envelope.encode() + extra, CASE)


@settings(max_examples=300, deadline=None)
@given(at=st.integers(min_value=0), value=st.integers(min_value=0, max_value=255))
def test_what_is_accepted_has_one_encoding_only(
    envelope: SealedEnvelope, at: int, value: int
) -> None:
    data = bytearray(envelope.encode())
    data[at % len(data)] = value

    try:
        decoded = SealedEnvelope.decode(bytes(data), CASE)
    except Malformed:
        return
    assert decoded.encode() == bytes(data)


def test_erasing_the_identity_vault_leaves_the_account(envelope: SealedEnvelope) -> None:
    left = envelope.without("identity")

    assert left is not None
    assert left.names == ("account",)
    assert left.part("account") == envelope.part("account")


def test_erasing_the_last_part_leaves_nothing(envelope: SealedEnvelope) -> None:
    left = envelope.without("identity")

    assert left is not None
    assert left.without("account") is None
    with pytest.raises(NoSuchPart):
        left.without("identity")


def test_a_part_is_post_quantum_when_each_of_its_recipients_is(
    anna: Identity, crowd: Mapping[tuple[RecipientKind, Suite], Identity]
) -> None:
    weak = crowd[RecipientKind.HANDLER, Suite.X25519]

    both = seal(CASE, {"account": b""}, [anna.recipient, weak.recipient])

    assert seal(CASE, {"account": b""}, [anna.recipient]).part("account").is_post_quantum
    assert not both.part("account").is_post_quantum


def test_a_recipient_survives_its_bytes(
    crowd: Mapping[tuple[RecipientKind, Suite], Identity],
) -> None:
    for identity in crowd.values():
        assert Recipient.decode(identity.recipient.encode()) == identity.recipient


def test_a_recipient_with_another_key_kind_or_suite_has_another_id(
    crowd: Mapping[tuple[RecipientKind, Suite], Identity],
) -> None:
    handler = crowd[RecipientKind.HANDLER, Suite.X_WING].recipient
    ids = {identity.id for identity in crowd.values()}

    assert len(ids) == len(crowd)
    assert replace(handler, kind=RecipientKind.TEAM).id != handler.id


def test_bytes_that_are_no_recipient_are_refused(anna: Identity) -> None:
    data = anna.recipient.encode()

    for wrong in (b"", data[:-1], data + b"\0", b"\x09" + data[1:], data[:1] + b"\0\0" + data[3:]):
        with pytest.raises(Malformed):
            Recipient.decode(wrong)


@pytest.mark.parametrize(
    "recipient_id", ["", "short", "a" * 25 + "b", "A" * 26, "1" * 26, "é" * 26]
)
def test_an_id_that_is_no_fingerprint_cannot_be_written(
    envelope: SealedEnvelope, recipient_id: str
) -> None:
    part = envelope.part("identity")
    wrong = replace(part, wraps=(replace(part.wraps[0], recipient_id=recipient_id),))

    with pytest.raises(Malformed):
        wrong.encode()


@pytest.mark.parametrize("case_ref", ["", "x" * 256])
def test_an_envelope_is_of_some_case(envelope: SealedEnvelope, case_ref: str) -> None:
    with pytest.raises(Malformed):
        SealedEnvelope.decode(envelope.encode(), case_ref)
