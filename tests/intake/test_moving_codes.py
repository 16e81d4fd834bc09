"""Codes that take an unfinished report elsewhere, as they are made and as people type them."""

import pytest

from intake.moving_codes import LINK_PREFIX, MovingCodes, link_code, new_codes, typed_code

CODES = MovingCodes(link="AbcdefghijklmnopqrstuvwxyzAB12_-", typed="123456789012345")


def test_the_link_fits_a_deep_link_and_holds_more_than_128_bits() -> None:
    assert len(LINK_PREFIX + CODES.link) <= 64
    assert len(CODES.link) * 6 >= 128
    fresh = new_codes()
    assert link_code(fresh.link) == fresh.link
    assert typed_code(fresh.grouped) == fresh.typed
    assert len({new_codes().link for _ in range(20)}) == 20


def test_a_typed_code_is_no_receipt() -> None:
    assert len(CODES.typed) == 15
    assert [len(group) for group in CODES.grouped.split()] == [3] * 5


@pytest.mark.parametrize("between", [" ", "", "-", ".", "\u00a0", "\u2066 "])
def test_spaces_and_marks_do_not_matter(between: str) -> None:
    assert typed_code(between.join(CODES.grouped.split())) == CODES.typed


def test_digits_of_every_script_count() -> None:
    arabic = CODES.typed.translate({ord("0") + n: 0x660 + n for n in range(10)})
    assert typed_code(arabic) == CODES.typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        CODES.typed[:7],
        CODES.typed[:-1],
        CODES.typed + "1",
        CODES.typed[:-1] + str((int(CODES.typed[-1]) + 1) % 10),
        "twelve dogs",
        CODES.typed + " please",
        " " * 50 + CODES.typed,
        CODES.link,
    ],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert typed_code(typed) is None


@pytest.mark.parametrize("text", ["", CODES.link[:16], CODES.link + "a", CODES.link[:-1] + "/"])
def test_half_a_link_is_no_code(text: str) -> None:
    assert link_code(text) is None


def test_no_code_is_shown_by_repr() -> None:
    assert CODES.link not in repr(CODES)
    assert CODES.typed not in repr(CODES)
