"""The buttons under a prompt, a review, a menu: labels with icons, and what each one carries.

Called by `bot.rendering` and by the stop button's "are you sure".
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

import orjson

from bot import texts
from bot.buttons import ANY_TURN, Act, named, write
from bot.options import CHECKED, LONGEST_LABEL, PAGE_CHOICES, Option, are_numbered
from flows.definition import Kind, RangeLimits
from flows.events import Prompt
from intake.screens import MenuItem
from intake.words import MENU_LABELS
from locales.catalogue import Catalogue
from locales.languages import LANGUAGES

Keyboard: TypeAlias = bytes
"""The Bot API's `InlineKeyboardMarkup`, written out: it goes into a call as it is."""

Row: TypeAlias = list[dict[str, str]]
"""Buttons beside each other, as the Bot API has them."""

_ANY_TURN_WRITTEN: Final = orjson.dumps(ANY_TURN).strip(b'"')

MOST_STEPS: Final = 11
"""A range of at most so many steps has a button for each."""

ACKNOWLEDGED: Final = "ok"
"""The one choice of an `acknowledge` question."""

# How many buttons stand in a row when no label is longer than so many letters.
_PER_ROW: Final = ((3, 5), (14, 2), (LONGEST_LABEL, 1))
_NUMBERS_PER_ROW: Final = 4

WITH_FILES: Final = frozenset((Kind.IMAGE, Kind.AUDIO, Kind.FILE))
_WITH_DONE: Final = frozenset((Kind.SELECT_MULTIPLE, Kind.RANK))

_MENU_ICONS: Final = {
    MenuItem.REPORT: "📣",
    MenuItem.RESUME: "▶️",
    MenuItem.RECEIPT: "🔑",
    MenuItem.WRITE_BACK: "✉️",
    MenuItem.TAKE_PART: "▶️",
    MenuItem.LEAVE_ROUND: "✖️",
    MenuItem.LANGUAGE: "🌐",
    MenuItem.ABOUT: "❔",
    MenuItem.DECIDE_SUMMARY: "👁",
    MenuItem.TAKE_BACK_SUMMARY: "↩️",
    MenuItem.TELL_RETALIATION: "⚠️",
    MenuItem.SAY_PUT_RIGHT: "✅",
    MenuItem.SAY_PARTLY: "➗",
    MenuItem.SAY_NOT_PUT_RIGHT: "❌",
    MenuItem.SAY_TREATED_WELL: "🙂",
    MenuItem.SAY_TREATED_BADLY: "🙁",
    MenuItem.AGREE_EXTRACT: "👍",
    MenuItem.DECLINE_EXTRACT: "👎",
    MenuItem.TAKE_BACK_EXTRACT: "✋",
    MenuItem.CHANGE_ANONYMITY: "🕶️",
    MenuItem.APPEAL: "⚖️",
    MenuItem.ADD_HELPER: "🤝",
    MenuItem.MAKE_HELPER_RECEIPT: "🧾",
    MenuItem.TAKE_BACK_HELPERS: "🚪",
    MenuItem.WITHDRAW: "🗑",
    MenuItem.WITHDRAW_NOW: "🗑",
    MenuItem.LEAVE_AS_IT_IS: "↩️",
    MenuItem.CLEAR_CHAT: "🧹",
    MenuItem.CLEAR_NOW: "🗑",
    MenuItem.KEEP_CHAT: "↩️",
    MenuItem.MOVE_TO_WEB: "➡️",
    MenuItem.MOVE_TO_CHAT: "➡️",
    MenuItem.TAKE_MOVED: "🗑",
    MenuItem.KEEP_HERE: "▶️",
}


