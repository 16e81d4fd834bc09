"""Receipts: the number that a reporter takes home instead of an account (`W5`).

Called by intake, the channels and the receipt page. A receipt is 16 random digits and a check
digit. Argon2id over the digits and the installation's salt gives 64 bytes:

    the first 32    the lookup half; only its digest is stored, to find the case
    the last 32     the seed of the reporter's key pair, one for each suite

So the server finds the case only while the reporter is there with the receipt, and without it
cannot read what was sealed to the reporter. 16 digits are 53 bits: that is enough because each
guess costs an Argon2 call, because the salt is a secret of the installation, and because
guesses are limited for all together (`W9`). Cost and salt must stay the same for as long as
receipts are out: another cost finds nothing.

`mint` needs no case, so receipts can be minted ahead in a thread and handed out at once.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sealing.check_digit import check_digit, has_right_check_digit
from sealing.content import decrypt_part
from sealing.envelope import SealedEnvelope
from sealing.failures import Malformation, Malformed, NotAddressed
from sealing.identifiers import as_letters
from sealing.recipients import Recipient, RecipientKind
from sealing.seal import seal_part
from sealing.stretching import PRODUCTION_COST, Argon2Cost, stretch
from sealing.suites import KeyPair, Suite, key_pair

RANDOM_DIGITS = 16
DIGITS = RANDOM_DIGITS + 1
_GROUP = 4
_HALF = 32
_MIN_SALT_BYTES = 16
_LOOKUP = b"gehoor receipt lookup 1"
_SEED = b"gehoor reporter key 1 "


class ReceiptMistakeReason(StrEnum):
    """What is wrong with a receipt as it was typed; each has its own hint."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_DIGITS = "not_digits"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptMistake:
    """The typed text is not a receipt."""

    reason: ReceiptMistakeReason


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Receipt:
    """A receipt's 17 digits. Whoever has them is the reporter."""

    digits: str

    def __post_init__(self) -> None:
        """Raises Malformed unless these are 17 ASCII digits with the right check digit."""
        plain = self.digits.isascii() and self.digits.isdigit()
        if len(self.digits) != DIGITS or not plain or not has_right_check_digit(self.digits):
            raise Malformed(Malformation.OUT_OF_RANGE)

    def __repr__(self) -> str:
        """Hides the digits."""
        return "Receipt(***)"

    @property
    def grouped(self) -> str:
        """The digits as people see them: 1234-5678-9012-3456-8."""
        at = range(0, DIGITS, _GROUP)
        return "-".join(self.digits[start : start + _GROUP] for start in at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTerms:
    """What an installation's receipts have in common: secret salt, cost of a guess, suite."""

    salt: bytes = field(repr=False)
    cost: Argon2Cost = PRODUCTION_COST
    suite: Suite = Suite.X_WING  # of new receipts; older ones keep theirs

    def __post_init__(self) -> None:
        """Raises Malformed for a salt of fewer than 16 bytes."""
        if len(self.salt) < _MIN_SALT_BYTES:
            raise Malformed(Malformation.OUT_OF_RANGE)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ReporterKey:
    """What a receipt opens: the way to the case, and the parts that are sealed to the reporter."""

    lookup: str
    seed: bytes

    def __repr__(self) -> str:
        """Hides everything: the lookup would lead to the case."""
        return "ReporterKey(***)"

    def recipient(self, suite: Suite) -> Recipient:
        """Gives the public half in this suite, to seal letters to."""
        return self._recipient(self._pair(suite))

    def read(self, envelope: SealedEnvelope, part: str) -> bytes:
        """Gives the content of a part that is wrapped to the reporter, such as a letter.

        Raises NoSuchPart, NotAddressed when the part is for handlers alone, and Tampered.
        """
        sealed = envelope.part(part)
        for suite in {wrap.suite for wrap in sealed.wraps if wrap.kind is RecipientKind.REPORTER}:
            pair = self._pair(suite)
            recipient = self._recipient(pair)
            if sealed.wrap_for(recipient.id):
                return decrypt_part(envelope.case_ref, sealed, recipient, pair)
        raise NotAddressed(part=part, recipient_id=RecipientKind.REPORTER)

    def can_read(self, envelope: SealedEnvelope, part: str) -> bool:
        """Whether the part is wrapped to this receipt. Raises NoSuchPart."""
        wraps = envelope.part(part).wraps
        suites = {wrap.suite for wrap in wraps if wrap.kind is RecipientKind.REPORTER}
        mine = {self._recipient(self._pair(suite)).id for suite in suites}
        return any(wrap.recipient_id in mine for wrap in wraps)

    def reseal(
        self, envelope: SealedEnvelope, parts: Collection[str], recipients: Sequence[Recipient]
    ) -> SealedEnvelope:
        """Gives the envelope with these parts sealed to these recipients alone.

        So that a reporter who is there can give their case to others without those who had it
        (an appeal, G15). Raises what `read` raises, and Unsealable as `seal` does.
        """
        return SealedEnvelope(
            case_ref=envelope.case_ref,
            parts=tuple(
                seal_part(envelope.case_ref, part.name, self.read(envelope, part.name), recipients)
                if part.name in parts
                else part
                for part in envelope.parts
            ),
        )

    def _pair(self, suite: Suite) -> KeyPair:
        return key_pair(suite, hmac.digest(self.seed, _SEED + suite.encode(), hashlib.sha256))

    def _recipient(self, pair: KeyPair) -> Recipient:
        kind = RecipientKind.REPORTER
        return Recipient(kind=kind, suite=pair.suite, public_key=pair.public_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class MintedReceipt:
    """A new receipt and what is stored of it. The receipt itself is shown once and forgotten."""

    receipt: Receipt
    lookup: str = field(repr=False)
    recipient: Recipient


def parse_receipt(text: str) -> Receipt | ReceiptMistake:
    """Gives the receipt that a person typed, or what is wrong with it.

    Digits of every script count, as do full-width ones. Spaces, dashes, dots and the invisible
    marks that phones put around numbers do not matter.
    """
    digits = ""
    for sign in text:
        value = unicodedata.decimal(sign, None)
        if value is not None:
            digits += str(value)
        elif not _separates(sign):
            return ReceiptMistake(reason=ReceiptMistakeReason.NOT_DIGITS)
    return _receipt_of(digits)


def mint(terms: ReceiptTerms) -> MintedReceipt:
    """Gives a new receipt with its lookup and recipient. Takes one Argon2 call: use a thread."""
    digits = "".join(secrets.choice("0123456789") for _ in range(RANDOM_DIGITS))
    receipt = Receipt(digits=digits + check_digit(digits))
    key = derive(receipt, terms)
    return MintedReceipt(receipt=receipt, lookup=key.lookup, recipient=key.recipient(terms.suite))


def derive(receipt: Receipt, terms: ReceiptTerms) -> ReporterKey:
    """Gives the reporter's key. Takes one Argon2 call: use a thread."""
    secret = stretch(receipt.digits.encode("ascii"), terms.salt, terms.cost, 2 * _HALF)
    lookup = hashlib.sha256(_LOOKUP + secret[:_HALF]).digest()
    return ReporterKey(lookup=as_letters(lookup), seed=secret[_HALF:])


def _separates(sign: str) -> bool:
    return sign.isspace() or sign in "._" or unicodedata.category(sign) in {"Pd", "Cf"}


def _receipt_of(digits: str) -> Receipt | ReceiptMistake:
    if len(digits) < DIGITS:
        return ReceiptMistake(reason=ReceiptMistakeReason.TOO_SHORT)
    if len(digits) > DIGITS:
        return ReceiptMistake(reason=ReceiptMistakeReason.TOO_LONG)
    if not has_right_check_digit(digits):
        return ReceiptMistake(reason=ReceiptMistakeReason.CHECK_DIGIT)
    return Receipt(digits=digits)
