from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.failures import (
    KeyRingUnusable,
    Malformation,
    Malformed,
    SealingError,
    Tampered,
    UnknownRowKey,
)
from sealing.key_ring import KeyRing, RowKey, new_key_ring

TODAY = date(2026, 11, 20)
LATER = date(2027, 11, 20)
PLACE = ("drafts", "answers", "row-1")
RING = new_key_ring(TODAY)
OLD_ROW = (
    "019d125939f076309f9375d172cc16d2945e7bd485b06613b50e0a518fe4eabaee22bb760350ca2966b2a0ed24"
)
places = st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))


@settings(deadline=None)
@given(places, st.binary(max_size=3000))
def test_a_row_opens_in_its_place(place: tuple[str, str, str], content: bytes) -> None:
    assert RING.open_row(*place, RING.seal_row(*place, content)) == content


@settings(deadline=None)
@given(places, places)
def test_a_row_opens_in_no_other_place(
    place: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    data = RING.seal_row(*place, b"words")

    if other != place:
        with pytest.raises(Tampered):
            RING.open_row(*other, data)


def test_a_row_with_any_one_byte_changed_does_not_open() -> None:
    data = RING.seal_row(*PLACE, b"words")

    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 0x40
        with pytest.raises(SealingError):
            RING.open_row(*PLACE, bytes(changed))


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(SealingError):
        RING.open_row(*PLACE, data)


def test_short_and_foreign_bytes_are_malformed() -> None:
    data = RING.seal_row(*PLACE, b"")

    with pytest.raises(Malformed) as short:
        RING.open_row(*PLACE, data[:-1])
    with pytest.raises(Malformed) as foreign:
        RING.open_row(*PLACE, b"\x02" + data[1:])
    assert short.value.reason is Malformation.TRUNCATED
    assert foreign.value.reason is Malformation.UNKNOWN_VERSION


def test_after_a_rotation_old_rows_open_and_new_ones_use_the_new_key() -> None:
    old = RING.seal_row(*PLACE, b"old")
    rotated = RING.rotated(LATER)

    new = rotated.seal_row(*PLACE, b"new")

    assert rotated.open_row(*PLACE, old) == b"old"
    assert rotated.is_current(new)
    assert not rotated.is_current(old)
    with pytest.raises(UnknownRowKey):
        RING.open_row(*PLACE, new)


def test_a_key_that_was_taken_off_the_ring_is_named_when_a_row_needs_it() -> None:
    old = RING.seal_row(*PLACE, b"old")
    rotated = RING.rotated(LATER)
    old_key = rotated.keys[1].id

    with pytest.raises(UnknownRowKey, match=old_key):
        rotated.without(old_key).open_row(*PLACE, old)


def test_the_current_key_cannot_be_taken_off() -> None:
    for key_id in (RING.keys[0].id, "00000000"):
        with pytest.raises(KeyRingUnusable):
            RING.without(key_id)


def test_a_pseudonym_stays_the_same_after_a_rotation() -> None:
    rotated = RING.rotated(LATER)

    assert rotated.pseudonym("chat", "telegram", "42") == RING.pseudonym("chat", "telegram", "42")
    assert rotated.salt("receipts") == RING.salt("receipts")


@settings(deadline=None)
@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_other_texts_have_other_pseudonyms(one: list[str], other: list[str]) -> None:
    if one != other:
        assert RING.pseudonym("chat", *one) != RING.pseudonym("chat", *other)


def test_pseudonyms_differ_by_purpose_and_installation_and_look_like_ids() -> None:
    elsewhere = new_key_ring(TODAY)
    names = {
        RING.pseudonym("chat", "42"),
        RING.pseudonym("login", "42"),
        elsewhere.pseudonym("chat", "42"),
    }

    assert len(names) == 3
    assert {len(name) for name in names} == {26}


def test_pseudonyms_and_salts_never_change() -> None:
    """Sessions and receipts are found by them."""
    ring = KeyRing(pepper=bytes(range(32)), keys=(RowKey(secret=bytes(32), made=TODAY),))

    assert ring.pseudonym("chat", "telegram", "42") == "po6ht5dmhvb2mtdkczd35euxlm"
    assert (
        ring.salt("receipts").hex()
        == "3f56d197f43b22f89621660cafc73cdcbbc50d3bd2744c6df8b86aa07194b7fe"
    )


def test_a_row_that_was_sealed_long_ago_opens() -> None:
    ring = KeyRing(pepper=bytes(32), keys=(RowKey(secret=bytes(range(32)), made=TODAY),))

    assert ring.open_row(*PLACE, bytes.fromhex(OLD_ROW)) == b"an old draft"


def test_a_ring_does_not_show_its_keys() -> None:
    shown = f"{RING!r} {RING} {RING.keys[0]!r}"

    assert "***" in shown
    assert RING.keys[0].secret.hex() not in shown
    assert str(RING.pepper) not in shown


def test_a_ring_that_could_not_work_is_not_made() -> None:
    key = RING.keys[0]

    for pepper, keys in ((b"short", (key,)), (bytes(32), ()), (bytes(32), (key, key))):
        with pytest.raises(KeyRingUnusable):
            KeyRing(pepper=pepper, keys=keys)
    with pytest.raises(KeyRingUnusable):
        RowKey(secret=b"short", made=TODAY)
