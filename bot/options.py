"""The choices of a prompt as they are shown: labels, marks, numbers and pages.

Called by `bot.keyboards` (the buttons) and `bot.prompts` (the numbered list in the text).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flows.definition import Kind
from flows.events import Prompt, PromptChoice
from locales.catalogue import Catalogue

PAGE_CHOICES: Final = 20
"""How many choices one keyboard shows before it is paged."""

LONGEST_LABEL: Final = 40
"""In letters. Where one choice is longer, all stand numbered in the text above the buttons."""

_KEYCAP: Final = "\u20e3"
"""In the icons that are a number in a frame (1️⃣)."""

CHECKED, UNCHECKED = "✅", "▫️"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice as it is shown: its place counts from 0 over all pages."""

    place: int
    name: str
    words: str
    icon: str = ""
    mark: str = ""

    @property
    def label(self) -> str:
        """The icon and the words."""
        return _spaced(self.icon, self.words)

    @property
    def number(self) -> str:
        """What stands before the words in a numbered list."""
        return str(self.place + 1)

    def button(self, *, by_number: bool) -> str:
        """What stands on the button: the whole label, or its number and icon."""
        icon = "" if self.icon.startswith(self.number) and _KEYCAP in self.icon else self.icon
        number_and_icon = _spaced(self.number, icon)
        return _spaced(self.mark, number_and_icon if by_number else self.label)


def options(prompt: Prompt, words: Catalogue) -> tuple[Option, ...]:
    """The choices with their labels in the person's language, and their marks."""
    order = _order(prompt)
    return tuple(
        Option(
            place=place,
            name=choice.name,
            words=words.render(choice.label),
            icon=choice.icon,
            mark=_mark(prompt.kind, choice, order),
        )
        for place, choice in enumerate(prompt.choices)
    )


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _order(prompt: Prompt) -> Sequence[str]:
    """In a ranking: the names placed so far, the first first."""
    if prompt.kind is not Kind.RANK:
        return ()
    chosen = tuple(choice.name for choice in prompt.choices if choice.is_selected)
    if isinstance(prompt.current, tuple):
        placed = tuple(name for name in prompt.current if isinstance(name, str))
        return placed if set(placed) == set(chosen) else chosen
    return chosen


def _mark(kind: Kind, choice: PromptChoice, order: Sequence[str]) -> str:
    if kind is Kind.RANK:
        return f"{order.index(choice.name) + 1}." if choice.name in order else UNCHECKED
    if choice.is_selected:
        return CHECKED
    return UNCHECKED if kind is Kind.SELECT_MULTIPLE else ""


def are_numbered(shown: Iterable[Option]) -> bool:
    """Whether the labels stand in the text, because a button would cut one of them off."""
    return any(len(option.label) > LONGEST_LABEL for option in shown)


def page_of(prompt: Prompt, name: str) -> int:
    """On which page a choice is, so that toggling it stays there."""
    places = (i for i, choice in enumerate(prompt.choices) if choice.name == name)
    return next(places, 0) // PAGE_CHOICES
