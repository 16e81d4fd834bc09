from dataclasses import replace
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import prompts
from bot.composed import _kept, composed
from bot.keyboards import at_turn
from flows.definition import Kind, RangeLimits
from flows.events import Prompt, PromptChoice
from flows.values import Text
from locales.catalogue import catalogue
from locales.languages import LANGUAGES

ENGLISH = catalogue("en")
LABELS = ("Yes", "No", "Only I use it", "I am not sure", "Women and men")


def prompt(kind: Kind = Kind.TEXT, **changes: Any) -> Prompt:
    usual = {"path": "q", "turn": 7, "kind": kind, "label": Text(msgid="Where is it?")}
    return Prompt(**{**usual, **changes})


def kept_after(asked: Prompt) -> int:
    """How many more questions are kept once this one was composed."""
    before = _kept.cache_info().currsize
    composed(asked, ENGLISH, 0)
    return _kept.cache_info().currsize - before


def test_the_same_question_at_another_turn_differs_in_the_turn_alone() -> None:
    first = composed(prompt(Kind.ACKNOWLEDGE), ENGLISH, 0)
    again = composed(prompt(Kind.ACKNOWLEDGE, turn=4711), ENGLISH, 0)
    assert first.text == again.text
    assert b'"c7.ok"' in first.keyboard
    assert first.keyboard.replace(b"7.", b"4711.") == again.keyboard


@pytest.mark.parametrize(
    "asked",
    [
        prompt(current="CANARY"),
        prompt(Kind.INTEGER, current=Decimal(3)),
        prompt(Kind.RANK, current=("b", "a")),
        prompt(label=Text(msgid="Who hurt ${name}?", values={"name": "CANARY"})),
        prompt(hint=Text(msgid="CANARY", is_literal=True)),
        prompt(notes=(Text(msgid="You said ${a}", values={"a": "CANARY"}),)),
        prompt(Kind.SELECT_ONE, is_search=True),
    ],
)
def test_what_shows_somebodys_answer_is_not_kept(asked: Prompt) -> None:
    assert kept_after(asked) == 0


def test_a_question_is_kept_once_for_all_who_are_asked_it() -> None:
    asked = prompt(label=Text(msgid="How many people does it hurt?"))
    kept_after(asked)
    assert kept_after(replace(asked, path="other", turn=99)) == 0


choices = st.lists(
    st.builds(
        PromptChoice,
        name=st.sampled_from(("a", "b", "x" * 70)),
        label=st.builds(Text, msgid=st.sampled_from(LABELS)),
        icon=st.sampled_from(("", "✅")),
        is_selected=st.booleans(),
    ),
    max_size=4,
).map(tuple)
asked_somehow = st.builds(
    Prompt,
    path=st.just("q"),
    turn=st.integers(1, 999_999),
    kind=st.sampled_from((Kind.TEXT, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANGE)),
    label=st.builds(Text, msgid=st.sampled_from(LABELS)),
    hint=st.none() | st.builds(Text, msgid=st.sampled_from(LABELS)),
    choices=choices,
    is_required=st.booleans(),
    can_go_back=st.booleans(),
    limits=st.none() | st.just(RangeLimits(start=1, end=5, step=1)),
    answered=st.integers(0, 5),
    expected=st.integers(0, 9),
)


@given(asked_somehow, st.sampled_from(LANGUAGES))
def test_what_is_kept_is_what_would_be_composed_anew(asked: Prompt, language: Any) -> None:
    words = catalogue(language.code)
    text, keyboard = prompts.asked(asked, words, 0)
    for _ in range(2):
        made = composed(asked, words, 0)
        assert orjson.loads(made.keyboard) == orjson.loads(at_turn(keyboard, asked.turn))
        assert made.text.translate({0x200E: None, 0x200F: None}) == text.strip()
