import pytest

from sealing.envelope import SealedEnvelope
from sealing.failures import NoSuchPart, NotAddressed, Tampered, Unsealable
from sealing.identities import Identity, new_identity
from sealing.opening import can_open, open_part, rewrap
from sealing.receipts import ReporterKey
from sealing.seal import add_part, seal
from sealing.suites import Suite

CASE = "a case"


@pytest.fixture
def envelope(anna: Identity, ben: Identity) -> SealedEnvelope:
    first = seal(CASE, {"account": b"words"}, [anna.recipient, ben.recipient])
    return add_part(first, "identity", b"a name", [anna.recipient])


def test_one_who_is_not_addressed_is_told_so_and_not_that_it_was_altered(
    envelope: SealedEnvelope, ben: Identity
) -> None:
    with pytest.raises(NotAddressed) as refusal:
        open_part(envelope, "identity", ben)

    assert refusal.value.part == "identity"
    assert refusal.value.recipient_id == ben.id
    assert not issubclass(NotAddressed, Tampered)
    assert not issubclass(Tampered, NotAddressed)


def test_can_open_tells_beforehand_without_opening(
    envelope: SealedEnvelope, anna: Identity, ben: Identity
) -> None:
    assert can_open(envelope, "identity", anna)
    assert not can_open(envelope, "identity", ben)
    assert not can_open(envelope, "letter", anna)


def test_an_added_recipient_reads_and_the_others_still_do(
    envelope: SealedEnvelope, anna: Identity, ben: Identity
) -> None:
    carla = new_identity(suite=Suite.X25519)

    changed = rewrap(
        envelope, anna, [who.recipient for who in (anna, ben, carla)], parts=["account"]
    )

    for who in (anna, ben, carla):
        assert open_part(changed, "account", who) == b"words"
    assert changed.part("identity") == envelope.part("identity")


def test_a_removed_recipient_reads_nothing_even_with_the_old_content_key(
    envelope: SealedEnvelope, anna: Identity, ben: Identity
) -> None:
    changed = rewrap(envelope, anna, [anna.recipient])

    with pytest.raises(NotAddressed):
        open_part(changed, "account", ben)
    assert changed.part("account").commitment != envelope.part("account").commitment
    assert changed.part("account").ciphertext != envelope.part("account").ciphertext


def test_rewrapping_changes_nothing_when_a_part_is_closed_to_the_one_who_does_it(
    envelope: SealedEnvelope, ben: Identity
) -> None:
    with pytest.raises(NotAddressed):
        rewrap(envelope, ben, [ben.recipient])


def test_rewrapping_refuses_a_part_that_is_not_there(
    envelope: SealedEnvelope, anna: Identity
) -> None:
    with pytest.raises(NoSuchPart):
        rewrap(envelope, anna, [anna.recipient], parts=["account", "letter"])


def test_rewrapping_for_nobody_is_refused(envelope: SealedEnvelope, anna: Identity) -> None:
    with pytest.raises(Unsealable):
        rewrap(envelope, anna, [])


def test_a_letter_is_read_by_the_handler_and_by_the_reporter(
    anna: Identity, reporter: ReporterKey
) -> None:
    letter = seal(
        CASE, {"letter": b"we are on it"}, [anna.recipient, reporter.recipient(Suite.X_WING)]
    )

    assert open_part(letter, "letter", anna) == reporter.read(letter, "letter") == b"we are on it"


def test_the_reporter_does_not_read_what_is_for_handlers(
    envelope: SealedEnvelope, reporter: ReporterKey
) -> None:
    with pytest.raises(NotAddressed):
        reporter.read(envelope, "account")
    with pytest.raises(NoSuchPart):
        reporter.read(envelope, "letter")
