"""Numbers, dates, times and choices are read as people type them, and doubt is refused."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.definition import Choice
from flows.typed_choices import find_choice, find_choices
from flows.typed_days import read_date, read_datetime, read_time
from flows.typed_numbers import read_decimal, read_whole


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1 250", "en", "1250"),
        ("1\u202f250", "fr", "1250"),
        ("١٢٫٥", "ar", "12.5"),
        ("1٬234٫5", "ar", "1234.5"),
        ("१२", "hi", "12"),
        ("1,00,000", "hi", "100000"),
        ("12,5", "nl", "12.5"),
        ("12,5", "en", "12.5"),
        ("1.234.567,89", "nl", "1234567.89"),
        ("1,234,567.89", "en", "1234567.89"),
        ("1’000", "de", "1000"),
        ("−5", "en", "-5"),
        ("+7", "en", "7"),
        (".5", "en", "0.5"),
        ("\u200f12\u200e", "ar", "12"),
        ("１２", "zh_Hans", "12"),
    ],
)
def test_a_number_is_read(text: str, language: str, expected: str) -> None:
    assert read_decimal(text, language) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "3.",
        "5 6",
        "1e5",
        "1,2,3",
        "12a",
        "--3",
        "9" * 16,
        "1" * 99,
        "½",
        "Ⅷ",
        "1.2.3",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert read_decimal(text, "en") is None


@pytest.mark.parametrize(("text", "language"), [("1.000", "en"), ("1,000", "nl"), ("1.5", "en")])
def test_a_whole_number_that_may_be_a_fraction_is_refused(text: str, language: str) -> None:
    assert read_whole(text, language) is None


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["en", "nl", "hi", "ar"]))
def test_every_whole_number_is_read_back(number: int, language: str) -> None:
    assert read_whole(str(number), language) == number
    point, mark = (",", ".") if language == "nl" else (".", ",")
    assert read_whole(f"{number:,}".replace(",", mark), language) == number
    assert read_decimal(f"{number}{point}25".replace("-", ""), language) == abs(number) + Decimal(
        "0.25"
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-12",
        "12-3-2026",
        "12/03/2026",
        "12. 3. 2026",
        "٢٠٢٦-٠٣-١٢",
        "2026年3月12日",
        " 2026 3 12 ",
    ],
)
def test_a_date_is_read(text: str) -> None:
    assert read_date(text) == date(2026, 3, 12)


@pytest.mark.parametrize(
    "text", ["31-2-2026", "12-3-26", "3/13/2026", "2026", "", "0-0-0000", "x" * 99]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("21:30:15", time(21, 30, 15)),
        ("9:30 PM", time(21, 30)),
        ("9 p.m.", time(21)),
        ("12 am", time(0)),
        ("٩:٣٠", time(9, 30)),
        ("25:00", None),
        ("13 pm", None),
        ("9", None),
        ("930", None),
        ("", None),
    ],
)
def test_a_time_of_day_is_read(text: str, expected: time | None) -> None:
    assert read_time(text) == expected


def test_a_date_with_a_time_is_read() -> None:
    morning = datetime.fromisoformat("2026-03-12T09:30")
    for text in ("2026-03-12T09:30", "2026-03-12 9:30", "12-3-2026, 9.30", "12 3 2026 9:30 am"):
        assert read_datetime(text) == morning
    assert read_datetime("2026-03-12T09:30+02:00") == datetime.fromisoformat(
        "2026-03-12T09:30+02:00"
    )
    assert read_datetime("2026-03-12Tx") is None
    assert read_datetime("tomorrow 9:30") is None


LIST = tuple(
    Choice(name=name, label=label)
    for name, label in (("y", "Yes, now"), ("n", "No"), ("1", "Don’t know"))
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("yes, NOW!", "y"),
        ("no.", "n"),
        ("1", "y"),
        ("3)", "1"),
        ("n", "n"),
        ("0", None),
        ("4", None),
        ("", None),
        ("...", None),
        ("yes", None),
    ],
)
def test_a_choice_is_found(text: str, name: str | None) -> None:
    found = find_choice(text, LIST, lambda choice: choice.label)
    assert (found.name if found else None) == name


def test_a_label_with_a_comma_is_one_choice() -> None:
    found = find_choices("Yes, now", LIST, lambda choice: choice.label)
    assert found is not None and [choice.name for choice in found] == ["y"]
    assert find_choices("No; don’t know", LIST, lambda choice: choice.label) is not None


def test_two_choices_of_the_same_words_are_not_guessed_between() -> None:
    twins = (Choice(name="a", label="Same"), Choice(name="b", label="Same"))
    assert find_choice("same", twins, lambda choice: choice.label) is None


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_nothing_that_is_typed_breaks_the_readers(text: str) -> None:
    for language in ("en", "nl"):
        read_decimal(text, language)
        read_whole(text, language)
    read_date(text)
    read_time(text)
    read_datetime(text)
    find_choices(text, LIST, lambda choice: choice.label)
