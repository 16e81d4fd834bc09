"""A second implementation of opening, written from docs/sealing.md and the RFCs alone.

It uses neither our package nor the HPKE module that ours rests on: only hashes, ML-KEM-768,
X25519 and AES-GCM. What both can open is the format, not one program's habit.

Sources: RFC 9180 (HPKE), RFC 5869 (HKDF), draft-connolly-cfrg-xwing-kem (X-Wing).
"""

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

X_WING = 0x647A
X25519 = 0x0020
ENCAPSULATED = {X_WING: 1120, X25519: 32}


def extract(salt: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), material, hashlib.sha256)


def expand(key: bytes, info: bytes, length: int) -> bytes:
    output, block, number = b"", b"", 0
    while len(output) < length:
        number += 1
        block = hmac.digest(key, block + info + bytes([number]), hashlib.sha256)
        output += block
    return output[:length]


def labeled_extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return extract(salt, b"HPKE-v1" + suite + label + material)


def labeled_expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def x_wing_keys(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(96)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    return lattice, X25519PrivateKey.from_private_bytes(expanded[64:])


def x_wing_public(seed: bytes) -> bytes:
    lattice, curve = x_wing_keys(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def x_wing_decapsulate(seed: bytes, encapsulated: bytes) -> bytes:
    lattice, curve = x_wing_keys(seed)
    lattice_part, curve_part = encapsulated[:1088], encapsulated[1088:]
    return hashlib.sha3_256(
        lattice.decapsulate(lattice_part)
        + curve.exchange(X25519PublicKey.from_public_bytes(curve_part))
        + curve_part
        + curve.public_key().public_bytes_raw()
        + b"\\.//^\\"
    ).digest()


def x25519_decapsulate(seed: bytes, encapsulated: bytes) -> bytes:
    private = X25519PrivateKey.from_private_bytes(seed)
    secret = private.exchange(X25519PublicKey.from_public_bytes(encapsulated))
    suite = b"KEM" + X25519.to_bytes(2, "big")
    context = encapsulated + private.public_key().public_bytes_raw()
    key = labeled_extract(suite, b"", b"eae_prk", secret)
    return labeled_expand(suite, key, b"shared_secret", context, 32)


DECAPSULATE = {X_WING: x_wing_decapsulate, X25519: x25519_decapsulate}


def hpke_open(kem: int, seed: bytes, message: bytes, info: bytes) -> bytes:
    encapsulated, ciphertext = message[: ENCAPSULATED[kem]], message[ENCAPSULATED[kem] :]
    suite = b"HPKE" + kem.to_bytes(2, "big") + bytes.fromhex("00010002")
    context = (
        b"\0"
        + labeled_extract(suite, b"", b"psk_id_hash", b"")
        + labeled_extract(suite, b"", b"info_hash", info)
    )
    shared = DECAPSULATE[kem](seed, encapsulated)
    secret = labeled_extract(suite, shared, b"secret", b"")
    key = labeled_expand(suite, secret, b"key", context, 32)
    nonce = labeled_expand(suite, secret, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")


def parts_of(envelope: bytes) -> list[bytes]:
    assert envelope[:4] == b"GHE\x01"
    parts, at = [], 5
    for _ in range(envelope[4]):
        length = int.from_bytes(envelope[at : at + 4], "big")
        parts.append(envelope[at + 4 : at + 4 + length])
        at += 4 + length
    assert at == len(envelope)
    return parts


def wraps_of(part: bytes) -> tuple[str, dict[str, tuple[bytes, int, bytes]], int]:
    """The part's name; per recipient the slot's bytes, the KEM and the wrap; where it ends."""
    assert part[:4] == b"GHP\x01"
    name = part[5 : 5 + part[4]]
    at = 5 + len(name)
    count, at = part[at], at + 1
    wraps = {}
    for _ in range(count):
        slot = part[at : at + 19]
        length = int.from_bytes(part[at + 19 : at + 21], "big")
        letters = base64.b32encode(slot[3:]).decode().rstrip("=").lower()
        wraps[letters] = (slot, int.from_bytes(slot[1:3], "big"), part[at + 21 : at + 21 + length])
        at += 21 + length
    return name.decode(), wraps, at


def wrap_info(case_ref: str, name: str, slot: bytes) -> bytes:
    case, part = case_ref.encode(), name.encode()
    return b"gehoor wrap\x01" + bytes([len(case)]) + case + bytes([len(part)]) + part + slot


def open_with_content_key(part: bytes, case_ref: str, key: bytes) -> bytes:
    _, _, at = wraps_of(part)
    commitment, nonce = part[at : at + 32], part[at + 32 : at + 44]
    assert hmac.digest(key, b"gehoor commitment 1", hashlib.sha256) == commitment
    head, ciphertext = part[: at + 44], part[at + 48 :]
    assert int.from_bytes(part[at + 44 : at + 48], "big") == len(ciphertext)
    case = case_ref.encode()
    padded = AESGCM(key).decrypt(nonce, ciphertext, bytes([len(case)]) + case + head)
    content = padded.rstrip(b"\0")
    assert content[-1:] == b"\x80"
    return content[:-1]


def open_part(envelope: bytes, case_ref: str, name: str, recipient_id: str, seed: bytes) -> bytes:
    part = next(part for part in parts_of(envelope) if wraps_of(part)[0] == name)
    slot, kem, wrapped = wraps_of(part)[1][recipient_id]
    key = hpke_open(kem, seed, wrapped, wrap_info(case_ref, name, slot))
    return open_with_content_key(part, case_ref, key)
