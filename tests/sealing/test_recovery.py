import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.failures import Unsealable
from sealing.identities import Identity, identity_of, new_identity
from sealing.recipients import RecipientKind
from sealing.recovery import (
    RecoveryMistake,
    RecoveryMistakeReason,
    read_recovery_text,
    recovery_text,
)
from sealing.suites import Suite

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
SAFE = identity_of(RecipientKind.RECOVERY, Suite.X_WING, bytes(range(32)))
PRINTED = "AFSHUAAB AIBQIBIG A4EASCQL BQGQ4DYQ CEJBGFAV CYLRQGI2 DMOB2HQ7".replace(" ", "")


@pytest.mark.parametrize("suite", Suite)
def test_a_printed_key_can_be_typed_in_again(suite: Suite) -> None:
    identity = new_identity(RecipientKind.RECOVERY, suite)

    again = read_recovery_text(recovery_text(identity))

    assert isinstance(again, Identity)
    assert again.recipient == identity.recipient


def test_the_printed_form_does_not_change() -> None:
    text = recovery_text(SAFE)

    assert text.replace(" ", "").replace("\n", "").startswith(PRINTED)
    assert [len(line) for line in text.splitlines()] == [19, 19, 19, 19]


def test_how_it_is_typed_does_not_matter() -> None:
    typed = recovery_text(SAFE).lower().replace(" ", "-").replace("\n", "\r\n  ")
    misread = recovery_text(SAFE).translate(str.maketrans("OIB", "018"))

    for text in (typed, misread):
        again = read_recovery_text(text)
        assert isinstance(again, Identity)
        assert again.id == SAFE.id


@settings(deadline=None)
@given(at=st.integers(min_value=0, max_value=63), letter=st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(at: int, letter: str) -> None:
    letters = "".join(recovery_text(SAFE).split())

    if letters[at] != letter:
        typed = letters[:at] + letter + letters[at + 1 :]
        mistake = RecoveryMistake(reason=RecoveryMistakeReason.CHECKSUM)
        assert read_recovery_text(typed) == mistake


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text[:-1], RecoveryMistakeReason.TOO_SHORT),
        (lambda _: "", RecoveryMistakeReason.TOO_SHORT),
        (lambda text: text + "A", RecoveryMistakeReason.TOO_LONG),
        (lambda text: "9" + text[1:], RecoveryMistakeReason.NOT_LETTERS),
        (lambda text: "é" + text[1:], RecoveryMistakeReason.NOT_LETTERS),
    ],
)
def test_a_mistake_has_a_reason(change, reason: RecoveryMistakeReason) -> None:
    assert read_recovery_text(change(recovery_text(SAFE))) == RecoveryMistake(reason=reason)


def test_a_handlers_key_is_never_printed(anna: Identity) -> None:
    with pytest.raises(Unsealable):
        recovery_text(anna)
