import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.buckets import CHUNK, SMALLEST, bucket, pad, unpad
from sealing.failures import Tampered


@settings(deadline=None)
@given(st.binary(max_size=5000))
def test_padding_comes_off_again(content: bytes) -> None:
    assert unpad(pad(content)) == content


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_bucket_holds_the_content_and_is_one_of_few(length: int) -> None:
    size = bucket(length)

    assert size > length
    assert size % CHUNK == 0 or size in {SMALLEST << power for power in range(7)}


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=10**7))
def test_a_longer_content_never_has_a_smaller_bucket(one: int, other: int) -> None:
    assert (bucket(one) <= bucket(other)) or one > other


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (0, 1024),
        (1023, 1024),
        (1024, 2048),
        (5000, 8192),
        (65535, 65536),
        (65536, 131072),
        (70000, 131072),
    ],
)
def test_buckets_are_as_documented(length: int, size: int) -> None:
    assert bucket(length) == size
    assert len(pad(bytes(length))) == size


def test_padding_without_its_mark_is_refused() -> None:
    for padded in (b"", bytes(1024), b"words" + bytes(1019)):
        with pytest.raises(Tampered):
            unpad(padded)


def test_padding_never_cuts_content() -> None:
    with pytest.raises(ValueError, match="room"):
        pad(b"four", to=4)
