"""A signed receipt of where all logs end: printed, kept elsewhere, and checked later.

Whoever could rewrite logs, cases and checkpoints alike cannot change a receipt that lies in
somebody else's drawer. `receipt_of` makes one of the last checkpoint, `check` compares it with what
the logs say today of that day. Called by `gehoor audit receipt` and `gehoor audit check`.

Format 1: JSON with `format`, `day`, `cases`, `digest`, `previous` as in `register.log.Checkpoint`,
the installation's public `key` and the `signature` (Ed25519) over the others, each as UTF-8 on a
line of its own in this order; key and signature in hexadecimal digits.
"""

from datetime import date
from enum import StrEnum
from typing import Any

import orjson

from register.log import Checkpoint, checkpoint
from sealing.key_ring import KeyRing
from sealing.signing import SigningKey, is_signed
from service.refusals import Refused
from storage.transaction import SqlTransaction

_FORMAT = "gehoor log receipt 1"
_PURPOSE = "log receipts"
LARGEST_BYTES = 10_000


class ReceiptFault(StrEnum):
    """What is wrong with a receipt, or with the logs that it speaks of."""

    ANOTHER_INSTALLATION = "another_installation"
    FORGED = "forged"
    """The signature is not of what it says."""
    CHANGED = "changed"
    """The logs of that day are not what they were when it was made."""


def receipt_of(head: Checkpoint, key_ring: KeyRing) -> bytes:
    """The receipt of a checkpoint, as it goes into a file."""
    key = SigningKey(key_ring.salt(_PURPOSE))
    said = {
        "format": _FORMAT,
        "day": head.day.isoformat(),
        "cases": str(head.cases),
        "digest": head.digest,
        "previous": head.previous,
        "key": key.public.hex(),
    }
    signed = {**said, "signature": key.sign(_signed(said)).hex()}
    return orjson.dumps(signed, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def check(tx: SqlTransaction, receipt: bytes, key_ring: KeyRing) -> ReceiptFault | None:
    """What is wrong; None where all logs are what they were. Raises `Refused` for no receipt."""
    said = _read(receipt)
    if said["key"] != SigningKey(key_ring.salt(_PURPOSE)).public.hex():
        return ReceiptFault.ANOTHER_INSTALLATION
    signature = bytes.fromhex(said.pop("signature"))
    if not is_signed(bytes.fromhex(said["key"]), _signed(said), signature):
        return ReceiptFault.FORGED
    day = date.fromisoformat(said["day"])
    before = Checkpoint(day=day, cases=0, digest=said["previous"], previous="")
    now = checkpoint(tx.log.ends_on(day), day, before if said["previous"] else None)
    return (
        None
        if (now.digest, str(now.cases)) == (said["digest"], said["cases"])
        else (ReceiptFault.CHANGED)
    )


def grouped(digest: str) -> str:
    """A digest to be copied by hand, in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _signed(said: dict[str, str]) -> bytes:
    return "\n".join(said[name] for name in _SIGNED).encode()


_SIGNED = ("format", "day", "cases", "digest", "previous", "key")


def _read(receipt: bytes) -> dict[str, str]:
    no_receipt = Refused("this is no receipt of the log that this version knows")
    try:
        read: Any = orjson.loads(receipt)
    except orjson.JSONDecodeError:
        raise no_receipt from None
    names = {*_SIGNED, "signature"}
    if not isinstance(read, dict) or set(read) != names or read["format"] != _FORMAT:
        raise no_receipt
    if not all(isinstance(value, str) for value in read.values()):
        raise no_receipt
    try:
        date.fromisoformat(read["day"])
        bytes.fromhex(read["key"] + read["signature"])
    except ValueError:
        raise no_receipt from None
    return read
