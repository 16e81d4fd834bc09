"""What a posted form means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.moves import (
    Back,
    Change,
    Choose,
    Finish,
    Locate,
    Repeat,
    Skip,
    Stop,
    Submit,
    SwitchLanguage,
    Write,
)
from intake.arrivals import LeaveRound, Report, TakePart, WriteBack
from web.public.forms import Form
from web.public.moves import NO_SUCH_TURN, READERS, Misfilled, turn_of, wish_of


def form(**fields: str | list[str]) -> Form:
    return Form(
        fields={
            name.replace("__", "."): (value,) if isinstance(value, str) else tuple(value)
            for name, value in fields.items()
        }
    )


@pytest.mark.parametrize(
    ("posted", "wish"),
    [
        (form(do="next", shape="write", text="it rains", turn="3"), Write(text="it rains", turn=3)),
        (form(shape="write", text="by Enter", turn="3"), Write(text="by Enter", turn=3)),
        (form(shape="choose", choice=["b", "a"], turn="3"), Choose(names=("b", "a"), turn=3)),
        (form(do="search", text="j", choice="s", turn="3"), Write(text="j", turn=3)),
        (form(shape="search", text="j", choice="s", turn="3"), Choose(names=("s",), turn=3)),
        (form(do="next", shape="search", text="jai", turn="3"), Write(text="jai", turn=3)),
        (form(do="next", shape="files", turn="3"), Finish(turn=3)),
        (form(do="next", shape="acknowledge", turn="3"), Choose(names=("ok",), turn=3)),
        (form(do="back", shape="write", text="typed", turn="3"), Back(turn=3)),
        (form(do="skip", turn="3"), Skip(turn=3)),
        (form(do="stop"), Stop()),
        (form(do="submit", turn="3"), Submit(turn=3)),
        (form(do="change.people[2].age", turn="3"), Change(path="people[2].age", turn=3)),
        (form(do="language.hi"), SwitchLanguage(language="hi")),
        (form(do="report"), Report()),
        (form(do="write_back"), WriteBack()),
        (form(do="take_part"), TakePart()),
        (form(do="leave_round"), LeaveRound()),
        (form(do="no-such-button", turn="3"), Repeat()),
        (form(do="next", shape="no-such-shape", turn="3"), Repeat()),
    ],
)  # fmt: skip
def test_each_button_is_one_wish(posted: Form, wish: object) -> None:
    assert wish_of(posted) == wish


@pytest.mark.parametrize(
    "empty",
    [
        form(shape="write", text="  \n ", turn="3"),
        form(shape="choose", turn="3"),
        form(shape="search", text=" ", turn="3"),
        form(shape="place", latitude=" ", longitude="", turn="3"),
        form(shape="rank", rank__a="", rank__b="", turn="3"),
    ],
)
def test_a_form_with_nothing_filled_in_skips_the_question(empty: Form) -> None:
    assert wish_of(empty) == Skip(turn=3)


def test_a_place_may_have_commas_and_digits_of_another_script() -> None:
    posted = form(shape="place", latitude="१५,५", longitude="-75.25", turn="3")
    assert wish_of(posted) == Locate(latitude=15.5, longitude=-75.25, turn=3)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("north", "1"), ("nan", "1"), ("1", "inf"), ("5", "")]
)
def test_what_is_no_number_goes_to_the_engine_to_be_refused(latitude: str, longitude: str) -> None:
    wish = wish_of(form(shape="place", latitude=latitude, longitude=longitude, turn="3"))
    assert isinstance(wish, Write)


def test_a_ranking_is_read_by_its_numbers() -> None:
    posted = form(shape="rank", rank__a="2", rank__b="3", rank__c="1", turn="3")
    assert wish_of(posted) == Choose(names=("c", "a", "b"), turn=3)


@pytest.mark.parametrize("numbers", [("1", "1"), ("1", ""), ("1", "3"), ("0", "1"), ("x", "1")])
def test_a_ranking_with_a_doubled_or_missing_number_is_no_move(numbers: tuple[str, str]) -> None:
    posted = form(shape="rank", rank__a=numbers[0], rank__b=numbers[1], turn="3")
    assert isinstance(wish_of(posted), Misfilled)


@pytest.mark.parametrize("turn", ["", "-1", "1e3", "٣", "99999999999", "None"])
def test_a_form_without_a_readable_turn_is_never_an_answer_to_whatever_is_asked(turn: str) -> None:
    assert turn_of(form(turn=turn)) == NO_SUCH_TURN


FIELDS = ("do", "shape", "turn", "text", "choice", "latitude", "longitude", "rank.a", "rank.b")


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text(max_size=12), max_size=3)),
    st.sampled_from(list(READERS)),
)
def test_no_form_makes_reading_it_fail(fields: dict[str, list[str]], shape: str) -> None:
    posted = {name: tuple(values) for name, values in fields.items()}
    wish_of(Form(fields=posted))
    wish_of(Form(fields={**posted, "shape": (shape,), "do": ("next",)}))
