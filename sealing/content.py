"""A part's content and its content key: encrypted here by `seal`, decrypted for key holders.

What is bound to what (docs/sealing.md):

    the content    to the case reference and to every byte of the part before it: version, name,
                   each recipient and their wrapped key, the commitment. Nobody can add, drop or
                   swap a recipient unnoticed, also not someone who writes in the database.
    each wrap      to version, case reference, part name, the recipient's kind, suite and id.
    the key        to the commitment, because AES-GCM alone would let a dishonest sealer show
                   two recipients two different contents.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.buckets import pad, unpad
from sealing.envelope import NONCE_BYTES, VERSION, SealedPart, WrappedKey, header, slot
from sealing.failures import NotAddressed, Tampered
from sealing.framing import prefixed
from sealing.recipients import Recipient
from sealing.suites import CONTENT_KEY_BYTES, KeyPair, unwrap, wrap

MAX_CONTENT_BYTES = 1024 * 1024 - 1
_COMMITMENT = b"gehoor commitment 1"
_WRAP = b"gehoor wrap"


def new_content_key() -> bytes:
    """Gives a new random 256-bit key for one part or one file."""
    return os.urandom(CONTENT_KEY_BYTES)


def encrypt_part(
    case_ref: str, name: str, content: bytes, recipients: Sequence[Recipient]
) -> SealedPart:
    """Gives the content as a sealed part, under a content key that nobody keeps."""
    key = new_content_key()
    wraps = tuple(_wrap_to(recipient, case_ref, name, key) for recipient in recipients)
    commitment, nonce = _commit(key), os.urandom(NONCE_BYTES)
    bound = _bound(case_ref, header(name, wraps, commitment, nonce))
    return SealedPart(
        name=name,
        wraps=wraps,
        commitment=commitment,
        nonce=nonce,
        ciphertext=AESGCM(key).encrypt(nonce, pad(content), bound),
    )


def decrypt_part(case_ref: str, part: SealedPart, recipient: Recipient, pair: KeyPair) -> bytes:
    """Gives the content of a part to the holder of the recipient's private key.

    Raises NotAddressed when the part is not wrapped to this recipient, Tampered when it is
    and yet does not open.
    """
    found = part.wrap_for(recipient.id)
    if found is None:
        raise NotAddressed(part=part.name, recipient_id=recipient.id)
    if (found.kind, found.suite) != (recipient.kind, recipient.suite):
        raise Tampered
    key = unwrap(pair, found.wrapped, _info(case_ref, part.name, found))
    if not hmac.compare_digest(_commit(key), part.commitment):
        raise Tampered
    bound = _bound(case_ref, header(part.name, part.wraps, part.commitment, part.nonce))
    try:
        return unpad(AESGCM(key).decrypt(part.nonce, part.ciphertext, bound))
    except InvalidTag:
        raise Tampered from None


def case_ref_bytes(case_ref: str) -> bytes:
    """Gives a case reference as it is bound: its UTF-8 bytes behind their number."""
    return prefixed(case_ref.encode(), 1)


def _wrap_to(recipient: Recipient, case_ref: str, name: str, key: bytes) -> WrappedKey:
    info = _info_of(case_ref, name, slot(recipient.kind, recipient.suite, recipient.id))
    return WrappedKey(
        kind=recipient.kind,
        suite=recipient.suite,
        recipient_id=recipient.id,
        wrapped=wrap(recipient.suite, key, recipient.public_key, info),
    )


def _info(case_ref: str, name: str, found: WrappedKey) -> bytes:
    return _info_of(case_ref, name, slot(found.kind, found.suite, found.recipient_id))


def _info_of(case_ref: str, name: str, who: bytes) -> bytes:
    place = case_ref_bytes(case_ref) + prefixed(name.encode("ascii"), 1)
    return _WRAP + bytes([VERSION]) + place + who


def _bound(case_ref: str, head: bytes) -> bytes:
    return case_ref_bytes(case_ref) + head


def _commit(key: bytes) -> bytes:
    return hmac.digest(key, _COMMITMENT, hashlib.sha256)
