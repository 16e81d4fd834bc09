from hypothesis import given
from hypothesis import strategies as st

from bot.lines import MOST_UNITS, directed, fixed, split, units
from locales.languages import Direction

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT
LRM, RLM = "\u200e", "\u200f"
WORDS = st.text(st.sampled_from("ab \n😀ש"), max_size=300)


def test_a_letter_beyond_the_basic_plane_counts_twice() -> None:
    assert units("a😀") == 3


@given(WORDS, st.integers(2, 40))
def test_nothing_but_white_space_is_lost_in_splitting(text: str, most: int) -> None:
    parts = split(text, most)
    assert all(0 < units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_text_is_cut_between_paragraphs() -> None:
    first, second = "x" * 3000, "y" * 3000
    assert split(f"{first}\n\n{second}") == (first, second)


def test_a_long_text_without_any_space_is_cut_all_the_same() -> None:
    assert [len(part) for part in split("x" * 5000)] == [MOST_UNITS, 904]


def test_a_latin_name_does_not_turn_an_arabic_line_round() -> None:
    assert directed("Jaipur هنا\nهنا Jaipur\n12", RTL) == f"{RLM}Jaipur هنا\nهنا Jaipur\n12"


def test_an_arabic_name_does_not_turn_an_english_line_round() -> None:
    assert directed("القاهرة is the place", LTR) == f"{LRM}القاهرة is the place"


def test_what_stands_in_isolates_does_not_decide() -> None:
    assert directed("\u2068Jaipur\u2069 هنا", RTL) == "\u2068Jaipur\u2069 هنا"


def test_a_fixed_line_keeps_its_direction() -> None:
    assert directed(fixed("1234 5678"), RTL) == f"{LRM}1234 5678"


@given(WORDS)
def test_marking_twice_is_marking_once(text: str) -> None:
    for direction in Direction:
        assert directed(directed(text, direction), direction) == directed(text, direction)
