"""Questions as messages, composed once and kept for everybody who is asked the same.

Called by `bot.rendering`. A question looks the same to thousands of people: the same words, the
same buttons, only another turn. So its text, cut and directed, and its keyboard are kept by all
that they are made of. What names an answer of somebody is never kept here: such a question is
composed anew each time.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot import prompts
from bot.keyboards import Keyboard, at_turn
from bot.lines import MOST_UNITS, directed, units
from flows.definition import Kind
from flows.events import Prompt
from flows.values import Text
from locales.catalogue import Catalogue

MOST_KEPT: Final = 4_000
"""Of about 3 kB each: every question of some flows in eight languages, with what is ticked."""

_TICKED: Final = frozenset((Kind.SELECT_ONE, Kind.SELECT_MULTIPLE))
"""Kinds whose answer so far shows in the ticks alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A question as it is said."""

    text: str
    """Every line in its direction."""
    keyboard: Keyboard
    fits: bool
    """Whether it is one message as it stands."""


def composed(prompt: Prompt, words: Catalogue, page: int) -> Composed:
    """The question with its buttons for the prompt's turn."""
    parts = _parts(prompt, page)
    made = _make(prompt, words, page) if parts is None else _kept(_Look(parts, prompt), words, page)
    return Composed(text=made.text, keyboard=at_turn(made.keyboard, prompt.turn), fits=made.fits)


class _Look:
    """A prompt, equal to every other that looks the same."""

    __slots__ = ("parts", "prompt")

    def __init__(self, parts: Hashable, prompt: Prompt) -> None:
        self.parts = parts
        self.prompt = prompt

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Look) and self.parts == other.parts


@lru_cache(maxsize=MOST_KEPT)
def _kept(look: _Look, words: Catalogue, page: int) -> Composed:
    return _make(look.prompt, words, page)


def _make(prompt: Prompt, words: Catalogue, page: int) -> Composed:
    text, keyboard = prompts.asked(prompt, words, page)
    text = directed(text.strip(), words.language.direction)
    return Composed(text=text, keyboard=keyboard, fits=units(text) < MOST_UNITS)


def _parts(prompt: Prompt, page: int) -> Hashable | None:
    """Everything that the message is made of; None where an answer of somebody is in it, or the
    name of a place that few may look for."""
    texts = (prompt.label, prompt.hint, *prompt.notes)
    if prompt.is_search or not all(map(_is_everybodys, texts)):
        return None
    if prompt.current and prompt.kind not in _TICKED:
        return None
    return (
        prompt.kind,
        tuple([text and text.msgid for text in texts]),
        tuple([(c.name, c.label.msgid, c.icon, c.is_selected) for c in prompt.choices]),
        prompt.is_required,
        prompt.can_go_back,
        prompt.limits,
        prompt.answered,
        prompt.expected,
        page,
    )


def _is_everybodys(text: Text | None) -> bool:
    return text is None or not (text.values or text.is_literal)
