"""A question, and the reading back of all answers, as the text of a message.

Called by `bot.rendering`. Blocks of text are joined by an empty line; what has nothing to say
gives an empty block.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot import keyboards, texts
from bot.keyboards import Keyboard
from bot.lines import units
from bot.options import PAGE_CHOICES, Option, are_numbered, options
from flows.definition import Kind
from flows.events import Prompt, Reviewed, ReviewItem
from locales.catalogue import Catalogue

FEW_QUESTIONS: Final = 4
"""Progress is told from so many questions on; below, it says nothing."""

PAGE_ITEMS: Final = 8
PAGE_UNITS: Final = 3500
"""A page of the review holds at most so many answers, and so many UTF-16 units of them."""

LONGEST_ANSWER: Final = 700
LONGEST_LABEL: Final = 300
"""In letters. A longer answer is cut in the review: its words stand in the chat already."""

_CHOSEN_BY_BUTTON: Final = frozenset((Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK))


def joined(blocks: Iterable[str]) -> str:
    """The blocks that say something, an empty line between them."""
    return "\n\n".join(block for block in blocks if block)


def asked(prompt: Prompt, words: Catalogue, page: int) -> tuple[str, Keyboard]:
    """The question, and its buttons for any turn (`keyboards.at_turn`)."""
    shown = options(prompt, words)
    text = joined(
        (
            _progress(prompt, words),
            *(words.render(note) for note in prompt.notes),
            words.render(prompt.label),
            words.render(prompt.hint) if prompt.hint else "",
            _numbered(shown, page),
            _how_to(prompt, words),
            _answered_before(prompt, words),
        )
    )
    return text, keyboards.for_prompt(prompt, shown, words, page)


def _progress(prompt: Prompt, words: Catalogue) -> str:
    here, total = prompt.answered + 1, prompt.expected
    if total < FEW_QUESTIONS or here > total:
        return ""
    return words.text(texts.PROGRESS, n=here, total=total)


def _numbered(shown: tuple[Option, ...], page: int) -> str:
    if not are_numbered(shown):
        return ""
    here = shown[page * PAGE_CHOICES : (page + 1) * PAGE_CHOICES]
    return "\n".join(f"{option.number}. {option.label}" for option in here)


def _how_to(prompt: Prompt, words: Catalogue) -> str:
    if prompt.is_search:
        return words.text(texts.SEARCH_HOW_TO)
    msgid = texts.HOW_TO.get(prompt.kind)
    return words.text(msgid) if msgid else ""


def _answered_before(prompt: Prompt, words: Catalogue) -> str:
    """What is there already, where the buttons do not show it."""
    if prompt.current is None or prompt.current == () or prompt.kind in _CHOSEN_BY_BUTTON:
        return ""
    answer = _cut(words.show(prompt.current), LONGEST_ANSWER)
    if prompt.kind in keyboards.WITH_FILES:
        return words.text(texts.FILES_SO_FAR, files=answer)
    return words.text(texts.ANSWER_BEFORE, answer=answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One answer of the review, written out."""

    place: int
    item: ReviewItem
    text: str


def reviewed(review: Reviewed, words: Catalogue, page: int) -> tuple[str, Keyboard]:
    """One page of all answers, with a button to change each; a page too far is the last one."""
    pages = _pages([_line(i, item, words) for i, item in enumerate(review.items)])
    page = min(max(page, 0), len(pages) - 1)
    text = joined(
        (
            *(words.render(note) for note in review.notes),
            *(line.text for line in pages[page]),
            words.text(texts.PAGE, n=page + 1, total=len(pages)) if len(pages) > 1 else "",
            words.text(texts.REVIEW),
        )
    )
    changeable = [(line.place, line.item.path) for line in pages[page] if line.item.can_change]
    return text, keyboards.for_review(review.turn, changeable, words, page, len(pages))


def _line(place: int, item: ReviewItem, words: Catalogue) -> _Line:
    label = _cut(words.render(item.label), LONGEST_LABEL)
    return _Line(place=place, item=item, text=f"{place + 1}. {label}\n• {_answer(item, words)}")


def _answer(item: ReviewItem, words: Catalogue) -> str:
    if item.choices:
        return words.list([words.render(choice) for choice in item.choices])
    if item.value is None or item.value == ():
        return words.text(texts.NO_ANSWER)
    return _cut(words.show(item.value), LONGEST_ANSWER)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rstrip() + " …"


def _pages(lines: list[_Line]) -> list[list[_Line]]:
    """The lines on pages, each with at least one; one empty page where there are none."""
    pages: list[list[_Line]] = [[]]
    room = PAGE_UNITS
    for line in lines:
        size = units(line.text)
        if pages[-1] and (size > room or len(pages[-1]) == PAGE_ITEMS):
            pages.append([])
            room = PAGE_UNITS
        pages[-1].append(line)
        room -= size
    return pages
