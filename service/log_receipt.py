"""A signed receipt of where all logs end: printed, kept elsewhere, and checked later.

Whoever could rewrite logs, cases and checkpoints alike cannot change a receipt that lies in
somebody else's drawer. `receipt_of` makes one of the last checkpoint, `check` compares it with what
the logs say today of that day. Called by `gehoor audit receipt` and `gehoor audit check`.

A receipt can be compared for as long as every log that it speaks of is there, or had ended by its
day. Records are erased after five to seven years, so one that is older than a few years may be too
old; one that is younger than a quarter never is (`register.clocks.REST_DAYS`).

Format 2: JSON with `format`, `day`, `cases`, `digest`, `previous` as in
`register.checkpoints.Checkpoint`, the installation's public `key` and the `signature` (Ed25519)
over the others, each as UTF-8 on a line of its own in this order; key and signature in hexadecimal
digits. Format 1 is the same of checkpoints of format 1.
"""

from datetime import date
from enum import StrEnum
from typing import Any

import orjson

from register.checkpoints import FORMAT, Checkpoint, checkpoint, first_form
from sealing.key_ring import KeyRing
from sealing.signing import SigningKey, is_signed
from service.refusals import Refused
from storage.transaction import SqlTransaction

_FORMATS = {1: "gehoor log receipt 1", FORMAT: "gehoor log receipt 2"}
"""By the format of the checkpoint."""
_PURPOSE = "log receipts"
LARGEST_BYTES = 10_000


class ReceiptFault(StrEnum):
    """What is wrong with a receipt, or with the logs that it speaks of."""

    ANOTHER_INSTALLATION = "another_installation"
    FORGED = "forged"
    """The signature is not of what it says."""
    CHANGED = "changed"
    """The logs of that day are not what they were when it was made."""
    TOO_OLD = "too_old"
    """Records that went on after its day were erased since: nobody can compare it any more."""


def receipt_of(head: Checkpoint, key_ring: KeyRing) -> bytes:
    """The receipt of a checkpoint, as it goes into a file."""
    key = SigningKey(key_ring.salt(_PURPOSE))
    said = {
        "format": _FORMATS[head.format],
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
    now, unknown = _now(tx, said["format"], day, said["previous"])
    if (now.digest, str(now.cases)) == (said["digest"], said["cases"]):
        return None
    return ReceiptFault.TOO_OLD if unknown else ReceiptFault.CHANGED


def _now(tx: SqlTransaction, form: str, day: date, previous: str) -> tuple[Checkpoint, int]:
    """The checkpoint of that day as it comes out today, and how many logs cannot be known."""
    if form == _FORMATS[FORMAT]:
        before = Checkpoint(day=day, cases=0, digest=previous, previous="") if previous else None
        ends = tx.log.ends_on(day)
        return checkpoint(ends.ends, day, before), ends.unknown
    return first_form(tx.log.tips_on(day), day, previous), tx.log.erased()


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
    if not isinstance(read, dict) or set(read) != names or read["format"] not in _FORMATS.values():
        raise no_receipt
    if not all(isinstance(value, str) for value in read.values()):
        raise no_receipt
    try:
        date.fromisoformat(read["day"])
        bytes.fromhex(read["key"] + read["signature"])
    except ValueError:
        raise no_receipt from None
    return read
