"""Padding, so that the length of a sealed value tells little about what is in it.

The law: a padded length is the smallest bucket that holds the content and one byte more. The
buckets are the powers of two from 1 KiB to 64 KiB and, above that, the multiples of 64 KiB.

    content    0 … 1,023 bytes → 1 KiB      a short complaint and a shorter one look alike
               5,000 bytes     → 8 KiB
              70,000 bytes     → 128 KiB

The padding is one byte 0x80 and then zeros (ISO/IEC 7816-4), so it can be taken off without a
length field. It lies under the encryption: a wrong padding means that the sealer was wrong.
"""

from sealing.failures import Tampered

SMALLEST = 1024
CHUNK = 64 * 1024
_MARK = b"\x80"


def bucket(length: int) -> int:
    """Gives the padded length, in bytes, for content of this length in bytes."""
    needed = length + 1
    if needed > CHUNK:
        return -(-needed // CHUNK) * CHUNK
    return max(SMALLEST, 1 << (needed - 1).bit_length())


def pad(content: bytes, to: int | None = None) -> bytes:
    """Gives the content padded to its bucket, or to exactly `to` bytes."""
    size = bucket(len(content)) if to is None else to
    if size <= len(content):
        raise ValueError("padding needs room for one byte at least")
    return (content + _MARK).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Gives the content back; raises Tampered when the padding is not as `pad` makes it."""
    content = padded.rstrip(b"\0")
    if not content.endswith(_MARK):
        raise Tampered
    return content[:-1]