def for_prompt(prompt: Prompt, shown: tuple[Option, ...], words: Catalogue, page: int) -> Keyboard:
    """Choices, then Done, then paging, then Back and Skip, then Language and Stop.

    For any turn: `at_turn` makes it the keyboard of one.
    """
    first = page * PAGE_CHOICES
    rows = _choices(prompt, shown[first : first + PAGE_CHOICES], are_numbered(shown))
    rows += _steps(prompt)
    rows += _paging(ANY_TURN, page, -(-len(shown) // PAGE_CHOICES), words)
    rows += _done(prompt, words)
    rows += _ways_on(prompt, words)
    return _written([*rows, _ways_out(ANY_TURN, words)])


def at_turn(keyboard: Keyboard, turn: int) -> Keyboard:
    """The keyboard of a prompt, for the turn that the prompt has."""
    return keyboard.replace(_ANY_TURN_WRITTEN, b"%d" % turn)


def _choices(prompt: Prompt, shown: tuple[Option, ...], by_number: bool) -> list[Row]:
    if prompt.kind is Kind.ACKNOWLEDGE and not shown:
        return []
    act = Act.TOGGLE if prompt.kind in _WITH_DONE else Act.CHOOSE
    labels = [option.button(by_number=by_number) for option in shown]
    buttons = [
        _button(label, named(act, ANY_TURN, option.name, option.place))
        for label, option in zip(labels, shown, strict=True)
    ]
    return _in_rows(buttons, _NUMBERS_PER_ROW if by_number else _width(labels))


def _width(labels: Iterable[str]) -> int:
    longest = max(map(len, labels), default=0)
    return next((width for most, width in _PER_ROW if longest <= most), 1)


def _in_rows(buttons: Row, width: int) -> list[Row]:
    return [buttons[i : i + width] for i in range(0, len(buttons), width)]


def _steps(prompt: Prompt) -> list[Row]:
    """A button for every step of a short range."""
    if prompt.kind is not Kind.RANGE or prompt.limits is None:
        return []
    values = _values(prompt.limits)
    return _in_rows(
        [_button(value, write(Act.WRITE, ANY_TURN, value)) for value in values],
        _width(values),
    )


def _values(limits: RangeLimits) -> list[str]:
    start, end, step = (Decimal(str(n)) for n in (limits.start, limits.end, limits.step))
    count = int((end - start) / step) + 1 if step else 0
    if not 0 < count <= MOST_STEPS:
        return []
    return [f"{(start + step * n).normalize():f}" for n in range(count)]


def _paging(turn: int | str, page: int, pages: int, words: Catalogue) -> list[Row]:
    row: Row = []
    if page > 0:
        row.append(_button("🔼 " + words.text(texts.EARLIER), write(Act.PAGE, turn, str(page - 1))))
    if page + 1 < pages:
        row.append(_button("🔽 " + words.text(texts.MORE), write(Act.PAGE, turn, str(page + 1))))
    return [row] if row else []


def _done(prompt: Prompt, words: Catalogue) -> list[Row]:
    if prompt.kind is Kind.ACKNOWLEDGE and not prompt.choices:
        label, data = texts.UNDERSTOOD, write(Act.CHOOSE, ANY_TURN, ACKNOWLEDGED)
    elif prompt.kind in _WITH_DONE or (prompt.kind in WITH_FILES and prompt.current):
        label, data = texts.DONE, write(Act.FINISH, ANY_TURN)
    else:
        return []
    return [[_button("✔️ " + words.text(label), data)]]


def _ways_on(prompt: Prompt, words: Catalogue) -> list[Row]:
    row: Row = []
    if prompt.can_go_back:
        row.append(_button("↩️ " + words.text(texts.BACK), write(Act.BACK, ANY_TURN)))
    if not prompt.is_required:
        row.append(_button("⏭ " + words.text(texts.SKIP), write(Act.SKIP, ANY_TURN)))
    return [row] if row else []


def _ways_out(turn: int | str, words: Catalogue) -> Row:
    return [
        _button("🌐 " + words.text(texts.LANGUAGE), write(Act.LANGUAGES)),
        _button("✖️ " + words.text(texts.STOP), write(Act.ASK_TO_STOP, turn)),
    ]


def for_review(
    turn: int, changeable: Sequence[tuple[int, str]], words: Catalogue, page: int, pages: int
) -> Keyboard:
    """A numbered button for every answer on the page that can be changed, then Send.

    `changeable` holds the place in the whole review and the path of each.
    """
    numbers = [
        _button(f"✏️ {place + 1}", named(Act.CHANGE, turn, path, place))
        for place, path in changeable
    ]
    rows = _in_rows(numbers, _NUMBERS_PER_ROW)
    rows += _paging(turn, page, pages, words)
    rows.append([_button("📨 " + words.text(texts.SEND), write(Act.SUBMIT, turn))])
    return _written([*rows, _ways_out(turn, words)])


def for_menu(items: Collection[MenuItem], words: Catalogue) -> Keyboard:
    """One button a line."""
    return _written(
        [
            [
                _button(
                    f"{_MENU_ICONS[item]} {words.text(MENU_LABELS[item])}",
                    write(Act.MENU, 0, _led_to(item, items)),
                )
            ]
            for item in items
        ]
    )


def _led_to(item: MenuItem, items: Collection[MenuItem]) -> MenuItem:
    """Going on in a round is taking part in it, not going on with a report."""
    is_round = MenuItem.LEAVE_ROUND in items
    return MenuItem.TAKE_PART if item is MenuItem.RESUME and is_round else item


def for_languages(present: str) -> Keyboard:
    """Every language in its own name, the present one marked."""
    buttons = [
        _button(
            f"{CHECKED} {language.own_name}" if language.code == present else language.own_name,
            write(Act.SWITCH, 0, language.code),
        )
        for language in LANGUAGES
    ]
    return _written(_in_rows(buttons, 2))


def for_stopping(turn: int, words: Catalogue) -> Keyboard:
    """In place of a prompt's buttons once Stop was pressed: really, or go on."""
    return _written(
        [
            [_button("🗑 " + words.text(texts.STOP_AND_DELETE), write(Act.STOP, turn))],
            [_button("▶️ " + words.text(texts.GO_ON), write(Act.PAGE, turn, "0"))],
        ]
    )


def _button(label: str, data: str) -> dict[str, str]:
    return {"text": label, "callback_data": data}


def _written(rows: list[Row]) -> Keyboard:
    return orjson.dumps({"inline_keyboard": rows})
