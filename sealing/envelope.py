"""Sealed envelopes as they are stored: parts, the keys wrapped to their recipients, bytes.

Storage keeps what `encode` gives and hands back what `decode` gives; `seal` makes envelopes,
`opening` and `receipts` open them. Nothing in this module can decrypt.

The format, version 1 (docs/sealing.md has it in full). Numbers are unsigned, big-endian.

    envelope   "GHE" 1 · count (1) · count × [length (4) · part]
    part       header · length (4) · ciphertext
    header     "GHP" 1 · length (1) · name · count (1) · count × wrap · commitment (32) · nonce (12)
    wrap       kind (1) · suite (2) · recipient id (16) · length (2) · encapsulation and key

How it may change: any change of meaning takes a new version number with a reader of its own;
old readers stay. New suites and kinds are new numbers within version 1. A number is never
given a second meaning.

The case reference is not in the bytes. It comes from the row in which they lie and is bound
by the encryption, so an envelope that was moved to another case does not open there.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from sealing.failures import Malformation, Malformed, NoSuchPart
from sealing.framing import Reader, prefixed, read_whole
from sealing.identifiers import ID_BYTES, as_letters
from sealing.recipients import RecipientKind, kind_code, kind_of
from sealing.suites import Suite, suite_code, suite_of, wrapped_length

VERSION = 1
PART_MAGIC = b"GHP"
ENVELOPE_MAGIC = b"GHE"
COMMITMENT_BYTES = 32
NONCE_BYTES = 12
MAX_CASE_REF_BYTES = 255
MOST = 255
_NAME = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A part's content key, wrapped to one recipient."""

    kind: RecipientKind
    suite: Suite
    recipient_id: str
    wrapped: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Raises Malformed when the length is not the suite's."""
        if len(self.wrapped) != wrapped_length(self.suite):
            raise Malformed(Malformation.OUT_OF_RANGE)

    def encode(self) -> bytes:
        """Gives the bytes of this wrap."""
        return slot(self.kind, self.suite, self.recipient_id) + prefixed(self.wrapped, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPart:
    """One part of an envelope: its own content key, its own recipients."""

    name: str
    wraps: tuple[WrappedKey, ...]
    commitment: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Raises Malformed for a name, a count or a length that the format does not know."""
        if not is_part_name(self.name) or not 1 <= len(self.wraps) <= MOST:
            raise Malformed(Malformation.OUT_OF_RANGE)
        if (len(self.commitment), len(self.nonce)) != (COMMITMENT_BYTES, NONCE_BYTES):
            raise Malformed(Malformation.OUT_OF_RANGE)
        _refuse_repeated(self.recipient_ids)

    @property
    def recipient_ids(self) -> tuple[str, ...]:
        """Who can open this part."""
        return tuple(wrap.recipient_id for wrap in self.wraps)

    @property
    def is_post_quantum(self) -> bool:
        """Whether every recipient's key is a hybrid one; a single other key decides it."""
        return all(wrap.suite is Suite.X_WING for wrap in self.wraps)

    def wrap_for(self, recipient_id: str) -> WrappedKey | None:
        """Gives the wrap of this recipient, if there is one."""
        return next((wrap for wrap in self.wraps if wrap.recipient_id == recipient_id), None)

    def encode(self) -> bytes:
        """Gives the bytes of this part."""
        head = header(self.name, self.wraps, self.commitment, self.nonce)
        return head + prefixed(self.ciphertext, 4)

    @classmethod
    def decode(cls, data: bytes) -> "SealedPart":
        """Gives the part back; raises Malformed."""
        return read_whole(data, _read_part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEnvelope:
    """What is known about a case and sealed, in parts that differ in who may open them."""

    case_ref: str
    parts: tuple[SealedPart, ...]

    def __post_init__(self) -> None:
        """Raises Malformed for a wrong number of parts, two of one name, or a bad reference."""
        if not 1 <= len(self.parts) <= MOST:
            raise Malformed(Malformation.OUT_OF_RANGE)
        if not 1 <= len(self.case_ref.encode()) <= MAX_CASE_REF_BYTES:
            raise Malformed(Malformation.OUT_OF_RANGE)
        _refuse_repeated(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in order."""
        return tuple(part.name for part in self.parts)

    def part(self, name: str) -> SealedPart:
        """Gives the part of this name; raises NoSuchPart."""
        for part in self.parts:
            if part.name == name:
                return part
        raise NoSuchPart(name)

    def without(self, name: str) -> "SealedEnvelope | None":
        """Gives the envelope with this part left out, or None when that was the last one.

        This is how the identity vault is erased while the case record stays (`L4`). Raises
        NoSuchPart.
        """
        gone = self.part(name)
        kept = tuple(part for part in self.parts if part is not gone)
        return SealedEnvelope(case_ref=self.case_ref, parts=kept) if kept else None

    def encode(self) -> bytes:
        """Gives the bytes of this envelope, without its case reference."""
        count = bytes([VERSION, len(self.parts)])
        return ENVELOPE_MAGIC + count + b"".join(prefixed(p.encode(), 4) for p in self.parts)

    @classmethod
    def decode(cls, data: bytes, case_ref: str) -> "SealedEnvelope":
        """Gives the envelope back, as one of this case; raises Malformed.

        Whether it really belongs to the case shows when a part is opened.
        """
        return cls(case_ref=case_ref, parts=read_whole(data, _read_parts))


def is_part_name(name: str) -> bool:
    """Tells whether this can name a part: 1 to 64 plain lower-case letters, digits or _.:-"""
    return _NAME.fullmatch(name) is not None


def slot(kind: RecipientKind, suite: Suite, recipient_id: str) -> bytes:
    """Gives the bytes that say for whom a wrap is; the wrap itself is bound to them."""
    return bytes([kind_code(kind)]) + suite_code(suite).to_bytes(2) + _id_bytes(recipient_id)


def header(name: str, wraps: Iterable[WrappedKey], commitment: bytes, nonce: bytes) -> bytes:
    """Gives everything of a part that comes before its ciphertext, which authenticates it."""
    encoded = [wrap.encode() for wrap in wraps]
    head = PART_MAGIC + bytes([VERSION]) + prefixed(name.encode("ascii"), 1)
    return head + bytes([len(encoded)]) + b"".join(encoded) + commitment + nonce


@lru_cache(maxsize=1024)  # the same handlers stand in many envelopes
def _id_bytes(recipient_id: str) -> bytes:
    try:
        data = base64.b32decode(recipient_id.upper() + "======")
    except ValueError:
        raise Malformed(Malformation.OUT_OF_RANGE) from None
    if as_letters(data) != recipient_id:  # the last letter has two bits to spare
        raise Malformed(Malformation.OUT_OF_RANGE)
    return data


@lru_cache(maxsize=1024)  # likewise; writing base32 is a third of reading an envelope
def _id_letters(data: bytes) -> str:
    return as_letters(data)


def _refuse_repeated(names: tuple[str, ...]) -> None:
    if len(set(names)) != len(names):
        raise Malformed(Malformation.REPEATED)


def _read_wrap(reader: Reader) -> WrappedKey:
    return WrappedKey(
        kind=kind_of(reader.number(1)),
        suite=suite_of(reader.number(2)),
        recipient_id=_id_letters(reader.take(ID_BYTES)),
        wrapped=reader.prefixed(2),
    )


def _read_part(reader: Reader) -> SealedPart:
    reader.head(PART_MAGIC, VERSION)
    return SealedPart(
        name=reader.name(1),
        wraps=tuple(_read_wrap(reader) for _ in range(reader.number(1))),
        commitment=reader.take(COMMITMENT_BYTES),
        nonce=reader.take(NONCE_BYTES),
        ciphertext=reader.prefixed(4),
    )


def _read_parts(reader: Reader) -> tuple[SealedPart, ...]:
    reader.head(ENVELOPE_MAGIC, VERSION)
    return tuple(SealedPart.decode(reader.prefixed(4)) for _ in range(reader.number(1)))
