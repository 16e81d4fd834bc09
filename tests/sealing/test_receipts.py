import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.check_digit import check_digit
from sealing.failures import Malformed
from sealing.receipts import (
    MintedReceipt,
    Receipt,
    ReceiptMistake,
    ReceiptMistakeReason,
    ReceiptTerms,
    ReporterKey,
    derive,
    mint,
    parse_receipt,
)
from sealing.recipients import RecipientKind
from sealing.seal import seal
from sealing.stretching import TEST_COST, Argon2Cost
from sealing.suites import Suite
from tests.sealing.conftest import TERMS

KNOWN = Receipt(digits="12345678901234568")
SCRIPTS = {
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "fullwidth": "0123456789",
    "bengali": "০১২৩৪৫৬৭৮৯",
}
receipts = st.text(alphabet="0123456789", min_size=16, max_size=16).map(
    lambda digits: Receipt(digits=digits + check_digit(digits))
)


@settings(deadline=None)
@given(receipts, st.sampled_from(sorted(SCRIPTS)))
def test_a_receipt_can_be_typed_in_the_digits_of_any_script(receipt: Receipt, script: str) -> None:
    typed = receipt.grouped.translate(str.maketrans("0123456789", SCRIPTS[script]))

    assert parse_receipt(typed) == receipt


@settings(deadline=None)
@given(
    receipts,
    st.lists(st.sampled_from(" -–—\u00a0\u200e\u2068\u2069.\t\n"), min_size=17, max_size=17),
)
def test_what_stands_between_the_digits_does_not_matter(
    receipt: Receipt, between: list[str]
) -> None:
    typed = "".join(a + b for a, b in zip(receipt.digits, between, strict=True))

    assert parse_receipt(typed) == receipt


def test_a_receipt_is_shown_in_groups() -> None:
    assert KNOWN.grouped == "1234-5678-9012-3456-8"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", ReceiptMistakeReason.TOO_SHORT),
        ("1234-5678-9012-3456", ReceiptMistakeReason.TOO_SHORT),
        ("1234-5678-9012-3456-88", ReceiptMistakeReason.TOO_LONG),
        ("1234-5678-9012-3456-7", ReceiptMistakeReason.CHECK_DIGIT),
        ("1234-5678-9012-4356-8", ReceiptMistakeReason.CHECK_DIGIT),
        ("I lost my receipt", ReceiptMistakeReason.NOT_DIGITS),
        ("1234-5678-9O12-3456-8", ReceiptMistakeReason.NOT_DIGITS),
        ("1234 5678 9012 345² 8", ReceiptMistakeReason.NOT_DIGITS),
        ("\ud83d", ReceiptMistakeReason.NOT_DIGITS),
    ],
)
def test_a_mistake_has_a_reason_for_a_hint(typed: str, reason: ReceiptMistakeReason) -> None:
    assert parse_receipt(typed) == ReceiptMistake(reason=reason)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_receipt_or_a_mistake(typed: str) -> None:
    parsed = parse_receipt(typed)

    if isinstance(parsed, Receipt):
        digits = [unicodedata.decimal(sign, None) for sign in typed]
        assert "".join(str(digit) for digit in digits if digit is not None) == parsed.digits


@pytest.mark.parametrize(
    "digits", ["", "1234567890123456", "12345678901234567", "१२३४५६७८९०१२३४५६8"]
)
def test_no_wrong_receipt_can_be_made(digits: str) -> None:
    with pytest.raises(Malformed):
        Receipt(digits=digits)


def test_a_minted_receipt_leads_to_its_lookup_and_key(minted: MintedReceipt) -> None:
    key = derive(minted.receipt, TERMS)

    assert key.lookup == minted.lookup
    assert key.recipient(Suite.X_WING) == minted.recipient
    assert minted.recipient.kind is RecipientKind.REPORTER


def test_no_two_receipts_are_alike() -> None:
    many = [mint(TERMS) for _ in range(200)]

    assert len({one.receipt.digits for one in many}) == 200
    assert len({one.lookup for one in many}) == 200
    assert len({one.recipient.id for one in many}) == 200


@settings(deadline=None, max_examples=25)
@given(content=st.binary(max_size=2000), suite=st.sampled_from(Suite))
def test_the_receipt_opens_letters_in_either_suite(
    reporter: ReporterKey, content: bytes, suite: Suite
) -> None:
    letter = seal("a case", {"letter": content}, [reporter.recipient(suite)])

    assert reporter.read(letter, "letter") == content


def test_a_receipts_key_never_changes() -> None:
    """What was derived once must be derived for ever: receipts are in people's pockets."""
    terms = ReceiptTerms(
        salt=b"salt of this vector, not secret!", cost=Argon2Cost(memory_kib=64, passes=2, lanes=1)
    )

    key = derive(KNOWN, terms)

    assert key.lookup == "kob5rzvsxwa54lvf4hndhfhhanqh6s737b2lrp5dogw63wdmziza"
    assert key.recipient(Suite.X25519).id == "ccrepsssoguy2arlcykireaefi"
    assert key.recipient(Suite.X_WING).id == "tlbs5hqy7arqomem4qc7kfse6e"


def test_another_salt_or_cost_finds_nothing() -> None:
    other_salt = ReceiptTerms(salt=b"the salt of another installation", cost=TEST_COST)
    other_cost = ReceiptTerms(salt=TERMS.salt, cost=Argon2Cost(memory_kib=16, passes=1, lanes=1))

    lookups = {derive(KNOWN, terms).lookup for terms in (TERMS, other_salt, other_cost)}

    assert len(lookups) == 3


def test_a_salt_is_long_enough_to_be_a_secret() -> None:
    with pytest.raises(Malformed):
        ReceiptTerms(salt=b"short")


def test_nothing_of_a_receipt_is_shown(minted: MintedReceipt, reporter: ReporterKey) -> None:
    shown = f"{minted!r} {minted.receipt} {reporter!r} {TERMS!r}"

    assert minted.receipt.digits not in shown
    assert minted.receipt.grouped not in shown
    assert minted.lookup not in shown
    assert str(TERMS.salt) not in shown
