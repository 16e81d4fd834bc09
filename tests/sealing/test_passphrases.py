import argon2
import pytest

from sealing.failures import Malformed, Unsealable
from sealing.passphrases import Verdict, hash_passphrase, stand_in_hash, verify_passphrase
from sealing.stretching import PRODUCTION_COST, TEST_COST, Argon2Cost

WORDS = "correct horse battery staple"
DEARER = Argon2Cost(memory_kib=16, passes=1, lanes=1)


def test_the_right_pass_phrase_is_right_and_others_are_wrong() -> None:
    stored = hash_passphrase(WORDS, TEST_COST)

    assert verify_passphrase(stored, WORDS, TEST_COST) is Verdict.RIGHT
    for typed in ("", "correct horse", WORDS + " ", "\ud83d"):
        assert verify_passphrase(stored, typed, TEST_COST) is Verdict.WRONG


def test_a_hash_of_another_cost_is_right_and_asks_to_be_renewed() -> None:
    stored = hash_passphrase(WORDS, TEST_COST)

    assert verify_passphrase(stored, WORDS, DEARER) is Verdict.RIGHT_BUT_STALE


def test_the_same_words_never_have_the_same_hash() -> None:
    assert hash_passphrase(WORDS, TEST_COST) != hash_passphrase(WORDS, TEST_COST)


def test_letters_count_the_same_however_a_keyboard_composed_them() -> None:
    stored = hash_passphrase("caf\u00e9", TEST_COST)

    assert verify_passphrase(stored, "cafe\u0301", TEST_COST) is Verdict.RIGHT


def test_nobody_is_never_right() -> None:
    for typed in ("", WORDS, "nobody"):
        assert verify_passphrase(None, typed, TEST_COST) is Verdict.WRONG


@pytest.mark.parametrize("cost", [TEST_COST, DEARER, PRODUCTION_COST])
def test_checking_nobody_costs_what_checking_somebody_costs(cost: Argon2Cost) -> None:
    """The time must not tell which names exist."""
    somebody = argon2.extract_parameters(hash_passphrase(WORDS, cost))

    assert argon2.extract_parameters(stand_in_hash(cost)) == somebody


def test_an_empty_pass_phrase_is_not_stored() -> None:
    with pytest.raises(Unsealable):
        hash_passphrase("", TEST_COST)


@pytest.mark.parametrize(
    "stored", ["", "plain text", "$argon2id$v=19$m=8", "$argon2id$v=19$m=8,t=1,p=1$a$b"]
)
def test_what_is_no_hash_is_refused_and_not_taken_for_nobody(stored: str) -> None:
    with pytest.raises(Malformed):
        verify_passphrase(stored, WORDS, TEST_COST)


def test_a_hash_that_was_stored_long_ago_is_right() -> None:
    stored = (
        "$argon2id$v=19$m=8,t=1,p=1$AOuN57hYtsML+LipObALFA$"
        "CO2rd4m+a28HR0jtkoey00ZpDmnWzFnXf7YbqITsUQM"
    )

    assert verify_passphrase(stored, WORDS, TEST_COST) is Verdict.RIGHT
