"""How one question is put on a page: which fields, and what stands in them already.

Pure; called by `web.public.composing`. What the person just typed comes before what was kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from flows.definition import Kind, RangeLimits
from flows.events import Prompt
from flows.values import Place, StoredFile, Value
from web.public.moves import Shape

Typed: TypeAlias = Mapping[str, tuple[str, ...]]
"""The fields of the form that was just posted."""

MOST_STEPS = 11
"""More steps than 0 to 10 are typed as a number instead of chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which fields a kind of question has."""

    shape: Shape
    template: str
    input_type: str = "text"
    input_mode: str = ""
    accept: str = ""


_CHOICES = Layout(shape=Shape.CHOOSE, template="choices")
_LINE = Layout(shape=Shape.WRITE, template="line")

# Numbers are text fields with a number keyboard: browsers' own number fields refuse digits of
# other scripts and lose what they do not understand, without a word.
LAYOUTS: Mapping[Kind, Layout] = {
    Kind.SELECT_ONE: _CHOICES,
    Kind.SELECT_MULTIPLE: _CHOICES,
    Kind.TEXT: Layout(shape=Shape.WRITE, template="words"),
    Kind.INTEGER: Layout(shape=Shape.WRITE, template="line", input_mode="numeric"),
    Kind.DECIMAL: Layout(shape=Shape.WRITE, template="line", input_mode="decimal"),
    Kind.RANGE: Layout(shape=Shape.WRITE, template="line", input_mode="decimal"),
    Kind.DATE: Layout(shape=Shape.WRITE, template="line", input_type="date"),
    Kind.TIME: Layout(shape=Shape.WRITE, template="line", input_type="time"),
    Kind.DATETIME: Layout(shape=Shape.WRITE, template="line", input_type="datetime-local"),
    Kind.IMAGE: Layout(shape=Shape.FILES, template="files", accept="image/*"),
    Kind.AUDIO: Layout(shape=Shape.FILES, template="files", accept="audio/*"),
    Kind.FILE: Layout(shape=Shape.FILES, template="files"),
    Kind.GEOPOINT: Layout(shape=Shape.PLACE, template="place"),
    Kind.RANK: Layout(shape=Shape.RANK, template="rank"),
    Kind.ACKNOWLEDGE: Layout(shape=Shape.ACKNOWLEDGE, template="acknowledge"),
    Kind.NOTE: Layout(shape=Shape.ACKNOWLEDGE, template="acknowledge"),
}
_SEARCH = Layout(shape=Shape.SEARCH, template="search")
_STEPS = Layout(shape=Shape.WRITE, template="steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question with all that its template needs."""

    prompt: Prompt = field(repr=False)
    shape: Shape
    template: str
    input_type: str
    input_mode: str
    accept: str
    error: str
    """Why the last answer was not taken, in the person's language."""
    english: str
    """The question's own words, for a text that a machine translated (W11)."""
    is_many: bool
    values: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    latitude: str = field(repr=False)
    longitude: str = field(repr=False)
    positions: Mapping[str, str] = field(repr=False)
    files: tuple[StoredFile, ...] = field(repr=False)
    steps: tuple[str, ...]
    step_numbers: tuple[Decimal, ...]


def view_of(prompt: Prompt, *, typed: Typed, error: str, english: str) -> QuestionView:
    """The question as it is shown now."""
    layout = layout_of(prompt)
    place = prompt.current if isinstance(prompt.current, Place) else None
    numbers = _steps(prompt.limits) if layout is _STEPS and prompt.limits else ()
    return QuestionView(
        prompt=prompt,
        shape=layout.shape,
        template=f"public/fields/{layout.template}.html",
        input_type=layout.input_type,
        input_mode=layout.input_mode,
        accept=layout.accept,
        error=error,
        english=english,
        is_many=prompt.kind is Kind.SELECT_MULTIPLE,
        values=typed.get("choice") or _selected(prompt),
        text=_first(typed, "text") or written(prompt.current),
        latitude=_first(typed, "latitude") or ("" if place is None else str(place.latitude)),
        longitude=_first(typed, "longitude") or ("" if place is None else str(place.longitude)),
        positions=_positions(prompt, typed),
        files=_files(prompt.current),
        steps=tuple(str(number) for number in numbers),
        step_numbers=numbers,
    )


def layout_of(prompt: Prompt) -> Layout:
    """The fields for this prompt. A kind that is never asked is put as a line of text."""
    if prompt.is_search:
        return _SEARCH
    if prompt.kind is Kind.RANGE and prompt.limits and len(_steps(prompt.limits)) <= MOST_STEPS:
        return _STEPS
    if prompt.kind is Kind.TEXT and "numbers" in prompt.appearance:
        return LAYOUTS[Kind.INTEGER]
    return LAYOUTS.get(prompt.kind, _LINE)


def written(value: Value | None) -> str:
    """A kept answer as its field wants it; empty for what is not typed into one field."""
    match value:
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M")
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case str() | int() | Decimal():
            return str(value)
        case _:
            return ""


def _first(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "")


def _selected(prompt: Prompt) -> tuple[str, ...]:
    chosen = tuple(choice.name for choice in prompt.choices if choice.is_selected)
    if chosen:
        return chosen
    match prompt.current:
        case str(name):
            return (name,)
        case tuple(names):
            return tuple(name for name in names if isinstance(name, str))
        case _:
            return ()


def _positions(prompt: Prompt, typed: Typed) -> Mapping[str, str]:
    given = {
        name.removeprefix("rank."): values[0]
        for name, values in typed.items()
        if name.startswith("rank.") and values
    }
    return given or {name: str(place) for place, name in enumerate(_selected_in_order(prompt), 1)}


def _selected_in_order(prompt: Prompt) -> tuple[str, ...]:
    if isinstance(prompt.current, tuple):
        return tuple(name for name in prompt.current if isinstance(name, str))
    return ()


def _files(value: Value | None) -> tuple[StoredFile, ...]:
    if not isinstance(value, tuple):
        return ()
    return tuple(file for file in value if isinstance(file, StoredFile))


def _steps(limits: RangeLimits) -> tuple[Decimal, ...]:
    start, end, step = (Decimal(str(n)) for n in (limits.start, limits.end, limits.step))
    if step == 0:
        return ()
    count = min(int(abs((end - start) / step)), MOST_STEPS) + 1
    direction = abs(step) if end >= start else -abs(step)
    return tuple(_plain(start + n * direction) for n in range(count))


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros or exponent: 1, not 1.0 or 1E+1."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()
