import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.failures import Malformed, SealingError, Unsealable
from sealing.identities import Identity, WrongPassphrase, new_identity, unlock, wrap_identity
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST, Argon2Cost
from sealing.suites import Suite

WORDS = "correct horse battery staple"


@pytest.mark.parametrize("suite", Suite)
def test_the_right_pass_phrase_unlocks_the_same_identity(suite: Suite) -> None:
    identity = new_identity(suite=suite)

    unlocked = unlock(wrap_identity(identity, WORDS, TEST_COST), WORDS)

    assert isinstance(unlocked, Identity)
    assert unlocked.recipient == identity.recipient
    assert unlocked.keys.seed == identity.keys.seed


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_no_other_pass_phrase_unlocks_it(anna: Identity, typed: str) -> None:
    wrapped = wrap_identity(anna, WORDS, TEST_COST)

    assert unlock(wrapped, typed) == WrongPassphrase()


def test_letters_count_the_same_however_a_keyboard_composed_them(anna: Identity) -> None:
    wrapped = wrap_identity(anna, "caf\u00e9 ouvert", TEST_COST)

    assert isinstance(unlock(wrapped, "cafe\u0301 ouvert"), Identity)


def test_half_a_character_is_a_wrong_pass_phrase(anna: Identity) -> None:
    assert unlock(wrap_identity(anna, WORDS, TEST_COST), "\ud83d") == WrongPassphrase()


def test_the_cost_is_read_from_the_format(anna: Identity) -> None:
    cost = Argon2Cost(memory_kib=64, passes=2, lanes=2)

    assert isinstance(unlock(wrap_identity(anna, WORDS, cost), WORDS), Identity)


def test_a_wrapped_identity_with_any_one_byte_changed_does_not_unlock(anna: Identity) -> None:
    wrapped = wrap_identity(anna, WORDS, TEST_COST)
    cost_at = range(7, 13)

    for at in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[at] ^= 0x02 if at in cost_at else 0x80
        try:
            assert unlock(bytes(changed), WORDS) == WrongPassphrase()
        except SealingError as refusal:
            assert isinstance(refusal, Malformed)


def test_cut_or_lengthened_bytes_are_malformed(anna: Identity) -> None:
    wrapped = wrap_identity(anna, WORDS, TEST_COST)

    for wrong in (b"", wrapped[:-1], wrapped + b"\0", b"GHX" + wrapped[3:]):
        with pytest.raises(Malformed):
            unlock(wrong, WORDS)


def test_a_stored_cost_cannot_exhaust_the_machine(anna: Identity) -> None:
    wrapped = wrap_identity(anna, WORDS, TEST_COST)

    with pytest.raises(Malformed):
        unlock(wrapped[:7] + b"\xff\xff\xff\xff" + wrapped[11:], WORDS)


def test_an_empty_pass_phrase_is_refused(anna: Identity) -> None:
    with pytest.raises(Unsealable):
        wrap_identity(anna, "", TEST_COST)


def test_a_reporter_has_no_stored_identity() -> None:
    with pytest.raises(Unsealable, match="receipt"):
        new_identity(RecipientKind.REPORTER)


def test_an_identity_does_not_show_its_key(anna: Identity) -> None:
    shown = f"{anna!r} {anna} {anna.keys!r}"

    assert "***" in shown
    assert anna.keys.seed.hex() not in shown
    assert anna.id in shown
