"""How a question is put on a page."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from flows.definition import Kind, RangeLimits
from flows.events import Prompt, PromptChoice
from flows.values import Place, StoredFile, Text, Value
from web.public.moves import Shape
from web.public.questions import LAYOUTS, QuestionView, Typed, view_of, written


def prompt(kind: Kind, **more: object) -> Prompt:
    return Prompt(path="q", turn=1, kind=kind, label=Text(msgid="?"), **more)  # type: ignore[arg-type]  # by name


def view(kind: Kind, typed: Typed | None = None, **more: object) -> QuestionView:
    return view_of(prompt(kind, **more), typed=typed or {}, error="", english="")


CHOICES = tuple(PromptChoice(name=name, label=Text(msgid=name)) for name in ("a", "b", "c"))


def test_every_kind_that_is_asked_has_a_layout() -> None:
    assert set(Kind) - set(LAYOUTS) == {Kind.CALCULATE, Kind.HIDDEN}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("words", "words"),
        (12, "12"),
        (Decimal("1.50"), "1.50"),
        (date(2026, 3, 1), "2026-03-01"),
        (time(14, 5), "14:05"),
        (datetime(2026, 3, 1, 14, 5, tzinfo=UTC), "2026-03-01T14:05"),
        (("a", "b"), ""),
        (None, ""),
    ],
)
def test_an_answer_is_written_as_its_field_wants_it(value: Value | None, text: str) -> None:
    assert written(value) == text


def test_what_was_just_typed_comes_before_what_was_kept() -> None:
    assert view(Kind.TEXT, {"text": ("new",)}, current="old").text == "new"
    assert view(Kind.SELECT_ONE, {"choice": ("b",)}, current="a", choices=CHOICES).values == ("b",)


def test_kept_choices_are_ticked() -> None:
    assert view(Kind.SELECT_ONE, current="a", choices=CHOICES).values == ("a",)
    assert view(Kind.SELECT_MULTIPLE, current=("a", "c"), choices=CHOICES).values == ("a", "c")


def test_a_kept_order_shows_its_numbers() -> None:
    shown = view(Kind.RANK, current=("c", "a", "b"), choices=CHOICES)
    assert shown.positions == {"c": "1", "a": "2", "b": "3"}


def test_a_kept_place_fills_both_fields() -> None:
    shown = view(Kind.GEOPOINT, current=Place(latitude=1.5, longitude=-2.25))
    assert (shown.latitude, shown.longitude) == ("1.5", "-2.25")


def test_files_that_were_added_are_listed() -> None:
    file = StoredFile(blob="b", media_type="image/png", size=10)
    assert view(Kind.IMAGE, current=(file,)).files == (file,)


@pytest.mark.parametrize(
    ("limits", "steps"),
    [
        (RangeLimits(start=1, end=5, step=1), ("1", "2", "3", "4", "5")),
        (RangeLimits(start=0, end=1, step=0.25), ("0", "0.25", "0.5", "0.75", "1")),
        (RangeLimits(start=3, end=1, step=1), ("3", "2", "1")),
    ],
)
def test_a_short_scale_is_chosen(limits: RangeLimits, steps: tuple[str, ...]) -> None:
    assert view(Kind.RANGE, limits=limits).steps == steps


def test_a_long_scale_is_typed() -> None:
    shown = view(Kind.RANGE, limits=RangeLimits(start=0, end=100, step=1))
    assert (shown.template, shown.steps) == ("public/fields/line.html", ())


def test_a_list_from_outside_is_searched() -> None:
    assert view(Kind.SELECT_ONE, is_search=True).shape is Shape.SEARCH


def test_what_somebody_wrote_is_not_in_the_view_as_python_shows_it() -> None:
    assert "CANARY" not in repr(view(Kind.TEXT, {"text": ("CANARY",)}, current="CANARY"))
