import io
import itertools
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.blobs import CHUNK, new_content_key, open_file, open_stream, seal_file, seal_stream
from sealing.buckets import bucket
from sealing.failures import Malformed, SealingError, Tampered

KEY = bytes(range(32))
HEADER = 20
SEALED_CHUNK = CHUNK + 16


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(seal_stream([content], key))


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(open_stream([data], key))


def chunks(data: bytes) -> tuple[bytes, list[bytes]]:
    """The header and the chunks of a sealed stream."""
    at = range(HEADER, len(data), SEALED_CHUNK)
    return data[:HEADER], [data[start : start + SEALED_CHUNK] for start in at]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=2000), max_size=5), st.integers(min_value=1, max_value=999))
def test_a_file_opens_however_it_was_cut_into_pieces(pieces: list[bytes], size: int) -> None:
    data = b"".join(seal_stream(pieces, KEY))

    again = open_stream((data[at : at + size] for at in range(0, len(data), size)), KEY)

    assert b"".join(again) == b"".join(pieces)


@pytest.mark.parametrize(
    "length", [0, 1, 1023, 1024, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK - 1, 3 * CHUNK]
)
def test_lengths_at_the_edges_open_and_fill_their_bucket(length: int) -> None:
    content = bytes(range(251)) * (length // 251 + 1)
    content = content[:length]

    data = sealed(content)

    count = -(-bucket(length) // CHUNK)
    assert len(data) == HEADER + bucket(length) + 16 * count
    assert opened(data) == content


def test_files_go_from_file_to_file() -> None:
    key = new_content_key()
    content = bytes(3 * CHUNK + 5)
    middle, end = io.BytesIO(), io.BytesIO()

    seal_file(io.BytesIO(content), middle, key)
    middle.seek(0)
    open_file(middle, end, key)

    assert end.getvalue() == content


LONG = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c" * 100)
HEAD, (FIRST, SECOND, LAST) = chunks(LONG)


@pytest.mark.parametrize(
    ("attack", "data"),
    [
        ("the last chunk is gone", HEAD + FIRST + SECOND),
        ("all chunks are gone", HEAD),
        ("the last chunk is cut short", LONG[:-1]),
        ("one byte more", LONG + b"\0"),
        ("a chunk more", LONG + FIRST),
        ("two chunks changed places", HEAD + SECOND + FIRST + LAST),
        ("a chunk stands there twice", HEAD + FIRST + FIRST + SECOND + LAST),
        ("the first chunk is gone", HEAD + SECOND + LAST),
        ("the last chunk stands there twice", HEAD + FIRST + SECOND + LAST + LAST),
        ("the last chunk alone", HEAD + LAST),
        ("another stream's header", chunks(sealed(b""))[0] + FIRST + SECOND + LAST),
        ("another stream's chunk", HEAD + chunks(sealed(b"a" * CHUNK))[1][0] + SECOND + LAST),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_stream_that_was_rearranged_does_not_open(attack: str, data: bytes) -> None:
    with pytest.raises(Tampered):
        opened(data)


def test_any_one_byte_changed_does_not_open() -> None:
    data = sealed(b"a short recording")

    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 0x10
        with pytest.raises(SealingError):
            opened(bytes(changed))


@settings(deadline=None)
@given(st.binary(max_size=19))
def test_too_short_for_a_header_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        opened(data)


@pytest.mark.parametrize("head", [b"GHX\x01", b"GHB\x00", b"GHB\x02"])
def test_other_letters_and_versions_are_malformed(head: bytes) -> None:
    with pytest.raises(Malformed):
        opened(head + LONG[4:])


def test_another_key_does_not_open_and_a_short_one_is_no_key() -> None:
    with pytest.raises(Tampered):
        opened(LONG, new_content_key())
    for act in (sealed, opened):
        with pytest.raises(Malformed):
            act(LONG, b"short")


def test_the_same_file_never_looks_the_same() -> None:
    assert chunks(sealed(b"a"))[1] != chunks(sealed(b"a"))[1]


def test_a_large_file_takes_the_memory_of_a_few_chunks() -> None:
    def content() -> Iterator[bytes]:
        return itertools.repeat(bytes(CHUNK), 200)

    tracemalloc.start()
    try:
        length = sum(len(piece) for piece in open_stream(seal_stream(content(), KEY), KEY))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert length == 200 * CHUNK
    assert peak < 16 * CHUNK


def test_a_file_that_was_sealed_long_ago_opens() -> None:
    text = (Path(__file__).parent / "vectors" / "blob.hex").read_text(encoding="ascii")
    data = bytes.fromhex("".join(text.split()))

    assert opened(data) == b"an old recording"
