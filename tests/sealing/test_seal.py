from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.content import MAX_CONTENT_BYTES
from sealing.envelope import SealedEnvelope
from sealing.failures import SealingError, Tampered, Unsealable
from sealing.identities import Identity, new_identity
from sealing.opening import open_part
from sealing.receipts import ReporterKey
from sealing.recipients import RecipientKind
from sealing.seal import add_part, seal, seal_part
from sealing.suites import Suite
from tests.sealing import independent

Crowd = Mapping[tuple[RecipientKind, Suite], Identity]
CASE = "mf2xg5dsmfwgc3tpmnugk43uzi"
case_refs = st.text(min_size=1, max_size=40).filter(lambda text: len(text.encode()) <= 255)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=3000), case_ref=case_refs, data=st.data())
def test_every_recipient_and_the_reporter_read_what_was_sealed(
    crowd: Crowd, reporter: ReporterKey, content: bytes, case_ref: str, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(list(crowd.values())), unique=True))
    recipients = [*(identity.recipient for identity in chosen), reporter.recipient(Suite.X_WING)]

    sealed = seal(case_ref, {"account": content}, recipients)
    envelope = SealedEnvelope.decode(sealed.encode(), case_ref)

    assert reporter.read(envelope, "account") == content
    for identity in chosen:
        assert open_part(envelope, "account", identity) == content


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=3000), case_ref=case_refs)
def test_an_independent_program_reads_what_was_sealed(
    crowd: Crowd, content: bytes, case_ref: str
) -> None:
    everyone = [identity.recipient for identity in crowd.values()]

    data = seal(case_ref, {"first": b"", "account": content}, everyone).encode()

    for identity in crowd.values():
        seed = identity.keys.seed
        assert independent.open_part(data, case_ref, "account", identity.id, seed) == content


@settings(max_examples=60, deadline=None)
@given(case_ref=case_refs, other=case_refs)
def test_an_envelope_never_opens_in_another_case(crowd: Crowd, case_ref: str, other: str) -> None:
    handler = crowd[RecipientKind.HANDLER, Suite.X_WING]
    data = seal(case_ref, {"account": b"words"}, [handler.recipient]).encode()

    if other != case_ref:
        with pytest.raises(Tampered):
            open_part(SealedEnvelope.decode(data, other), "account", handler)


@pytest.mark.parametrize("suite", Suite)
def test_an_envelope_with_any_one_byte_changed_does_not_open(crowd: Crowd, suite: Suite) -> None:
    handler = crowd[RecipientKind.HANDLER, suite]
    data = seal(CASE, {"account": b"words"}, [handler.recipient]).encode()

    for at in range(len(data)):
        for change in (0x01, 0x80):
            changed = bytearray(data)
            changed[at] ^= change
            with pytest.raises(SealingError):
                open_part(SealedEnvelope.decode(bytes(changed), CASE), "account", handler)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), change=st.integers(min_value=1, max_value=255))
def test_no_changed_byte_opens_a_part_for_any_of_many_recipients(
    crowd: Crowd, data: st.DataObject, change: int
) -> None:
    sealed = seal_part(CASE, "account", b"words", [who.recipient for who in crowd.values()])
    encoded = bytearray(SealedEnvelope(case_ref=CASE, parts=(sealed,)).encode())
    encoded[data.draw(st.integers(min_value=0, max_value=len(encoded) - 1))] ^= change

    for handler in crowd.values():
        with pytest.raises(SealingError):
            open_part(SealedEnvelope.decode(bytes(encoded), CASE), "account", handler)


def test_parts_can_differ_in_who_opens_them(anna: Identity, ben: Identity) -> None:
    envelope = add_part(
        seal(CASE, {"account": b"words"}, [anna.recipient, ben.recipient]),
        "identity",
        b"a name",
        [anna.recipient],
    )

    assert envelope.part("account").recipient_ids == (anna.id, ben.id)
    assert envelope.part("identity").recipient_ids == (anna.id,)
    assert open_part(envelope, "identity", anna) == b"a name"


def test_sealing_twice_gives_nothing_in_common(anna: Identity) -> None:
    one, other = (
        seal(CASE, {"account": b"words"}, [anna.recipient]).part("account") for _ in range(2)
    )

    assert one.commitment != other.commitment
    assert one.nonce != other.nonce
    assert one.wraps[0].wrapped != other.wraps[0].wrapped


def test_contents_of_one_bucket_have_one_length(anna: Identity) -> None:
    lengths = {
        len(seal(CASE, {"account": bytes(size)}, [anna.recipient]).encode())
        for size in (0, 1, 500, 1023)
    }

    assert len(lengths) == 1


def test_nothing_that_was_sealed_can_be_seen(anna: Identity) -> None:
    envelope = seal(CASE, {"account": b"words of a worker"}, [anna.recipient])

    assert b"words" not in envelope.encode()
    assert "words" not in repr(envelope)
    assert CASE.encode() not in envelope.encode()


def test_an_envelope_that_nobody_could_open_is_not_made(anna: Identity) -> None:
    with pytest.raises(Unsealable, match="recipients"):
        seal(CASE, {"account": b""}, [])
    with pytest.raises(Unsealable, match="part"):
        seal(CASE, {}, [anna.recipient])


def test_wrong_requests_are_refused(anna: Identity) -> None:
    envelope = seal(CASE, {"account": b""}, [anna.recipient])

    with pytest.raises(Unsealable, match="twice"):
        seal(CASE, {"account": b""}, [anna.recipient, anna.recipient])
    with pytest.raises(Unsealable, match="already"):
        add_part(envelope, "account", b"", [anna.recipient])
    with pytest.raises(Unsealable, match="bytes"):
        seal("", {"account": b""}, [anna.recipient])
    with pytest.raises(Unsealable, match="bytes"):
        seal("x" * 256, {"account": b""}, [anna.recipient])


@pytest.mark.parametrize("name", ["", "Account", "a b", "é", "x" * 65, "-a", "a\n"])
def test_a_part_has_a_plain_name(anna: Identity, name: str) -> None:
    with pytest.raises(Unsealable, match="name"):
        seal(CASE, {name: b""}, [anna.recipient])


def test_the_largest_content_fits_and_one_byte_more_does_not() -> None:
    handler = new_identity(suite=Suite.X25519)
    envelope = seal(CASE, {"account": bytes(MAX_CONTENT_BYTES)}, [handler.recipient])

    assert open_part(envelope, "account", handler) == bytes(MAX_CONTENT_BYTES)
    with pytest.raises(Unsealable, match="blobs"):
        seal(CASE, {"account": bytes(MAX_CONTENT_BYTES + 1)}, [handler.recipient])
