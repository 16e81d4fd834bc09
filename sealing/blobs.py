"""Files, sealed as a stream: photos, recordings and documents of any size in constant memory.

Called by intake and storage to seal, by the desk and the reporter's page to open. Whoever has
the content key can open the stream; the key travels in a sealed part, together with the
file's name and media type, which are not in the stream.

The format, version 1:

    "GHB" 1 · salt (16) · chunk · chunk · …

Each chunk is up to 64 KiB of padded content and a 16-byte tag, under a key that HKDF-SHA256
derives from the content key and the salt. The nonce is the chunk's number (11 bytes) and 1
for the last chunk or 0 for the others (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár 2015),
so chunks that are left out, repeated, added or moved do not open. Every chunk also
authenticates the header.

The last chunk is padded (`buckets`): a file under 64 KiB to its bucket, a larger one to a
whole chunk, so the size tells little. How it may change: a new version number, a new reader.
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sealing.buckets import CHUNK, pad, unpad
from sealing.content import new_content_key
from sealing.failures import Malformation, Malformed, Tampered
from sealing.framing import Reader
from sealing.suites import CONTENT_KEY_BYTES

__all__ = ["CHUNK", "new_content_key", "open_file", "open_stream", "seal_file", "seal_stream"]

_MAGIC = b"GHB"
_VERSION = 1
_SALT_BYTES = 16
_HEADER_BYTES = len(_MAGIC) + 1 + _SALT_BYTES
_TAG_BYTES = 16
_SEALED_CHUNK = CHUNK + _TAG_BYTES
_COUNTER_BYTES = 11
_INFO = b"gehoor blob 1"
_LAST = b"\x01"
_NOT_LAST = b"\x00"


def seal_stream(content: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Gives the sealed stream of a content that comes in pieces of any size.

    The key is a fresh one of 32 bytes (`new_content_key`).
    """
    header = _MAGIC + bytes([_VERSION]) + os.urandom(_SALT_BYTES)
    cipher = _cipher(key, header)
    yield header
    number, held = 0, b""
    for piece in _pieces(content, CHUNK):
        if held:
            yield cipher.encrypt(_nonce(number, _NOT_LAST), held, header)
            number += 1
        held = piece
    if len(held) == CHUNK:
        yield cipher.encrypt(_nonce(number, _NOT_LAST), held, header)
        number, held = number + 1, b""
    last = pad(held, CHUNK if number else None)
    yield cipher.encrypt(_nonce(number, _LAST), last, header)


def open_stream(sealed: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Gives the content back in pieces, each of which is genuine and in its place.

    Raises Malformed for another format and Tampered for an altered stream. That a stream was
    cut off shows only at its end: use nothing of it before the iterator is exhausted.
    """
    pieces = _after_header(sealed)
    header = next(pieces)
    cipher = _cipher(key, header)
    number, held = 0, b""
    for piece in _pieces(pieces, _SEALED_CHUNK):
        if held:
            yield _decrypt(cipher, _nonce(number, _NOT_LAST), held, header)
            number += 1
        held = piece
    yield unpad(_decrypt(cipher, _nonce(number, _LAST), held, header))


def seal_file(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Seals everything that the source gives into the target. Slow: use a thread."""
    target.writelines(seal_stream(_read(source), key))


def open_file(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Opens a sealed stream into the target; raises as `open_stream` does. Use a thread.

    When it raises, what the target has received must be thrown away.
    """
    target.writelines(open_stream(_read(source), key))


def _cipher(key: bytes, header: bytes) -> AESGCM:
    if len(key) != CONTENT_KEY_BYTES:
        raise Malformed(Malformation.OUT_OF_RANGE)
    salt = header[-_SALT_BYTES:]
    return AESGCM(HKDF(SHA256(), CONTENT_KEY_BYTES, salt, _INFO).derive(key))


def _nonce(number: int, flag: bytes) -> bytes:
    return number.to_bytes(_COUNTER_BYTES) + flag


def _decrypt(cipher: AESGCM, nonce: bytes, chunk: bytes, header: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, chunk, header)
    except InvalidTag:
        raise Tampered from None


def _after_header(sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Gives the header first, checked, and then what follows it, in pieces of any size."""
    pieces = iter(sealed)
    start = b""
    while len(start) < _HEADER_BYTES and (piece := next(pieces, None)) is not None:
        start += piece
    reader = Reader(start)
    reader.head(_MAGIC, _VERSION)
    reader.take(_SALT_BYTES)
    yield start[:_HEADER_BYTES]
    yield reader.remainder()
    yield from pieces


def _pieces(content: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Gives the same bytes in pieces of exactly this size, the last of which may be shorter."""
    waiting = bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting)


def _read(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece
